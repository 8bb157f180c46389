// A method of another crate's trait, which has to stay as it is there, becomes one of the type
// itself, which may be async.
//
//   impl Iterator for Pager {                            impl Pager {
//       type Item = Row;                          ->         fn next(&mut self) -> Option<Row> {
//       fn next(&mut self) -> Option<Self::Item> {
//
// The type implements the trait no longer. What used it through the trait no longer compiles,
// so that no use is left behind unseen.
#pragma once

#include <string>
#include <vector>

#include "base/finding.h"
#include "flow/facts.h"

namespace jaa::propagate {

struct InherentMethod {
  syntax::Node method;
  std::vector<base::Edit> edits;  // none where it is not possible
  std::string visibility;         // for the method: what may name the type may call it
  std::string type;               // that has the method, by its name
  std::string trait;
  // Others may use the type, who are not seen here, through the trait.
  bool is_public = false;
};

// `method` is one of an `impl` of a trait. Nothing is done where the `impl` has other methods, or
// a name would come to mean another method: the type implements the trait for several others, has
// a method of that name, or dereferences to a type that may have the trait.
[[nodiscard]] InherentMethod make_inherent(const flow::Facts& facts, syntax::Node method);

}  // namespace jaa::propagate
