// What a statement reads from a guard before it awaits, and how that is taken
// out: each read becomes a local of its own, by copy or by clone.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "rewrite/edit_list.h"
#include "rewrite/naming.h"
#include "syntax/tree.h"

namespace jaa::rewrite {

struct Read {
  // The longest chain that starts at the guard: `g.name.clone()`.
  syntax::Node expression;
  // `&` is applied to it.
  bool is_borrowed = false;
  bool is_place = false;
  std::string name;
};

// Reads of the guard, whose mentions (or temporaries) in `statement` are `roots`,
// in order. None unless all of them come before `await`, happen exactly once, and
// could happen before the statement without being noticed.
[[nodiscard]] std::optional<std::vector<Read>> reads_before(syntax::Node statement,
                                                            const std::vector<syntax::Node>& roots,
                                                            syntax::Node await, FreshNames& names);

// What `chain` yields is changed in place, by assignment, `&mut` or `ref mut`: a
// copy would take the change.
[[nodiscard]] bool is_written_through(syntax::Node chain);

// The await of `statement` that is reached first.
[[nodiscard]] syntax::Node first_await(syntax::Node statement);

// Ways to take a value out of a guard, the most exact first.
enum class Take : uint8_t { Copy, Clone, Cloned, ToOwned };
// Those that can make a difference for these reads.
[[nodiscard]] std::vector<Take> ways_to_take(const std::vector<Read>& reads);
// The expression that takes it out: `g.name`, `g.name.clone()`, ..
[[nodiscard]] std::string taken_value(const Read& read, Take take);
// Puts the local where the read was.
void replace_read(EditList& edits, const Read& read, Take take);
// "copy `g.id` out"
[[nodiscard]] std::string take_title(const std::vector<Read>& reads, Take take);

}  // namespace jaa::rewrite
