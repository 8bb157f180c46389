#include "flow/type_shape.h"

#include <algorithm>
#include <vector>

namespace jaa::flow {

using Kind = mir::Type::Kind;

mir::TypeId without_references(const mir::TypeTable& types, mir::TypeId type) {
  while (type.is_valid() && types[type].kind == Kind::Ref) {
    type = types[type].args.back();
  }
  return type;
}

bool has_part(const mir::TypeTable& types, mir::TypeId type,
              llvm::function_ref<bool(mir::TypeId)> wanted) {
  constexpr size_t MostParts = 256;
  std::vector<mir::TypeId> parts{type};
  for (size_t at = 0; at < parts.size() && at < MostParts; ++at) {
    const mir::TypeId part = parts[at];
    if (!part.is_valid()) {
      continue;
    }
    if (wanted(part)) {
      return true;
    }
    const llvm::ArrayRef<mir::TypeId> args = types[part].args;
    parts.insert(parts.end(), args.begin(), args.end());
  }
  return false;
}

bool is_named(const mir::TypeTable& types, mir::TypeId type,
              std::initializer_list<std::string_view> names) {
  const std::string_view name = types.last_segment(type);
  return std::find(names.begin(), names.end(), name) != names.end();
}

std::string_view principal(const mir::TypeTable& types, mir::TypeId type) {
  const llvm::ArrayRef<mir::TypeId> bounds = types[type].args;
  return bounds.empty() ? std::string_view() : types.last_segment(bounds.front());
}

}  // namespace jaa::flow
