#include "fixit/planner.h"

#include <algorithm>

#include "llvm/Support/Error.h"

#include "fixit/replacements.h"

namespace jaa::fixit {

using Kind = base::Verdict::Kind;

Planner::Planner(std::vector<base::Finding>& findings, const base::SourceFiles& sources,
                 Baseline baseline, Follow follow)
    : findings_(findings),
      sources_(sources),
      baseline_(std::move(baseline)),
      follow_(std::move(follow)) {}

base::FixIt& Planner::fix(Candidate candidate) {
  return findings_[candidate.finding].fixits[candidate.fix];
}

std::optional<size_t> Planner::accepted_fix(size_t finding) const {
  const auto& fixes = findings_[finding].fixits;
  const auto at = std::find_if(fixes.begin(), fixes.end(), [](const base::FixIt& one) {
    return one.verdict.kind == Kind::Accepted;
  });
  if (at == fixes.end()) {
    return std::nullopt;
  }
  return static_cast<size_t>(at - fixes.begin());
}

bool Planner::leads_are_decided() const {
  for (size_t finding = 0; finding < findings_.size(); ++finding) {
    const auto& fixes = findings_[finding].fixits;
    const bool has_untried = std::any_of(fixes.begin(), fixes.end(), [](const base::FixIt& one) {
      return one.verdict.kind == Kind::Untried;
    });
    if (has_untried && !accepted_fix(finding)) {
      return false;
    }
  }
  return true;
}

// The first untried fix of each finding; findings without an accepted one first.
std::vector<Planner::Candidate> Planner::open_candidates() const {
  const bool leads_only = !leads_are_decided();
  std::vector<Candidate> result;
  for (size_t finding = 0; finding < findings_.size(); ++finding) {
    if (leads_only && accepted_fix(finding)) {
      continue;
    }
    const auto& fixes = findings_[finding].fixits;
    for (size_t index = 0; index < fixes.size(); ++index) {
      if (is_wanted(finding, fixes[index])) {
        result.push_back({finding, index});
        break;
      }
    }
  }
  return result;
}

bool Planner::is_wanted(size_t finding, const base::FixIt& one) const {
  if (one.verdict.kind != Kind::Untried || !automatic_only_) {
    return one.verdict.kind == Kind::Untried;
  }
  const auto is_automatic = [](const base::FixIt& fix) {
    return fix.keeps_meaning && !fix.has_placeholders;
  };
  const auto& fixes = findings_[finding].fixits;
  const bool has_one = std::any_of(fixes.begin(), fixes.end(), [&](const base::FixIt& fix) {
    return fix.verdict.kind == Kind::Accepted && is_automatic(fix);
  });
  return !has_one && (is_automatic(one) || !accepted_fix(finding));
}

std::optional<Trial> Planner::next() {
  std::vector<Candidate> wanted = open_candidates();
  const auto is_alone = [this](Candidate candidate) { return alone_.contains(candidate.finding); };
  // Without those the others could not be compiled whole either.
  const bool alone_first = alone_first_ && std::any_of(wanted.begin(), wanted.end(), is_alone);
  const auto first_alone = std::stable_partition(
      wanted.begin(), wanted.end(),
      [&](Candidate candidate) { return is_alone(candidate) == alone_first; });
  if (alone_first) {
    wanted.resize(1);
  } else if (first_alone != wanted.begin()) {
    wanted.erase(first_alone, wanted.end());
  } else if (wanted.size() > 1) {
    wanted.resize(1);
  }
  if (one_by_one_ && wanted.size() > 1) {
    wanted.resize(1);
  }
  while (!wanted.empty()) {
    if (std::optional<Trial> trial = try_together(wanted)) {
      return trial;
    }
    if (wanted.size() == 1) {
      // Overlaps a fix that is accepted already, or lies outside of its file.
      Judgement judgement;
      judgement.reason = "the edit overlaps another finding's fix";
      settle(wanted.front(), Kind::Unknown, judgement);
      wanted = open_candidates();
    } else {
      wanted.pop_back();
    }
  }
  return std::nullopt;
}

std::optional<Trial> Planner::try_together(const std::vector<Candidate>& wanted) {
  on_trial_ = wanted;
  standing_in_.clear();
  const bool is_alone = wanted.size() == 1 && alone_.contains(wanted.front().finding);
  std::vector<const base::FixIt*> fixes;
  for (const Candidate candidate : wanted) {
    fixes.push_back(&fix(candidate));
  }
  for (size_t finding = 0; finding < findings_.size(); ++finding) {
    const bool is_on_trial =
        std::any_of(wanted.begin(), wanted.end(),
                    [finding](Candidate candidate) { return candidate.finding == finding; });
    const auto accepted = accepted_fix(finding);
    if (!is_on_trial && accepted && !is_alone) {
      standing_in_.push_back({finding, *accepted});
      fixes.push_back(&fix(standing_in_.back()));
    }
  }
  llvm::Expected<std::vector<base::Edit>> edits = combine(fixes, sources_);
  if (!edits) {
    llvm::consumeError(edits.takeError());
    return std::nullopt;
  }
  return make_trial(*edits, sources_);
}

void Planner::answer(const TrialOutcome& outcome) {
  std::vector<TriedFix> tried;
  for (const std::vector<Candidate>* group : {&on_trial_, &standing_in_}) {
    for (const Candidate candidate : *group) {
      const base::FixIt& one = fix(candidate);
      tried.push_back({one.edits, one.body, findings_[candidate.finding].explains});
    }
  }
  const Judgement judgement = judge(baseline_, tried, outcome, sources_);
  if (judgement.kind == Kind::Accepted) {
    for (const Candidate candidate : on_trial_) {
      settle(candidate, Kind::Accepted, judgement);
    }
    one_by_one_ = false;
    return;
  }
  if (judgement.is_final) {
    give_up(judgement.reason);
    return;
  }
  if (on_trial_.size() == 1) {
    if (judgement.kind == Kind::Rejected && follow_) {
      // What it lacks is read from a trial of nothing else.
      const bool was_alone = standing_in_.empty();
      if (!was_alone ||
          follow_(findings_[on_trial_.front().finding], fix(on_trial_.front()), outcome)) {
        alone_.insert(on_trial_.front().finding);
        return;
      }
    }
    // With the fixes of the others it may be compiled whole.
    if (judgement.is_partial && judgement.kind == Kind::Unknown && open_candidates().size() > 1 &&
        rejoined_.insert({on_trial_.front().finding, on_trial_.front().fix}).second) {
      alone_.erase(on_trial_.front().finding);
      return;
    }
    settle(on_trial_.front(), judgement.kind, judgement);
    one_by_one_ = false;
    return;
  }
  // By itself each of them is read even less.
  if (judgement.is_partial && judgement.kind == Kind::Unknown &&
      settle_unread(outcome, judgement)) {
    return;
  }
  bool found_one = false;
  for (const size_t index : judgement.blamed) {
    if (judgement.kind == Kind::Rejected && index < on_trial_.size()) {
      if (follow_) {
        alone_first_ = judgement.is_partial;
        alone_.insert(on_trial_[index].finding);
      } else {
        settle(on_trial_[index], Kind::Rejected, judgement);
      }
      found_one = true;
    }
  }
  one_by_one_ = !found_one;
}

// Those that edit what nothing compiled; false when there are none.
bool Planner::settle_unread(const TrialOutcome& outcome, const Judgement& judgement) {
  bool found_one = false;
  for (const Candidate candidate : on_trial_) {
    const std::vector<base::Edit>& edits = fix(candidate).edits;
    const bool is_unread = std::any_of(edits.begin(), edits.end(), [&](const base::Edit& edit) {
      const std::string path(sources_.path(edit.span.file));
      return std::find(outcome.unread.begin(), outcome.unread.end(), path) != outcome.unread.end();
    });
    if (is_unread) {
      settle(candidate, Kind::Unknown, judgement);
      found_one = true;
    }
  }
  return found_one;
}

void Planner::settle(Candidate candidate, Kind kind, const Judgement& judgement) {
  alone_.erase(candidate.finding);
  base::Verdict& verdict = fix(candidate).verdict;
  verdict.kind = kind;
  verdict.reason = kind == Kind::Accepted ? std::string() : judgement.reason;
  verdict.remaining_errors = kind == Kind::Accepted ? judgement.remaining_errors : 0;
  if (kind == Kind::Accepted) {
    drop_superseded(candidate);
  }
}

// Variants of one remedy share its name; one accepted variant is enough.
void Planner::drop_superseded(Candidate candidate) {
  auto& fixes = findings_[candidate.finding].fixits;
  const std::string name = fixes[candidate.fix].name;
  std::erase_if(fixes, [&name](const base::FixIt& other) {
    return other.name == name && other.verdict.kind == Kind::Untried;
  });
}

void Planner::give_up(const std::string& reason) {
  for (base::Finding& finding : findings_) {
    for (base::FixIt& one : finding.fixits) {
      if (one.verdict.kind == Kind::Untried) {
        one.verdict.kind = Kind::Unknown;
        one.verdict.reason = reason;
      }
    }
  }
}

}  // namespace jaa::fixit
