// Whether a value is in an `Arc` already, or is a reference to one that is: a share of it
// needs no second `Arc` around the first.
//
// The compiler's type of a variable decides where there is one, else what the source writes.
#pragma once

#include <cstdint>
#include <functional>
#include <string>

#include "syntax/items.h"
#include "syntax/tree.h"

namespace jaa::rewrite {

enum class Arced : uint8_t { No, Unknown, Yes };

// The type of the variable that is bound at a name, with or without paths; empty where it is
// not known.
using TypeOfName = std::function<std::string(syntax::Node)>;

class AlreadyShared {
 public:
  AlreadyShared(const syntax::Items& items, TypeOfName type_of)
      : items_(items), type_of_(std::move(type_of)) {}

  // `Arc<..>` as it is written, or an alias of it, also behind a reference.
  [[nodiscard]] Arced type(syntax::Node type) const;
  // `name` is where a pattern binds it, or a `self_parameter`.
  [[nodiscard]] Arced variable(syntax::Node name) const;
  [[nodiscard]] Arced value(syntax::Node expression) const;

 private:
  [[nodiscard]] Arced variable(syntax::Node name, int steps) const;
  [[nodiscard]] Arced value(syntax::Node expression, int steps) const;
  [[nodiscard]] Arced result(syntax::Node call, int steps) const;
  // What the functions or fields of that name have in common.
  [[nodiscard]] Arced all(const syntax::Items::List& items, const char* type_field) const;

  const syntax::Items& items_;
  TypeOfName type_of_;
};

}  // namespace jaa::rewrite
