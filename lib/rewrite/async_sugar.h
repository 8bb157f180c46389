// Between `async fn f() -> T { .. }` and a function that says what its future is.
#pragma once

#include <string>
#include <vector>

#include "base/finding.h"
#include "syntax/tree.h"

namespace jaa::rewrite {

enum class FutureForm : uint8_t {
  Opaque,  // `-> impl Future<Output = T> + Send`
  Boxed,   // `-> Pin<Box<dyn Future<Output = T> + Send + '_>>`
};

struct DesugarOptions {
  FutureForm form = FutureForm::Opaque;
  bool is_send = true;
  std::string edition = "2021";
};

// The signature of `function` says its future; a body becomes an `async move` block. A
// function without a body, as in a trait, only changes its signature. Empty when it is
// no `async fn`, is in a macro, or has lifetimes that the new signature could not
// repeat: several with names, or with and without. Several without get one name where
// the future does not capture them all by itself (a box, or outside of traits before
// edition 2024).
[[nodiscard]] std::vector<base::Edit> desugar_async(const syntax::Tree& tree, syntax::Node function,
                                                    const DesugarOptions& options);

// The other way: a function whose whole body is an async block, and whose result says
// nothing but `impl Future<Output = T>`, as an `async fn`. Runs nothing earlier or later
// than before. Imports that nothing else needs go. Empty where that cannot be said.
[[nodiscard]] std::vector<base::Edit> resugar_async(const syntax::Tree& tree,
                                                    syntax::Node function);

// An argument that the body does not name would be dropped at the call: an `async fn`
// keeps it as long as its future, an `async move` block does not take it in.
[[nodiscard]] bool drops_arguments_early(syntax::Node function);

// What the future of `function` is written as, for words: "impl Future<Output = T> + Send".
[[nodiscard]] std::string future_type(syntax::Node function, const DesugarOptions& options);

}  // namespace jaa::rewrite
