// A chain of iterator methods becomes the loop that it stands for, so that what its
// closures compute can be awaited.
//
//   posts.into_iter()                        let mut shown = Vec::new();
//       .filter(|p| is_visible(p).await)     for p in posts {
//       .map(|p| p.title)                ->      if !is_visible(&p).await {
//       .collect()                                   continue;
//                                                }
//                                                shown.push(p.title);
//                                            }
//
// An iterator takes one item through all its stages before it asks for the next, and so
// does the loop: what the closures do happens in the same order, and a chain that stops
// early stops the loop at the same item. What comes before the first closure that awaits
// stays an iterator, unless the source's own items are to be awaited. A method that is not
// known to work like that is not rewritten.
#pragma once

#include <vector>

#include "base/finding.h"
#include "syntax/items.h"
#include "syntax/tree.h"

namespace jaa::rewrite {

struct ChainRequest {
  const syntax::Tree* tree = nullptr;
  const syntax::Items* items = nullptr;
  // The closure or function, an argument of one of the chain's methods, from which on
  // the chain becomes a loop.
  syntax::Node first;
  // Those of the chain's arguments that return futures, to be awaited.
  std::vector<syntax::Node> futures;
  // Futures within what a closure returns, to be awaited there.
  std::vector<syntax::Node> parts;
  // In place of `first`: the value that the chain begins with, the name of its type, and the
  // type's `async fn next`. The whole chain becomes a loop that awaits each item.
  syntax::Node source = {};
  std::string_view source_type = {};
  syntax::Node next = {};
};

// `call` is of a method of iterators for which a loop can stand.
[[nodiscard]] bool is_loop_method(syntax::Node call);

// Candidates that differ in what the types around them turn out to be; at most one of
// them compiles. Empty when the chain is none that can be rewritten.
[[nodiscard]] std::vector<std::vector<base::Edit>> chain_to_loop(const ChainRequest& request);

}  // namespace jaa::rewrite
