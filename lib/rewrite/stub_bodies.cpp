#include "rewrite/stub_bodies.h"

#include <algorithm>

#include "syntax/queries.h"

namespace jaa::rewrite {

using syntax::Node;
using syntax::Walk;

namespace {

constexpr std::string_view Stub = "loop{}";

bool has_modifier(Node function, std::string_view word) {
  const std::vector<Node> parts = function.children();
  return std::any_of(parts.begin(), parts.end(), [&](const Node& part) {
    return part.is("function_modifiers") && part.has_child(word);
  });
}

// What others may learn only from the body, or find only in it.
bool is_needed(Node function, const std::vector<std::string>& keep) {
  if (has_modifier(function, "const") || function.has_error()) return true;
  // An alias may stand for anything, but only on nightly; `impl` is spelled out.
  if (function.field("return_type").text().find("impl") != std::string_view::npos) return true;
  bool found = false;
  syntax::walk(function, [&](Node node) {
    found |= node.is_any({"impl_item", "macro_definition", "mod_item", "extern_crate_declaration"});
    found |= node.is("function_item") &&
             std::find(keep.begin(), keep.end(), node.field("name").text()) != keep.end();
    return found ? Walk::Stop : Walk::Into;
  });
  return found;
}

}  // namespace

std::string blanks(std::string_view text) {
  std::string result;
  result.reserve(text.size());
  for (const char c : text) {
    if (c == '\n' || c == '\r') {
      result.push_back(c);
    } else if ((c & '\xC0') != '\x80') {
      result.push_back(' ');
    }
  }
  return result;
}

std::optional<std::string> stub_of(std::string_view body) {
  std::string result = blanks(body);
  const size_t room = result.find(std::string(Stub.size(), ' '), 1);
  if (room == std::string::npos || room + Stub.size() >= result.size()) {
    return std::nullopt;
  }
  result.replace(room, Stub.size(), Stub);
  result.front() = '{';
  result.back() = '}';
  return result;
}

std::optional<std::string> stub_bodies(const syntax::Tree& tree,
                                       const std::vector<std::string>& keep) {
  const std::string_view text = tree.text();
  std::string result;
  size_t copied = 0;
  syntax::walk(tree.root(), [&](Node node) {
    if (node.is_any({"token_tree", "macro_definition"})) return Walk::Over;
    if (!node.is("function_item")) return Walk::Into;
    const Node body = node.field("body");
    if (!body || is_needed(node, keep)) return Walk::Over;
    if (const auto stub = stub_of(body.text())) {
      result.append(text.substr(copied, body.begin() - copied)).append(*stub);
      copied = body.end();
    }
    return Walk::Over;
  });
  if (copied == 0) return std::nullopt;
  return result.append(text.substr(copied));
}

}  // namespace jaa::rewrite
