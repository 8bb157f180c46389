// What a borrowed value refers to, by its type's text, and the owned copy of it that can
// take its place.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "rewrite/edit_list.h"
#include "rewrite/held.h"
#include "syntax/tree.h"

namespace jaa::rewrite {

struct Referent {
  std::string type;  // `Peer` of `&Peer` and `Option<&'_ Peer>`
  bool is_option = false;
  bool is_mut = false;
};

// None for a type that is not one reference, or an `Option` of one.
[[nodiscard]] std::optional<Referent> referent_of(std::string_view type);

// How far an owned copy stands for what is referred to. What is behind further references
// is no part of it, and is taken as unknown.
[[nodiscard]] Likeness likeness_of(const Held& held, const Referent& referent);

// `value`, whose type is that of `referent`, as an owned one: `g.get(k).cloned()`.
[[nodiscard]] std::string owned_value(syntax::Node value, const Referent& referent,
                                      Likeness likeness);

// `scope`, but for `value` in it, seems to take the same lock as `lock` does
// (`self.peers.read().unwrap()`): what it sees then need not be what a copy says.
[[nodiscard]] bool may_lock_again(syntax::Node scope, syntax::Node value, syntax::Node lock);

// Some pattern within `scope` binds the name.
[[nodiscard]] bool binds(syntax::Node scope, std::string_view name);

// The name `token`, which was a reference and is now a value, is made a reference again.
void refer(EditList& edits, syntax::Node token);

}  // namespace jaa::rewrite
