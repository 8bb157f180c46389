// What Rust evaluates before what within one statement, so that a rewrite can
// tell whether an expression may be computed earlier.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "syntax/tree.h"

namespace jaa::rewrite {

// Evaluating it does nothing that could be noticed: names, paths, literals, and
// field accesses, borrows and dereferences of such.
[[nodiscard]] bool is_pure(syntax::Node expression);

// A name, a field or an element of a place, or what a place or call dereferences to.
[[nodiscard]] bool is_place(syntax::Node expression);

// The expressions of `statement` whose evaluation is over, or under way, when
// that of `node` begins. None when `node` is not evaluated exactly once each time
// the statement is: in a branch, a loop, a closure, behind `&&`.
[[nodiscard]] std::optional<std::vector<syntax::Node>> evaluated_before(syntax::Node node,
                                                                        syntax::Node statement);

// The chain of fields, methods, indexes and `?` that starts with `root`, as far
// as it goes without covering `limit`: `g.name.clone()` for `g`.
[[nodiscard]] syntax::Node postfix_chain(syntax::Node root, syntax::Node limit);

// The expression a postfix or dereference expression starts from, one step down
// (`a.b` for `a.b.c()`); none for any other.
[[nodiscard]] syntax::Node chain_receiver(syntax::Node expression);
// The method's name when `expression` is a method call.
[[nodiscard]] syntax::Node method_name(syntax::Node expression);
[[nodiscard]] bool has_arguments(syntax::Node call);
// By the method's name, as the standard library uses it: a call gives data that
// is its caller's own (`clone`, `len`, `pop`), or an iterator over what it is
// called on (`iter`, `keys`).
[[nodiscard]] bool gives_owned(syntax::Node call);
[[nodiscard]] bool is_iteration(syntax::Node call);

// `m.lock().unwrap()` and its kin: a path of names and fields, the call that
// acquires, and what unpacks its result. Such an expression can be evaluated
// later, or again, and means the same.
[[nodiscard]] bool is_lock_expression(syntax::Node expression);

// The variable may be changed within `node` by the name `name`.
enum class Change : uint8_t { No, Maybe, Yes };
[[nodiscard]] Change change_of(const std::string& name, syntax::Node node);
// At one place that names it, with the fields behind the name.
[[nodiscard]] Change change_at(syntax::Node mention);
// Evaluating `node` may change a variable that `reader` names.
[[nodiscard]] bool may_change_names_of(syntax::Node node, syntax::Node reader);

// It reads what it names, changes nothing, and what follows it comes next. Methods are
// taken for the standard library's.
[[nodiscard]] bool only_reads(syntax::Node node);

// What `await` waits for: `x` of `x.await`; none for any other node.
[[nodiscard]] syntax::Node awaited_operand(syntax::Node await);
// All of `x.await` within `node`, those of nested functions included.
[[nodiscard]] std::vector<syntax::Node> await_expressions(syntax::Node node);

}  // namespace jaa::rewrite
