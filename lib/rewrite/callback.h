// Functions that are given a callback whose calls give futures, and the bound that says
// so: `F: Fn(&T) -> Fut, Fut: Future<Output = R>`, or `F: AsyncFn(&T) -> R`.
//
// The two differ in what the future may borrow. `Fut` is one type for all calls, so it
// can neither borrow an argument nor what the closure has captured; the future of an
// `AsyncFn` may do both, but nothing can be asked of it, such as `Send`.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/finding.h"
#include "syntax/items.h"
#include "syntax/tree.h"

namespace jaa::rewrite {

struct Callback {
  syntax::Node function;   // that has the parameter, with or without a body
  syntax::Node parameter;  // `f: F`, or `f: impl Fn(..) -> Fut`
  syntax::Node owner;      // declares the type parameter: the function, or the `impl` around it
  syntax::Node bound;      // `Fn(&T) -> Fut`
  bool is_async = false;   // `AsyncFn` and kin
  std::string kind;        // "Fn", "FnMut" or "FnOnce", also of an async one
  // `Fut` where it is declared; none for an async bound, and for one that returns a type
  // that is written out, such as a box.
  syntax::Node future;
  std::vector<syntax::Node> future_bounds;  // `Future<Output = R>`, `Send`, ..
  syntax::Node output;                      // `R`; none for `()` and where it is left open

  // The future says what it gives, if only `()`.
  [[nodiscard]] bool names_output() const;
  // Its calls give no future at all.
  [[nodiscard]] bool gives_value() const;
  // The bound's parameters have a reference without a named lifetime of the item's.
  [[nodiscard]] bool takes_reference() const;
};

// The callback that is bound where the function's parameter `parameter` is declared; none
// where that takes no callback, or one whose calls give no future.
[[nodiscard]] std::optional<Callback> callback_of(syntax::Node parameter);

// The same of a parameter whose calls give plain values.
[[nodiscard]] std::optional<Callback> plain_callback_of(syntax::Node parameter);

// The callback whose type is the parameter `type` of an item around `place`. Its own
// parameter is none where the value comes from a field.
[[nodiscard]] std::optional<Callback> callback_of_type(syntax::Node place, std::string_view type);

// The callbacks that `argument`, an argument of a call, may be given for.
[[nodiscard]] std::vector<Callback> callbacks_for(const syntax::Items& items,
                                                  syntax::Node argument);

// What calls of `callback`'s function give for it.
[[nodiscard]] std::vector<syntax::Node> arguments_for(const syntax::Items& items,
                                                      const Callback& callback);

// The parameters that have to be bound alike: those of the trait and of its other
// implementations, and of functions that hand the callback on or are handed it.
[[nodiscard]] std::vector<Callback> bound_alike(const syntax::Items& items,
                                                const Callback& callback);

// Each call of the callback in the function's body is awaited at once.
[[nodiscard]] bool awaits_each_call(const Callback& callback);
// It is called in one place that is reached once.
[[nodiscard]] bool calls_once(const Callback& callback);

// `AsyncFn(&T) -> R` in place of `Fn(&T) -> Fut`, for all of them, with `Fut` and what it
// needed gone. With `may_change`, `Fn` becomes `AsyncFnMut`. Empty where `Fut` has other
// uses, and where there is nothing to change.
[[nodiscard]] std::vector<base::Edit> bind_async(const syntax::Items& items,
                                                 const std::vector<Callback>& callbacks,
                                                 bool may_change);

// `Fn(&T) -> Pin<Box<dyn Future<Output = R> + Send + '_>>` in place of `Fn(&T) -> Fut`,
// for all of them, with the bounds that `Fut` had. Empty where `Fut` has other uses. An
// `AsyncFn(&T) -> R` becomes the same, of a box that is `Send`.
[[nodiscard]] std::vector<base::Edit> bind_boxed(const syntax::Items& items,
                                                 const std::vector<Callback>& callbacks,
                                                 std::string_view edition);

// `Fn(A) -> Fut` and `Fut: Future<Output = R> + Send` in place of `AsyncFn(A) -> R`, or of a
// plain `Fn(A) -> R`.
// `bounds` are those that the future gets, "Send".
[[nodiscard]] std::vector<base::Edit> bind_future(const syntax::Items& items,
                                                  const std::vector<Callback>& callbacks,
                                                  const std::string& bounds,
                                                  std::string_view edition);

// Another trait of the same group: "FnOnce" makes `AsyncFn` an `AsyncFnOnce`.
[[nodiscard]] std::vector<base::Edit> bind_kind(const std::vector<Callback>& callbacks,
                                                const std::string& kind);

}  // namespace jaa::rewrite
