// Byte strings in JSON: arguments, paths and variables need not be UTF-8, JSON
// text must be. Such a string is kept as `{"hex": ".."}`.
#pragma once

#include <string>
#include <vector>

#include "llvm/Support/Error.h"
#include "llvm/Support/JSON.h"

namespace jaa::plugin {

[[nodiscard]] llvm::json::Value bytes_to_json(const std::string& bytes);
[[nodiscard]] llvm::json::Value bytes_to_json(const std::vector<std::string>& list);

// LLVM's parser calls itself for each bracket, so a text that nests without end
// would overflow the stack; such a text is an error here.
[[nodiscard]] llvm::Expected<llvm::json::Value> parse_json(llvm::StringRef text);

// Reads the members of one JSON object; the first one that is missing or of
// another shape is the error.
class RecordReader {
 public:
  // `path` is only for the error's text.
  [[nodiscard]] static llvm::Expected<RecordReader> parse(const std::string& text,
                                                          const std::string& path);
  [[nodiscard]] std::string bytes(llvm::StringRef name);
  [[nodiscard]] std::vector<std::string> list(llvm::StringRef name);
  [[nodiscard]] bool flag(llvm::StringRef name);
  // A list of objects, each to be read and finished by itself.
  [[nodiscard]] std::vector<RecordReader> records(llvm::StringRef name);
  [[nodiscard]] llvm::Error finish() const;

 private:
  RecordReader(llvm::json::Value value, std::string path)
      : value_(std::move(value)), path_(std::move(path)) {}
  void expect(llvm::StringRef name, llvm::StringRef shape);
  llvm::json::Value value_;
  std::string path_;
  std::string problem_;
};

}  // namespace jaa::plugin
