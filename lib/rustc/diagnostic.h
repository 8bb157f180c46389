// rustc's and cargo's JSON messages as tables.
//
// Source: the "JSON output" page of the rustc book and measurements with rustc
// 1.95. All text is owned. Spans are as rustc wrote them: file names relative to
// the unit's working directory, `byte_*` offsets into the raw file, lines and
// columns 1-based, columns in Unicode scalar values.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/problem.h"

namespace jaa::rustc {

enum class Level : uint8_t { Error, Ice, Warning, Note, Help, FailureNote, Other };

struct SpanLine {
  std::string text;
  uint32_t highlight_start = 0;
  uint32_t highlight_end = 0;
};

// One frame of a macro or desugaring expansion; innermost first.
struct ExpansionFrame {
  std::string macro_name;  // "println!", "desugaring of `await` expression"
  std::string file_name;   // the call site
  uint32_t byte_start = 0;
  uint32_t byte_end = 0;
  // The compiler's own rewriting (`await`, `?`, `for`), not a macro: such a span
  // may be edited.
  [[nodiscard]] bool is_desugaring() const;
};

struct DiagnosticSpan {
  std::string file_name;
  uint32_t byte_start = 0;
  uint32_t byte_end = 0;
  uint32_t line_start = 0;
  uint32_t line_end = 0;
  uint32_t column_start = 0;
  uint32_t column_end = 0;
  bool is_primary = false;
  std::string label;  // empty: none
  std::vector<SpanLine> text;
  std::optional<std::string> suggested_replacement;
  std::string suggestion_applicability;  // empty: none
  std::vector<ExpansionFrame> expansion;

  // Written by a real macro somewhere in its expansion chain.
  [[nodiscard]] bool is_from_macro() const;
  // The `.await` of an await expression.
  [[nodiscard]] bool is_await() const;
};

struct Diagnostic {
  Level level = Level::Other;
  std::string message;
  std::string code;  // empty: none
  std::vector<DiagnosticSpan> spans;
  std::vector<Diagnostic> children;
  std::string rendered;  // empty: none

  [[nodiscard]] bool is_error() const { return level == Level::Error || level == Level::Ice; }
  // "aborting due to ..", "for more information ..": not about the code.
  [[nodiscard]] bool is_summary() const;
};

// What `read_messages` found in a stream of rustc's stderr, one JSON object a
// line. Lines that are not JSON, or JSON of another shape, are kept as problems
// (with their line; the first hundred of them) and never stop the reading. Messages of other kinds,
// such as those that announce an artifact, are passed over.
struct Messages {
  std::vector<Diagnostic> diagnostics;
  base::Problems problems;
};

[[nodiscard]] Messages read_messages(std::string_view text, std::string_view input_name);

// One line; none when it is not a diagnostic. `problem`, if given, says why.
[[nodiscard]] std::optional<Diagnostic> read_diagnostic_line(std::string_view line,
                                                             std::string* problem = nullptr);

// One line of `cargo --message-format=json`.
struct CargoMessage {
  enum class Reason : uint8_t { CompilerMessage, CompilerArtifact, BuildFinished, Other };
  Reason reason = Reason::Other;
  std::string package_id;
  std::string manifest_path;
  std::string target_name;
  std::vector<std::string> target_kinds;  // "lib", "bin", "test", "custom-build", ..
  std::string src_path;
  bool is_test = false;  // artifact's `profile.test`
  bool fresh = false;
  bool success = false;  // build-finished
  std::vector<std::string> filenames;
  std::optional<Diagnostic> diagnostic;
};

[[nodiscard]] std::optional<CargoMessage> read_cargo_line(std::string_view line,
                                                          std::string* problem = nullptr);

// All text between backquotes in a message, in order: the types and names a
// message mentions, whatever its wording.
[[nodiscard]] std::vector<std::string> quoted_parts(std::string_view message);

}  // namespace jaa::rustc
