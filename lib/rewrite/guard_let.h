// The guard's `let`, the statements of its block, and where they name it.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "rewrite/edit_list.h"
#include "rewrite/evaluation.h"
#include "rewrite/held.h"
#include "syntax/tree.h"

namespace jaa::rewrite {

// A named guard whose awaits all come in later statements of its own block.
// Statement 0 is the `let`; `mentions[0]` is empty. After a `let` of the same
// name the guard is out of reach, and mentions are no longer listed.
struct GuardLet {
  syntax::Node name;
  syntax::Node let;
  std::vector<syntax::Node> statements;
  std::vector<std::vector<syntax::Node>> mentions;
  // Statements that use a value which borrows from the guard.
  std::vector<bool> borrows;
  // Statements that contain one of the awaits, in order; never empty.
  std::vector<size_t> awaits;

  [[nodiscard]] syntax::Node value() const { return let.field("value"); }
  // `let g = ..;` or `let mut g = ..;`: nothing else is bound, nothing can fail
  // to match.
  [[nodiscard]] bool is_plain() const;
  [[nodiscard]] bool is_used_in(size_t begin, size_t end) const;
  // The last statement before `end` that uses the guard or a borrow of it, else 0.
  [[nodiscard]] size_t last_use_before(size_t end) const;
  // A use moves the guard in a way other than `drop(g);`, or a mention is a macro's.
  [[nodiscard]] bool is_given_away(const Held& held, size_t begin, size_t end) const;
  // The same, but for calls that make up a statement: `let n = g.commit()?;`. What they do
  // with the guard they do wherever its scope ends.
  [[nodiscard]] bool is_given_elsewhere(const Held& held, size_t begin, size_t end) const;
};

[[nodiscard]] std::optional<GuardLet> find_guard_let(const syntax::Tree& tree, const Held& held);

// The guard's initialiser means the same behind statement `last` as where it is:
// no statement up to there shadows or assigns a name in it.
[[nodiscard]] bool is_value_stable(const GuardLet& guard, size_t last);

// A name that a block hands on: `let name = { ..; value };`.
struct Output {
  std::string name;
  std::string value;
  Change change = Change::No;
};

// What must be known to put statements into a block of their own.
struct Enclosure {
  // Names declared within that later statements spell, or that seem to be kept
  // for their drop (`_permit`).
  std::vector<Output> outputs;
  // Other guards declared within whose scope ends as well.
  std::vector<std::string> other_guards;
  // Values declared within that end earlier now, and whose end might matter.
  std::vector<std::string> early_drops;

  // What the user should know of `early_drops`; empty when there are none.
  [[nodiscard]] std::string early_drop_note() const;
};

// None when a block around statements `first` to `last` could change what later
// code means: macros that may declare names, items named from outside.
[[nodiscard]] std::optional<Enclosure> enclose(const GuardLet& guard, size_t first, size_t last);

// How `wrap_statements` decides `mut` where only the compiler knows.
enum class MutPolicy : uint8_t { WhereCertain, WherePossible };

// Wraps statements `first` to `last`; `outputs` leave the block. With `may_be_tail`
// a last `let` of the only output becomes the block's tail.
void wrap_statements(const syntax::Tree& tree, EditList& edits, const GuardLet& guard, size_t first,
                     size_t last, const std::vector<Output>& outputs, MutPolicy policy,
                     bool may_be_tail);
// `mut` of some output is only known to the compiler.
[[nodiscard]] bool is_mut_open(const std::vector<Output>& outputs);

}  // namespace jaa::rewrite
