#include "pitfalls/trait_methods.h"

#include <algorithm>

#include "rewrite/kept_arguments.h"
#include "syntax/items.h"
#include "syntax/queries.h"

namespace jaa::pitfalls {
namespace {

// The module that an item is written in: its name, or the file's.
std::string module_of(const flow::Facts& facts, syntax::Node item) {
  const syntax::Node module = syntax::enclosing(item.parent(), {"mod_item"});
  if (module) {
    return std::string(module.field("name").text());
  }
  std::string path(facts.files().path(item.span().file));
  path = path.substr(0, path.rfind('.'));
  std::string name = path.substr(path.rfind('/') + 1);
  if (name == "mod") {
    path = path.substr(0, path.rfind('/'));
    name = path.substr(path.rfind('/') + 1);
  }
  return name == "lib" || name == "main" ? "crate" : name;
}

// The module that a path names before its last name; empty for a plain name.
std::string module_in(std::string path) {
  const size_t last = path.rfind("::");
  if (last == std::string::npos) {
    return {};
  }
  path = path.substr(0, last);
  const size_t before = path.rfind("::");
  return before == std::string::npos ? path : path.substr(before + 2);
}

bool means(const flow::Facts& facts, syntax::Node implementation, syntax::Node trait) {
  const std::string_view name = trait.field("name").text();
  std::string path(implementation.field("trait").text());
  path = path.substr(0, path.find('<'));
  const std::string module = module_of(facts, trait);
  syntax::Node scope = rewrite::import_scope(implementation);
  if (path == name) {
    // Declared beside it, or imported.
    if (scope == rewrite::import_scope(trait)) {
      return true;
    }
    path.clear();
    for (const rewrite::Import& import : rewrite::imports_of(scope)) {
      if (import.name.text() == name) {
        path = import.path;
      }
    }
    if (path.empty()) {
      return scope.parent().is("mod_item") &&
             rewrite::import_scope(scope.parent()) == rewrite::import_scope(trait);
    }
  }
  const std::string written = module_in(path);
  if (written == "super" || written == "self" || written == "crate") {
    const syntax::Node outer =
        written == "super" ? rewrite::import_scope(scope.parent()) : rewrite::import_scope(trait);
    return written == "super" ? outer == rewrite::import_scope(trait) : module == "crate";
  }
  return written == module;
}

// Declared in the workspace, without `Drop`, of parts that are quiet too.
bool is_quiet_name(const flow::Facts& facts, const std::string& name, int depth,
                   std::set<std::string>& quiet) {
  if (quiet.contains(name)) {
    return true;
  }
  const auto& drops = facts.items().impls("Drop");
  const auto& declared = facts.items().structs(name);
  if (depth == 0 || declared.size() != 1 ||
      std::any_of(drops.begin(), drops.end(), [&name](const syntax::Node& one) {
        return syntax::last_name(one.field("type")) == name;
      })) {
    return false;
  }
  quiet.insert(name);  // for a type that has itself in it
  bool is_quiet = declared.front().field("type_parameters").named_children().empty();
  syntax::walk(declared.front().field("body"), [&](syntax::Node node) {
    if (node.is_any({"field_declaration", "ordered_field_declaration_list"})) {
      for (const syntax::Node& part : node.named_children()) {
        if (part.kind().ends_with("_type") || part.is("type_identifier")) {
          syntax::walk(part, [&](syntax::Node inner) {
            if (inner.is("type_identifier")) {
              (void)is_quiet_name(facts, std::string(inner.text()), depth - 1, quiet);
            }
            return syntax::Walk::Into;
          });
          is_quiet &= rewrite::is_quiet(part, quiet);
        }
      }
    }
    return syntax::Walk::Into;
  });
  if (!is_quiet) {
    quiet.erase(name);
  }
  return is_quiet;
}

std::set<std::string> quiet_names(const flow::Facts& facts, syntax::Node method) {
  std::set<std::string> result;
  syntax::walk(method.field("parameters"), [&](syntax::Node node) {
    if (node.is("type_identifier")) {
      (void)is_quiet_name(facts, std::string(node.text()), 4, result);
    }
    return syntax::Walk::Into;
  });
  return result;
}

}  // namespace

std::vector<syntax::Node> implementations(const flow::Facts& facts, syntax::Node trait) {
  const std::string_view name = trait.field("name").text();
  std::vector<syntax::Node> result = facts.items().impls(name);
  if (facts.items().traits(name).size() > 1) {
    std::erase_if(result, [&](const syntax::Node& one) { return !means(facts, one, trait); });
  }
  return result;
}

std::vector<syntax::Node> with_implementations(const flow::Facts& facts, syntax::Node method) {
  std::vector<syntax::Node> result{method};
  const std::string_view name = method.field("name").text();
  for (const syntax::Node& item : implementations(facts, syntax::trait_of(method))) {
    for (const syntax::Node& part : item.field("body").named_children()) {
      if (part.is("function_item") && part.field("name").text() == name) {
        result.push_back(part);
      }
    }
  }
  return result;
}

syntax::Node declared_method(const flow::Facts& facts, syntax::Node method) {
  const syntax::Node implementation = syntax::impl_of(method);
  const std::string_view trait = syntax::last_name(implementation.field("trait"));
  for (const syntax::Node& other : facts.items().functions(method.field("name").text())) {
    const syntax::Node owner = syntax::trait_of(other);
    if (!owner || owner.field("name").text() != trait) {
      continue;
    }
    const std::vector<syntax::Node> all = implementations(facts, owner);
    if (std::find(all.begin(), all.end(), implementation) != all.end()) {
      return other;
    }
  }
  return {};
}

bool box_everywhere(const flow::Facts& facts, syntax::Node method, rewrite::BoxedForm form,
                    rewrite::ImportEdits& imports, base::FixIt& fix) {
  std::vector<rewrite::BoxedMethod> methods;
  for (const syntax::Node& one : with_implementations(facts, method)) {
    methods.push_back({&facts.tree(one.span().file), one});
    form.quiet.merge(quiet_names(facts, one));
  }
  for (const rewrite::BoxedMethod& one : methods) {
    if (rewrite::is_async(one.method) && rewrite::drops_early(one.method, form.quiet)) {
      fix.keeps_meaning = false;
      fix.trade_off += "; an argument that the body does not use is dropped at the call";
      break;
    }
  }
  const std::vector<base::Edit> edits = rewrite::box_method(methods, form, imports);
  fix.edits.insert(fix.edits.end(), edits.begin(), edits.end());
  return !edits.empty();
}

}  // namespace jaa::pitfalls
