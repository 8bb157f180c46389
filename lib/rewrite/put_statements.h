// Puts statements where an expression stands that they compute.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "rewrite/code.h"
#include "syntax/tree.h"

namespace jaa::rewrite {

struct ExpressionPlace {
  enum class Kind : uint8_t {
    Let,        // the value of `let name = ..;`
    Statement,  // a statement whose value nobody wants
    Before,     // part of a statement, with nothing to notice before it
    Inside,     // elsewhere: in a branch, behind a call, in a line with others
  };
  Kind kind = Kind::Inside;
  syntax::Node expression;
  syntax::Node statement;
  std::string name;  // of `Let`, where the statements may use it for their result
  // The same, where the expression mentions the name as well.
  std::string let_name;
  std::string type;  // as written: ": Vec<u32>"
};

[[nodiscard]] ExpressionPlace place_of(syntax::Node expression);

struct Statements {
  Code code;
  // What the expression becomes; empty where it is `()`.
  std::string value;
};

[[nodiscard]] std::vector<base::Edit> put(const syntax::Tree& tree, const ExpressionPlace& place,
                                          const Statements& statements);

}  // namespace jaa::rewrite
