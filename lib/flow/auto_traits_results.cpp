// The part of `Values` about what comes out: what functions, closures and coroutines give,
// and what is made of the types that functions declare for themselves.
#include <algorithm>
#include <optional>

#include "flow/auto_traits_values.h"

namespace jaa::flow {
namespace {

using Kind = Type::Kind;
using mir::Rvalue;
using mir::Statement;
using mir::Terminator;

// A result is handed on a few times.
constexpr unsigned MaxMoves = 64;
constexpr unsigned MaxCalls = 12;

// Which argument of `Result`, `Option` and the like a variant's only field has the type of.
std::optional<llvm::StringRef> argument_of_variant(std::string_view variant) {
  if (variant == "Ok" || variant == "Some" || variant == "Ready" || variant == "Break") {
    return "0";
  }
  return variant == "Err" || variant == "Continue" ? std::optional<llvm::StringRef>("1")
                                                   : std::nullopt;
}

bool is_opaque_part(const Type& type) {
  return type.kind == Kind::ImplTrait && type.name.empty();
}

bool is_closure(const Type& type) {
  return type.kind == Kind::Coroutine || type.kind == Kind::Closure;
}

}  // namespace

TypeId Values::of_result(const BodyRef& body) {
  const mir::LocalId result(size_t{0});
  if (const TypeId traced = trace({body, result}); traced.is_valid()) {
    return traced;
  }
  llvm::SmallVector<TypeId, 4> candidates;
  for (const Statement& statement : body.body->all_statements) {
    if (statement.kind == Statement::Kind::Assign && statement.place.is_local() &&
        body.body->local(statement.place) == result) {
      Source at{body, {}};
      const TypeId type = assigned(at, statement);
      candidates.push_back(type.is_valid()       ? type
                           : at.local.is_valid() ? of_local(at.body, at.local)
                                                 : unknown_type(types_));
    }
  }
  for (const mir::Block& block : body.body->blocks) {
    const Terminator& call = block.terminator;
    if (call.kind == Terminator::Kind::Call && call.place.is_valid() && call.place.is_local() &&
        body.body->local(call.place) == result) {
      const TypeId type = made_by_call(body, call);
      candidates.push_back(type.is_valid() ? type : unknown_type(types_));
    }
  }
  // All of them are of one type; the first that is known is it.
  const auto* known = std::find_if(candidates.begin(), candidates.end(),
                                   [&](TypeId type) { return is_known(type); });
  return known == candidates.end() ? unknown_type(types_) : *known;
}

// The argument at a path like `0.1.`; none where there is no such argument.
TypeId Values::argument_at(TypeId type, llvm::StringRef path) const {
  while (!path.empty() && type.is_valid()) {
    size_t at = 0;
    const auto [first, rest] = path.split('.');
    const Type node = types_[type];
    type = first.getAsInteger(10, at) || at >= node.args.size() ? TypeId() : node.args[at];
    path = rest;
  }
  return type;
}

bool Values::is_known(TypeId type) const {
  return type.is_valid() && !has_part(types_, type, [](const Type& part) {
           return part.kind == Kind::Opaque || is_opaque_part(part);
         });
}

TypeId Values::of_result_argument(const BodyRef& body, llvm::StringRef path) {
  const mir::Body& code = *body.body;
  struct Wanted {
    mir::LocalId local;
    llvm::StringRef path;
  };
  std::vector<Wanted> wanted = {{mir::LocalId(size_t{0}), path}};
  for (size_t at = 0; at < wanted.size() && at < MaxMoves; ++at) {
    const Wanted one = wanted[at];
    const auto is_it = [&](mir::Place place) {
      return place.is_valid() && place.is_local() && code.local(place) == one.local;
    };
    for (const Statement& statement : code.all_statements) {
      if (statement.kind != Statement::Kind::Assign || !is_it(statement.place)) {
        continue;
      }
      const Rvalue value = code.rvalue(statement);
      llvm::StringRef inner = one.path;
      if (value.kind == Rvalue::Kind::Struct && value.operands.size() == 1) {
        const auto [first, rest] = one.path.split('.');
        const std::optional<llvm::StringRef> position =
            argument_of_variant(code.types().last_segment(value.type));
        if (position != first) {
          continue;
        }
        inner = rest;
      } else if (value.kind != Rvalue::Kind::Use) {
        continue;
      }
      if (const TypeId found = argument_at(of_operand(body, value.operands[0]), inner);
          is_known(found)) {
        return found;
      }
      const mir::Place place = value.operands[0].place();
      if (place.is_valid() && place.is_local()) {
        wanted.push_back({code.local(place), inner});
      }
    }
    for (const mir::Block& block : code.blocks) {
      if (block.terminator.kind == Terminator::Kind::Call && is_it(block.terminator.place)) {
        if (const TypeId found = argument_at(made_by_call(body, block.terminator), one.path);
            is_known(found)) {
          return found;
        }
      }
    }
  }
  return unknown_type(types_);
}

TypeId Values::output_of(TypeId type) {
  if (depth_ >= MaxCalls) {
    return {};
  }
  ++depth_;
  const TypeId output = output_at_depth(type);
  --depth_;
  return output;
}

TypeId Values::output_at_depth(TypeId type) {
  const Term node = term(types_, type);
  if ((node.kind == Kind::Closure || node.name == AsyncBlock) && node.args.size() >= 2) {
    const std::vector<BodyRef> bodies =
        bodies_.at(std::string(types_[node.args[0]].name), types_[node.args[1]].name);
    if (bodies.size() != 1) {
      return {};
    }
    const TypeId result = of_local(bodies[0], mir::LocalId(size_t{0}));
    return is_known(result) ? substitute(types_, result, created_values(node)) : TypeId();
  }
  const bool is_call = node.name == AsyncFn || node.name == ResultOf;
  const std::optional<FunctionUse> use = is_call ? scopes_.resolve(node.args[0], {}) : std::nullopt;
  if (node.name == OneOf && !node.args.empty()) {
    const TypeId output = output_of(node.args.front());
    const bool is_of_all = std::all_of(node.args.begin(), node.args.end(),
                                       [&](TypeId one) { return output_of(one) == output; });
    return is_of_all ? output : TypeId();
  }
  if (!use) {
    return {};
  }
  if (!use->function) {
    const BodyRef body = bodies_.async_body(use->key);
    const TypeId output = body ? of_local(body, mir::LocalId(size_t{0})) : TypeId();
    return is_known(output) ? substitute(types_, output, inner_values(*use, body)) : TypeId();
  }
  TypeId result = scopes_.type_in(*use, use->function.function->output);
  if (node.name == ResultOf) {
    TypeId output;
    const TypeId opaque = node.args.size() == 2
                              ? argument_at(result, llvm::StringRef(types_[node.args[1]].name))
                              : result;
    for (const TypeId bound :
         opaque.is_valid() ? term(types_, opaque).args : llvm::SmallVector<TypeId, 6>()) {
      const TypeId bound_output = binding(types_, bound, "Output");
      output = bound_output.is_valid() ? bound_output : output;
    }
    result = output;
  }
  return is_known(result) ? result : TypeId();
}

Substitution Values::inner_values(const FunctionUse& use, const BodyRef& coroutine) {
  Substitution values = use.values;
  // `{async fn body of a::f<A>()}` lists them.
  const TypeId self = coroutine.body->locals[mir::LocalId(size_t{1})].type;
  const Term printed = term(types_, import(coroutine, self));
  if (printed.name == AsyncFn && !printed.args.empty()) {
    const Term path = term(types_, printed.args[0]);
    const size_t first = path.args.size() - std::min(path.args.size(), use.args.size());
    for (size_t at = first; at < path.args.size(); ++at) {
      values.push_back({path.args[at], use.args[at - first]});
    }
  }
  return values;
}

Substitution Values::created_values(const Term& created) {
  Substitution values;
  for (size_t at = 2; at < created.args.size(); ++at) {
    const Term value = term(types_, created.args[at]);
    values.push_back({items_.param(value.name), value.args.back()});
  }
  return values;
}

void Values::index_local_types() {
  are_local_types_known_ = true;
  for (const BodyRef& body : bodies_.all()) {
    for (const Statement& statement : body.body->all_statements) {
      if (statement.rvalue != Rvalue::Kind::Struct && statement.rvalue != Rvalue::Kind::Unit) {
        continue;
      }
      const Rvalue value = body.body->rvalue(statement);
      const std::string_view name = body.body->types()[value.type].name;
      const bool may_be_local =
          body.body->types().plain_path(value.type).find("::{") != std::string::npos ||
          name.find("::_::") != std::string_view::npos;
      if (!may_be_local || is_closure(body.body->types()[value.type])) {
        continue;
      }
      // A struct, or a variant of what its path is without the last part.
      const TypeId type = import(body, value.type);
      const std::string path = types_.plain_path(type);
      local_types_[path].push_back({body, type, value.operands});
      const Term node = term(types_, type);
      if (node.kind == Kind::Member && node.args.size() == 1 &&
          node.name.find("::") == std::string_view::npos) {
        local_types_[types_.plain_path(node.args[0])].push_back(
            {body, node.args[0], value.operands});
      } else if (node.kind == Kind::Path && node.args.empty()) {
        const std::string parent = path.substr(0, path.rfind("::"));
        local_types_[parent].push_back({body, items_.param(parent), value.operands});
      }
    }
  }
}

llvm::ArrayRef<LocalTypeValue> Values::values_of_local_type(TypeId type) {
  if (!are_local_types_known_) {
    index_local_types();
  }
  const auto found = local_types_.find(types_.plain_path(type));
  if (found == local_types_.end()) {
    return {};
  }
  return found->second;
}

}  // namespace jaa::flow
