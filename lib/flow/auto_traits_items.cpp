#include "flow/auto_traits_items.h"

#include <algorithm>

namespace jaa::flow {
namespace {

using Kind = Type::Kind;
using Doc = rustc::RustdocTable;

constexpr unsigned MaxReexports = 32;
constexpr unsigned MaxAliases = 16;

std::string_view first_segment(std::string_view path) {
  return path.substr(0, path.find("::"));
}

bool is_std(std::string_view crate) {
  return crate == "std" || crate == "core" || crate == "alloc";
}

// Crate, first module and name.
std::string squashed_std(std::string_view path) {
  const size_t begin = path.find("::");
  if (begin == std::string_view::npos) {
    return "std";
  }
  const std::string_view inside = path.substr(begin + 2);
  const size_t last = inside.rfind("::");
  return last == std::string_view::npos
             ? "std::" + std::string(inside)
             : "std::" + std::string(first_segment(inside)) + std::string(inside.substr(last));
}

// A path's text up to its arguments.
std::string head_of(std::string_view text) {
  return std::string(text.substr(0, text.find('<')));
}

}  // namespace

void Items::add(const Doc& table) {
  // Of another version.
  if (!modules_.insert(table.crate).second) {
    return;
  }
  modules_.insert(table.modules.begin(), table.modules.end());
  for (const rustc::RustdocType& type : table.types) {
    definitions_.insert(type.path);
    type_items_[type.path] = {&table, &type};
  }
  for (const rustc::RustdocTrait& trait : table.traits) {
    definitions_.insert(trait.path);
    trait_items_[trait.path] = {&table, &trait};
  }
  for (const rustc::RustdocAlias& alias : table.aliases) {
    definitions_.insert(alias.path);
    aliases_[alias.path] = {&table, &alias};
  }
  for (const rustc::RustdocReexport& use : table.reexports) {
    if (use.name.empty()) {
      globs_[use.module].push_back(use.target);
    } else {
      reexports_[use.module + "::" + use.name] = use.target;
      // rustc prints a crate by its own name wherever it is re-exported.
      if (use.target.find("::") == std::string::npos) {
        reexports_.emplace(use.module + "::" + use.target, use.target);
      }
    }
  }
  for (const rustc::RustdocImpl& impl : table.impls) {
    if (impl.trait.empty()) {
      continue;
    }
    const std::string trait = head_of(impl.trait);
    const std::string name = is_std(first_segment(trait)) ? squashed_std(trait) : trait;
    if (name == "std::marker::Send" || name == "std::marker::Sync") {
      auto_impls_[name + " " + head_of(impl.self_type)].push_back({&table, &impl});
    } else {
      impls_[name].push_back({&table, &impl});
    }
  }
  for (const rustc::RustdocFunction& function : table.functions) {
    const DocFunction found{&table, &function};
    const rustc::RustdocImpl* impl = found.impl();
    std::string path = function.path;
    if (impl != nullptr && impl->trait.empty()) {
      path = head_of(impl->self_type) + "::" + function.name;
    }
    if (!path.empty()) {
      definitions_.insert(path);
      functions_[path].push_back(found);
    }
    by_body_[body_key(found)] = found;
  }
}

void Items::add_inner(const Doc& table, const rustc::RustdocFunction& function) {
  const DocFunction found{&table, &function};
  by_body_.emplace(body_key(found), found);
}

std::string Items::body_key(const DocFunction& function) {
  const rustc::RustdocImpl* impl = function.impl();
  if (impl == nullptr) {
    return function.function->path;
  }
  return impl->span.file + ":" + std::to_string(impl->span.line) + ":" +
         std::to_string(impl->span.column) + "::" + function.function->name;
}

// What a name in a module means; empty if it means nothing. Inside of a path it is a
// module where one has that name, at its end it is something else if it can be.
std::string Items::child(const std::string& module, std::string_view name, bool is_last,
                         unsigned depth) const {
  std::string path = module + "::" + std::string(name);
  if (is_std(first_segment(module)) || definitions_.contains(path)) {
    return path;
  }
  const bool is_module = modules_.contains(path);
  if (is_module && !is_last) {
    return path;
  }
  if (depth == 0) {
    return {};
  }
  if (const auto use = reexports_.find(path); use != reexports_.end() && use->second != path) {
    return use->second;
  }
  const auto globs = globs_.find(module);
  for (const std::string& target :
       globs == globs_.end() ? std::vector<std::string>() : globs->second) {
    // Whatever is looked for in the standard library is there.
    if (is_std(first_segment(target))) {
      continue;
    }
    if (std::string found = child(target, name, is_last, depth - 1); !found.empty()) {
      return found;
    }
  }
  return is_module ? path : std::string();
}

Items::Found Items::walk(std::string module, std::string_view rest) const {
  bool is_any_found = false;
  while (!rest.empty()) {
    std::string_view name = first_segment(rest);
    const bool is_last = name.size() == rest.size();
    const std::string_view after = is_last ? std::string_view() : rest.substr(name.size() + 2);
    if (name.starts_with("r#")) {
      name.remove_prefix(2);
    }
    std::string next = child(module, name, is_last, MaxReexports);
    if (next.empty()) {
      break;
    }
    module = std::move(next);
    is_any_found = true;
    rest = after;
  }
  return {rest.empty() ? module : module + "::" + std::string(rest), is_any_found, rest.empty()};
}

std::string Items::canonical_path(std::string_view path, std::string_view crate) {
  const std::string key = std::string(crate) + " " + std::string(path);
  if (const auto known = canonical_paths_.find(key); known != canonical_paths_.end()) {
    return known->second;
  }
  // Paths of the crate itself are printed without its name, and may begin like another's.
  const std::string_view first = first_segment(path);
  Found found;
  if (is_std(first)) {
    found = {std::string(path), true, true};
  } else if (!is_std(crate)) {
    found = walk(std::string(crate), path);
  }
  if (!found.is_whole && path.size() > first.size() && has_crate(first)) {
    found = walk(std::string(first), path.substr(first.size() + 2));
    found.is_any = true;
  }
  // A parameter, or what no table knows.
  std::string result = found.is_any ? found.path : std::string(path);
  if (is_std(first_segment(result))) {
    result = squashed_std(result);
  }
  canonical_paths_.emplace(key, result);
  return result;
}

TypeId Items::type(std::string_view text, std::string_view crate) {
  return canonical(types_.parse(text), crate);
}

TypeId Items::canonical(TypeId type, std::string_view crate) {
  type = types_.erased(type);
  std::string key = std::string(crate) + " " + std::to_string(type.value);
  if (const auto known = canonical_types_.find(key); known != canonical_types_.end()) {
    return known->second;
  }
  const TypeId result =
      map_type(types_, type, [&](TypeId node) { return canonical_node(node, crate, MaxAliases); });
  canonical_types_.emplace(std::move(key), result);
  return result;
}

TypeId Items::canonical_node(TypeId id, std::string_view crate, unsigned depth) {
  const Term node = term(types_, id);
  if (node.kind == Kind::Coroutine && node.args.empty()) {
    // `{async fn body of a::f<T>()}`
    constexpr std::string_view Begin = "{async fn body of ";
    constexpr std::string_view End = "()}";
    if (node.name.starts_with(Begin) && node.name.ends_with(End)) {
      const std::string path(
          node.name.substr(Begin.size(), node.name.size() - Begin.size() - End.size()));
      return make_type(types_, Kind::Coroutine, AsyncFn, type(path, crate));
    }
    return id;
  }
  if (node.kind == Kind::ImplTrait && node.name.starts_with("{ ")) {
    llvm::SmallVector<TypeId, 4> args = {
        type(std::string(node.name.substr(2, node.name.rfind("(..)") - 2)), crate)};
    args.append(node.args.begin(), node.args.end());
    return make_type(types_, Kind::ImplTrait, MethodResult, args);
  }
  if ((node.kind == Kind::Member || node.kind == Kind::Projection) && node.name.starts_with("r#")) {
    return make_type(types_, node.kind, node.name.substr(2), node.args);
  }
  if (node.kind != Kind::Path && node.kind != Kind::FnSugar) {
    return id;
  }
  const std::string path = canonical_path(node.name, crate);
  if (const auto alias = aliases_.find(path); alias != aliases_.end() && depth > 0) {
    const auto& [table, found] = alias->second;
    Substitution values;
    for (size_t at = 0; at < found->params.size() && at < node.args.size(); ++at) {
      values.push_back({param(found->params[at]), node.args[at]});
    }
    const TypeId target = map_type(types_, types_.parse(found->type), [&](TypeId part) {
      return canonical_node(part, table->crate, depth - 1);
    });
    return substitute(types_, target, values);
  }
  if (node.kind == Kind::FnSugar) {
    // `Fn(A) -> B` is `Fn<(A,), Output = B>`.
    const TypeId output =
        node.args.size() == 2 ? node.args[1] : make_type(types_, Kind::Tuple, "", {});
    const TypeId bound = make_type(types_, Kind::Binding, "Output", output);
    return make_type(types_, Kind::Path, path, {node.args[0], bound});
  }
  llvm::SmallVector<TypeId, 6> args = node.args;
  add_defaults(path, args, depth);
  return make_type(types_, Kind::Path, path, args);
}

// Arguments that are what they are by default are not printed.
void Items::add_defaults(const std::string& path, llvm::SmallVectorImpl<TypeId>& args,
                         unsigned depth) {
  const auto found = type_items_.find(path);
  if (found == type_items_.end() || depth == 0) {
    return;
  }
  const auto& [table, type] = found->second;
  const rustc::RustdocGenerics& generics = type->generics;
  Substitution values;
  for (size_t at = 0; at < generics.params.size(); ++at) {
    if (at == args.size()) {
      if (at >= generics.defaults.size() || generics.defaults[at].empty()) {
        return;
      }
      const TypeId fallback =
          map_type(types_, types_.parse(generics.defaults[at]),
                   [&](TypeId part) { return canonical_node(part, table->crate, depth - 1); });
      args.push_back(substitute(types_, fallback, values));
    }
    values.push_back({param(generics.params[at]), args[at]});
  }
}

TypeId Items::param(std::string_view name) {
  // Of `impl Trait + 'static` MIR's text is compared without the lifetime.
  return make_type(types_, Kind::Path,
                   name.starts_with("impl ") ? types_.print(types_.parse(name)) : std::string(name),
                   {});
}

std::vector<TypeId> Items::params(const rustc::RustdocGenerics& generics) {
  std::vector<TypeId> result;
  for (const std::string& name : generics.params) {
    result.push_back(param(name));
  }
  return result;
}

void Items::add_predicates(const rustc::RustdocGenerics& generics, std::string_view crate,
                           std::vector<Predicate>& predicates) {
  for (const rustc::RustdocPredicate& predicate : generics.predicates) {
    const bool is_param = std::find(generics.params.begin(), generics.params.end(),
                                    predicate.subject) != generics.params.end();
    const TypeId subject = is_param ? param(predicate.subject) : type(predicate.subject, crate);
    for (const std::string& bound : predicate.bounds) {
      predicates.push_back({subject, type(bound, crate)});
    }
  }
}

namespace {

template <class Map>
auto find_or_default(const Map& map, std::string_view path) -> typename Map::mapped_type {
  const auto found = map.find(std::string(path));
  return found == map.end() ? typename Map::mapped_type() : found->second;
}

template <class Map>
auto find_all(const Map& map, const std::string& path)
    -> llvm::ArrayRef<typename Map::mapped_type::value_type> {
  const auto found = map.find(path);
  if (found == map.end()) {
    return {};
  }
  return found->second;
}

}  // namespace

DocType Items::find_type(std::string_view path) const {
  return find_or_default(type_items_, path);
}
DocTrait Items::find_trait(std::string_view path) const {
  return find_or_default(trait_items_, path);
}
DocFunction Items::by_body(const std::string& key) const {
  return find_or_default(by_body_, key);
}
llvm::ArrayRef<DocImpl> Items::impls_of(std::string_view trait) const {
  return find_all(impls_, std::string(trait));
}
llvm::ArrayRef<DocImpl> Items::auto_impls(std::string_view trait, std::string_view type) const {
  return find_all(auto_impls_, std::string(trait) + " " + std::string(type));
}
llvm::ArrayRef<DocFunction> Items::functions(std::string_view path) const {
  return find_all(functions_, std::string(path));
}

}  // namespace jaa::flow
