// What a future keeps at each of its awaits, as rustc laid it out: the comment
// `/* coroutine_layout = CoroutineLayout { .. } */` that MIR dumps carry from the pass
// that turns a coroutine into a state machine on (`coroutine_resume`, for one).
//
// The comment is the pretty debug output of a compiler's type, so it may change with any
// version. It is understood line by line: what is not known is kept in its place, and
// `print_layout` gives the very text back, whatever the text was.
//
// How a field relates to the body. The comment names no locals, but `_s0, _s1, ..` are the
// saved locals in ascending order of their number, each with the type, scope and span of
// its declaration. So in the `coroutine_before` dump of the same body, made with
// `-Zmir-include-spans=on`, walk the declarations (`let mut _7: T; // in scope 3 at ..`) by
// ascending number, and give each field the first one after that of the field before with
// its scope, its span and a type that agrees. The type is needed: all temporaries of one
// `for` or `.await` share the other two. To compare the outermost names is enough (a
// `Coroutine(DefId(.. ::f::{closure#0}), ..)` here is an `{async fn body of f()}` there;
// allocators and lifetimes are left out there). What may still be mistaken then are the drop
// flags of one scope, and a future before and after `into_future`. Dumps of earlier passes
// (`built`) number the same locals alike but lack the drop flags: fields of type `bool`
// with the span of a scope's end, which come last. Spans print here as in the comments of
// the dump, with the expansion's number behind. Captured variables are no fields: they are
// reached through the body's `_1`.
//
// Where a variable lives is also told by the `coroutine_resume` body itself:
// `debug g => (((*_66) as variant#4).2: T)` is the third of `variants[4].fields`.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/id.h"
#include "base/line_text.h"
#include "base/problem.h"

namespace jaa::mir {

struct SavedField;
using SavedId = base::Id<SavedField>;

// A place as in `src/a.rs:8:9: 8:10 (#0)`. `no-location` has no file and no numbers.
struct LayoutSpan {
  std::string file;
  uint32_t line = 0;
  uint32_t column = 0;
  uint32_t end_line = 0;
  uint32_t end_column = 0;
  uint32_t expansion = 0;  // 0: not from a macro or a desugaring such as `.await`
};

struct LayoutSourceInfo {
  std::optional<LayoutSpan> span;
  std::optional<uint32_t> scope;
};

// A local that lives across an await. A part is absent when its line is not understood.
struct SavedField {
  // Debug output of the compiler's type, of one or many lines, the outermost at no
  // indentation: `Coroutine(\n    DefId(..),\n ..)`. See `one_line_type`.
  std::optional<std::string> type;
  std::optional<LayoutSourceInfo> source_info;
  // rustc asks no auto trait of it.
  std::optional<bool> ignore_for_traits;
};

struct LayoutVariant {
  std::string name;             // "Unresumed", "Returned", "Panicked", "Suspend0", ..
  std::vector<SavedId> fields;  // in the order of the variant's fields
};

// Owns all its text.
struct CoroutineLayout {
  base::Store<SavedId, SavedField> fields;
  std::vector<LayoutVariant> variants;  // by their index
  // The pairs of fields that may not share memory, ascending; symmetric, each field with
  // itself. A list and not a matrix: a hostile text cannot make it large.
  std::vector<std::pair<SavedId, SavedId>> conflicts;

  // For the printer: lines not understood, how many of its own lines were there before
  // the text ended, and whether the last one was ended.
  base::OpaqueLines opaque;
  size_t known_lines = 0;
  bool ends_line = false;

  [[nodiscard]] bool do_conflict(SavedId one, SavedId other) const;
};

struct LayoutResult {
  CoroutineLayout layout;
  base::Problems problems;
  size_t opaque_lines = 0;
};

// `text` is the comment with its `/*` and `*/`; `first_line` is the 1-based line of its
// beginning in the input.
[[nodiscard]] LayoutResult read_layout(std::string_view text, std::string_view input_name,
                                       uint32_t first_line);
[[nodiscard]] std::string print_layout(const CoroutineLayout& layout);

// A field's type as it reads when it is nested in another one: on one line.
[[nodiscard]] std::string one_line_type(std::string_view type);

}  // namespace jaa::mir
