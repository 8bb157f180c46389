#include "flow/auto_traits_scope.h"

#include <algorithm>

namespace jaa::flow {
namespace {

using Kind = Type::Kind;

// Real functions have a few dozen.
constexpr size_t MaxPredicates = 1000;

}  // namespace

std::vector<TypeId> Scopes::params_of(const DocFunction& function) {
  std::vector<TypeId> params;
  if (!function) {
    return params;
  }
  const auto add = [&](const rustc::RustdocGenerics& generics) {
    const std::vector<TypeId> more = items_.params(generics);
    params.insert(params.end(), more.begin(), more.end());
  };
  if (const rustc::RustdocImpl* impl = function.impl()) {
    add(impl->generics);
  }
  if (const rustc::RustdocTrait* trait = function.trait()) {
    params.push_back(items_.param("Self"));
    add(trait->generics);
  }
  add(function.function->generics);
  return params;
}

Scope Scopes::scope_of(const DocFunction& function) {
  Scope scope;
  if (!function) {
    return scope;
  }
  scope.params = params_of(function);
  const auto add_constants = [&](const rustc::RustdocGenerics& generics) {
    for (const std::string& name : generics.constants) {
      scope.constants.push_back(items_.param(name));
    }
  };
  add_constants(function.function->generics);
  const std::string_view crate = function.table->crate;
  std::vector<Predicate>& predicates = scope.predicates;
  if (const rustc::RustdocTrait* trait = function.trait()) {
    add_constants(trait->generics);
    items_.add_predicates(trait->generics, crate, predicates);
    llvm::SmallVector<TypeId, 4> args;
    for (const TypeId param : items_.params(trait->generics)) {
      args.push_back(param);
    }
    predicates.push_back(
        {items_.param("Self"),
         make_type(types_, Kind::Path, items_.canonical_path(trait->path, crate), args)});
  }
  if (const rustc::RustdocImpl* impl = function.impl()) {
    add_constants(impl->generics);
    items_.add_predicates(impl->generics, crate, predicates);
  }
  items_.add_predicates(function.function->generics, crate, predicates);
  if (const rustc::RustdocImpl* impl = function.impl()) {
    const ParamValue self{items_.param("Self"), items_.type(impl->self_type, crate)};
    for (Predicate& predicate : predicates) {
      predicate.subject = substitute(types_, predicate.subject, self);
      predicate.bound = substitute(types_, predicate.bound, self);
    }
  }
  add_implied(predicates);
  return scope;
}

void Scopes::add_implied(std::vector<Predicate>& predicates) {
  const auto add = [&](TypeId subject, TypeId bound) {
    const bool is_known = std::any_of(
        predicates.begin(), predicates.end(),
        [&](const Predicate& one) { return one.subject == subject && one.bound == bound; });
    if (!is_known && predicates.size() < MaxPredicates) {
      predicates.push_back({subject, bound});
    }
  };
  for (size_t at = 0; at < predicates.size(); ++at) {
    const Predicate predicate = predicates[at];
    const Term bound = term(types_, predicate.bound);
    // `S: Service<R, Future: Send>`
    const llvm::SmallVector<TypeId, 4> plain = plain_arguments(types_, bound.args);
    for (const TypeId arg : bound.args) {
      const Term part = term(types_, arg);
      if (part.kind != Kind::Constraint) {
        continue;
      }
      const TypeId trait = make_type(types_, Kind::Path, bound.name, plain);
      const TypeId subject =
          make_type(types_, Kind::Projection, part.name, {predicate.subject, trait});
      for (const TypeId one : part.args) {
        add(subject, one);
      }
    }
    const DocTrait trait = items_.find_trait(bound.name);
    if (!trait) {
      continue;
    }
    Substitution values = {{items_.param("Self"), predicate.subject}};
    fill(items_.params(trait.trait->generics), plain, values);
    std::vector<Predicate> own;
    items_.add_predicates(trait.trait->generics, trait.table->crate, own);
    for (const Predicate& one : own) {
      if (one.subject == items_.param("Self")) {
        add(predicate.subject, substitute(types_, one.bound, values));
      }
    }
  }
}

std::vector<Predicate> Scopes::item_bounds(TypeId projection) {
  const Term node = term(types_, projection);
  std::vector<Predicate> result;
  const std::string name(node.name);
  const TypeId self = node.args[0];
  const Term of = term(types_, node.args[1]);
  const DocTrait trait = items_.find_trait(of.name);
  if (!trait) {
    return result;
  }
  Substitution values = {{items_.param("Self"), self}};
  fill(items_.params(trait.trait->generics), plain_arguments(types_, of.args), values);
  for (const rustc::RustdocAssociatedType& type : trait.trait->types) {
    if (type.name == name) {
      for (const std::string& bound : type.bounds) {
        result.push_back(
            {projection, substitute(types_, items_.type(bound, trait.table->crate), values)});
      }
    }
  }
  // `where Self::Future: Send` of the trait.
  std::vector<Predicate> own;
  items_.add_predicates(trait.trait->generics, trait.table->crate, own);
  for (const Predicate& one : own) {
    const Term subject = term(types_, one.subject);
    if (subject.kind == Kind::Projection && subject.name == name &&
        subject.args[0] == items_.param("Self")) {
      result.push_back({projection, substitute(types_, one.bound, values)});
    }
  }
  add_implied(result);
  return result;
}

void Scopes::fill(const std::vector<TypeId>& params, llvm::ArrayRef<TypeId> args,
                  Substitution& values) {
  for (size_t at = 0; at < params.size(); ++at) {
    values.push_back({params[at], at < args.size() ? args[at] : unknown_type(types_)});
  }
}

bool Scopes::is_param(TypeId type, const Scope& scope) const {
  return std::find(scope.params.begin(), scope.params.end(), type) != scope.params.end();
}

}  // namespace jaa::flow
