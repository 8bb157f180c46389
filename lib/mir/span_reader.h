// Spans and the comments that hold them: `scope 1 at a.rs:8:9: 8:10`.
#pragma once

#include <array>
#include <optional>
#include <string_view>

#include "mir/builder.h"

namespace jaa::mir {

class SpanReader {
 public:
  explicit SpanReader(Builder& builder) : builder_(builder) {}

  // `a.rs:8:9: 8:10`, or `no-location`, and nothing else.
  std::optional<MirSpan> read_span(std::string_view text);
  // The same, among the body's spans.
  std::optional<SpanIndex> read(std::string_view text);
  // `scope 1 at SPAN`.
  std::optional<SourceInfo> read_scope_at(std::string_view text);
  // A body is done: what was remembered of its spans is not valid for the next one.
  void clear() { recent_ = {}; }

 private:
  std::optional<MirSpan> read_from_right(std::string_view text);
  SpanIndex add(const MirSpan& span);

  Builder& builder_;
  // Neighbours mostly name the same file, and often the same place.
  std::string last_file_;
  NameId last_file_id_;
  std::array<uint32_t, 64> recent_{};
};

}  // namespace jaa::mir
