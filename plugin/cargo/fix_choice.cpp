#include "plugin/cargo/fix_choice.h"

#include <algorithm>
#include <tuple>

#include "llvm/ADT/STLExtras.h"

namespace jaa::plugin {

namespace {

using Kind = base::Verdict::Kind;

auto place_of(const ReportedFinding& finding) {
  return std::tie(finding.path, finding.begin, finding.end, finding.code, finding.message);
}

// A verdict speaks for all units, but one of them may have run out of time: then
// another's answer stands. A rejection always does.
void merge(ReportedFinding& finding, const ReportedFinding& twin) {
  for (const ReportedFix& other : twin.fixes) {
    const auto same = llvm::find_if(finding.fixes, [&other](const ReportedFix& fix) {
      return fix.name == other.name && fix.edits == other.edits;
    });
    if (same == finding.fixes.end()) {
      finding.fixes.push_back(other);
    } else if (other.verdict == Kind::Rejected ||
               (other.verdict == Kind::Accepted && same->verdict != Kind::Rejected)) {
      same->verdict = other.verdict;
      same->reason = other.reason;
    }
    if (same != finding.fixes.end()) {
      same->remaining_errors = std::max(same->remaining_errors, other.remaining_errors);
    }
  }
  if (finding.rendered.empty()) {
    finding.rendered = twin.rendered;
  }
}

std::string where(const ReportedFinding& finding) {
  return finding.display + ":" + std::to_string(finding.line) + ":" +
         std::to_string(finding.column) + ": " + finding.code + ": ";
}

std::string verdict_text(const ReportedFix& fix) {
  std::string reason = fix.reason.empty() ? "" : ": " + fix.reason;
  switch (fix.verdict) {
    case Kind::Rejected:
      return "was rejected by the compiler" + reason;
    case Kind::Unknown:
      return "could not be checked" + reason;
    case Kind::Untried:
      return "was not tried" + reason;
    case Kind::Accepted:
      break;
  }
  return "has placeholders to fill in by hand";
}

// The alternative the user asked for by name, or advice on why it is not applied.
const ReportedFix* picked(const ReportedFinding& finding, const std::string& name,
                          std::vector<std::string>& advice) {
  const auto found =
      llvm::find_if(finding.fixes, [&name](const ReportedFix& fix) { return fix.name == name; });
  if (found == finding.fixes.end()) {
    std::string names;
    for (const ReportedFix& fix : finding.fixes) {
      names += (names.empty() ? "" : ", ") + fix.name;
    }
    advice.push_back(where(finding) + "has no fix called `" + name + "`" +
                     (names.empty() ? "" : "; it has " + names));
    return nullptr;
  }
  if (!is_pickable(*found)) {
    advice.push_back(where(finding) + "the fix `" + name + "` " + verdict_text(*found));
    return nullptr;
  }
  return &*found;
}

// Words on a finding none of whose fixes may be applied unasked.
void advise(const ReportedFinding& finding, std::vector<std::string>& advice) {
  const auto found = llvm::find_if(finding.fixes, is_pickable);
  if (found != finding.fixes.end()) {
    advice.push_back(where(finding) + "to " + found->title +
                     (found->trade_off.empty() ? "" : " (" + found->trade_off + ")") +
                     ", run `cargo async fix --pick " + finding.code + "=" + found->name + "`");
    return;
  }
  const auto untried = llvm::find_if(
      finding.fixes, [](const ReportedFix& fix) { return fix.verdict == Kind::Untried; });
  if (untried != finding.fixes.end()) {
    advice.push_back(where(finding) + "the fix `" + untried->name +
                     "` was not tried; `--verify=always` tries it, however long it takes");
    return;
  }
  const auto unknown = llvm::find_if(
      finding.fixes, [](const ReportedFix& fix) { return fix.verdict == Kind::Unknown; });
  if (unknown != finding.fixes.end()) {
    advice.push_back(where(finding) + "the fix `" + unknown->name + "` " + verdict_text(*unknown));
  }
}

}  // namespace

bool is_pickable(const ReportedFix& fix) {
  return fix.verdict == Kind::Accepted && !fix.has_placeholders;
}

bool is_automatic(const ReportedFix& fix) {
  return is_pickable(fix) && fix.keeps_meaning;
}

std::vector<ReportedFinding> distinct_findings(std::vector<ReportedFinding> findings,
                                               const FixArguments& arguments) {
  std::stable_sort(findings.begin(), findings.end(),
                   [](const auto& a, const auto& b) { return place_of(a) < place_of(b); });
  std::vector<ReportedFinding> distinct;
  for (ReportedFinding& finding : findings) {
    if (!arguments.only.empty() && !llvm::is_contained(arguments.only, finding.code)) {
      continue;
    }
    if (!distinct.empty() && place_of(distinct.back()) == place_of(finding)) {
      merge(distinct.back(), finding);
    } else {
      distinct.push_back(std::move(finding));
    }
  }
  return distinct;
}

FixChoice choose_fixes(std::vector<ReportedFinding> findings, const FixArguments& arguments) {
  FixChoice choice;
  for (ReportedFinding& finding : distinct_findings(std::move(findings), arguments)) {
    const ReportedFix* fix = nullptr;
    if (const auto pick = arguments.picks.find(finding.code); pick != arguments.picks.end()) {
      fix = picked(finding, pick->second, choice.advice);
    } else if (const auto found = llvm::find_if(finding.fixes, is_automatic);
               found != finding.fixes.end()) {
      fix = &*found;
    } else {
      advise(finding, choice.advice);
    }
    if (fix != nullptr) {
      ReportedFix copy = *fix;
      finding.fixes.clear();
      choice.chosen.push_back({std::move(finding), std::move(copy)});
    }
  }
  return choice;
}

}  // namespace jaa::plugin
