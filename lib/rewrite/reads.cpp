#include "rewrite/reads.h"

#include <algorithm>

#include "rewrite/evaluation.h"
#include "syntax/queries.h"

namespace jaa::rewrite {

using syntax::Node;

namespace {

bool has_comment_within(Node node) {
  bool found = false;
  syntax::walk(node, [&](Node at) {
    found |= at.is_comment();
    return found ? syntax::Walk::Stop : syntax::Walk::Into;
  });
  return found;
}

// A call that may give a reference into the guard.
bool may_borrow(const Read& read) {
  return !read.is_place && !read.expression.parent().is("await_expression") &&
         !gives_owned(read.expression);
}

bool has_mutable_reference(Node within) {
  bool found = false;
  syntax::walk(within, [&](Node node) {
    found |= node.is("ref") && node.next().is_any({"mutable_specifier", "mut_pattern"});
    return found ? syntax::Walk::Stop : syntax::Walk::Into;
  });
  return found;
}

}  // namespace

bool is_written_through(Node chain) {
  Node at = chain;
  while (at.parent().is("parenthesized_expression")) at = at.parent();
  const Node parent = at.parent();
  if (parent.is("reference_expression")) return parent.has_child("mutable_specifier");
  if (parent.is_any({"assignment_expression", "compound_assignment_expr"}))
    return parent.field("left") == at;
  if (parent.is_any({"match_expression", "let_condition", "let_declaration"}))
    return has_mutable_reference(parent);
  // Still the receiver of a call.
  return parent.is("field_expression");
}

Node first_await(Node statement) {
  Node result;
  for (const Node& await : await_expressions(statement))
    if (!result || await.end() < result.end()) result = await;
  return result;
}

std::optional<std::vector<Read>> reads_before(Node statement, const std::vector<Node>& roots,
                                              Node await, FreshNames& names) {
  std::vector<Read> result;
  for (const Node& root : roots) {
    if (syntax::is_in_macro(root) || root.is("string_literal")) return std::nullopt;
    const Node chain = postfix_chain(root, await);
    const bool covers_await = chain.contains(await) || chain.end() > await.end();
    const auto before = evaluated_before(chain, statement);
    if (covers_await || !before || is_written_through(chain) || has_comment_within(chain))
      return std::nullopt;
    // A mention within an earlier read's arguments moves along with it.
    if (!result.empty() && result.back().expression.contains(chain)) continue;
    const bool is_movable =
        is_pure(chain) || std::all_of(before->begin(), before->end(), [&](const Node& earlier) {
          return (is_pure(earlier) && !may_change_names_of(chain, earlier)) ||
                 std::any_of(result.begin(), result.end(),
                             [&](const Read& read) { return read.expression == earlier; });
        });
    if (!is_movable) return std::nullopt;
    Read read{chain, chain.parent().is("reference_expression"), is_place(chain), {}};
    // The guard itself, moved.
    if (chain == root && !read.is_borrowed) return std::nullopt;
    const auto twin = std::find_if(result.begin(), result.end(), [&](const Read& earlier) {
      return read.is_place && earlier.expression.text() == chain.text() &&
             earlier.is_borrowed == read.is_borrowed;
    });
    read.name = twin != result.end() ? twin->name : names.for_value(chain);
    result.push_back(std::move(read));
  }
  return result;
}

std::vector<Take> ways_to_take(const std::vector<Read>& reads) {
  std::vector<Take> result{Take::Copy};
  if (std::any_of(reads.begin(), reads.end(), [](const Read& read) { return read.is_place; }))
    result.push_back(Take::Clone);
  if (std::any_of(reads.begin(), reads.end(), may_borrow)) {
    result.push_back(Take::Cloned);
    result.push_back(Take::ToOwned);
  }
  return result;
}

std::string taken_value(const Read& read, Take take) {
  const std::string text(read.expression.text());
  const bool is_dereference = read.expression.is("unary_expression");
  // A bare guard stands for what it protects.
  const bool is_root = read.is_place && !chain_receiver(read.expression);
  if (take == Take::Copy) return is_root ? "*" + text : text;
  if (read.is_place) {
    // `(*g).clone()` and `g.clone()` are one for a guard, which is not `Clone`.
    if (!is_dereference) return text + ".clone()";
    const Node inner = chain_receiver(read.expression);
    return inner.is("identifier") || is_lock_expression(inner)
               ? std::string(inner.text()) + ".clone()"
               : "(" + text + ").clone()";
  }
  if (take == Take::Cloned) return text + ".cloned()";
  return take == Take::ToOwned ? text + ".to_owned()" : text;
}

void replace_read(EditList& edits, const Read& read, Take take) {
  const bool is_owner = !read.is_place && take == Take::ToOwned;
  edits.replace(read.expression, (is_owner ? "&" : "") + read.name);
}

std::string take_title(const std::vector<Read>& reads, Take take) {
  std::string what;
  if (reads.size() == 1) {
    what = quoted(reads.front().expression.text(), "what the await needs");
  } else {
    what = "what the await needs";
  }
  return (take == Take::Copy ? "copy " : "clone ") + what + " out";
}

}  // namespace jaa::rewrite
