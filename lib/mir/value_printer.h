// Places, operands, right sides, spans: the parts of lines.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "mir/body.h"
#include "mir/printer.h"

namespace jaa::mir {

void append_number(std::string& out, uint64_t number);
// `a.rs:8:9: 8:10`.
void append_span(std::string& out, const Tables& tables, const MirSpan& span);
// As an operand writes it, with `const ` where that belongs.
void append_constant(std::string& out, const Tables& tables, ConstantId id);

class ValuePrinter {
 public:
  ValuePrinter(const Body& body, const Numbering& numbering, std::string& out)
      : body_(body), numbering_(numbering), out_(out) {}

  void print_local(LocalId local);
  void print_block(BlockId block);
  void print_place(Place place);
  void print_operand(Operand operand);
  void print_operands(llvm::ArrayRef<Operand> operands);
  void print_rvalue(const Rvalue& rvalue);
  void print_type(TypeId type) { body_.types().print_exact(type, PathStyle::Type, out_); }
  void print_path(TypeId path) { body_.types().print_exact(path, PathStyle::Value, out_); }
  void print_projection(const UserTypeProjection& projection);

 private:
  void print_struct(const Rvalue& rvalue);

  const Body& body_;
  const Numbering& numbering_;
  std::string& out_;
};

}  // namespace jaa::mir
