#include "rewrite/imports.h"

#include <algorithm>

#include "syntax/layout.h"
#include "syntax/mentions.h"
#include "syntax/queries.h"

namespace jaa::rewrite {

using syntax::Node;
using syntax::Walk;

namespace {

std::string_view last_of(std::string_view path) {
  const size_t colon = path.rfind(':');
  return colon == std::string_view::npos ? path : path.substr(colon + 1);
}

bool is_scope(Node node) {
  return node.is("source_file") || (node.is("declaration_list") && node.parent().is("mod_item"));
}

void add_imports(Node declaration, std::vector<Import>& result) {
  struct Step {
    Node node;
    std::string prefix;
  };
  std::vector<Step> todo;
  for (const Node& part : declaration.named_children())
    if (!part.is("visibility_modifier")) todo.push_back({part, ""});
  while (!todo.empty()) {
    const Step step = todo.back();
    todo.pop_back();
    const auto joined = [&step](std::string_view path) {
      return step.prefix.empty() ? std::string(path) : step.prefix + "::" + std::string(path);
    };
    if (step.node.is("identifier")) {
      result.push_back({joined(step.node.text()), step.node, declaration});
    } else if (step.node.is("scoped_identifier")) {
      result.push_back({joined(step.node.text()), step.node.field("name"), declaration});
    } else if (step.node.is("use_as_clause")) {
      result.push_back(
          {joined(step.node.field("path").text()), step.node.field("alias"), declaration});
    } else if (step.node.is("scoped_use_list")) {
      todo.push_back({step.node.field("list"), joined(step.node.field("path").text())});
    } else if (step.node.is("use_list")) {
      const std::vector<Node> parts = step.node.named_children();
      for (auto part = parts.rbegin(); part != parts.rend(); ++part)
        todo.push_back({*part, step.prefix});
    }
  }
}

// The part of a `use` declaration that imports one name and nothing else: an element of
// its list, or the whole declaration.
Node element_of(const Import& import) {
  Node at = import.name;
  while (at.parent() && at.parent() != import.declaration && !at.parent().is("use_list"))
    at = at.parent();
  return at.parent().is("use_list") ? at : import.declaration;
}

base::Span with_line(std::string_view text, Node item) {
  uint32_t begin = item.begin();
  uint32_t end = item.end();
  const size_t stop = text.find('\n', end);
  if (syntax::starts_line(text, begin) && syntax::ends_line(text, end) &&
      stop != std::string_view::npos) {
    begin = syntax::line_start(text, begin);
    end = static_cast<uint32_t>(stop + 1);
  }
  return {item.span().file, begin, end};
}

// An element of a list, with the comma that goes with it.
base::Span with_comma(Node element) {
  const Node next = element.next();
  const Node before = element.previous();
  if (next.is(",") && next.next())
    return {element.span().file, element.begin(),
            next.next().is("}") ? next.end() : next.next().begin()};
  if (before.is(",")) return {element.span().file, before.begin(), element.end()};
  return element.span();
}

std::string_view text_of_file(Node node) {
  while (node.parent()) node = node.parent();
  // The root starts at the first token; white space before it does not matter here.
  return {node.text().data() - node.begin(), node.begin() + node.text().size()};
}

}  // namespace

std::vector<Import> imports_of(Node scope) {
  std::vector<Import> result;
  for (const Node& item : scope.named_children())
    if (item.is("use_declaration")) add_imports(item, result);
  return result;
}

Node import_scope(Node node) {
  while (node && !is_scope(node)) node = node.parent();
  return node;
}

ImportEdits::Scope& ImportEdits::scope_of(Node place) {
  const Node node = import_scope(place);
  auto [at, is_new] = scopes_.try_emplace(node.span());
  if (is_new) {
    at->second.node = node;
    at->second.imports = imports_of(node);
  }
  return at->second;
}

std::string ImportEdits::name_at(Node place, const std::string& path) {
  Scope& scope = scope_of(place);
  const std::string name(last_of(path));
  for (const Import& import : scope.imports)
    if (import.name.text() == name) return import.path == path ? name : path;
  for (const Node& item : scope.node.named_children())
    if (item.field("name").text() == name && !item.is("macro_invocation")) return path;
  // Where nothing is imported, a glob may bring the name; in full it is always right.
  if (scope.imports.empty()) return path;
  scope.added.insert(path);
  return name;
}

void ImportEdits::remove_mention(Node token) {
  Scope& scope = scope_of(token);
  scope.removed.insert(token.span());
  scope.removed_names.insert(std::string(token.text()));
}

void ImportEdits::take_scope(Scope& scope, std::vector<base::Edit>& edits) {
  const std::string_view text = text_of_file(scope.node);
  const std::string line_end(syntax::layout(text).line_end);
  std::set<std::string> added = scope.added;
  for (const std::string& name : scope.removed_names) {
    const auto import = std::find_if(scope.imports.begin(), scope.imports.end(),
                                     [&](const Import& one) { return one.name.text() == name; });
    if (import == scope.imports.end() || import->declaration.has_child("visibility_modifier"))
      continue;
    bool is_used = false;
    for (const Node& item : scope.node.named_children()) {
      if (item.is("use_declaration")) continue;
      syntax::for_each_name(item, [&](std::string_view spelled, Node token) {
        is_used |= spelled == name && !scope.removed.contains(token.span()) &&
                   import_scope(token) == scope.node;
      });
      // `use super::*` and `use super::Rc` of a module within take it from here.
      if (item.is("mod_item"))
        for (const Node& inner : item.field("body").named_children())
          is_used |= inner.is("use_declaration") &&
                     inner.text().find("super::") != std::string_view::npos &&
                     syntax::is_mentioned(item, name);
    }
    if (is_used) continue;
    const Node element = element_of(*import);
    const bool is_alone = element == import->declaration;
    if (is_alone && !added.empty()) {
      edits.push_back({element.span(), "use " + *added.begin() + ";"});
      added.erase(added.begin());
    } else {
      edits.push_back({is_alone ? with_line(text, element) : with_comma(element), ""});
    }
  }
  if (added.empty() || scope.imports.empty()) return;
  const Node first = scope.imports.front().declaration;
  std::string lines;
  for (const std::string& path : added)
    lines += "use " + path + ";" + line_end + std::string(syntax::indentation(text, first.begin()));
  edits.push_back({{first.span().file, first.begin(), first.begin()}, std::move(lines)});
}

std::vector<base::Edit> ImportEdits::take() {
  std::vector<base::Edit> edits;
  for (auto& [span, scope] : scopes_) take_scope(scope, edits);
  return edits;
}

}  // namespace jaa::rewrite
