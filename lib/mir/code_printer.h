// Statements and terminators back to text, without their indentation and comments.
#pragma once

#include <string>

#include "mir/body.h"
#include "mir/value_printer.h"

namespace jaa::mir {

class CodePrinter {
 public:
  CodePrinter(const Body& body, ValuePrinter& values, std::string& out)
      : body_(body), values_(values), out_(out) {}
  void print_statement(const Statement& statement);
  void print_terminator(const Terminator& terminator);

 private:
  void print_call(const Terminator& terminator);
  void print_targets(const Terminator& terminator);
  void print_unwind(Unwind unwind);

  const Body& body_;
  ValuePrinter& values_;
  std::string& out_;
};

}  // namespace jaa::mir
