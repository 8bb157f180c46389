// The part of `Scopes` that looks things up: what a projection stands for, and which
// function a path names.
#include <algorithm>

#include "flow/auto_traits_scope.h"

namespace jaa::flow {
namespace {

using Kind = Type::Kind;

constexpr unsigned MaxProjections = 64;

bool never_loose(TypeId /*type*/) {
  return false;
}

}  // namespace

bool Scopes::is_same(TypeId a, TypeId b) {
  Substitution none;
  return match(types_, a, b, {}, none, never_loose);
}

bool Scopes::implies(TypeId bound, std::string_view trait) {
  std::vector<Predicate> predicates = {{items_.param("Self"), bound}};
  add_implied(predicates);
  return std::any_of(predicates.begin(), predicates.end(),
                     [&](const Predicate& one) { return head_path(types_, one.bound) == trait; });
}

std::optional<Scopes::FoundImpl> Scopes::find_impl(TypeId self, TypeId trait, bool& is_unclear) {
  std::optional<FoundImpl> found;
  bool is_found_blanket = false;
  for (const DocImpl& candidate : items_.impls_of(std::string(types_[trait].name))) {
    const std::string_view crate = candidate.table->crate;
    const std::vector<TypeId> params = items_.params(candidate.impl->generics);
    FoundImpl impl{candidate, {}};
    const TypeId pattern = items_.type(candidate.impl->self_type, crate);
    // A projection may be anything until it is known.
    const auto is_loose = [&](TypeId type) {
      return types_[type].kind == Kind::Projection || is_unknown(types_, type);
    };
    const TypeId of = make_type(types_, Kind::Path, types_[trait].name,
                                plain_arguments(types_, term(types_, trait).args));
    if (!match(types_, pattern, self, params, impl.values, never_loose) ||
        !match(types_, items_.type(candidate.impl->trait, crate), of, params, impl.values,
               is_loose)) {
      continue;
    }
    // An impl for one type goes before one for all.
    const bool is_blanket = std::find(params.begin(), params.end(), pattern) != params.end();
    if (found && is_found_blanket == is_blanket) {
      is_unclear = true;
    } else if (!found || is_found_blanket) {
      is_unclear = false;
      is_found_blanket = is_blanket;
      found = std::move(impl);
    }
  }
  if (found) {
    found->values.push_back({items_.param("Self"), self});
  }
  return found;
}

TypeId Scopes::bound_value(TypeId self, TypeId trait, std::string_view name,
                           llvm::ArrayRef<Predicate> predicates) {
  for (const Predicate& predicate : predicates) {
    const TypeId value = binding(types_, predicate.bound, name);
    if (value.is_valid() && is_same(predicate.subject, self) &&
        implies(predicate.bound, head_path(types_, trait))) {
      return value;
    }
  }
  return {};
}

// Parameters that only a bound determines: `impl<F, R> Handler for F where F: Fn() -> R`,
// or `impl<S, B> HttpService for S where S: Service<Response = Response<B>>`.
void Scopes::add_bound_values(FoundImpl& found, const Scope& scope, unsigned depth) {
  const std::vector<TypeId> params = items_.params(found.impl.impl->generics);
  const auto is_open = [&](TypeId param) { return !value_of(found.values, param).is_valid(); };
  if (std::none_of(params.begin(), params.end(), is_open)) {
    return;
  }
  std::vector<Predicate> predicates;
  items_.add_predicates(found.impl.impl->generics, found.impl.table->crate, predicates);
  for (const Predicate& predicate : predicates) {
    for (const TypeId arg : term(types_, predicate.bound).args) {
      const Term part = term(types_, arg);
      if (part.kind != Kind::Binding) {
        continue;
      }
      const Term bound = term(types_, predicate.bound);
      const TypeId trait =
          make_type(types_, Kind::Path, bound.name, plain_arguments(types_, bound.args));
      const TypeId projection = make_type(types_, Kind::Projection, part.name,
                                          {substitute(types_, predicate.subject, found.values),
                                           substitute(types_, trait, found.values)});
      const TypeId value = normalise(projection, scope, depth);
      Substitution values = found.values;
      if (!is_unknown(types_, value) &&
          match(types_, part.args.back(), value, params, values, never_loose)) {
        found.values = std::move(values);
      }
    }
  }
  for (const TypeId param : params) {
    if (is_open(param)) {
      found.values.push_back({param, unknown_type(types_)});
    }
  }
}

TypeId Scopes::from_impl(TypeId self, TypeId trait, std::string_view name, const Scope& scope,
                         unsigned depth) {
  bool is_unclear = false;
  std::optional<FoundImpl> found = find_impl(self, trait, is_unclear);
  if (is_unclear) {
    return unknown_type(types_);
  }
  if (!found) {
    return {};
  }
  const std::string_view crate = found->impl.table->crate;
  add_bound_values(*found, scope, depth);
  for (const rustc::RustdocNamedType& assignment : found->impl.impl->assignments) {
    if (assignment.name == name) {
      return substitute(types_, items_.type(assignment.type, crate), found->values);
    }
  }
  return {};
}

// One step; the projection itself where it stands for nothing else.
TypeId Scopes::project(TypeId projection, const Scope& scope, unsigned depth) {
  const Term node = term(types_, projection);
  const std::string name(node.name);
  const TypeId self = normalise(node.args[0], scope, depth);
  const TypeId trait = node.args[1];
  const std::string of(head_path(types_, trait));
  if (is_unknown(types_, self)) {
    return unknown_type(types_);
  }
  // What is said of the type itself goes before any impl, if only that it has the trait.
  std::vector<Predicate> predicates = scope.predicates;
  if (types_[self].kind == Kind::Projection) {
    const std::vector<Predicate> more = item_bounds(self);
    predicates.insert(predicates.end(), more.begin(), more.end());
  }
  if (const TypeId value = bound_value(self, trait, name, predicates); value.is_valid()) {
    return value;
  }
  const Term of_self = term(types_, self);
  if (of == "std::future::IntoFuture" && name == "IntoFuture" && items_.impls_of(of).empty()) {
    return self;
  }
  if (of_self.kind == Kind::ImplTrait || of_self.kind == Kind::Dyn) {
    for (const TypeId bound : of_self.args) {
      if (const TypeId value = binding(types_, bound, name);
          value.is_valid() && implies(bound, of)) {
        return value;
      }
    }
  }
  if (name == "Output" &&
      (of == "std::future::Future" || of == "std::future::IntoFuture" || of == "std::ops::FnOnce" ||
       of == "std::ops::FnMut" || of == "std::ops::Fn")) {
    if (of_self.kind == Kind::FnPtr || of_self.kind == Kind::FnItem) {
      const TypeId pointer = of_self.kind == Kind::FnPtr ? self : of_self.args.front();
      return types_[pointer].args.back();
    }
    if (const TypeId value = outputs_ ? outputs_(self) : TypeId(); value.is_valid()) {
      return value;
    }
  }
  const bool is_bounded =
      std::any_of(predicates.begin(), predicates.end(), [&](const Predicate& one) {
        return head_path(types_, one.bound) == of && is_same(one.subject, self);
      });
  if (!is_bounded) {
    if (const TypeId value = from_impl(self, trait, name, scope, depth); value.is_valid()) {
      return value;
    }
  }
  llvm::SmallVector<TypeId, 4> args = {self};
  args.append(node.args.begin() + 1, node.args.end());
  return make_type(types_, Kind::Projection, name, args);
}

TypeId Scopes::normalise(TypeId type, const Scope& scope, unsigned depth) {
  for (unsigned step = 0; step < MaxProjections; ++step) {
    if (types_[type].kind != Kind::Projection) {
      return type;
    }
    if (depth == 0) {
      return unknown_type(types_);
    }
    const TypeId next = project(type, scope, depth - 1);
    if (next == type) {
      return type;
    }
    type = next;
  }
  return unknown_type(types_);
}

TypeId Scopes::type_in(const FunctionUse& use, std::string_view text) {
  return substitute(types_, items_.type(text, use.function.table->crate), use.values);
}

// A function in another one's body, which no table has: what its body is named by.
std::optional<FunctionUse> Scopes::resolve_inner(std::string_view path,
                                                 llvm::ArrayRef<TypeId> args) {
  for (size_t end = path.rfind("::"); end != std::string_view::npos && end > 0;
       end = path.rfind("::", end - 1)) {
    const llvm::ArrayRef<DocFunction> outer = items_.functions(path.substr(0, end));
    if (outer.size() == 1) {
      FunctionUse use;
      use.key = Items::body_key(outer.front()) + std::string(path.substr(end));
      use.args.assign(args.begin(), args.end());
      return use;
    }
  }
  return std::nullopt;
}

std::optional<FunctionUse> Scopes::resolve(TypeId path, const Scope& scope) {
  const Term node = term(types_, path);
  const std::string name(node.name);
  const auto use_of = [&](const DocFunction& function, Substitution values,
                          llvm::ArrayRef<TypeId> args) {
    fill(items_.params(function.function->generics), args, values);
    return FunctionUse{function, std::move(values), Items::body_key(function), {}};
  };
  if (node.kind == Kind::Projection) {
    const TypeId self = normalise(node.args[0], scope, MaxProjections);
    const TypeId trait = node.args[1];
    const llvm::SmallVector<TypeId, 4> args(node.args.begin() + 2, node.args.end());
    const std::string trait_path(head_path(types_, trait));
    bool is_unclear = false;
    if (!is_param(self, scope)) {
      if (const std::optional<FoundImpl> found = find_impl(self, trait, is_unclear)) {
        const rustc::RustdocImpl& impl = *found->impl.impl;
        const std::string key = impl.span.file + ":" + std::to_string(impl.span.line) + ":" +
                                std::to_string(impl.span.column) + "::" + name;
        if (const DocFunction function = items_.by_body(key)) {
          return is_unclear ? std::nullopt : std::optional(use_of(function, found->values, args));
        }
      }
    }
    const llvm::ArrayRef<DocFunction> methods = items_.functions(trait_path + "::" + name);
    if (is_unclear || methods.size() != 1) {
      return std::nullopt;
    }
    Substitution values = {{items_.param("Self"), self}};
    fill(items_.params(methods[0].trait()->generics),
         plain_arguments(types_, term(types_, trait).args), values);
    return use_of(methods[0], std::move(values), args);
  }
  TypeId self;
  std::string key = name;
  llvm::SmallVector<TypeId, 4> args = plain_arguments(types_, node.args);
  if (node.kind == Kind::Member) {
    self = node.args[0];
    key = std::string(head_path(types_, self)) + "::" + name;
    args.erase(args.begin());
  } else if (node.kind != Kind::Path) {
    return std::nullopt;
  }
  for (const DocFunction& function : items_.functions(key)) {
    Substitution values;
    if (const rustc::RustdocImpl* impl = function.impl()) {
      const TypeId pattern = items_.type(impl->self_type, function.table->crate);
      const TypeId given = self.is_valid()
                               ? self
                               : make_type(types_, Kind::Path, key.substr(0, key.rfind("::")), {});
      if (!match(types_, pattern, given, items_.params(impl->generics), values, never_loose)) {
        continue;
      }
      values.push_back({items_.param("Self"), given});
    }
    return use_of(function, std::move(values), args);
  }
  return resolve_inner(key, args);
}

}  // namespace jaa::flow
