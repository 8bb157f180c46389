// What the reports about the signatures of future-returning functions have in common.
#pragma once

#include <set>
#include <string>
#include <vector>

#include "flow/facts.h"
#include "flow/future_lifetimes.h"
#include "pitfalls/sink.h"
#include "rewrite/future_signature.h"

namespace jaa::pitfalls {

// Errors about one function, or about a trait's method and its implementations.
struct SignatureErrors {
  std::vector<flow::LifetimeError> errors;
  std::vector<syntax::Node> family;
  rewrite::WrittenFuture future;  // of the first error's function
};

// The errors of these kinds whose function returns a future, written as `impl` or not;
// each function's and family's together.
[[nodiscard]] std::vector<SignatureErrors> signature_errors(
    const flow::Facts& facts, std::initializer_list<flow::LifetimeError::Kind> kinds,
    bool is_opaque);

// Indexes of the parameters that the future holds on to in one of the family's bodies, as
// far as they can borrow; those that an error labels among them.
[[nodiscard]] std::set<size_t> held_parameters(const SignatureErrors& group, rewrite::Reach reach);

// "`self`", "`self` and `key`", in the order of the parameters.
[[nodiscard]] std::string parameter_list(syntax::Node function, const std::set<size_t>& indexes);
// The name of the first of them that the signature does not tie to the future; of the
// first of all where it ties each.
[[nodiscard]] std::string first_untied(syntax::Node function, const std::set<size_t>& indexes);

// Labels the parameters and says which errors the finding explains.
void explain(FindingBuilder& finding, const SignatureErrors& group, const std::set<size_t>& held);

// The whole family's signatures say that the future borrows from these parameters.
[[nodiscard]] std::vector<base::FixIt> say_borrowed(const flow::Facts& facts,
                                                    const SignatureErrors& group,
                                                    const std::set<size_t>& held);

}  // namespace jaa::pitfalls
