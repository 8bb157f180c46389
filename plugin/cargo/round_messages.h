// What one round of `cargo async fix` keeps of cargo's JSON messages: our findings,
// and the texts to show should this be the last round.
#pragma once

#include <string>
#include <string_view>
#include <unordered_set>
#include <vector>

#include "plugin/rustc/report.h"

namespace jaa::plugin {

class RoundMessages {
 public:
  // `keep_lines`: the user wants the messages themselves, as JSON.
  explicit RoundMessages(bool keep_lines) : keep_lines_(keep_lines) {}

  // One line of cargo's stdout, with its line end. A line that is no message of the
  // compiler, or no JSON at all, is merely kept.
  void add(std::string_view line);

  [[nodiscard]] const std::vector<ReportedFinding>& findings() const { return findings_; }
  // All lines as they came; empty unless they were to be kept.
  [[nodiscard]] const std::string& lines() const { return lines_; }
  // The rendered errors, and our own findings of whatever level, without twins.
  [[nodiscard]] const std::vector<std::string>& rendered() const { return rendered_; }

 private:
  bool keep_lines_;
  std::vector<ReportedFinding> findings_;
  std::string lines_;
  std::vector<std::string> rendered_;
  std::unordered_set<std::string> seen_;
};

}  // namespace jaa::plugin
