// The comments `-Zmir-include-spans=on` puts behind lines:
//   // in scope 1 at ok.rs:5:29: 5:30       // return place in scope 0 at ..
//   // scope 3 at ok.rs:7:13: 7:20          // scope 3 at no-location
//   // + span: ok.rs:7:13: 7:17             (below a statement with constants)
// A file name may hold colons and spaces, so spans are read from the right.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "llvm/ADT/StringMap.h"

#include "mir/body.h"

namespace jaa::mir {

struct SpanComment {
  std::optional<uint32_t> scope;  // as printed
  MirSpan span;
};

// Reads spans into one body: `files` is the body's, and outlives this.
class SpanReader {
 public:
  explicit SpanReader(std::vector<std::string>& files) : files_(files) {}
  // Invalid when `text` is no span, as `no-location`.
  MirSpan read(std::string_view text);
  SpanComment read_comment(std::string_view comment);

 private:
  int32_t file(std::string_view name);

  std::vector<std::string>& files_;
  llvm::StringMap<int32_t> ids_;
  int32_t last_file_ = -1;  // most spans are in the file of the one before
};

}  // namespace jaa::mir
