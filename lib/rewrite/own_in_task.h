// A task gets values of its own: they are made in front of it, under the same names, and
// moved in.
//
//   spawn(async { send(&name).await })
//   -> let name = name.clone();
//      spawn(async move { send(&name).await })
//
// Where the names are wanted again later, the values are made in a block around the task
// instead, `spawn({ let name = name.clone(); async move { .. } })`.
#pragma once

#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "base/finding.h"
#include "llvm/ADT/STLFunctionalExtras.h"
#include "syntax/tree.h"

namespace jaa::rewrite {

struct TaskValue {
  std::string name;   // in the task
  std::string value;  // the expression it is made from
  bool is_mut = false;
};

struct OwnedTask {
  // An async block, a closure, or a call that gives a future; the call is put into an
  // async block that makes it when the task runs.
  syntax::Node future;
  std::vector<TaskValue> values;
  // Statements that the async block begins with.
  std::vector<std::string> views;
  // Places in the future that name a value otherwise now.
  std::vector<std::pair<base::Span, std::string>> renamed;
  // The future takes what it names, if it does not do so already.
  bool takes_all = true;
};

// Empty when it is in a macro, or could not be written so that it means the same.
[[nodiscard]] std::vector<base::Edit> own_in_task(const syntax::Tree& tree, const OwnedTask& task);

// What `call` computes before it can give its future, each under a name: such arguments
// have to be computed before the task starts. The places of the arguments in `renamed`
// and the names in `values`. None when the call is of another shape.
struct BoundArguments {
  std::vector<TaskValue> values;
  std::vector<std::pair<base::Span, std::string>> renamed;
};
// An argument that `is_borrowing` says yes to gives a reference, `text.trim()`: what it
// leads to is copied. `parameters` are the names that the called function has for its arguments, as
// far as they are known.
[[nodiscard]] std::optional<BoundArguments> bind_arguments(
    syntax::Node call, const std::vector<std::string>& parameters,
    llvm::function_ref<bool(syntax::Node)> is_borrowing);

// A mention of a variable that was a reference and is a value in the task now: the place
// and what stands there instead. None where nothing has to change, or another variable is
// bound. With `copies` a
// dereference is taken off, which gave a copy.
[[nodiscard]] std::optional<std::pair<base::Span, std::string>> as_reference(syntax::Node mention,
                                                                             bool copies);

}  // namespace jaa::rewrite
