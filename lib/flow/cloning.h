// What a clone of a value is to the value: whether the two can be told apart.
//
// By the type's text, the standard library's types by name, and the declarations of the
// workspace's own. What is not known may be a handle or data; the compiler says later
// whether it can be cloned at all.
#pragma once

#include <string_view>

#include "syntax/items.h"

namespace jaa::flow {

// The stronger objection comes later.
enum class Cloning : uint8_t {
  Copies,       // by itself, when it is moved
  Shares,       // an `Arc` or other handle: both are one
  Duplicates,   // plain data
  Unknown,      // a type parameter, a type of a dependency
  SplitsState,  // a `Cell` or `RefCell` in it: what one changes the other does not see
  Impossible,   // it is not `Clone`; or it does something when it is dropped
};

[[nodiscard]] Cloning cloning_of(const syntax::Items& items, std::string_view type);

// What one clone changes another does not see.
[[nodiscard]] inline bool splits_state(const syntax::Items& items, std::string_view type) {
  return cloning_of(items, type) == Cloning::SplitsState;
}

// Someone may wait for the last of its clones to end, as a receiver does for its senders.
[[nodiscard]] bool tells_its_end(const syntax::Items& items, std::string_view type);

// Nobody can notice when such a value ends: data, and what the workspace makes of data.
[[nodiscard]] bool ends_unnoticed(const syntax::Items& items, std::string_view type);

}  // namespace jaa::flow
