// What becomes async when a function does: the plan of `add`.
//
// From the function outwards along the uses that the compiler has resolved
// (propagate/use_marks.h): each caller becomes async and awaits, until code that is async
// already, or a boundary. At a boundary the change takes another form: `main` and tests run
// the future, a method of somebody else's trait waits for it, so does a thread's closure;
// a call in a circle of calls is boxed. Where no form is known the plan stops.
//
// Closures that await are left as they are: what they are given to decides what they
// become, and their awaits are errors that have remedies (session, `await_in_sync_closure`).
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "base/finding.h"
#include "flow/facts.h"
#include "propagate/use_marks.h"

namespace jaa::propagate {

struct SpreadOptions {
  // The function in which it ends: calls there wait for their futures.
  std::vector<syntax::Node> ends_at;
  // Functions that would await nothing (propagate/idle.h): they stay as they are.
  std::vector<syntax::Node> idle;
  // Public functions keep a form that is not async, and get one that is beside it.
  bool keeps_sync = false;
  // Types of functions that are values change to such as give boxed futures
  // (propagate/callables.h); else what becomes one of them waits. Their closures clone what
  // they capture, where asked.
  bool converts_values = true;
  bool clones_captures = false;
  // Of types in the heads of functions (`UseMarks::hidden_lifetimes`).
  std::vector<base::Edit> lifetimes;
};

// A step of the plan, for the tree that is shown.
struct SpreadStep {
  enum class Kind : uint8_t {
    Async,    // a function becomes async
    Awaits,   // code that is async already awaits
    Runs,     // `main`, a test: runs the future to its end
    Blocks,   // waits for the future, and stays as it is
    Closure,  // a closure awaits; its form is found by trials
    Sync,     // a function is async no longer
    Boxed,    // a method of a trait that is used as `dyn`
  };
  Kind kind = Kind::Async;
  std::string name;      // "parse::Parser::next"
  base::Span place;      // of its name
  std::string note;      // why it is a boundary, what is done there; empty for most
  size_t caused_by = 0;  // the step of the function that is called here; itself for a leaf
  uint32_t calls = 0;
};

struct SpreadPlan {
  std::vector<base::Edit> edits;
  std::vector<SpreadStep> steps;
  // Trait and method: those that have to return boxed futures (propagate/boxed_traits.h).
  std::vector<std::pair<std::string, std::string>> boxed;
  // Types of values were met that may change, and closures among them that capture.
  bool has_values = false;
  bool has_captures = false;
  // Why it cannot be carried through; empty when it can.
  std::string stopped_at;
  base::Span stopped_place;
  // Functions that become async; those that are public.
  uint32_t functions = 0;
  uint32_t calls = 0;
  bool is_public = false;
};

// `leaves` become async. Of a trait's method and its implementations one is enough.
[[nodiscard]] SpreadPlan spread(const flow::Facts& facts, const std::vector<FunctionUse>& uses,
                                const std::vector<syntax::Node>& leaves,
                                const SpreadOptions& options);

// The plan as a tree, one line a step.
[[nodiscard]] std::string tree_text(const SpreadPlan& plan, const base::SourceFiles& files);

}  // namespace jaa::propagate
