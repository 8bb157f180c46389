// The text of every source file an analysis looks at, and positions in it.
//
// Text comes in from outside (`add`); nothing here reads a file. A position is
// a byte offset. rustc's lines are 1-based, and so are its columns, which count
// Unicode scalar values (not bytes, not UTF-16 units).
#pragma once

#include <cstdint>
#include <deque>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "base/id.h"

namespace jaa::base {

struct SourceFile;
using FileId = Id<SourceFile>;

// Half-open byte range `[begin, end)` of one file.
struct Span {
  FileId file;
  uint32_t begin = 0;
  uint32_t end = 0;

  [[nodiscard]] bool is_valid() const { return file.is_valid(); }
  [[nodiscard]] bool is_empty() const { return begin == end; }
  [[nodiscard]] bool contains(const Span& other) const {
    return file == other.file && begin <= other.begin && other.end <= end;
  }
  [[nodiscard]] bool overlaps(const Span& other) const {
    return file == other.file && begin < other.end && other.begin < end;
  }
  friend auto operator<=>(const Span&, const Span&) = default;
};

// A place as rustc prints it: both numbers are 1-based; `column` counts
// Unicode scalar values.
struct LineColumn {
  uint32_t line = 0;
  uint32_t column = 0;
  friend auto operator<=>(const LineColumn&, const LineColumn&) = default;
};

// One file. `path` is absolute and names the file for editing; `display` is the
// path as rustc printed it, shown to the user.
struct SourceFile {
  std::string path;
  std::string display;
  std::string text;
  std::vector<uint32_t> line_starts;  // byte offset of each line's first byte
};

// Owns the text. References into it stay valid for the life of this object.
class SourceFiles {
 public:
  // Adds a file, or returns the id it already has under `path`.
  FileId add(std::string path, std::string display, std::string text);
  // The file whose absolute path is `path`, if it was added.
  [[nodiscard]] std::optional<FileId> find(std::string_view path) const;

  [[nodiscard]] size_t size() const { return files_.size(); }
  [[nodiscard]] std::string_view path(FileId file) const { return get(file).path; }
  [[nodiscard]] std::string_view display(FileId file) const { return get(file).display; }
  [[nodiscard]] std::string_view text(FileId file) const { return get(file).text; }
  // The text a span covers; empty when the span lies outside the file.
  [[nodiscard]] std::string_view text(const Span& span) const;

  // Position of a byte offset; an offset past the end counts as the end.
  [[nodiscard]] LineColumn line_column(FileId file, uint32_t offset) const;
  // Byte offset of a position; none when there is no such line or column. The
  // column just past the last character of a line exists.
  [[nodiscard]] std::optional<uint32_t> offset(FileId file, LineColumn place) const;
  // The span between two positions; none when either does not exist.
  [[nodiscard]] std::optional<Span> span(FileId file, LineColumn begin, LineColumn end) const;
  // Number of lines; a file always has at least one.
  [[nodiscard]] uint32_t line_count(FileId file) const;
  // Text of a 1-based line without its line end (neither LF nor CRLF).
  [[nodiscard]] std::string_view line_text(FileId file, uint32_t line) const;

 private:
  [[nodiscard]] const SourceFile& get(FileId file) const { return files_[file.index()]; }

  std::deque<SourceFile> files_;
  std::unordered_map<std::string, FileId> by_path_;
};

}  // namespace jaa::base
