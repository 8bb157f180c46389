#include "plugin/rustc/async_change_unix.h"

#include <algorithm>
#include <optional>
#include <set>

#include "llvm/ADT/StringRef.h"

#include "fixit/judge.h"
#include "fixit/replacements.h"
#include "propagate/blocking.h"
#include "propagate/boxed_traits.h"
#include "propagate/closure_waits.h"
#include "propagate/find_function.h"
#include "propagate/idle.h"
#include "propagate/shrink.h"
#include "propagate/spread.h"
#include "propagate/use_marks.h"
#include "rewrite/boxed_method.h"
#include "syntax/tree_cache.h"

namespace jaa::plugin {
namespace {

constexpr int ExitUsage = 1;
constexpr int ExitFailed = 101;
constexpr int MostRounds = 16;

using Texts = std::map<std::string, std::string>;  // by path

// The sources with some texts in place of those on disk, and what is asked of them.
struct View {
  View(const AsyncChangeHost& host, const Texts& texts,
       const std::vector<rustc::Diagnostic>* diagnostics) {
    std::vector<flow::CrateFiles> crates;
    for (const session::Source& source : host.sources) {
      const auto changed = texts.find(source.path);
      const base::FileId file = files.add(source.path, source.display,
                                          changed == texts.end() ? source.text : changed->second);
      if (!source.is_editable || source.crate.empty() ||
          !llvm::StringRef(source.path).ends_with(".rs")) {
        continue;
      }
      auto crate = std::find_if(crates.begin(), crates.end(),
                                [&source](const auto& each) { return each.root == source.crate; });
      if (crate == crates.end()) {
        crate = crates.insert(crates.end(), {source.crate, {}});
      }
      crate->files.push_back(file);
    }
    flow::FactsInput input;
    input.files = &files;
    input.trees = &trees;
    input.diagnostics = diagnostics;
    input.cwd = host.cwd;
    input.package = host.package;
    input.crates = std::move(crates);
    facts.emplace(input);
  }

  base::SourceFiles files;
  syntax::TreeCache trees{files};
  std::optional<flow::Facts> facts;
};

class Changer {
 public:
  Changer(const AsyncChangeHost& host, AsyncChange& result) : host_(host), result_(result) {}

  // The outcome with these texts; what was tried before is not run again.
  const fixit::TrialOutcome& run(const Texts& texts, bool is_marked = false) {
    fixit::Trial trial;
    for (const auto& [path, text] : texts) {
      trial.files.push_back({path, text});
      trial.key += path + '\0' + std::to_string(std::hash<std::string>()(text)) + '\0';
    }
    const auto known = outcomes_.find(trial.key);
    if (known != outcomes_.end()) {
      return known->second;
    }
    fixit::TrialOutcome outcome = host_.run_trial(trial, is_marked);
    result_.runs += outcome.is_remembered ? 0 : 1;
    result_.seconds += outcome.seconds;
    return outcomes_[trial.key] = std::move(outcome);
  }

  bool fail(int code, std::string why) {
    result_.exit_code = code;
    result_.error = std::move(why);
    return false;
  }

  // Where a unit fails, those that need it are not compiled, and their texts not read. What
  // is said of the others counts; that all is well is never said of such a run.
  static fixit::TrialOutcome as_far_as_it_came(fixit::TrialOutcome outcome) {
    const bool failed = std::any_of(outcome.units.begin(), outcome.units.end(),
                                    [](const auto& unit) { return !unit.succeeded; });
    if (outcome.state == fixit::TrialOutcome::State::Unproven && failed) {
      outcome.state = fixit::TrialOutcome::State::Ran;
    }
    return outcome;
  }

  // The compiler's errors; true when there are some, or it could not be run.
  bool has_errors(const fixit::TrialOutcome& outcome, const std::string& what) {
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
  bool settle(Texts texts) {
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

  void remember_warnings(const fixit::TrialOutcome& outcome) {
    for (const fixit::UnitOutcome& unit : outcome.units) {
      for (const rustc::Diagnostic& diagnostic : unit.diagnostics) {
        known_warnings_.insert(fixit::diagnostic_key(diagnostic));
      }
    }
  }

 private:
  // One look at the unit as any other program: what its errors come from, and which
  // remedies the compiler accepts.
  bool mend(const fixit::UnitOutcome& unit, Texts& texts) {
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

  bool take_accepted(const session::Session& session, Texts& texts) {
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
      result_.notes.push_back(place_of(session.sources(), finding.primary.span) + ": " +
                              best->title);
    }
    for (const fixit::EditedFile& file : fixit::make_trial(edits, session.sources()).files) {
      texts[file.path] = file.text;
    }
    return !taken.empty();
  }

  // A lifetime that an `async fn` has to write, where the compiler says which (E0726).
  bool write_lifetimes(const fixit::UnitOutcome& unit, Texts& texts) {
    const View view(host_, texts, &unit.diagnostics);
    std::set<base::Span> places;
    std::vector<base::Edit> edits;
    for (const rustc::Diagnostic& diagnostic : unit.diagnostics) {
      for (const rustc::Diagnostic& child : diagnostic.children) {
        for (const rustc::DiagnosticSpan& span : child.spans) {
          const auto place = view.facts->names().span(span);
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
  bool wait_in_closures(const fixit::UnitOutcome& unit, Texts& texts) {
    const View view(host_, texts, &unit.diagnostics);
    const propagate::ClosureWaits waits = propagate::wait_in_closures(*view.facts);
    if (waits.edits.empty()) {
      return false;
    }
    for (const base::Span& place : waits.places) {
      result_.notes.push_back(place_of(view.files, place) +
                              ": a closure that cannot become async waits for the future");
    }
    apply(view, waits.edits, texts);
    return true;
  }

  // Futures that nobody uses: an await got lost there.
  bool await_unused(const fixit::TrialOutcome& outcome, Texts& texts) {
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
    const View view(host_, texts, &unused);
    std::set<base::Span> places;
    for (const rustc::Diagnostic& diagnostic : unused) {
      for (const rustc::DiagnosticSpan& span : diagnostic.spans) {
        if (const auto place =
                span.is_primary ? view.facts->names().visible_span(span) : std::nullopt) {
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

  void apply(const View& view, const std::vector<base::Edit>& edits, Texts& texts) {
    for (const fixit::EditedFile& file : fixit::make_trial(edits, view.files).files) {
      texts[file.path] = file.text;
    }
  }

  static std::string place_of(const base::SourceFiles& files, const base::Span& place) {
    return std::string(files.display(place.file)) + ":" +
           std::to_string(files.line_column(place.file, place.begin).line);
  }

  // The root file of the crate whose sources the unit read.
  std::string root_of(const fixit::UnitOutcome& unit) const {
    for (const session::Source& source : host_.sources) {
      if (source.crate == source.path &&
          std::find(unit.sources.begin(), unit.sources.end(), source.path) != unit.sources.end()) {
        return source.path;
      }
    }
    return host_.sources.empty() ? std::string() : host_.sources.front().crate;
  }

  void keep(const Texts& texts) {
    for (const session::Source& source : host_.sources) {
      const auto changed = texts.find(source.path);
      if (changed != texts.end() && changed->second != source.text) {
        result_.files.push_back({source.path, changed->second});
      }
    }
  }

  const AsyncChangeHost& host_;
  AsyncChange& result_;
  std::map<std::string, fixit::TrialOutcome> outcomes_;
  std::set<std::string> known_warnings_;
};

Texts texts_of(const std::vector<base::Edit>& edits, const base::SourceFiles& files) {
  Texts texts;
  for (const fixit::EditedFile& file : fixit::make_trial(edits, files).files) {
    texts[file.path] = file.text;
  }
  return texts;
}

// What cannot become async, whoever calls it.
std::string why_not_async(const flow::Facts& facts, syntax::Node function) {
  const std::string name = "`" + propagate::path_of(facts, function) + "`";
  if (rewrite::is_async(function)) {
    return name + " is async already";
  }
  if (const std::string form = propagate::fixed_form(function); form == "const") {
    return name + " is a `const fn`, which cannot be async";
  } else if (form == "extern") {
    return name +
           " is an `extern` function, which code in other languages calls; it cannot be async";
  }
  if (rewrite::gives_future(function)) {
    return name + " returns a future already";
  }
  return {};
}

// The change as it is asked for, in three steps: which function, who uses it, what follows.
class Request {
 public:
  Request(const AsyncChangeHost& host, AsyncChange& result)
      : host_(host), result_(result), changer_(host, result), view_(host, {}, nullptr) {}

  [[nodiscard]] const flow::Facts& facts() const { return *view_.facts; }
  bool fail(int code, std::string why) { return changer_.fail(code, std::move(why)); }

  // The functions that `path` names; none when the request has failed.
  std::vector<syntax::Node> functions_of(const std::string& path, const std::string& option) {
    propagate::FoundFunction found = propagate::find_function(facts(), host_.crate_names, path);
    if (found.functions.empty()) {
      fail(ExitUsage, option + found.why_not);
    }
    return std::move(found.functions);
  }

  // What a feature or a target that is not chosen would compile says nothing, and is left as
  // it is. True when there is such a file.
  bool leave_out_unread(const fixit::TrialOutcome& outcome, Texts& texts) {
    const size_t all = texts.size();
    for (const fixit::UnitOutcome& unit : outcome.units) {
      if (!unit.succeeded) {
        return false;  // what it would have read is not known
      }
    }
    std::erase_if(texts, [&](const auto& text) {
      const std::string& path = text.first;
      const bool is_read =
          std::any_of(outcome.units.begin(), outcome.units.end(), [&path](const auto& unit) {
            return std::find(unit.sources.begin(), unit.sources.end(), path) != unit.sources.end();
          });
      if (!is_read) {
        result_.notes.push_back(path +
                                ": not compiled as the project is built here, left as it is");
      }
      return !is_read;
    });
    return texts.size() < all && !texts.empty();
  }

  // None when the program does not compile as it is.
  std::optional<std::vector<propagate::FunctionUse>> uses() {
    const propagate::UseMarks marks(facts());
    Texts texts = texts_of(marks.edits(), view_.files);
    fixit::TrialOutcome marked = changer_.run(texts, /*is_marked=*/true);
    if (marked.state == fixit::TrialOutcome::State::Unproven && leave_out_unread(marked, texts)) {
      marked = changer_.run(texts, /*is_marked=*/true);
    }
    marked = Changer::as_far_as_it_came(std::move(marked));
    if (changer_.has_errors(marked, "the program does not compile as it is")) {
      return std::nullopt;
    }
    std::vector<rustc::Diagnostic> messages;
    for (const fixit::UnitOutcome& unit : marked.units) {
      messages.insert(messages.end(), unit.diagnostics.begin(), unit.diagnostics.end());
    }
    changer_.remember_warnings(marked);
    lifetimes_ = marks.hidden_lifetimes(messages, host_.cwd);
    return marks.read(messages, host_.cwd);
  }

  [[nodiscard]] const std::vector<base::Edit>& lifetimes() const { return lifetimes_; }

  // The plan is tried, and what it still lacks is added.
  void carry_out(const propagate::SpreadPlan& plan) {
    result_.plan = propagate::tree_text(plan, view_.files);
    if (!plan.stopped_at.empty()) {
      const base::LineColumn place =
          view_.files.line_column(plan.stopped_place.file, plan.stopped_place.begin);
      fail(ExitFailed, "the change stops at " + plan.stopped_at + " (" +
                           std::string(view_.files.display(plan.stopped_place.file)) + ":" +
                           std::to_string(place.line) + ")");
      return;
    }
    const Texts plain = boxed(plan, false);
    const AsyncChange before = result_;
    if (changer_.settle(plain) || plan.boxed.empty()) {
      return;
    }
    // A value may become a `dyn` in what a boxed future gives only where its type is written.
    if (const Texts typed = boxed(plan, true); typed != plain) {
      const AsyncChange failed = result_;
      restore(before);
      if (!changer_.settle(typed)) {
        restore(failed);
      }
    }
  }

  // What may be undone; the compiler's runs were.
  void restore(const AsyncChange& earlier) {
    const auto [runs, seconds] = std::pair(result_.runs, result_.seconds);
    result_ = earlier;
    result_.runs = runs;
    result_.seconds = seconds;
  }

  // Functions that became async by `plan` and await nothing in the texts of the result.
  std::vector<syntax::Node> idle(const propagate::SpreadPlan& plan) {
    Texts texts;
    for (const fixit::EditedFile& file : result_.files) {
      texts[file.path] = file.text;
    }
    const View after(host_, texts, nullptr);
    return propagate::idle_functions(facts(), plan, *after.facts);
  }

 private:
  Texts boxed(const propagate::SpreadPlan& plan, bool is_typed) {
    Texts texts = texts_of(plan.edits, view_.files);
    const View edited(host_, texts, nullptr);
    for (auto& [path, text] :
         texts_of(propagate::box_dyn_methods(*edited.facts, plan.boxed, is_typed), edited.files)) {
      texts[path] = text;
    }
    return texts;
  }

  const AsyncChangeHost& host_;
  AsyncChange& result_;
  Changer changer_;
  const View view_;
  std::vector<base::Edit> lifetimes_;
};

}  // namespace

namespace {

// Nothing of a runtime is used where `host` does not say that there is one.
AsyncChange add_with(const AsyncChangeHost& host, const AsyncChangeRequest& request) {
  AsyncChange result;
  Request work(host, result);
  const std::vector<syntax::Node> leaf = work.functions_of(request.path, "");
  if (leaf.empty()) {
    return result;
  }
  if (std::string why = why_not_async(work.facts(), leaf.front()); !why.empty()) {
    work.fail(ExitUsage, std::move(why));
    return result;
  }
  propagate::SpreadOptions options;
  options.keeps_sync = request.keeps_sync;
  if (!request.ends_at.empty()) {
    options.ends_at = work.functions_of(request.ends_at, "`--to`: ");
    if (options.ends_at.empty()) {
      return result;
    }
  }
  const auto uses = work.uses();
  if (!uses) {
    return result;
  }
  options.lifetimes = work.lifetimes();
  propagate::SpreadPlan plan = propagate::spread(work.facts(), *uses, leaf, options);
  if (plan.is_public && !request.keeps_sync) {
    result.notes.emplace_back(
        "a public function becomes async: callers outside of the workspace "
        "have to await it too (`--keep-sync` leaves them what they call)");
  }
  // Types of functions that are values change where that compiles; what is kept as one waits
  // where it does not.
  const size_t notes = result.notes.size();
  std::vector<propagate::SpreadOptions> others;
  if (plan.has_values) {
    if (plan.has_captures) {
      others.push_back(options);
      others.back().clones_captures = true;
    }
    others.push_back(options);
    others.back().converts_values = false;
  }
  work.carry_out(plan);
  for (const propagate::SpreadOptions& other : others) {
    if (result.exit_code != 0) {
      result.exit_code = 0;
      result.error.clear();
      result.compiler_text.clear();
      result.notes.resize(notes);
      options = other;
      plan = propagate::spread(work.facts(), *uses, leaf, options);
      work.carry_out(plan);
    }
  }
  // Of what awaits nothing, callers need not become async either.
  constexpr int MostRepeats = 4;
  for (int repeat = 0; repeat < MostRepeats && result.exit_code == 0; ++repeat) {
    const std::vector<syntax::Node> idle = work.idle(plan);
    if (idle.empty()) {
      break;
    }
    options.idle.insert(options.idle.end(), idle.begin(), idle.end());
    const AsyncChange before = result;
    result.notes.resize(notes);
    result.files.clear();
    plan = propagate::spread(work.facts(), *uses, leaf, options);
    work.carry_out(plan);
    if (result.exit_code != 0) {
      work.restore(before);
      break;
    }
  }
  return result;
}

}  // namespace

AsyncChange add_async(const AsyncChangeHost& host, const AsyncChangeRequest& request) {
  AsyncChange result = add_with(host, request);
  if (result.exit_code == 0 || result.compiler_text.empty() ||
      propagate::entry_attribute(host.package, false).empty()) {
    return result;
  }
  // The runtime may have been built without its macros.
  AsyncChangeHost plain = host;
  plain.package.dependencies.clear();
  AsyncChange other = add_with(plain, request);
  other.runs += result.runs;
  other.seconds += result.seconds;
  if (other.exit_code != 0) {
    result.runs = other.runs;
    return result;
  }
  other.notes.emplace_back(
      "the runtime that the project depends on could not be used so; `main` and "
      "tests run their futures by a small function of their own");
  return other;
}

AsyncChange remove_async(const AsyncChangeHost& host, const AsyncChangeRequest& request) {
  AsyncChange result;
  Request work(host, result);
  const std::vector<syntax::Node> functions = work.functions_of(request.path, "");
  if (functions.empty()) {
    return result;
  }
  const std::string name = "`" + propagate::path_of(work.facts(), functions.front()) + "`";
  if (!rewrite::is_async(functions.front())) {
    work.fail(ExitUsage, name + " is not an `async fn`");
    return result;
  }
  if (propagate::is_entry(functions.front())) {
    work.fail(ExitUsage, name + " starts the program or is a test; its attribute runs it");
    return result;
  }
  const auto uses = work.uses();
  if (uses) {
    work.carry_out(propagate::shrink(work.facts(), *uses, functions));
  }
  return result;
}

}  // namespace jaa::plugin
