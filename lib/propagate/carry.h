// Carries an await outwards: what else becomes async, and what else is awaited, so that a
// place may await.
//
// From the place outwards to the first code that is async already, or to a boundary:
// `main` and tests, where the future is run to its end; a trait of somebody else, whose
// methods cannot become async, unless the method may leave it; a constant. A closure on the way is
// left to itself: it has a remedy of its own once its function is async.
//
// Syntax finds the callers (flow/call_sites.h); the compiler has the last word.
#pragma once

#include <string>
#include <vector>

#include "base/finding.h"
#include "flow/facts.h"
#include "propagate/inherent_method.h"

namespace jaa::propagate {

// What is done where the way ends at a function that starts the program or is a test.
enum class Entry : uint8_t {
  Attribute,  // `#[tokio::main] async fn main`
  BlockCall,  // each future is run to its end where it stands: `block_on(load())`
  BlockBody,  // the body becomes one future that is run to its end
};

// Which calls of a function that becomes async get an `.await`.
enum class Callers : uint8_t {
  All,      // also those of which the syntax does not say whose they are
  Certain,  // those that are the function's without doubt
  None,     // every caller waits already, or hands the future on
};

struct Goal {
  // Awaits that are written, in code that may not await.
  std::vector<syntax::Node> awaits;
  // Expressions, or last tokens of ones in macros, that are to be awaited.
  std::vector<syntax::Node> unawaited;
  // What comes behind their awaits: `.unwrap()` of the handle of a task, say.
  std::string unpack;
  // What gives way to the await of one of them: the `.unwrap()` behind an async lock's `lock()`.
  std::vector<base::Span> replaced;
  // Functions that are to become async.
  std::vector<syntax::Node> functions;
  // Entries that are async already, and may not be.
  std::vector<syntax::Node> entries;
};

struct Options {
  Entry entry = Entry::BlockCall;
  // How to run a future to its end; empty where the entry needs none.
  std::string block_on;
  std::string attribute;
  // Of `block_on`, where the project has none; it goes to the end of the entry's file.
  std::string definition;
  Callers callers = Callers::All;
  // A method of another crate's trait becomes one of the type itself, where it can.
  bool may_leave_traits = false;
};

struct Plan {
  std::vector<base::Edit> edits;
  std::vector<syntax::Node> functions;  // that become async, outermost last
  std::vector<base::Span> awaited;      // calls that get an `.await`
  syntax::Node entry;  // the function at which it ends: `main`, a test; none when none was met
  // Why it cannot be carried through: the boundary, for words. Empty when it can.
  std::string stopped_at;
  base::Span stopped_place;
  bool stops_at_trait = false;  // of another crate
  // Methods that are their types' own from now on.
  std::vector<InherentMethod> inherent;
  // Some call gives its value to nobody, where a future would be lost without a warning.
  bool loses_future = false;
  bool is_public = false;  // a public function becomes async
};

[[nodiscard]] Plan carry(const flow::Facts& facts, const Goal& goal, const Options& options);

// The text that ends an await of `expression`; with parentheses where it needs them.
[[nodiscard]] std::vector<base::Edit> await_edits(syntax::Node expression);

// All ways to carry the goal through that this project offers, the best first, ready to be
// tried. Variants of one remedy share its name.
[[nodiscard]] std::vector<base::FixIt> fixes(const flow::Facts& facts, const Goal& goal,
                                             const std::string& title);

// The awaits of the goal wait where they stand, and nothing becomes async: the thread does
// nothing else meanwhile, and a runtime may refuse it.
[[nodiscard]] std::vector<base::FixIt> block_in_place(const flow::Facts& facts, const Goal& goal);

}  // namespace jaa::propagate
