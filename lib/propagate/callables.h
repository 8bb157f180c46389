// Functions as values of types that are written out: `fn(i32) -> i32` in a table,
// `Box<dyn Fn(&Event) -> bool>` in a struct.
//
// Such a type cannot take an async function; it can take one that returns its future in a
// box. All types that are spelled alike change together, with every closure and function
// that becomes one of them, and the calls through them are awaited. Where a value goes is
// read from the source around it: the field, variable, parameter, element or result that it
// is given to. That may miss one; the compiler has the last word.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "base/finding.h"
#include "flow/facts.h"
#include "propagate/opened_trees.h"
#include "rewrite/imports.h"

namespace jaa::propagate {

struct TuplePlace {
  size_t index = 0;
  size_t size = 0;
};

class Callables {
 public:
  // Opens the macros of all files (`vec![..]`).
  Callables(const flow::Facts& facts, OpenedTrees& opened);

  // The written type that `value`, a closure or the name of a function, becomes: the node
  // of `fn(..) -> ..` or of what stands behind `dyn`. None where it is given to something
  // generic, or to what is not known.
  [[nodiscard]] syntax::Node type_of(syntax::Node value) const;

  // All types of the workspace that are spelled like `type`.
  [[nodiscard]] std::vector<syntax::Node> alike(syntax::Node type) const;
  // Closures that become one of `types`: the plain ones, or the async ones.
  [[nodiscard]] std::vector<syntax::Node> closures(const std::vector<syntax::Node>& types,
                                                   bool are_async = false) const;
  // Names of functions, of variables and of parameters, as values that become one of `types`.
  [[nodiscard]] std::vector<syntax::Node> names(const std::vector<syntax::Node>& types) const;
  // What is declared of `value`, or of where it comes from, has one of `types` in it.
  [[nodiscard]] bool has_one_of(syntax::Node value, const std::vector<syntax::Node>& types) const;
  // The written types of the workspace.
  [[nodiscard]] const std::vector<syntax::Node>& all() const { return types_; }
  // Those in `type`, through aliases.
  [[nodiscard]] std::vector<syntax::Node> types_in(syntax::Node type, int depth = 4) const;
  // Calls of values of one of `types`.
  [[nodiscard]] std::vector<syntax::Node> calls(const std::vector<syntax::Node>& types) const;
  // `closure`, of which `trait` is asked (`FnMut`), changes a variable of the code around. An
  // `async move` block in its place might have a copy of that, and the change would be lost.
  [[nodiscard]] static bool changes_copy(syntax::Node closure, std::string_view trait);
  // So does some closure that becomes one of `types`.
  [[nodiscard]] bool changes_copies(const std::vector<syntax::Node>& types) const;
  // Some call that may be of such a value, but is not among these, gives its own to nobody.
  [[nodiscard]] bool may_throw_away(const std::vector<syntax::Node>& types) const;

  // The type with a boxed future as its result, which may be a bare future before. `lifetimes` are
  // those that its parameters leave out (`UseMarks::hidden_lifetimes`).
  [[nodiscard]] static std::vector<base::Edit> boxed(syntax::Node type,
                                                     const std::vector<base::Edit>& lifetimes,
                                                     std::string_view edition, bool is_send,
                                                     rewrite::ImportEdits& imports);

 private:
  [[nodiscard]] syntax::Node written_type_around(syntax::Node value) const;
  // The type of what `value` is put into; `places` are those in tuples on the way, the
  // innermost first.
  [[nodiscard]] syntax::Node written_type_around(syntax::Node value,
                                                 std::vector<TuplePlace>& places) const;
  [[nodiscard]] syntax::Node declared_type(syntax::Node expression) const;
  // The types of the parts of a variant or tuple struct.
  [[nodiscard]] std::vector<syntax::Node> parts_of(std::string_view name) const;
  // Calls of values, of whatever type, with as many arguments as `type` has parameters.
  [[nodiscard]] std::vector<syntax::Node> calls_like(syntax::Node type) const;

  const flow::Facts& facts_;
  OpenedTrees& opened_;
  std::vector<syntax::Node> types_;
  std::multimap<std::string, syntax::Node> variants_;  // of enums, and tuple structs, by name
};

// `fn(A) -> R`, or `Fn(A) -> R` behind `dyn`; a bound of something generic is neither.
[[nodiscard]] bool is_written_out(syntax::Node type);

// What a type that `is_written_out` gives, without the bounds of the `dyn` around it: of
// `dyn Fn() -> impl Future + Send`, `impl Future`.
[[nodiscard]] syntax::Node result_of(syntax::Node type);
// The `dyn` that such a type stands in asks for `Send`, or so does the bare future that it gives.
[[nodiscard]] bool asks_for_send(syntax::Node type);
// A future as a type of its own, `impl Future<Output = T>` or `dyn Future<Output = T>`: its `T`.
[[nodiscard]] syntax::Node bare_output(syntax::Node result);

// A local whose `let` says no type, and that is what its function returns in the end: the type of
// that.
[[nodiscard]] syntax::Node type_as_result(syntax::Node declaration);

// The value goes into a box, a list, a field or a table: whoever takes it out calls it.
[[nodiscard]] bool is_kept(syntax::Node value);

// Variables of the code around that the closure's body names.
[[nodiscard]] std::vector<std::string> captured_names(syntax::Node closure);

}  // namespace jaa::propagate
