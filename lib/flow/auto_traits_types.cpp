#include "flow/auto_traits_types.h"

#include <algorithm>

#include "llvm/ADT/DenseMap.h"
#include "llvm/ADT/DenseSet.h"

namespace jaa::flow {
namespace {

using Kind = Type::Kind;

// Types of real programs have a few hundred nodes; a function that calls itself with
// `(T, T)` for `T` would make one of any size.
constexpr size_t MaxTreeSize = 20'000;

bool is_argument(const Type& type) {
  return type.kind != Kind::Binding && type.kind != Kind::Constraint;
}

}  // namespace

TypeId unknown_type(TypeTable& types) {
  return make_type(types, Kind::Opaque, "?", {});
}

bool is_unknown(const TypeTable& types, TypeId type) {
  return !type.is_valid() || types[type].kind == Kind::Opaque;
}

TypeId make_type(TypeTable& types, Kind kind, std::string_view name, llvm::ArrayRef<TypeId> args) {
  return types.intern(kind, false, types.name(name), args);
}

namespace {

// Parts are shared, so a type may be a large tree in few nodes.
TypeId map_shared(TypeTable& types, TypeId type, llvm::function_ref<TypeId(TypeId)> change,
                  llvm::DenseMap<int32_t, TypeId>& done) {
  if (const auto known = done.find(type.value); known != done.end()) {
    return known->second;
  }
  const Term node = term(types, type);
  llvm::SmallVector<TypeId, 8> parts;
  for (const TypeId arg : node.args) {
    parts.push_back(map_shared(types, arg, change, done));
  }
  const TypeId built = types.intern(node.kind, node.is_mut, types.name(node.name), parts);
  return done[type.value] = change(types.erased(built));
}

// How many nodes it is as a tree, up to a limit.
size_t tree_size(const TypeTable& types, TypeId type, llvm::DenseMap<int32_t, size_t>& done) {
  if (const auto known = done.find(type.value); known != done.end()) {
    return known->second;
  }
  size_t size = 1;
  for (const TypeId arg : types[type].args) {
    size = std::min(size + tree_size(types, arg, done), MaxTreeSize + 1);
  }
  return done[type.value] = size;
}

}  // namespace

TypeId map_type(TypeTable& types, TypeId type, llvm::function_ref<TypeId(TypeId)> change) {
  llvm::DenseMap<int32_t, TypeId> done;
  return map_shared(types, type, change, done);
}

TypeId substitute(TypeTable& types, TypeId type, llvm::ArrayRef<ParamValue> values) {
  if (values.empty() || !type.is_valid()) {
    return type;
  }
  const TypeId result = map_type(types, type, [&](TypeId part) {
    const TypeId value = types[part].kind == Kind::Path ? value_of(values, part) : TypeId();
    return value.is_valid() ? value : part;
  });
  llvm::DenseMap<int32_t, size_t> done;
  return tree_size(types, result, done) > MaxTreeSize ? unknown_type(types) : result;
}

bool has_part(const TypeTable& types, TypeId type,
              llvm::function_ref<bool(const Type&)> is_wanted) {
  llvm::SmallVector<TypeId, 16> parts = {types.erased(type)};
  llvm::DenseSet<int32_t> seen;
  while (!parts.empty()) {
    const TypeId part = parts.pop_back_val();
    if (!part.is_valid() || !seen.insert(part.value).second) {
      continue;
    }
    const Type node = types[part];
    if (is_wanted(node)) {
      return true;
    }
    parts.append(node.args.begin(), node.args.end());
  }
  return false;
}

bool match(const TypeTable& types, TypeId pattern, TypeId type, llvm::ArrayRef<TypeId> params,
           Substitution& values, llvm::function_ref<bool(TypeId)> is_loose) {
  if (!pattern.is_valid() || !type.is_valid()) {
    return false;
  }
  pattern = types.erased(pattern);
  type = types.erased(type);
  if (std::find(params.begin(), params.end(), pattern) != params.end()) {
    const TypeId known = value_of(values, pattern);
    if (!known.is_valid()) {
      values.push_back({pattern, type});
    }
    return !known.is_valid() || known == type || is_loose(known) || is_loose(type);
  }
  if ((pattern == type && params.empty()) || is_loose(pattern) || is_loose(type)) {
    return true;
  }
  const Type wanted = types[pattern];
  const Type given = types[type];
  // The length of an array is no path, even if it is a parameter's name.
  if (wanted.kind == Kind::Const && given.kind == Kind::Const) {
    const auto* param = std::find_if(params.begin(), params.end(),
                                     [&](TypeId one) { return types[one].name == wanted.name; });
    if (param != params.end()) {
      values.push_back({*param, type});
      return true;
    }
  }
  if (wanted.kind != given.kind || wanted.name != given.name || wanted.is_mut != given.is_mut) {
    return false;
  }
  // Default arguments are not printed, so one may have fewer.
  const size_t shared = std::min(wanted.args.size(), given.args.size());
  if (shared != std::max(wanted.args.size(), given.args.size()) && wanted.kind != Kind::Path) {
    return false;
  }
  for (size_t at = 0; at < shared; ++at) {
    if (!match(types, wanted.args[at], given.args[at], params, values, is_loose)) {
      return false;
    }
  }
  return true;
}

TypeId value_of(llvm::ArrayRef<ParamValue> values, TypeId param) {
  const auto* found = std::find_if(values.begin(), values.end(),
                                   [&](const ParamValue& one) { return one.param == param; });
  return found == values.end() ? TypeId() : found->value;
}

std::string_view head_path(const TypeTable& types, TypeId type) {
  const Type node = types[type];
  return node.kind == Kind::Path || node.kind == Kind::FnSugar ? node.name : std::string_view();
}

TypeId binding(const TypeTable& types, TypeId trait, std::string_view name) {
  const Type node = types[trait];
  if (node.kind == Kind::FnSugar) {
    return name == "Output" && node.args.size() == 2 ? node.args[1] : TypeId();
  }
  for (const TypeId arg : node.args) {
    const Type part = types[arg];
    if (!is_argument(part) && part.kind == Kind::Binding && part.name == name) {
      return part.args.back();
    }
  }
  return {};
}

llvm::SmallVector<TypeId, 4> plain_arguments(const TypeTable& types, llvm::ArrayRef<TypeId> args) {
  llvm::SmallVector<TypeId, 4> result;
  for (const TypeId arg : args) {
    const Kind kind = types[arg].kind;
    if (kind != Kind::Binding && kind != Kind::Constraint) {
      result.push_back(arg);
    }
  }
  return result;
}

}  // namespace jaa::flow
