// The protocol's shapes that we read and write (LSP 3.17), over LLVM's JSON.
#pragma once

#include <cstdint>
#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>

#include "llvm/ADT/StringRef.h"
#include "llvm/Support/JSON.h"
#include "plugin/lsp/positions.h"

namespace jaa::lsp {

// The value at a path of members; null where one is missing or of another shape.
[[nodiscard]] const llvm::json::Value* value_at(const llvm::json::Value& value,
                                                std::initializer_list<llvm::StringRef> path);
[[nodiscard]] std::optional<llvm::StringRef> string_at(const llvm::json::Value& value,
                                                       std::initializer_list<llvm::StringRef> path);
[[nodiscard]] std::optional<int64_t> integer_at(const llvm::json::Value& value,
                                                std::initializer_list<llvm::StringRef> path);
// False where it is missing.
[[nodiscard]] bool flag_at(const llvm::json::Value& value,
                           std::initializer_list<llvm::StringRef> path);
[[nodiscard]] const llvm::json::Array* array_at(const llvm::json::Value& value,
                                                std::initializer_list<llvm::StringRef> path);

struct ProtocolRange {
  Position start;
  Position end;
};
// None for what is no position: a negative number, a fraction, another shape.
[[nodiscard]] std::optional<Position> position_at(const llvm::json::Value& value,
                                                  std::initializer_list<llvm::StringRef> path);
[[nodiscard]] std::optional<ProtocolRange> range_at(const llvm::json::Value& value,
                                                    std::initializer_list<llvm::StringRef> path);

[[nodiscard]] llvm::json::Value to_json(Position position);
[[nodiscard]] llvm::json::Value to_json(const ProtocolRange& range);

// The path of a `file:` URI; none for other schemes, other machines, and escapes that are
// none.
[[nodiscard]] std::optional<std::string> path_of_uri(std::string_view uri);
// The same of a folder, whose path ends with no slash.
[[nodiscard]] std::optional<std::string> folder_of_uri(std::string_view uri);
[[nodiscard]] std::string uri_of_path(std::string_view path);

}  // namespace jaa::lsp
