// Trait methods that return a boxed future in place of `async fn` or `-> impl Future`, so
// that `dyn Trait` can call them.
#pragma once

#include <set>
#include <string>
#include <vector>

#include "base/finding.h"
#include "rewrite/imports.h"
#include "syntax/tree.h"

namespace jaa::rewrite {

// A method of the trait, or of an implementation.
struct BoxedMethod {
  const syntax::Tree* tree = nullptr;
  syntax::Node method;
};

struct BoxedForm {
  bool is_send = false;
  // Every lifetime stays one of its own, and the future outlives none of them. Without it
  // that is done only where one name for all would ask too much of callers.
  bool is_general = false;
  // The value that a body ends with says its type. An `async fn` does so in its head, a
  // block does not, and what has to become a `&str` or a `dyn` then does not know it.
  bool is_typed = false;
  // A method that gives a plain value becomes one that gives it by a future.
  bool takes_sync = false;
  std::string edition = "2021";
  // Names of types that have nothing to do when they are dropped but to give back memory,
  // beside those of the standard library.
  std::set<std::string> quiet;
};

// All of `methods`, which are one method of a trait and its implementations, return
// `Pin<Box<dyn Future<Output = T> + 'a>>`. What an `async fn` does moves into the box as
// it is; what a function does before it returns an `impl Future` is still done at the
// call. Empty when one of them is neither, or stands in a macro. The imports that the
// type needs are asked of `imports`.
[[nodiscard]] std::vector<base::Edit> box_method(const std::vector<BoxedMethod>& methods,
                                                 const BoxedForm& form, ImportEdits& imports);

// Only what it does: the body of `method` gives a box, whatever its head says.
[[nodiscard]] std::vector<base::Edit> box_body(const BoxedMethod& method, const BoxedForm& form);

// The head of `method` as it is with a box, without body and semicolon.
[[nodiscard]] std::string boxed_head(const BoxedMethod& method, const BoxedForm& form,
                                     ImportEdits& imports);

// These predicates in the `where` clause of `function`, each on a line of its own where
// the clause is new.
[[nodiscard]] std::vector<base::Edit> add_where(const syntax::Tree& tree, syntax::Node function,
                                                const std::vector<std::string>& predicates);

// Values of the method's type are often written as something that becomes it.
[[nodiscard]] bool may_coerce(syntax::Node method);

[[nodiscard]] bool is_async(syntax::Node method);
// The method is an `async fn`, or returns an `impl Future` or `impl Stream`.
[[nodiscard]] bool gives_future(syntax::Node method);

}  // namespace jaa::rewrite
