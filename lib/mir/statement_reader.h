// One statement or terminator from its line. What is not understood comes back
// as `Opaque` with its text; an opaque terminator still has its targets when
// those could be read.
#pragma once

#include <string_view>

#include "mir/body.h"
#include "mir/value_reader.h"

namespace jaa::mir {

class StatementReader {
 public:
  explicit StatementReader(const ValueReader& values) : values_(values) {}

  // `code` is the line without comment and final `;`. Neither sets spans or
  // scopes.
  void read_statement(std::string_view code, Statement& statement) const;
  // False when `code` is a statement. Block ids are the printed numbers; whether
  // there are such blocks is for the body's reader to see.
  bool read_terminator(std::string_view code, Terminator& terminator) const;

 private:
  bool read_known_statement(std::string_view code, Statement& statement) const;
  bool read_marker(Cursor& cursor, Statement& statement) const;
  bool read_head(std::string_view head, Terminator& terminator) const;
  bool read_call(Cursor& cursor, Terminator& terminator) const;
  bool read_assert(Cursor& cursor, Terminator& terminator) const;

  const ValueReader& values_;
};

}  // namespace jaa::mir
