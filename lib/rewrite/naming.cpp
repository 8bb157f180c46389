#include "rewrite/naming.h"

#include <algorithm>

#include "llvm/ADT/StringExtras.h"
#include "llvm/ADT/StringSwitch.h"
#include "rewrite/evaluation.h"
#include "syntax/mentions.h"
#include "syntax/queries.h"

namespace jaa::rewrite {

using syntax::Node;

namespace {

// Methods that say how a value is had, not what it is.
bool is_plumbing(std::string_view method) {
  return llvm::StringSwitch<bool>(method)
      .Cases("clone", "cloned", "copied", "to_owned", "to_string", "to_vec", true)
      .Cases("as_ref", "as_mut", "as_str", "as_slice", "as_deref", "as_bytes", true)
      .Cases("unwrap", "expect", "unwrap_or", "unwrap_or_default", "unwrap_or_else", "ok", true)
      .Cases("iter", "into_iter", "iter_mut", "collect", "drain", "into", "borrow", true)
      .Default(false);
}

// Methods that read well as the name of what they give.
bool is_noun(std::string_view method) {
  return llvm::StringSwitch<bool>(method)
      .Cases("len", "count", "sum", "min", "max", "keys", "values", "id", "name", true)
      .Cases("first", "last", "capacity", "product", true)
      .Default(false);
}

// Words that may not be a local's name.
bool is_reserved(std::string_view name) {
  return llvm::StringSwitch<bool>(name)
      .Cases("as", "async", "await", "break", "const", "continue", "crate", "dyn", true)
      .Cases("else", "enum", "extern", "false", "fn", "for", "gen", "if", true)
      .Cases("impl", "in", "let", "loop", "match", "mod", "move", "mut", true)
      .Cases("pub", "ref", "return", "self", "static", "struct", "super", "trait", true)
      .Cases("true", "try", "type", "unsafe", "use", "where", "while", "yield", true)
      .Cases("abstract", "become", "box", "do", "final", "macro", "override", "priv", true)
      .Cases("typeof", "unsized", "virtual", "_", true)
      .Default(false);
}

}  // namespace

FreshNames::FreshNames(Node place) : taken_(syntax::names(syntax::outermost_function(place))) {}

std::string FreshNames::unused(const std::string& wish) {
  std::string name = wish;
  if (taken_.contains(name) || is_reserved(name))
    name = wish == "value" ? "held_value" : wish + "_value";
  for (int number = 2; taken_.contains(name); ++number) name = wish + "_" + std::to_string(number);
  taken_.insert(name);
  return name;
}

std::string FreshNames::for_value(Node expression) {
  if (expression.is("reference_expression")) expression = expression.field("value");
  for (Node at = expression; at; at = chain_receiver(at)) {
    const Node method = method_name(at);
    if (method && is_plumbing(method.text())) continue;
    if (method && !is_noun(method.text())) break;
    const Node name = method ? method : at.is("field_expression") ? at.field("field") : Node();
    if (!name) continue;
    const std::string_view text = name.text();
    // A tuple's field is a number.
    if (text.empty() || !(llvm::isAlpha(text.front()) || text.front() == '_')) break;
    return unused(std::string(text));
  }
  return unused("value");
}

std::string quoted(std::string_view expression, std::string_view otherwise) {
  if (expression.size() > 40 || expression.find_first_of("\n`") != std::string_view::npos)
    return std::string(otherwise);
  return "`" + std::string(expression) + "`";
}

std::string shortened(std::string_view expression) {
  constexpr size_t Most = 40;
  std::string text(expression.substr(0, expression.find_first_of("\r\n")));
  size_t size = std::min(text.size(), Most);
  // Not within a character.
  while (size < text.size() && size > 0 && (text[size] & 0xc0) == 0x80) --size;
  text.resize(size);
  return text.size() < expression.size() ? text + ".." : text;
}

}  // namespace jaa::rewrite
