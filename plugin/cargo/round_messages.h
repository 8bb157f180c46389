// What one round of `cargo async fix` keeps of cargo's JSON messages: our findings,
// and the texts to show should this be the last round.
#pragma once

#include <functional>
#include <map>
#include <set>
#include <string>
#include <string_view>
#include <unordered_set>
#include <vector>

#include "plugin/cargo/arguments.h"
#include "plugin/rustc/report.h"
#include "rustc/diagnostic.h"

namespace jaa::plugin {

// How cargo is asked for its messages, so that we can read them, and whether the user
// gets them as JSON. Else we show them, each once.
struct CargoFormat {
  CargoFormat(const Arguments& arguments, bool color);
  bool is_json = false;
  std::vector<std::string> values;  // of `--message-format`
};

class RoundMessages {
 public:
  // `keep_lines`: the user wants the messages themselves, as JSON. `on_text` gets each
  // rendered message when it comes, of whatever level, without twins.
  explicit RoundMessages(bool keep_lines, std::function<void(const std::string&)> on_text = nullptr)
      : keep_lines_(keep_lines), on_text_(std::move(on_text)) {}

  // One line of cargo's stdout, with its line end. A line that is no message of the
  // compiler, or no JSON at all, is merely kept.
  void add(std::string_view line);

  [[nodiscard]] const std::vector<ReportedFinding>& findings() const { return findings_; }
  // What the compiler itself said, in order; of several targets that read a file, each.
  [[nodiscard]] const std::vector<rustc::Diagnostic>& diagnostics() const { return diagnostics_; }
  // The compiler's own errors by the target they are in; a target that was reached
  // without one has an entry as well.
  [[nodiscard]] const std::map<std::string, std::set<std::string>>& errors() const {
    return errors_;
  }
  // All lines as they came; empty unless they were to be kept.
  [[nodiscard]] const std::string& lines() const { return lines_; }
  // The rendered errors, and our own findings of whatever level, without twins.
  [[nodiscard]] const std::vector<std::string>& rendered() const { return rendered_; }

 private:
  bool keep_lines_;
  std::function<void(const std::string&)> on_text_;
  std::vector<ReportedFinding> findings_;
  std::vector<rustc::Diagnostic> diagnostics_;
  std::string lines_;
  std::vector<std::string> rendered_;
  std::map<std::string, std::set<std::string>> errors_;
  std::unordered_set<std::string> seen_;
};

}  // namespace jaa::plugin
