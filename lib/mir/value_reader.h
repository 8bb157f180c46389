// Places, operands and the right sides of assignments.
#pragma once

#include <string_view>

#include "mir/builder.h"
#include "mir/lexer.h"

namespace jaa::mir {

// Each function reads what stands at the cursor and says whether it was that; when it
// was not, the cursor is anywhere.
class ValueReader {
 public:
  explicit ValueReader(Builder& builder) : builder_(builder), tables_(builder.tables) {}

  bool read_place(Cursor& cursor, Place& place);
  bool read_operand(Cursor& cursor, Operand& operand);
  // `OPERAND, OPERAND)` up to and with `close`; they are added to the builder's.
  bool read_operands(Cursor& cursor, char close);
  // What may be called: a path without `const `, or an operand that is a pointer.
  bool read_callee(Cursor& cursor, Operand& callee);
  // All right sides but those that begin like a call; up to the `;`.
  bool read_rvalue(Cursor& cursor, Statement& statement);
  // Those that do: `HEAD(OPERANDS)`. `operands` from `first` on are read, and the
  // cursor stands behind the `)`.
  bool make_application(std::string_view head, uint32_t first, Statement& statement);
  // `discriminant(PLACE)`, `SizeOf(TYPE)` and others whose parts are no operands; the
  // cursor stands behind the `(`.
  bool read_special(std::string_view head, Cursor& cursor, Statement& statement);
  [[nodiscard]] static bool is_special(std::string_view head);
  // From ` as ` to the `;`.
  bool read_cast(Cursor& cursor, Statement& statement);
  bool read_struct(std::string_view head, Cursor& cursor, Statement& statement);

 private:
  bool read_local(Cursor& cursor, uint32_t& local);
  bool read_index(Cursor& cursor);
  bool read_projection(Cursor& cursor);
  bool read_constant(Cursor& cursor, bool is_function, unsigned stops, Operand& operand);
  bool read_borrow(Cursor& cursor, Statement& statement);
  bool read_array(Cursor& cursor, Statement& statement);
  bool read_fat_pointer(Cursor& cursor, Statement& statement);
  bool set_word(std::string_view text, Statement& statement);
  void set_part(Statement& statement, size_t index, uint32_t bits) {
    statement.parts[index] = Operand::of_bits(bits);
  }
  void set_part(Statement& statement, size_t index, TypeId type) {
    set_part(statement, index, static_cast<uint32_t>(type.value));
  }

  Builder& builder_;
  Tables& tables_;
};

}  // namespace jaa::mir
