// What the signature of a function says of the future it returns: `impl Future<..>`, a
// boxed `dyn Future<..>`, or an alias of such a box; and edits of what it may borrow.
#pragma once

#include <set>
#include <string>
#include <vector>

#include "base/finding.h"
#include "syntax/items.h"
#include "syntax/tree.h"

namespace jaa::rewrite {

// A future that a type is, or holds, as written.
struct WrittenFuture {
  // All of `dyn Future<..> + Send + 'a` or `impl Future<..>`; none behind an alias.
  syntax::Node bounds;
  // `BoxFuture<'_, T>`, and the `type` item that it names; the item is none where another
  // crate declares it.
  syntax::Node alias;
  syntax::Node alias_item;
  bool is_opaque = false;  // `impl`

  [[nodiscard]] bool is_valid() const { return bounds.is_valid() || alias.is_valid(); }
};

// In `type` as written in a signature or declaration; aliases are those of `items`, and
// `BoxFuture` of the crate `futures`.
[[nodiscard]] WrittenFuture written_future(const syntax::Items& items, syntax::Node type);

// The lifetime that the future says it lives for: a `lifetime` node, or none.
[[nodiscard]] syntax::Node lifetime_of(const WrittenFuture& future);
// What it gives when it is ready, `T` of `Future<Output = T>`; none where not written.
[[nodiscard]] syntax::Node output_of(const WrittenFuture& future);

// The function with that name in the trait and in all its implementations, for one of
// them; else `function` alone. The trait's comes first.
[[nodiscard]] std::vector<syntax::Node> method_family(const syntax::Items& items,
                                                      syntax::Node function);

// How far variables are followed back to the parameters they are made of.
enum class Reach : uint8_t {
  Borrows,  // those that are a reference, or a view that the standard library makes
  All       // whatever they are made by
};
// Indexes of the parameters, `self` included, that the async blocks of the body name, by
// themselves or through variables. Of a body without such blocks, those that its result
// names.
[[nodiscard]] std::set<size_t> parameters_in_future(syntax::Node function, Reach reach);
// Of those, the ones whose type says that they borrow.
[[nodiscard]] bool is_borrowing(syntax::Node parameter);
[[nodiscard]] std::vector<syntax::Node> parameters_of(syntax::Node function);

// The edits that let the future borrow from these parameters, with one lifetime: `'_`
// where that is enough, else one that is there, else a new one. Empty when it says so
// already, or when that takes several lifetimes. An alias has to have a lifetime.
struct Borrowing {
  std::vector<base::Edit> edits;
  bool is_possible = false;
};
[[nodiscard]] Borrowing borrow_from(const syntax::Tree& tree, syntax::Node function,
                                    const WrittenFuture& future,
                                    const std::set<size_t>& parameters);

// A lifetime for the alias's box: `type Job<'a, T> = Pin<Box<dyn Future<..> + 'a>>`; each
// other use of the alias, but those in `functions`, says `'static` as before. `functions`
// are given what `borrow_from` gives.
[[nodiscard]] Borrowing borrow_through_alias(const std::vector<const syntax::Tree*>& trees,
                                             const std::vector<syntax::Node>& functions,
                                             const WrittenFuture& future,
                                             const std::set<size_t>& parameters);

// The signature says what its `impl Future` captures: `+ use<'a, T>`. `kept` are the
// parameters whose lifetimes it is to name; type and const parameters it names always,
// and an `impl Trait` as a parameter's type is given a name for that.
[[nodiscard]] std::vector<base::Edit> capture_only(const syntax::Tree& tree, syntax::Node function,
                                                   const WrittenFuture& future,
                                                   const std::set<size_t>& kept);

}  // namespace jaa::rewrite
