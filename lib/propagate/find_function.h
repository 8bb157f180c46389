// Which function a path names: `function`, `Type::method`, `module::Type::method`,
// `crate::..`, `<Type as Trait>::method`, or a place, `src/main.rs:12`.
//
// A path fits where its names are the last ones of the function's own, which begin with
// the crate and run through modules, the type or trait, and functions around it. One that
// begins with `crate` has to be the whole.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "flow/facts.h"

namespace jaa::propagate {

struct FoundFunction {
  // The functions that are one: a trait's method and its implementations, of which the
  // first is the one that was named.
  std::vector<syntax::Node> functions;
  // Why there is none; empty where there is one.
  std::string why_not;
};

// Names of crates by their root files.
using CrateNames = std::map<std::string, std::string>;

[[nodiscard]] FoundFunction find_function(const flow::Facts& facts, const CrateNames& crates,
                                          const std::string& path);
// The same for the innermost function around a place in the file with that absolute path.
[[nodiscard]] FoundFunction find_function_at(const flow::Facts& facts, const std::string& file,
                                             uint32_t offset);

// Its names from the crate's root on: "parse::Parser::next".
[[nodiscard]] std::string path_of(const flow::Facts& facts, syntax::Node function);

// The methods that share a signature with `function`: of the trait of this workspace and
// of all its implementations. `function` alone where there is no such trait.
[[nodiscard]] std::vector<syntax::Node> methods_alike(const flow::Facts& facts,
                                                      syntax::Node function);

// `function` implements a method of a trait that is not of this workspace; that trait's name.
[[nodiscard]] std::string foreign_trait(const flow::Facts& facts, syntax::Node function);

// It is `main`, or a test.
[[nodiscard]] bool is_entry(syntax::Node function);

// `const fn`, or `extern "C" fn`: the word for it; empty for any other function.
[[nodiscard]] std::string fixed_form(syntax::Node function);

}  // namespace jaa::propagate
