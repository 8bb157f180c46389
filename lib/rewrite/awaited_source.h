// What a loop takes its items from where each is awaited: a value with an `async fn next`.
//
//   for row in Pager::new(client) {      let mut pager = Pager::new(client);
//       ..                           ->  while let Some(row) = pager.next().await {
//   }                                        ..
//                                        }
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/finding.h"
#include "rewrite/naming.h"
#include "syntax/tree.h"

namespace jaa::rewrite {

struct AwaitedSource {
  std::string name;         // of the variable that is asked
  std::string declaration;  // of it: `let mut pager = ..;`; empty where it is there already

  [[nodiscard]] std::string next(std::string_view method = "next") const {
    return name + "." + std::string(method) + "().await";
  }
};

// `source` as such a variable; `type` is the name of its type. None for a value beside which
// others are kept alive until the loop is over.
[[nodiscard]] std::optional<AwaitedSource> awaited_source(const syntax::Tree& tree,
                                                          syntax::Node source,
                                                          std::string_view type, FreshNames& names);

// The `for` with another head, and what comes before it; none where it is no statement.
[[nodiscard]] std::vector<base::Edit> replace_for_head(const syntax::Tree& tree, syntax::Node loop,
                                                       std::string_view before,
                                                       std::string_view head);

// `mut` for the variable that `source` is; none where it is that already, or no variable. rustc
// asks for it only when nothing else is wrong.
[[nodiscard]] std::vector<base::Edit> make_mutable(syntax::Node source);

// How the next item is had, and what it is in.
struct AskedBy {
  std::string_view method = "next";
  std::string_view variant = "Some";
};

// A `for` that goes over a value of `type`, as a loop that awaits each item.
[[nodiscard]] std::vector<base::Edit> await_each(const syntax::Tree& tree, syntax::Node loop,
                                                 std::string_view type, AskedBy asked = {});

}  // namespace jaa::rewrite
