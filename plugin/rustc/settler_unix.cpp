#include "plugin/rustc/settler_unix.h"

#include <algorithm>
#include <optional>

#include "fixit/judge.h"
#include "fixit/replacements.h"
#include "propagate/closure_waits.h"

namespace jaa::plugin {
namespace {

constexpr int ExitFailed = 101;
constexpr int MostRounds = 16;

}  // namespace

const fixit::TrialOutcome& Settler::run(const Texts& texts, bool is_marked) {
  fixit::Trial trial;
  for (const auto& [path, text] : texts) {
    trial.files.push_back({path, text});
    trial.key += path + '\0' + std::to_string(std::hash<std::string>()(text)) + '\0';
  }
  const auto known = outcomes_.find(trial.key);
  if (known != outcomes_.end()) {
    return known->second;
  }
  fixit::TrialOutcome outcome;
  if (host_.budget_seconds > 0 && result_.seconds >= host_.budget_seconds) {
    outcome.state = fixit::TrialOutcome::State::NotRun;
    outcome.why = "the time for trials is used up";
    return outcomes_[trial.key] = std::move(outcome);
  }
  outcome = host_.run_trial(trial, is_marked);
  result_.runs += outcome.is_remembered ? 0 : 1;
  result_.seconds += outcome.seconds;
  return outcomes_[trial.key] = std::move(outcome);
}

bool Settler::fail(int code, std::string why) {
  result_.exit_code = code;
  result_.error = std::move(why);
  return false;
}

fixit::TrialOutcome Settler::as_far_as_it_came(fixit::TrialOutcome outcome) {
  const bool failed = std::any_of(outcome.units.begin(), outcome.units.end(),
                                  [](const auto& unit) { return !unit.succeeded; });
  if (outcome.state == fixit::TrialOutcome::State::Unproven && failed) {
    outcome.state = fixit::TrialOutcome::State::Ran;
  }
  return outcome;
}

bool Settler::has_errors(const fixit::TrialOutcome& outcome, const std::string& what) {
  if (outcome.state != fixit::TrialOutcome::State::Ran) {
    return !fail(ExitFailed, what + ": " + outcome.why);
  }
  std::string text;
  bool failed = false;
  std::set<std::string> seen;
  for (const fixit::UnitOutcome& unit : outcome.units) {
    failed |= !unit.succeeded;
    for (const rustc::Diagnostic& diagnostic : unit.diagnostics) {
      if (diagnostic.is_error() && !diagnostic.is_summary() &&
          seen.insert(diagnostic.rendered).second) {
        text += diagnostic.rendered;
      }
    }
  }
  if (failed) {
    result_.compiler_text = text;
    return !fail(ExitFailed, what);
  }
  return false;
}

// Tries the texts and mends what is wrong, until the program compiles.
bool Settler::settle(Texts texts) {
  for (int round = 0; round < MostRounds; ++round) {
    const fixit::TrialOutcome outcome = as_far_as_it_came(run(texts));
    if (outcome.state != fixit::TrialOutcome::State::Ran) {
      return fail(ExitFailed, "the change could not be tried: " + outcome.why);
    }
    Texts next = texts;
    bool failed = false;
    for (const fixit::UnitOutcome& unit : outcome.units) {
      if (!unit.succeeded) {
        failed = true;
        if (write_lifetimes(unit, next) || mend(unit, next) || wait_in_closures(unit, next)) {
          break;
        }
      }
    }
    if (!failed && !await_unused(outcome, next)) {
      keep(texts);
      return true;
    }
    if (next == texts) {
      has_errors(outcome, "with this change the program does not compile");
      return false;
    }
    texts = std::move(next);
  }
  return fail(ExitFailed,
              "the change was not complete after " + std::to_string(MostRounds) + " rounds");
}

void Settler::remember_warnings(const fixit::TrialOutcome& outcome) {
  for (const fixit::UnitOutcome& unit : outcome.units) {
    for (const rustc::Diagnostic& diagnostic : unit.diagnostics) {
      known_warnings_.insert(fixit::diagnostic_key(diagnostic));
    }
  }
}

// One look at the unit as any other program: what its errors come from, and which
// remedies the compiler accepts.
bool Settler::mend(const fixit::UnitOutcome& unit, Texts& texts) {
  session::Input input;
  input.cwd = host_.cwd;
  input.root_source = root_of(unit);
  input.is_test = unit.is_test;
  input.package = host_.package;
  input.diagnostics = unit.diagnostics;
  input.options.may_unlock = false;
  input.options.automatic_only = true;
  session::Session session(std::move(input));
  for (;;) {
    session::Request request = session.next();
    if (std::holds_alternative<session::NeedSources>(request)) {
      std::vector<session::Source> sources = host_.sources;
      for (session::Source& source : sources) {
        if (const auto changed = texts.find(source.path); changed != texts.end()) {
          source.text = changed->second;
        }
      }
      session.answer(std::move(sources));
    } else if (std::holds_alternative<session::NeedProbe>(request)) {
      session.answer(fixit::TrialOutcome());
    } else if (std::holds_alternative<session::NeedFacts>(request)) {
      session.answer(std::vector<session::UnitDumps>());
    } else if (const auto* verdict = std::get_if<session::NeedVerdict>(&request)) {
      Texts tried = texts;
      for (const fixit::EditedFile& file : verdict->trial.files) {
        tried[file.path] = file.text;
      }
      session.answer(as_far_as_it_came(run(tried)));
    } else {
      break;
    }
  }
  return take_accepted(session, texts);
}

bool Settler::take_accepted(const session::Session& session, Texts& texts) {
  std::vector<const base::FixIt*> taken;
  std::vector<base::Edit> edits;
  for (const base::Finding& finding : session.findings()) {
    const auto accepted = [](const base::FixIt& fix) {
      return fix.verdict.kind == base::Verdict::Kind::Accepted && !fix.has_placeholders;
    };
    auto best =
        std::find_if(finding.fixits.begin(), finding.fixits.end(),
                     [&](const base::FixIt& fix) { return accepted(fix) && fix.keeps_meaning; });
    if (best == finding.fixits.end()) {
      continue;
    }
    taken.push_back(&*best);
    llvm::Expected<std::vector<base::Edit>> all = fixit::combine(taken, session.sources());
    if (!all) {
      // It meets one that was taken: the next round sees it again.
      llvm::consumeError(all.takeError());
      taken.pop_back();
      continue;
    }
    edits = std::move(*all);
    result_.notes.push_back(place_of(session.sources(), finding.primary.span) + ": " + best->title);
  }
  for (const fixit::EditedFile& file : fixit::make_trial(edits, session.sources()).files) {
    texts[file.path] = file.text;
  }
  return !taken.empty();
}

// A lifetime that an `async fn` has to write, where the compiler says which (E0726).
bool Settler::write_lifetimes(const fixit::UnitOutcome& unit, Texts& texts) {
  const ProgramView view(host_, texts, &unit.diagnostics);
  std::set<base::Span> places;
  std::vector<base::Edit> edits;
  for (const rustc::Diagnostic& diagnostic : unit.diagnostics) {
    for (const rustc::Diagnostic& child : diagnostic.children) {
      for (const rustc::DiagnosticSpan& span : child.spans) {
        const auto place = view.facts().names().span(span);
        if (diagnostic.code == "E0726" && place && place->is_empty() &&
            span.suggested_replacement && places.insert(*place).second) {
          edits.push_back({*place, *span.suggested_replacement});
        }
      }
    }
  }
  apply(view, edits, texts);
  return !edits.empty();
}

// Awaits in closures that nothing is known for: the closure waits instead.
bool Settler::wait_in_closures(const fixit::UnitOutcome& unit, Texts& texts) {
  const ProgramView view(host_, texts, &unit.diagnostics);
  const propagate::ClosureWaits waits = propagate::wait_in_closures(view.facts());
  if (waits.edits.empty()) {
    return false;
  }
  for (const base::Span& place : waits.places) {
    result_.notes.push_back(view.place_of(place) +
                            ": a closure that cannot become async waits for the future");
  }
  apply(view, waits.edits, texts);
  return true;
}

// Futures that nobody uses: an await got lost there.
bool Settler::await_unused(const fixit::TrialOutcome& outcome, Texts& texts) {
  std::vector<rustc::Diagnostic> unused;
  for (const fixit::UnitOutcome& unit : outcome.units) {
    for (const rustc::Diagnostic& diagnostic : unit.diagnostics) {
      const std::vector<std::string> parts = rustc::quoted_parts(diagnostic.message);
      const bool is_future = std::any_of(parts.begin(), parts.end(), [](const auto& part) {
        return part.find("Future") != std::string::npos;
      });
      if (diagnostic.code == "unused_must_use" && is_future &&
          !known_warnings_.contains(fixit::diagnostic_key(diagnostic))) {
        unused.push_back(diagnostic);
      }
    }
  }
  if (unused.empty()) {
    return false;
  }
  const ProgramView view(host_, texts, &unused);
  std::set<base::Span> places;
  for (const rustc::Diagnostic& diagnostic : unused) {
    for (const rustc::DiagnosticSpan& span : diagnostic.spans) {
      if (const auto place =
              span.is_primary ? view.facts().names().visible_span(span) : std::nullopt) {
        places.insert(*place);
      }
    }
  }
  std::vector<base::Edit> edits;
  for (const base::Span& place : places) {
    edits.push_back({{place.file, place.end, place.end}, ".await"});
  }
  apply(view, edits, texts);
  return true;
}

void Settler::apply(const ProgramView& view, const std::vector<base::Edit>& edits, Texts& texts) {
  for (const fixit::EditedFile& file : fixit::make_trial(edits, view.files()).files) {
    texts[file.path] = file.text;
  }
}

// The root file of the crate whose sources the unit read.
std::string Settler::root_of(const fixit::UnitOutcome& unit) const {
  for (const session::Source& source : host_.sources) {
    if (source.crate == source.path &&
        std::find(unit.sources.begin(), unit.sources.end(), source.path) != unit.sources.end()) {
      return source.path;
    }
  }
  return host_.sources.empty() ? std::string() : host_.sources.front().crate;
}

void Settler::keep(const Texts& texts) {
  for (const session::Source& source : host_.sources) {
    const auto changed = texts.find(source.path);
    if (changed != texts.end() && changed->second != source.text) {
      result_.files.push_back({source.path, changed->second});
    }
  }
}

}  // namespace jaa::plugin
