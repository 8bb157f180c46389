// Places, operands and rvalues: what stands within a statement. Each function
// answers false when the text is something else; what it filled in by then is
// to be thrown away.
#pragma once

#include <string_view>

#include "llvm/ADT/SmallVector.h"

#include "mir/body.h"
#include "mir/lexer.h"

namespace jaa::mir {

class ValueReader {
 public:
  // A local that is not in `locals` is not understood, so ids in what was read
  // are always good.
  ValueReader(TypeTable& types, const base::Store<LocalId, Local>& locals)
      : types_(types), locals_(locals) {}

  bool read_place(Cursor& cursor, Place& place) const;
  // An operand in a list: ends before a comma or the closing bracket.
  bool read_operand(Cursor& cursor, Operand& operand) const;
  // After the opening bracket, through `close`.
  bool read_operands(Cursor& cursor, char close, llvm::SmallVectorImpl<Operand>& operands) const;
  // All of `text`. `target`, where the value goes, tells an aggregate's type.
  bool read_rvalue(std::string_view text, const Place& target, Rvalue& rvalue) const;
  // The type of what is in `place`, as far as it is written in it.
  [[nodiscard]] TypeId type_of(const Place& place) const;

 private:
  bool read_local(Cursor& cursor, LocalId& local) const;
  bool read_index(Cursor& cursor, Place& place) const;
  bool read_projection(Cursor& cursor, Place& place) const;
  bool read_borrow(Cursor& cursor, Rvalue& rvalue) const;
  bool read_array(Cursor& cursor, Rvalue& rvalue) const;
  bool read_use(Cursor& cursor, Rvalue& rvalue) const;
  bool read_cast(std::string_view text, Rvalue& rvalue) const;
  bool read_operation(std::string_view head, Cursor& cursor, Rvalue& rvalue) const;
  bool read_aggregate(std::string_view text, Rvalue& rvalue) const;
  bool read_fields(Cursor& cursor, Rvalue& rvalue) const;

  TypeTable& types_;
  const base::Store<LocalId, Local>& locals_;
};

}  // namespace jaa::mir
