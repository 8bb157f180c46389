// How long a boxed future of a method lives, and what that asks of its signature.
//
// The future of an `async fn` borrows all that its arguments borrow, without a word. A
// box has to say it. One elided lifetime is repeated as `'_`. Several get one name: a
// shared borrow may always be taken for a shorter one. Where that is not so (a reference
// behind `&mut`), or some have names already, each keeps its own and outlives that of the
// box. An argument whose type is a parameter may borrow too, so it has to outlive the box
// as well.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "syntax/tree.h"

namespace jaa::rewrite {

struct LifetimePlan {
  std::string result;  // of the box: `'_`, a name, or nothing
  // References and `'_` of the parameters that get a name.
  std::vector<std::pair<syntax::Node, std::string>> names;
  std::vector<std::string> declared;    // by the method, in front of its generics
  std::vector<std::string> predicates;  // for its `where` clause
  std::string elided_output;            // what an elided lifetime of the output is now

  // The written type, with the lifetimes that it left out named where the parameters'
  // are.
  [[nodiscard]] std::string output_text(syntax::Node type) const;
};

// For one method of a trait and its implementations. They have to agree in how many
// lifetimes they declare.
[[nodiscard]] std::vector<LifetimePlan> plan_lifetimes(const std::vector<syntax::Node>& methods,
                                                       bool is_general);

}  // namespace jaa::rewrite
