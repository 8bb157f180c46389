#include "flow/inner_functions.h"

#include <algorithm>
#include <array>
#include <map>
#include <optional>
#include <string>

#include "syntax/queries.h"
#include "syntax/uses.h"

namespace jaa::flow {
namespace {

using syntax::Node;

// Name in the file -> path from a crate on.
using Imports = std::map<std::string, std::string, std::less<>>;

// Traits that need no import, with their paths.
constexpr std::array Prelude{
    std::pair<std::string_view, std::string_view>{"Send", "std::marker::Send"},
    std::pair<std::string_view, std::string_view>{"Sync", "std::marker::Sync"},
    std::pair<std::string_view, std::string_view>{"Unpin", "std::marker::Unpin"},
    std::pair<std::string_view, std::string_view>{"Sized", "std::marker::Sized"},
    std::pair<std::string_view, std::string_view>{"Copy", "std::marker::Copy"},
    std::pair<std::string_view, std::string_view>{"Clone", "std::clone::Clone"},
    std::pair<std::string_view, std::string_view>{"Default", "std::default::Default"},
    std::pair<std::string_view, std::string_view>{"Iterator", "std::iter::Iterator"},
    std::pair<std::string_view, std::string_view>{"AsRef", "std::convert::AsRef"},
    std::pair<std::string_view, std::string_view>{"Into", "std::convert::Into"},
    std::pair<std::string_view, std::string_view>{"ToString", "std::string::ToString"}};

std::string joined(std::string_view module, std::string_view name) {
  return module.empty() ? std::string(name) : std::string(module).append("::").append(name);
}

Imports read_imports(const syntax::Tree& tree) {
  Imports imports;
  for (const Node& item : tree.top_items({syntax::OutlineItem::Kind::Use})) {
    if (item.is("use_declaration")) {
      syntax::each_use(item, [&imports](const std::string& name, const std::string& path) {
        imports[name] = path;
      });
    }
  }
  return imports;
}

// The path of a trait from its crate on; none where that is not certain.
std::optional<std::string> trait_path(std::string_view written, const Imports& imports,
                                      std::string_view crate) {
  std::string path(written);
  const std::string first = path.substr(0, path.find("::"));
  if (const auto import = imports.find(first); import != imports.end()) {
    path = import->second + path.substr(first.size());
  } else if (first == path) {
    const auto known = std::find_if(Prelude.begin(), Prelude.end(),
                                    [&](const auto& trait) { return trait.first == path; });
    return known == Prelude.end() ? std::nullopt : std::optional(std::string(known->second));
  }
  constexpr std::string_view Own = "crate::";
  if (path.starts_with(Own)) {
    return joined(crate, std::string_view(path).substr(Own.size()));
  }
  // Relative paths need the module; a crate's name begins any other one.
  const bool is_relative = path.starts_with("self::") || path.starts_with("super::");
  return is_relative || path.find("::") == std::string::npos ? std::nullopt : std::optional(path);
}

// The bounds of one parameter. False when one of them is not known.
bool read_bounds(Node bounds, const Imports& imports, std::string_view crate,
                 rustc::RustdocPredicate& predicate) {
  for (const Node& bound : bounds.named_children()) {
    if (bound.is_any({"lifetime", "removed_trait_bound", "line_comment", "block_comment"})) {
      continue;
    }
    // Arguments of a trait would have to be known as well.
    const auto path = bound.is_any({"type_identifier", "scoped_type_identifier"})
                          ? trait_path(bound.text(), imports, crate)
                          : std::nullopt;
    if (!path) {
      return false;
    }
    predicate.bounds.push_back(*path);
  }
  return true;
}

std::optional<rustc::RustdocGenerics> read_generics(Node function, const Imports& imports,
                                                    std::string_view crate) {
  rustc::RustdocGenerics generics;
  for (const Node& parameter : function.field("type_parameters").named_children()) {
    if (parameter.is_any({"lifetime_parameter", "lifetime", "attribute_item", "line_comment"})) {
      continue;
    }
    const bool is_plain = parameter.is("type_identifier");
    const Node name = is_plain ? parameter : parameter.field("name");
    if (!parameter.is("type_parameter") && !is_plain) {
      return std::nullopt;
    }
    rustc::RustdocPredicate predicate;
    predicate.subject = name.text();
    generics.params.push_back(predicate.subject);
    generics.defaults.emplace_back();
    const Node bounds = is_plain ? Node() : parameter.field("bounds");
    if (bounds && !read_bounds(bounds, imports, crate, predicate)) {
      return std::nullopt;
    }
    if (!predicate.bounds.empty()) {
      generics.predicates.push_back(std::move(predicate));
    }
  }
  for (const Node& part : function.named_children()) {
    if (!part.is("where_clause")) {
      continue;
    }
    for (const Node& where : part.named_children()) {
      rustc::RustdocPredicate predicate;
      const Node subject = where.field("left");
      predicate.subject = subject.text();
      if (subject.is("lifetime")) {
        continue;
      }
      if (!subject.is("type_identifier") ||
          !read_bounds(where.field("bounds"), imports, crate, predicate)) {
        return std::nullopt;
      }
      generics.predicates.push_back(std::move(predicate));
    }
  }
  return generics;
}

bool is_async(Node function) {
  const std::vector<Node> parts = function.named_children();
  return std::any_of(parts.begin(), parts.end(), [](const Node& part) {
    return part.is("function_modifiers") && part.has_child("async");
  });
}

// Out to the function that rustdoc lists, `name` growing on the way to what MIR calls it:
// what stands in an `async fn` is in its first closure. None below anything whose name is
// not known: another item, or a closure, whose number is not.
Node outermost(Node inner, std::string& name) {
  Node outer;
  for (Node around = inner.parent(); around; around = around.parent()) {
    if (around.is_any({"async_block", "closure_expression"})) {
      return {};
    }
    if (around.is_any({"impl_item", "trait_item", "mod_item"})) {
      break;
    }
    if (around.is("function_item")) {
      name = std::string(around.field("name").text()) +
             (is_async(around) ? "::{closure#0}::" : "::") + name;
      outer = around;
    }
  }
  return outer;
}

// The listed function that this one is.
const rustc::RustdocFunction* listed(Node function, std::string_view file,
                                     const rustc::RustdocTable& table, uint32_t line) {
  const auto found = std::find_if(
      table.functions.begin(), table.functions.end(), [&](const rustc::RustdocFunction& one) {
        return one.span.file == file && one.name == function.field("name").text() &&
               one.span.line <= line && line <= one.span.end_line;
      });
  return found == table.functions.end() ? nullptr : &*found;
}

}  // namespace

std::vector<rustc::RustdocFunction> inner_functions(const syntax::Tree& tree, std::string_view file,
                                                    const rustc::RustdocTable& table) {
  std::vector<rustc::RustdocFunction> result;
  const Imports imports = read_imports(tree);
  const auto line_of = [&](Node node) {
    const std::string_view before = tree.text().substr(0, node.begin());
    return static_cast<uint32_t>(std::count(before.begin(), before.end(), '\n') + 1);
  };
  syntax::walk(tree.root(), [&](Node node) {
    if (!node.is("function_item")) {
      return syntax::Walk::Into;
    }
    std::string name(node.field("name").text());
    const Node outer = outermost(node, name);
    if (!outer) {
      return syntax::Walk::Into;
    }
    const rustc::RustdocFunction* known = listed(outer, file, table, line_of(outer.field("name")));
    const auto generics = known ? read_generics(node, imports, table.crate) : std::nullopt;
    if (generics) {
      rustc::RustdocFunction function;
      const size_t own = std::string_view(outer.field("name").text()).size();
      function.name = name;
      function.path = known->path.empty() ? std::string() : known->path + name.substr(own);
      function.in_impl = known->in_impl;
      function.generics = *generics;
      function.span.file = file;
      function.has_body = true;
      result.push_back(std::move(function));
    }
    return syntax::Walk::Into;
  });
  return result;
}

}  // namespace jaa::flow
