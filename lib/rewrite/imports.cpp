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
  if (next.is(",") && next.next() && !next.next().is("}"))
    return {element.span().file, element.begin(), next.next().begin()};
  if (before.is(",")) return {element.span().file, before.begin(), element.end()};
  return element.span();
}

bool contains(const std::vector<Node>& nodes, Node node) {
  return std::find(nodes.begin(), nodes.end(), node) != nodes.end();
}

std::string_view text_of_file(Node node) {
  while (node.parent()) node = node.parent();
  // The root starts at the first token; white space before it does not matter here.
  return {node.text().data() - node.begin(), node.begin() + node.text().size()};
}

}  // namespace

namespace {

std::string use_of(const std::string& path) {
  return "use " + path + ";";
}

// Two imports without an empty line between.
bool are_one_group(Node first, Node second) {
  if (!first.is("use_declaration") || !second.is("use_declaration")) return false;
  const char* const begin = first.text().data() + first.text().size();
  return std::count(begin, second.text().data(), '\n') < 2;
}

// In the place of `declaration`, `line` comes after the one before and before the one
// behind, or stands alone.
bool keeps_order(Node declaration, const std::string& line) {
  const Node before = declaration.previous();
  const Node behind = declaration.next();
  return (!are_one_group(before, declaration) || before.text() < line) &&
         (!are_one_group(declaration, behind) || line < behind.text());
}

// Takes out these elements of `use` declarations; a declaration that is left without any
// makes room for one that is added. Returns the declarations that are gone.
std::vector<Node> drop(Node scope, std::vector<Node> elements, std::set<std::string>& added,
                       std::vector<base::Edit>& edits) {
  std::vector<Node> dropped;
  // A list of which nothing stays goes as a whole, and so on outwards.
  for (size_t at = 0; at < elements.size(); ++at) {
    const Node list = elements[at].parent();
    const std::vector<Node> all = list.is("use_list") ? list.parts() : std::vector<Node>();
    const bool is_empty = !all.empty() && std::all_of(all.begin(), all.end(), [&](const Node& one) {
      return contains(elements, one);
    });
    if (!is_empty) continue;
    const Node path = list.parent().is("scoped_use_list") ? list.parent() : list;
    const Node outer = path.parent().is("use_list") ? path : path.parent();
    std::erase_if(elements, [&](const Node& one) { return contains(all, one); });
    elements.push_back(outer);
    at = static_cast<size_t>(-1);  // its list may be empty now too
  }
  const std::string_view text = text_of_file(scope);
  std::set<base::Span> lists;
  for (const Node& element : elements) {
    if (element.is("use_declaration")) {
      const auto fitting = std::find_if(
          added.begin(), added.end(),
          [&element](const std::string& path) { return keeps_order(element, use_of(path)); });
      if (fitting == added.end()) {
        edits.push_back({with_line(text, element), ""});
      } else {
        edits.push_back({element.span(), use_of(*fitting)});
        added.erase(fitting);
      }
      dropped.push_back(element);
      continue;
    }
    const Node list = element.parent();
    size_t count = 0;
    std::string kept;
    for (const Node& one : list.parts()) {
      if (contains(elements, one)) {
        ++count;
      } else {
        kept += (kept.empty() ? "" : ", ") + std::string(one.text());
      }
    }
    const std::vector<Node> all = list.named_children();
    const bool is_single = all.size() == count + 1 && list.parent().is("scoped_use_list") &&
                           kept != "self" && kept.find_first_of("{/") == std::string::npos;
    if (is_single) {
      if (lists.insert(list.span()).second) edits.push_back({list.span(), kept});
    } else if (count == 1) {
      edits.push_back({with_comma(element), ""});
    } else if (lists.insert(list.span()).second) {
      edits.push_back({list.span(), "{" + kept + "}"});
    }
  }
  return dropped;
}

// Where the first imports by name go: behind the globs, else before the first item.
base::Edit first_imports(Node scope, std::string_view text, const std::set<std::string>& added) {
  const std::string line_end(syntax::layout(text).line_end);
  Node last_use;
  Node first_item;
  for (const Node& item : scope.named_children()) {
    if (item.is("use_declaration")) last_use = item;
    if (!first_item && !item.is_comment() && !item.is("inner_attribute_item")) first_item = item;
  }
  std::string lines;
  if (last_use && syntax::ends_line(text, last_use.end())) {
    const std::string indent(syntax::indentation(text, last_use.begin()));
    for (const std::string& path : added)
      lines.append(line_end).append(indent).append(use_of(path));
    return {{scope.span().file, last_use.end(), last_use.end()}, lines};
  }
  // What stands right above an item belongs to it, unless it opens the file.
  Node place = first_item;
  for (Node before = place.previous();
       before.is("attribute_item") ||
       (before.is_comment() && before.previous() && !before.text().starts_with("//!"));
       before = before.previous()) {
    const char* const begin = before.text().data() + before.text().size();
    if (std::count(begin, place.text().data(), '\n') > 1) break;
    place = before;
  }
  const std::string indent(syntax::indentation(text, place.begin()));
  for (const std::string& path : added) lines.append(use_of(path)).append(line_end).append(indent);
  // An empty line between them and the item, which keeps its indentation.
  lines.insert(lines.size() - indent.size(), line_end);
  return {{scope.span().file, place.begin(), place.begin()}, lines};
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

std::string ImportEdits::import(Node place, const std::string& path) {
  const std::string name = name_at(place, path);
  Scope& scope = scope_of(place);
  // An import goes before what a glob brings; a declared item does not.
  const std::vector<Node> items = scope.node.named_children();
  if (!scope.imports.empty() || std::any_of(items.begin(), items.end(), [&path](const Node& item) {
        return item.field("name").text() == last_of(path);
      }))
    return name;
  scope.added.insert(path);
  return std::string(last_of(path));
}

void ImportEdits::remove_mention(Node token) {
  removed_.insert(token.span());
  scope_of(token).removed_names.insert(std::string(token.text()));
}

void ImportEdits::take_scope(Scope& scope, std::vector<base::Edit>& edits) {
  const std::string_view text = text_of_file(scope.node);
  const std::string line_end(syntax::layout(text).line_end);
  std::set<std::string> added = scope.added;
  std::vector<Node> dropped;
  for (const std::string& name : scope.removed_names) {
    const auto import = std::find_if(scope.imports.begin(), scope.imports.end(),
                                     [&](const Import& one) { return one.name.text() == name; });
    // What others take from here, and what is only there for some, stays.
    if (import == scope.imports.end() || import->declaration.has_child("visibility_modifier") ||
        syntax::has_attributes(import->declaration))
      continue;
    bool is_used = false;
    for (const Node& item : scope.node.named_children()) {
      if (item.is("use_declaration")) continue;
      // `use super::*` and `use super::Rc` of a module within take it from here.
      const std::vector<Node> inner = item.field("body").named_children();
      const bool is_shared =
          item.is("mod_item") && std::any_of(inner.begin(), inner.end(), [](const Node& one) {
            return one.is("use_declaration") &&
                   one.text().find("super::") != std::string_view::npos;
          });
      syntax::for_each_name(item, [&](std::string_view spelled, Node token) {
        is_used |= spelled == name && !removed_.contains(token.span()) &&
                   (is_shared || import_scope(token) == scope.node);
      });
    }
    if (is_used) continue;
    dropped.push_back(element_of(*import));
  }
  const std::vector<Node> gone = drop(scope.node, dropped, added, edits);
  if (added.empty()) return;
  if (scope.imports.empty()) {
    edits.push_back(first_imports(scope.node, text, added));
    return;
  }
  // In front of the first that comes after it in the alphabet, else behind the last.
  std::vector<Node> declarations;
  for (const Import& import : scope.imports)
    if (!contains(declarations, import.declaration) && !contains(gone, import.declaration))
      declarations.push_back(import.declaration);
  if (declarations.empty()) declarations.push_back(gone.front());
  for (const std::string& path : added) {
    const std::string line = use_of(path);
    // Among those of the same crate, where there are some.
    const std::string crate = line.substr(0, line.find("::") + 2);
    std::vector<Node> group;
    for (const Node& declaration : declarations)
      if (declaration.text().starts_with(crate)) group.push_back(declaration);
    if (group.empty()) group = declarations;
    // rustfmt has paths of the crate itself before all others.
    const auto later = std::find_if(group.begin(), group.end(), [&line](const Node& declaration) {
      const std::string_view use = declaration.text();
      return use > line && !use.starts_with("use super::") && !use.starts_with("use self::");
    });
    Node place = later == group.end() ? group.back() : *later;
    // What else stands in its line may be an item that goes on.
    const bool is_last =
        later == group.end() && (syntax::ends_line(text, place.end()) || place.next().is_comment());
    while (!is_last && place.previous().is("attribute_item")) place = place.previous();
    const std::string indent(syntax::indentation(text, place.begin()));
    const uint32_t at = is_last ? syntax::line_stop(text, place.end()) : place.begin();
    edits.push_back({{place.span().file, at, at},
                     is_last ? line_end + indent + line : line + line_end + indent});
  }
}

std::vector<base::Edit> ImportEdits::take() {
  std::vector<base::Edit> edits;
  for (auto& [span, scope] : scopes_) take_scope(scope, edits);
  return edits;
}

}  // namespace jaa::rewrite
