// Questions about a type's shape, as MIR or a message has it.
#pragma once

#include <initializer_list>
#include <string_view>

#include "llvm/ADT/STLFunctionalExtras.h"
#include "mir/type.h"

namespace jaa::flow {

// `&T` -> `T`.
[[nodiscard]] mir::TypeId without_references(const mir::TypeTable& types, mir::TypeId type);

// `type` or a part of it satisfies `wanted`.
[[nodiscard]] bool has_part(const mir::TypeTable& types, mir::TypeId type,
                            llvm::function_ref<bool(mir::TypeId)> wanted);

[[nodiscard]] bool is_named(const mir::TypeTable& types, mir::TypeId type,
                            std::initializer_list<std::string_view> names);

// The first bound of `dyn A + B` or `impl A + B`, by its last name.
[[nodiscard]] std::string_view principal(const mir::TypeTable& types, mir::TypeId type);

}  // namespace jaa::flow
