// The sizes of types, as rustc prints them with `-Zprint-type-sizes`, one line a fact:
//
//   print-type-size type: `{async fn body of two()}`: 96 bytes, alignment: 8 bytes
//   print-type-size     discriminant: 1 bytes
//   print-type-size     variant `Suspend1`: 95 bytes
//   print-type-size         upvar `.m`: 8 bytes, offset: 0 bytes, alignment: 8 bytes
//   print-type-size         padding: 1 bytes
//   print-type-size         local `.__awaitee`: 8 bytes, alignment: 4 bytes, type: {async block ..}
//   print-type-size     end padding: 7 bytes
//
// rustc prints to standard output and only when a unit compiles; in check mode it lists
// coroutines and what their layouts led to. Types come largest first, variants too; there
// are no spans, so a type's text is its identity, which is not always unique (two async
// blocks of one macro print alike).
//
// Lines of other kinds (other output shares the stream) are kept in their place, and
// `print_type_sizes` gives the very text back, whatever the text was.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/line_text.h"
#include "base/problem.h"

namespace jaa::rustc {

// A part of a variant or a struct, in the order of offsets. A coroutine's variants list the
// captured variables (`Upvar`) too, and what lives across the await (`Local`): a parameter
// of an async fn is both, and is stored twice.
struct SizedField {
  enum class Kind : uint8_t { Field, Upvar, Local, Padding };
  Kind kind = Kind::Field;
  // The offset is printed only where it is not that of the byte after the part before.
  bool is_offset_printed = false;
  // Without the dot: "a", "0", "__awaitee"; ".coroutine_field3" has no name and is the
  // layout's `_s3`. Empty for padding.
  std::string name;
  std::string type;  // empty: not printed, as for most; named locals have none
  uint64_t size = 0;
  uint64_t offset = 0;
  uint64_t alignment = 0;  // 0: not printed; printed where it led to padding
};

struct SizedVariant {
  std::string name;
  uint64_t size = 0;  // without the discriminant's
  std::vector<SizedField> fields;
};

// Structs, tuples and closures have `fields`; enums, unions and coroutines have `variants`.
struct SizedType {
  std::string name;
  uint64_t size = 0;
  uint64_t alignment = 0;
  std::optional<uint64_t> discriminant;
  std::vector<SizedField> fields;
  std::vector<SizedVariant> variants;
  std::optional<uint64_t> end_padding;
};

// Owns all its text.
struct TypeSizes {
  std::vector<SizedType> types;

  // For the printer: lines not understood, and whether the last line was ended.
  base::OpaqueLines opaque;
  bool ends_line = false;
};

struct TypeSizesResult {
  TypeSizes sizes;
  base::Problems problems;
  size_t opaque_lines = 0;
};

[[nodiscard]] TypeSizesResult read_type_sizes(std::string_view text, std::string_view input_name);
[[nodiscard]] std::string print_type_sizes(const TypeSizes& sizes);

}  // namespace jaa::rustc
