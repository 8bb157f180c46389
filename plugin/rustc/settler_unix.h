// A changed program is tried, and what is wrong with it mended, until it compiles.
//
// All in memory. What the compiler says of the changed texts has causes and remedies like
// any other program's (session/session.h); those that it accepts are taken, round by round.
#pragma once

#include <map>
#include <set>
#include <string>

#include "fixit/trial.h"
#include "plugin/rustc/async_change_unix.h"
#include "plugin/rustc/program_view.h"
#include "session/session.h"

namespace jaa::plugin {

class Settler {
 public:
  // Both must outlive it; `result` gets what is said, the runs, and in the end the files.
  Settler(const AsyncChangeHost& host, AsyncChange& result) : host_(host), result_(result) {}

  // The outcome with these texts; what was tried before is not run again.
  const fixit::TrialOutcome& run(const Texts& texts, bool is_marked = false);
  // False, for the caller to return.
  bool fail(int code, std::string why);
  // The compiler's errors; true when there are some, or it could not be run.
  bool has_errors(const fixit::TrialOutcome& outcome, const std::string& what);
  // What the compiler warned of before the change is none of its business.
  void remember_warnings(const fixit::TrialOutcome& outcome);
  // False: `result` says why not.
  bool settle(Texts texts);

  // Where a unit fails, those that need it are not compiled, and their texts not read. What
  // is said of the others counts; that all is well is never said of such a run.
  [[nodiscard]] static fixit::TrialOutcome as_far_as_it_came(fixit::TrialOutcome outcome);

 private:
  bool mend(const fixit::UnitOutcome& unit, Texts& texts);
  bool take_accepted(const session::Session& session, Texts& texts);
  bool write_lifetimes(const fixit::UnitOutcome& unit, Texts& texts);
  bool wait_in_closures(const fixit::UnitOutcome& unit, Texts& texts);
  bool await_unused(const fixit::TrialOutcome& outcome, Texts& texts);
  static void apply(const ProgramView& view, const std::vector<base::Edit>& edits, Texts& texts);
  [[nodiscard]] std::string root_of(const fixit::UnitOutcome& unit) const;
  void keep(const Texts& texts);

  const AsyncChangeHost& host_;
  AsyncChange& result_;
  std::map<std::string, fixit::TrialOutcome> outcomes_;
  std::set<std::string> known_warnings_;
};

}  // namespace jaa::plugin
