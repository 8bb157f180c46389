// Decides which fixes to try together, and spreads the answers.
//
// First one fix a finding, all at once: most often the compiler takes them all in
// a single run. When it does not, the fixes it points at are out and the rest are
// tried again, in the end one by one. Then the alternatives, each in the place of
// its finding's accepted fix, so that every trial is of a program that compiles
// and leaves a warm session for the next.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "base/finding.h"
#include "fixit/judge.h"
#include "fixit/trial.h"

namespace jaa::fixit {

// What a refused fix of this finding still lacks, read from the compiler's answer to it
// alone. True when the fix has been made longer, and is to be tried again.
using Follow =
    std::function<bool(const base::Finding& finding, base::FixIt& fix, const TrialOutcome&)>;

class Planner {
 public:
  // Fills in the verdicts of `findings`, which must outlive the planner.
  Planner(std::vector<base::Finding>& findings, const base::SourceFiles& sources, Baseline baseline,
          Follow follow = nullptr);

  // From here on only what would be applied unasked is tried: a finding that has such a
  // fix needs no alternative.
  void stop_at_automatic() { automatic_only_ = true; }
  // The next trial; none when all that can be known is known.
  [[nodiscard]] std::optional<Trial> next();
  // The outcome of the trial that `next` returned.
  void answer(const TrialOutcome& outcome);
  // Every finding has an accepted fix or no fix left to try: what follows are
  // alternatives, which a driver short of time may leave untried.
  [[nodiscard]] bool leads_are_decided() const;
  // Ends the trials: what is untried becomes unknown for this reason.
  void give_up(const std::string& reason);

 private:
  // One fix-it of one finding.
  struct Candidate {
    size_t finding = 0;
    size_t fix = 0;
  };

  [[nodiscard]] base::FixIt& fix(Candidate candidate);
  [[nodiscard]] std::optional<size_t> accepted_fix(size_t finding) const;
  [[nodiscard]] std::vector<Candidate> open_candidates() const;
  [[nodiscard]] bool is_wanted(size_t finding, const base::FixIt& one) const;
  [[nodiscard]] std::optional<Trial> try_together(const std::vector<Candidate>& wanted);
  bool settle_unread(const TrialOutcome& outcome, const Judgement& judgement);
  void settle(Candidate candidate, base::Verdict::Kind kind, const Judgement& judgement);
  void drop_superseded(Candidate candidate);

  std::vector<base::Finding>& findings_;
  const base::SourceFiles& sources_;
  Baseline baseline_;
  // The running trial: what is on trial, and what stands in with it.
  std::vector<Candidate> on_trial_;
  std::vector<Candidate> standing_in_;
  bool automatic_only_ = false;
  // Candidates that must be tried alone from now on.
  bool one_by_one_ = false;
  Follow follow_;
  // Findings whose next fix is tried alone: an error pointed at it, and what else it
  // needs can only be read where nothing else is on trial.
  std::set<size_t> alone_;
  // These come before the others: what is compiled ends where one of them is wrong.
  bool alone_first_ = false;
  // Fixes that went back to the others, once, as alone they could not be compiled whole.
  std::set<std::pair<size_t, size_t>> rejoined_;
};

}  // namespace jaa::fixit
