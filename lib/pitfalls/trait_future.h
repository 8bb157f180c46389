// Remedies for trait methods whose futures say nothing about `Send`.
#pragma once

#include <vector>

#include "base/finding.h"
#include "flow/facts.h"
#include "pitfalls/sink.h"

namespace jaa::pitfalls {

// The method in the trait says that its future is `Send`: an `async fn` is written as
// what it stands for, an `impl Future` gets the bound.
[[nodiscard]] std::vector<base::FixIt> say_send(const flow::Facts& facts, syntax::Node method);

// The method and all its implementations in the workspace return a boxed future.
[[nodiscard]] std::vector<base::FixIt> return_boxed(const flow::Facts& facts, syntax::Node method,
                                                    bool is_send = true);

// The code that demands `Send` asks for a trait whose method promises it, where the
// project has such a twin of the trait.
[[nodiscard]] std::vector<base::FixIt> ask_for_twin(const flow::Facts& facts,
                                                    const flow::Cause& cause, syntax::Node method);

// `where S::method(..): Send` (return type notation, rust-lang/rust#109417), on a nightly
// compiler.
[[nodiscard]] std::vector<base::FixIt> bound_the_return(const flow::Facts& facts,
                                                        const flow::Cause& cause,
                                                        syntax::Node method);

// Says of a fix that writes `function` as what it stands for when an argument would not
// live as long as before.
void note_early_drop(base::FixIt& fix, syntax::Node function);

// Says in words what else there is: a twin by trait-variant, a concrete type.
void add_words(FindingBuilder& finding, const flow::Facts& facts, syntax::Node method);

}  // namespace jaa::pitfalls
