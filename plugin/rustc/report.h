// What the wrapper leaves for the cargo driver: its findings with their fixes and
// verdicts, as plain values that need no `SourceFiles`.
//
// A finding travels two ways. Each wrapper run writes `findings-<unit key>.json`
// to the run directory, and `found-<unit key>.json` before the fixes are tried. And the same object
// rides as `just_async.report` in the diagnostic that the wrapper prints, which cargo stores and
// replays for a fresh unit, whose wrapper does not run again.
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

// A place with words: a label, or a note that points somewhere.
struct ReportedPlace {
  std::string path;  // absolute; empty: nowhere
  uint32_t begin = 0;
  uint32_t end = 0;
  std::string text;
  friend bool operator==(const ReportedPlace&, const ReportedPlace&) = default;
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
  std::string label;      // at the primary place
  std::vector<ReportedPlace> labels;
  std::vector<ReportedPlace> notes;
  std::vector<ReportedFix> fixes;
  // For whoever tries a fix later: the unit, by its root file, and the errors
  // (`fixit::diagnostic_key`).
  std::string root_source;
  bool is_test = false;
  std::vector<std::string> explained_errors;
  // As the user was shown it; only known where it came with a message.
  std::string rendered;
  friend bool operator==(const ReportedFinding&, const ReportedFinding&) = default;
};

struct Reports {
  std::vector<ReportedFinding> findings;
  base::Problems problems;  // what could not be read
};

// The unit that findings are of.
struct ReportedUnit {
  std::string root_source;
  bool is_test = false;
};
[[nodiscard]] ReportedFinding report_of(const base::Finding& finding,
                                        const base::SourceFiles& sources,
                                        const ReportedUnit& unit = {});

// One line of JSON, and back. Reading refuses a finding with a field of the wrong
// kind; absent optional fields take their defaults.
[[nodiscard]] std::string report_to_json(const ReportedFinding& finding);
[[nodiscard]] llvm::Expected<ReportedFinding> report_from_json(const llvm::json::Value& value);

// A file with all findings of a unit, written atomically.
[[nodiscard]] llvm::Error write_reports(const std::string& path,
                                        const std::vector<ReportedFinding>& findings);
// The error says what is wrong with the file.
[[nodiscard]] llvm::Expected<std::vector<ReportedFinding>> read_report(const std::string& path);
// All of a directory's `findings-*.json` in the order of their names.
[[nodiscard]] Reports read_reports(const std::string& directory);

// LLVM's JSON parser recurses, so text nested deeper than any honest input is
// refused before it sees it.
[[nodiscard]] llvm::Expected<llvm::json::Value> parse_json(std::string_view text);

}  // namespace jaa::plugin
