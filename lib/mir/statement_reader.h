// Statements and terminators, one a line.
#pragma once

#include <string_view>

#include "mir/builder.h"
#include "mir/lexer.h"
#include "mir/value_reader.h"

namespace jaa::mir {

class StatementReader {
 public:
  StatementReader(Builder& builder, ValueReader& values) : builder_(builder), values_(values) {}

  enum class Line : uint8_t { Statement, Terminator, NotUnderstood };
  // Reads one up to its `;`, exclusive. A statement is in `statement`, a terminator in
  // `terminator`; what was added to the builder for a line that is not understood is
  // taken back.
  Line read(Cursor& cursor, Statement& statement, Terminator& terminator);

  // ` -> bb1`, ` -> unwind continue`, ` -> [..]`, or nothing.
  bool read_targets(Cursor& cursor, Terminator& terminator);

 private:
  Line read_known(Cursor& cursor, Statement& statement, Terminator& terminator);
  Line read_assignment(Cursor& cursor, Statement& statement, Terminator& terminator);
  Line read_application(Cursor& cursor, Statement& statement, Terminator& terminator);
  Line read_call(uint32_t first, Operand callee, Cursor& cursor, Place place,
                 Terminator& terminator);
  bool read_marker(Cursor& cursor, Statement& statement);
  bool read_ascription(Cursor& cursor, Statement& statement);
  bool read_intrinsic(Cursor& cursor, Statement& statement);
  bool read_head(Cursor& cursor, Terminator& terminator);
  bool read_assert(Cursor& cursor, Terminator& terminator);
  bool read_target_list(Cursor& cursor, Terminator& terminator);
  bool read_target(Cursor& cursor, Terminator& terminator);
  bool read_unwind(Cursor& cursor, Terminator& terminator);
  bool set_word(std::string_view text, WordId& word);

  Builder& builder_;
  ValueReader& values_;
};

// After ` as `: `UserTypeProjection { base: UserType(0), projs: [..] }`.
bool read_user_type_projection(Cursor& cursor, Tables& tables, UserTypeProjection& projection);

}  // namespace jaa::mir
