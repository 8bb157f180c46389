// A question put to the compiler: is the future of this function `Send`?
//
// Some bounds hide that they are about `Send`: axum's `Handler`, tower's `Service` and
// their kin are implemented for functions whose futures are `Send`, and rustc only
// says that the trait is not implemented. For an error of that kind each async
// function that it points at is asked about: a small function that demands `Send`
// of its future is added behind it, on the same line, so that all places stay what
// they are. If the compiler then denies `Send`, it says why.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/finding.h"
#include "flow/denial.h"
#include "rustc/diagnostic.h"
#include "syntax/tree.h"

namespace jaa::flow {

struct Probe {
  std::string function;
  base::Edit edit;
  // Indexes of the errors that point at the function.
  std::vector<uint32_t> errors;
};

// Names that an unmet bound (E0277) points at, by the source it marks and the
// function types it quotes; empty for any other diagnostic.
[[nodiscard]] std::vector<std::string> suspects(const rustc::Diagnostic& error);

// A probe for each top-level async function without type parameters that has one of
// these names.
void add_probes(const syntax::Tree& tree, const std::vector<std::string>& names, uint32_t error,
                std::vector<Probe>& probes);

// The denials among what the compiler said of the probed text, each as a denial of
// the errors that were asked about.
[[nodiscard]] std::vector<Denial> read_probe_answers(const std::vector<Probe>& probes,
                                                     const std::vector<rustc::Diagnostic>& answers,
                                                     const std::vector<rustc::Diagnostic>& errors,
                                                     const UnitSources& sources);

// Probes of all async functions of a file, each made of the function's own signature: free
// functions and methods of inherent `impl`s, generic ones too. Left out is what a
// signature does not tell: methods of traits, and what an attribute may rewrite.
[[nodiscard]] std::vector<Probe> probe_functions(const syntax::Tree& tree);

// What the compiler said to one of these.
struct ProbeAnswer {
  size_t probe = 0;  // its index
  bool is_send = false;
  // Of one that is not: what the future holds, from the outside in, in words.
  std::vector<std::string> why;
};
// None for a probe that the answers leave open: an error elsewhere may have kept the
// compiler from it.
[[nodiscard]] std::vector<ProbeAnswer> read_answers(const std::vector<Probe>& probes,
                                                    const std::vector<rustc::Diagnostic>& answers,
                                                    const UnitSources& sources);

}  // namespace jaa::flow
