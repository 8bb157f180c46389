// What rustdoc's JSON tells of a crate that its bodies do not: which types are `Send` and
// `Sync` and when, the bounds of generics, what traits promise and impls assign, and by
// which paths all of it is known.
//
//   rustdoc -Zunstable-options --output-format json --document-private-items ..
//
// Types, traits and predicates are text in MIR's syntax, named by the path of their
// definition ("tokio::sync::mutex::Mutex<T>"), not by the one in the source. Lifetimes
// are left out where MIR leaves them out.
//
// The format has a version and no promise. Another version gives no table; what this one
// does not know is skipped and counted.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/problem.h"

namespace jaa::rustc {

// 1-based, the end exclusive, columns in characters; for what a macro wrote, its call.
struct RustdocSpan {
  std::string file;  // empty: none
  uint32_t line = 0;
  uint32_t column = 0;
  uint32_t end_line = 0;
  uint32_t end_column = 0;
};

// `subject: bounds`; a bound is a trait with its arguments. Lifetimes are no bounds here,
// and neither is `?Sized`.
struct RustdocPredicate {
  std::string subject;
  std::vector<std::string> bounds;
};

struct RustdocGenerics {
  // Types and constants, in order, without lifetimes; `impl Trait` in the position of an
  // argument is one, with that text as its name.
  std::vector<std::string> params;
  // Those of them that are constants.
  std::vector<std::string> constants;
  // What each is where it is left out; empty: it is not. As many as `params`.
  std::vector<std::string> defaults;
  // Of the `where` clause and of the parameters themselves.
  std::vector<RustdocPredicate> predicates;
};

struct RustdocNamedType {
  std::string name;
  std::string type;
};

// A struct, enum or union; `fields` are those of all variants.
struct RustdocType {
  std::string path;
  RustdocGenerics generics;
  std::vector<RustdocNamedType> fields;
  bool has_all_fields = true;
};

struct RustdocImpl {
  std::string trait;  // with its arguments; empty: inherent
  std::string self_type;
  RustdocGenerics generics;
  RustdocSpan span;
  bool is_negative = false;
  // Deduced by rustdoc from the fields.
  bool is_synthetic = false;
  std::vector<RustdocNamedType> assignments;
};

struct RustdocAssociatedType {
  std::string name;
  std::vector<std::string> bounds;
  std::string fallback;  // what it is where an impl says nothing
};

struct RustdocTrait {
  std::string path;
  // The predicates on `Self` are its supertraits, too.
  RustdocGenerics generics;
  std::vector<RustdocAssociatedType> types;
};

struct RustdocFunction {
  std::string name;
  std::string path;                // of a free function, and of a trait's: the trait's and its name
  std::optional<size_t> in_impl;   // index into `impls`
  std::optional<size_t> in_trait;  // into `traits`
  RustdocGenerics generics;        // its own
  RustdocSpan span;
  bool is_async = false;
  bool has_body = false;
  std::vector<std::string> inputs;
  std::string output;  // as declared, so without the future of an `async fn`
};

struct RustdocAlias {
  std::string path;
  std::vector<std::string> params;
  std::string type;
};

// `pub use target as name` in `module`; `use target::*` has no name.
struct RustdocReexport {
  std::string module;
  std::string name;
  std::string target;
};

struct RustdocTable {
  std::string crate;
  std::string version;
  std::vector<RustdocType> types;
  std::vector<RustdocImpl> impls;
  std::vector<RustdocTrait> traits;
  std::vector<RustdocFunction> functions;
  std::vector<RustdocAlias> aliases;
  std::vector<RustdocReexport> reexports;
  std::vector<std::string> modules;
  // Items, types and bounds of kinds that are not known.
  size_t skipped = 0;
};

struct RustdocResult {
  std::optional<RustdocTable> table;
  base::Problems problems;
};

// Any text gives a table or a problem. Impls that rustdoc repeats from elsewhere (blanket
// ones, at each type) and those that say nothing here (derived ones, and auto traits but
// `Send` and `Sync`) are left out.
[[nodiscard]] RustdocResult read_rustdoc(std::string_view text, std::string_view input_name);

}  // namespace jaa::rustc
