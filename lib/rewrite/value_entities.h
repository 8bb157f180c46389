// The fields, statics and variables that hold one value (a lock, a shared pointer),
// found by following it through the source: from an argument to the parameter, from a
// variable to the field it initialises, and back. Syntax only; the compiler decides
// later whether it was all.
#pragma once

#include <string>
#include <vector>

#include "syntax/tree.h"

namespace jaa::rewrite {

// One named place of the value, or of an `Arc` of it.
struct ValueEntity {
  enum class Kind : uint8_t { Field, Static, Local };
  Kind kind = Kind::Local;
  std::string name;
  // The struct's item, the static's item, or the outermost function around a local.
  syntax::Node owner;
  friend bool operator==(const ValueEntity&, const ValueEntity&) = default;
};

// What the crate's trees say about a group of entities.
struct ValueEntities {
  std::vector<ValueEntity> entities;
  // Their declared types, and those of parameters, where written.
  std::vector<syntax::Node> types;
  // Expressions that give them their first value.
  std::vector<syntax::Node> values;
  // Method calls on them (`state.lock()`).
  std::vector<syntax::Node> calls;
  // Something holds the value that cannot be followed: a name that two structs share, a
  // lock taken in a macro.
  bool is_open = false;
};

// All that is connected with `place`: an expression that names the value, or the name
// where a local or field is declared.
[[nodiscard]] ValueEntities find_value_entities(const std::vector<const syntax::Tree*>& trees,
                                                syntax::Node place);

// Whether `call` may be one of `function`, by how it is written: a method of a receiver,
// `Type::function`, or a bare name or one behind a module. The names are the caller's to compare.
[[nodiscard]] bool may_call(syntax::Node call, syntax::Node function);

}  // namespace jaa::rewrite
