// The lines of a layout's text, for its reader and its printer only.
#pragma once

#include <cstddef>
#include <string>

#include "llvm/ADT/StringRef.h"
#include "llvm/ADT/Twine.h"

namespace jaa::mir::layout_lines {

// The lines that do not vary.
inline constexpr llvm::StringLiteral Head = "/* coroutine_layout = CoroutineLayout {";
inline constexpr llvm::StringLiteral Fields = "    field_tys: {";
inline constexpr llvm::StringLiteral Variants = "    variant_fields: {";
inline constexpr llvm::StringLiteral SectionEnd = "    },";
inline constexpr llvm::StringLiteral SourceInfoBegin = "            source_info: SourceInfo {";
inline constexpr llvm::StringLiteral SourceInfoEnd = "            },";
inline constexpr llvm::StringLiteral FieldEnd = "        },";
inline constexpr llvm::StringLiteral Foot = "} */";
// The fixed parts of those that do.
inline constexpr llvm::StringLiteral Type = "            ty: ";
inline constexpr llvm::StringLiteral TypeIndent = "            ";
inline constexpr llvm::StringLiteral Span = "                span: ";
inline constexpr llvm::StringLiteral NoLocation = "no-location";
inline constexpr llvm::StringLiteral Scope = "                scope: scope[";
inline constexpr llvm::StringLiteral Ignore = "            ignore_for_traits: ";
inline constexpr llvm::StringLiteral EntryIndent = "        ";
inline constexpr llvm::StringLiteral Conflicts = "    storage_conflicts: BitMatrix(";
// Names of variants are padded to this width.
inline constexpr size_t VariantNameWidth = 9;

// `    storage_conflicts: BitMatrix(2x2) {`, which is a square over all fields.
inline std::string conflicts_head(size_t field_count) {
  const std::string size = std::to_string(field_count);
  return (Conflicts + size + "x" + size + ") {").str();
}

}  // namespace jaa::mir::layout_lines
