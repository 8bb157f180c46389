#include "rewrite/signature_lifetimes.h"

#include <algorithm>

#include "syntax/layout.h"
#include "syntax/queries.h"

namespace jaa::rewrite {

using syntax::Node;
using syntax::Walk;

WrittenLifetimes lifetimes_in(Node part) {
  WrittenLifetimes result;
  syntax::walk(part, [&](Node node) {
    if (node.is("lifetime")) {
      const std::string name(node.text());
      if (name == "'_") {
        result.elided.push_back(node);
      } else if (name != "'static" &&
                 std::find(result.named.begin(), result.named.end(), name) == result.named.end()) {
        result.named.push_back(name);
      }
      return Walk::Over;
    }
    const bool is_reference =
        node.is("reference_type") || (node.is("self_parameter") && node.has_child("&"));
    if (is_reference && !node.has_child("lifetime")) {
      result.elided.push_back(node);
    }
    // The lifetimes of `fn(&T) -> &U` and `Fn(&T)` are their own.
    return node.is_any({"function_type", "higher_ranked_trait_bound"}) ? Walk::Over : Walk::Into;
  });
  return result;
}

std::string unused_lifetime(Node function, size_t from) {
  // What is around a function may declare lifetimes too: the `impl`, the trait.
  Node owner = syntax::enclosing(function.parent(), {"impl_item", "trait_item"});
  const auto is_taken = [&](const std::string& name) {
    for (const Node& item : {function, owner}) {
      bool found = false;
      for (const Node& part : item.children()) {
        if (part == item.field("body")) continue;
        syntax::walk(part, [&](Node node) {
          found |= node.is("lifetime") && node.text() == name;
          return found ? Walk::Stop : Walk::Into;
        });
      }
      if (found) return true;
    }
    return false;
  };
  size_t skipped = 0;
  for (char letter = 'a'; letter <= 'z'; ++letter) {
    const std::string name = std::string("'") + letter;
    if (!is_taken(name) && skipped++ == from) return name;
  }
  return "'future";
}

void write_lifetime(Node place, const std::string& name, EditList& edits) {
  if (place.is("lifetime")) {
    edits.replace(place, name);
  } else {
    edits.insert(place.begin() + 1, name + " ");
  }
}

void declare(Node item, const std::vector<std::string>& lifetimes,
             const std::vector<std::string>& types, EditList& edits) {
  const auto joined = [](const std::vector<std::string>& names) {
    std::string list;
    for (const std::string& name : names) list += (list.empty() ? "" : ", ") + name;
    return list;
  };
  const std::string first = joined(lifetimes);
  const std::string last = joined(types);
  if (first.empty() && last.empty()) return;
  const std::vector<Node> known = item.field("type_parameters").named_children();
  if (known.empty()) {
    const std::string both = first + (first.empty() || last.empty() ? "" : ", ") + last;
    edits.insert(item.field("name").end(), "<" + both + ">");
    return;
  }
  if (!first.empty()) edits.insert(known.front().begin(), first + ", ");
  if (!last.empty()) edits.insert(known.back().end(), ", " + last);
}

std::vector<base::Edit> fit_in_width(const syntax::Tree& tree, Node function,
                                     std::vector<base::Edit> edits) {
  constexpr size_t Width = 100;
  const std::string_view text = tree.text();
  const Node parameters = function.field("parameters");
  const std::vector<Node> parts = parameters.parts();
  const uint32_t begin = syntax::line_start(text, parameters.begin());
  const uint32_t end = syntax::line_stop(text, begin);
  const Node type = function.field("return_type");
  const bool is_one_line = parameters.end() <= end && (!type || type.end() <= end);
  size_t width = end - begin;
  for (const base::Edit& edit : edits) {
    if (edit.span.begin < begin || edit.span.end > end) continue;
    width += edit.text.size();
    width -= edit.span.end - edit.span.begin;
  }
  if (edits.empty() || parts.empty() || !is_one_line || width <= Width) return edits;
  const syntax::Layout layout = syntax::layout(text);
  const std::string outer =
      std::string(layout.line_end) + std::string(syntax::indentation(text, begin));
  const std::string inner = outer + layout.indent;
  const base::FileId file = function.span().file;
  edits.push_back({{file, parameters.begin() + 1, parts.front().begin()}, inner});
  for (const Node& token : parameters.children()) {
    if (token.text() == "," && token.next() && token.next().text() != ")") {
      edits.push_back({{file, token.end(), token.next().begin()}, inner});
    }
  }
  edits.push_back({{file, parts.back().end(), parameters.end() - 1}, "," + outer});
  return edits;
}

}  // namespace jaa::rewrite
