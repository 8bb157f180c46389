// What the wrapper leaves for the cargo driver: its findings with their fixes and
// verdicts, as plain values that need no `SourceFiles`.
//
// A finding travels two ways. Each wrapper run writes `findings-<unit key>.json`
// to the run directory. And the same object rides as `just_async.report` in the
// diagnostic that the wrapper prints, which cargo stores and replays for a fresh
// unit, whose wrapper does not run again.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/finding.h"
#include "base/problem.h"
#include "llvm/Support/Error.h"
#include "llvm/Support/JSON.h"

namespace jaa::plugin {

struct ReportedEdit {
  std::string path;  // absolute
  uint32_t begin = 0;
  uint32_t end = 0;
  // What the edit replaces; a file that has something else there is stale.
  std::string old_text;
  std::string text;
  friend bool operator==(const ReportedEdit&, const ReportedEdit&) = default;
};

struct ReportedFix {
  std::string name;
  std::string title;
  std::string trade_off;
  base::Verdict::Kind verdict = base::Verdict::Kind::Untried;
  std::string reason;
  bool keeps_meaning = false;
  bool has_placeholders = false;
  // How many errors the compiler still found, once it had accepted the fix.
  uint32_t remaining_errors = 0;
  std::vector<ReportedEdit> edits;
  friend bool operator==(const ReportedFix&, const ReportedFix&) = default;
};

struct ReportedFinding {
  std::string code;  // without scope
  base::Level level = base::Level::Warning;
  std::string message;
  // The primary place: absolute path, path as shown, 1-based line and column, bytes.
  std::string path;
  std::string display;
  uint32_t line = 0;
  uint32_t column = 0;
  uint32_t begin = 0;
  uint32_t end = 0;
  uint32_t explains = 0;  // how many of the compiler's errors it explains
  std::vector<ReportedFix> fixes;
  // As the user was shown it; only known where it came with a message.
  std::string rendered;
  friend bool operator==(const ReportedFinding&, const ReportedFinding&) = default;
};

struct Reports {
  std::vector<ReportedFinding> findings;
  base::Problems problems;  // what could not be read
};

[[nodiscard]] ReportedFinding report_of(const base::Finding& finding,
                                        const base::SourceFiles& sources);

// One line of JSON, and back. Reading refuses a finding with a field of the wrong
// kind; absent optional fields take their defaults.
[[nodiscard]] std::string report_to_json(const ReportedFinding& finding);
[[nodiscard]] llvm::Expected<ReportedFinding> report_from_json(const llvm::json::Value& value);

// Written atomically; a unit that reports again replaces its file.
[[nodiscard]] llvm::Error write_report(const std::string& directory, const std::string& unit_key,
                                       const std::vector<base::Finding>& findings,
                                       const base::SourceFiles& sources);
// All reports of a directory in the order of their file names.
[[nodiscard]] Reports read_reports(const std::string& directory);

// LLVM's JSON parser recurses, so text nested deeper than any honest input is
// refused before it sees it.
[[nodiscard]] llvm::Expected<llvm::json::Value> parse_json(std::string_view text);

}  // namespace jaa::plugin
