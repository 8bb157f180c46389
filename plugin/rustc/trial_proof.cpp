#include "plugin/rustc/trial_proof.h"

#include <algorithm>
#include <set>

#include "llvm/ADT/StringRef.h"
#include "plugin/rustc/file_tools_unix.h"

namespace jaa::plugin {
namespace {

// Empty when all is well.
std::string find_doubt(const Overlay& overlay, const fixit::Trial& trial,
                       fixit::TrialOutcome& outcome) {
  std::set<std::string> edited;
  for (const fixit::EditedFile& file : trial.files) {
    if (const auto path = canonical_path(file.path)) edited.insert(*path);
  }
  std::set<std::string> missing = edited;
  std::vector<std::string> sources;
  bool has_silent_failure = false;
  bool has_failed = false;
  for (const fixit::UnitOutcome& unit : outcome.units) {
    has_failed |= !unit.succeeded;
    has_silent_failure |= !unit.succeeded && unit.sources.empty();
    for (const std::string& source : unit.sources) {
      const auto path = canonical_path(overlay.outside(source));
      if (!path) continue;
      if (unit.is_fresh && edited.contains(*path)) {
        return "cargo took " + unit.target + " from before although it reads " + *path;
      }
      missing.erase(*path);
    }
    sources.insert(sources.end(), unit.sources.begin(), unit.sources.end());
  }
  std::ranges::sort(sources);
  const auto [first, last] = std::ranges::unique(sources);
  sources.erase(first, last);
  std::string why;
  if (!overlay.saw_only_edited(sources, why)) return why;
  if (missing.empty() || has_silent_failure) return {};
  for (const fixit::EditedFile& file : trial.files) {
    const auto path = canonical_path(file.path);
    if (path && missing.contains(*path) && has_failed) outcome.unread.push_back(file.path);
  }
  return "nothing compiled " + *missing.begin();
}

void name_originals(const Overlay& overlay, std::vector<rustc::Diagnostic>& diagnostics) {
  std::vector<rustc::Diagnostic*> pending;
  for (rustc::Diagnostic& diagnostic : diagnostics) pending.push_back(&diagnostic);
  while (!pending.empty()) {
    rustc::Diagnostic& diagnostic = *pending.back();
    pending.pop_back();
    for (rustc::DiagnosticSpan& span : diagnostic.spans) {
      span.file_name = overlay.outside(span.file_name);
      for (rustc::ExpansionFrame& frame : span.expansion) {
        frame.file_name = overlay.outside(frame.file_name);
      }
    }
    for (rustc::Diagnostic& child : diagnostic.children) pending.push_back(&child);
  }
}

}  // namespace

fixit::TrialOutcome not_run(std::string why) {
  return {.state = fixit::TrialOutcome::State::NotRun, .why = std::move(why), .units = {}};
}

void check_evidence(const Overlay& overlay, const fixit::Trial& trial,
                    fixit::TrialOutcome& outcome) {
  outcome.why = find_doubt(overlay, trial, outcome);
  outcome.state =
      outcome.why.empty() ? fixit::TrialOutcome::State::Ran : fixit::TrialOutcome::State::Unproven;
  for (fixit::UnitOutcome& unit : outcome.units) {
    for (std::string& source : unit.sources) source = overlay.outside(source);
    name_originals(overlay, unit.diagnostics);
  }
}

std::string first_lines(const std::string& text) {
  constexpr size_t MaxLength = 400;
  return llvm::StringRef(text).trim().substr(0, MaxLength).str();
}

}  // namespace jaa::plugin
