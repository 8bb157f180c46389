// A program in which functions were made async by hand, and not yet what calls them.
//
// The errors lead to these functions: they stand at calls of them that are not awaited, at
// awaits of such calls in code that may not await, and at methods of which only the trait or
// only an implementation is async. Taking back what was written, `async` and the awaits of
// these calls, gives the program as it was. If that compiles, the compiler has said that
// nothing else is wrong, and the change can be carried through from there as if it had just
// been asked for (propagate/spread.h).
//
// What these functions await already is kept, and what wants their futures too: both stand
// between marks in the program as it was, which `redo` takes away again.
#pragma once

#include <string>
#include <vector>

#include "flow/facts.h"
#include "propagate/use_marks.h"

namespace jaa::propagate {

class HalfDone {
 public:
  // The program as it is, with what the compiler said of it.
  explicit HalfDone(const flow::Facts& facts);

  // Nothing of the kind is wrong, as far as it shows.
  [[nodiscard]] bool is_empty() const { return functions_.empty(); }
  // That were made async, with the methods that are one with them.
  [[nodiscard]] const std::vector<syntax::Node>& functions() const { return functions_; }
  // What makes the program as it was.
  [[nodiscard]] std::vector<base::Edit> undo() const;
  // `undone` is that program, with the errors that it has. True when these are about calls
  // whose futures are wanted where they stand: `undo` then leaves them that.
  [[nodiscard]] bool keep_wanted(const flow::Facts& undone);
  // The functions in the program as it was; entries, which run what they call, are left out.
  [[nodiscard]] std::vector<syntax::Node> leaves(const flow::Facts& undone) const;
  // The use gives a future where one is wanted, and stays as it is.
  [[nodiscard]] static bool is_kept(const FunctionUse& use, const flow::Facts& undone);

 private:
  struct Call {
    base::Span place;
    base::Span await;  // what follows the call; empty when it is not awaited
    bool is_kept = false;
  };
  void add_async_functions(const flow::Facts& facts);
  [[nodiscard]] uint32_t undone_offset(base::FileId file, uint32_t offset) const;

  const flow::Facts& facts_;
  std::vector<syntax::Node> functions_;
  std::vector<Call> calls_;
};

// Takes the marks away: what they keep is what it was.
[[nodiscard]] std::string redo(std::string text);

}  // namespace jaa::propagate
