#include "plugin/rustc/async_change_unix.h"

#include <algorithm>
#include <optional>

#include "llvm/ADT/StringRef.h"

#include "flow/future_text.h"
#include "plugin/rustc/program_view.h"
#include "plugin/rustc/settler_unix.h"
#include "propagate/blocking.h"
#include "propagate/boxed_traits.h"
#include "propagate/find_function.h"
#include "propagate/half_done.h"
#include "propagate/idle.h"
#include "propagate/shrink.h"
#include "propagate/spread.h"
#include "propagate/use_marks.h"
#include "rewrite/boxed_method.h"

namespace jaa::plugin {
namespace {

constexpr int ExitUsage = 1;
constexpr int ExitFailed = 101;

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
  if (rewrite::gives_future(function) ||
      flow::is_future_type(function.field("return_type").text(), facts.items())) {
    return name + " returns a future already";
  }
  return {};
}

// The change as it is asked for, in three steps: which function, who uses it, what follows.
// It begins with the program as it is, or as it was (propagate/half_done.h).
class Request {
 public:
  Request(const AsyncChangeHost& host, AsyncChange& result, Texts before = {})
      : host_(host),
        result_(result),
        before_(std::move(before)),
        settler_(host, result),
        view_(host, before_, nullptr) {}

  [[nodiscard]] const flow::Facts& facts() const { return view_.facts(); }
  bool fail(int code, std::string why) { return settler_.fail(code, std::move(why)); }

  // The functions that `path` names; none when the request has failed.
  std::vector<syntax::Node> functions_of(const std::string& path, const std::string& option) {
    propagate::FoundFunction found = propagate::find_function(facts(), host_.crate_names, path);
    if (found.functions.empty()) {
      fail(ExitUsage, option + found.why_not);
    }
    return std::move(found.functions);
  }

  // The functions that are to change.
  std::vector<syntax::Node> functions_of(const AsyncChangeRequest& request) {
    if (!request.place) {
      return functions_of(request.path, "");
    }
    propagate::FoundFunction found =
        propagate::find_function_at(facts(), request.place->file, request.place->offset);
    if (found.functions.empty()) {
      fail(ExitUsage, found.why_not);
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
    Texts texts = texts_of(marks.edits(), view_.files());
    texts.insert(before_.begin(), before_.end());
    fixit::TrialOutcome marked = settler_.run(texts, /*is_marked=*/true);
    if (marked.state == fixit::TrialOutcome::State::Unproven && leave_out_unread(marked, texts)) {
      marked = settler_.run(texts, /*is_marked=*/true);
    }
    marked = Settler::as_far_as_it_came(std::move(marked));
    if (settler_.has_errors(marked, "the program does not compile as it is")) {
      return std::nullopt;
    }
    std::vector<rustc::Diagnostic> messages;
    for (const fixit::UnitOutcome& unit : marked.units) {
      messages.insert(messages.end(), unit.diagnostics.begin(), unit.diagnostics.end());
    }
    settler_.remember_warnings(marked);
    lifetimes_ = marks.hidden_lifetimes(messages, host_.cwd);
    return marks.read(messages, host_.cwd);
  }

  [[nodiscard]] const std::vector<base::Edit>& lifetimes() const { return lifetimes_; }

  // The plan is tried, and what it still lacks is added.
  void carry_out(const propagate::SpreadPlan& plan) {
    result_.plan = propagate::tree_text(plan, view_.files());
    if (!plan.stopped_at.empty()) {
      const base::LineColumn place =
          view_.files().line_column(plan.stopped_place.file, plan.stopped_place.begin);
      fail(ExitFailed, "the change stops at " + plan.stopped_at + " (" +
                           std::string(view_.files().display(plan.stopped_place.file)) + ":" +
                           std::to_string(place.line) + ")");
      return;
    }
    const Texts plain = boxed(plan, false);
    const AsyncChange before = result_;
    if (settler_.settle(plain) || plan.boxed.empty()) {
      return;
    }
    // A value may become a `dyn` in what a boxed future gives only where its type is written.
    if (const Texts typed = boxed(plan, true); typed != plain) {
      const AsyncChange failed = result_;
      restore(before);
      if (!settler_.settle(typed)) {
        restore(failed);
      }
    }
  }

  // Types of functions that are values change where that compiles; what is kept as one waits
  // where it does not.
  void carry_through(const std::vector<propagate::FunctionUse>& uses,
                     const std::vector<syntax::Node>& leaves, propagate::SpreadOptions options) {
    propagate::SpreadPlan plan = propagate::spread(facts(), uses, leaves, options);
    if (plan.is_public && !options.keeps_sync && before_.empty()) {
      result_.notes.emplace_back(
          "a public function becomes async: callers outside of the workspace "
          "have to await it too (`--keep-sync` leaves them what they call)");
    }
    const size_t notes = result_.notes.size();
    std::vector<propagate::SpreadOptions> others;
    if (plan.has_values) {
      if (plan.has_captures) {
        others.push_back(options);
        others.back().clones_captures = true;
      }
      others.push_back(options);
      others.back().converts_values = false;
    }
    carry_out(plan);
    for (const propagate::SpreadOptions& other : others) {
      if (result_.exit_code != 0) {
        result_.exit_code = 0;
        result_.error.clear();
        result_.compiler_text.clear();
        result_.notes.resize(notes);
        options = other;
        plan = propagate::spread(facts(), uses, leaves, options);
        carry_out(plan);
      }
    }
    leave_out_idle(uses, leaves, std::move(options), std::move(plan), notes);
  }

 private:
  // What may be undone; the compiler's runs were.
  void restore(const AsyncChange& earlier) {
    const auto [runs, seconds] = std::pair(result_.runs, result_.seconds);
    result_ = earlier;
    result_.runs = runs;
    result_.seconds = seconds;
  }

  // Of what awaits nothing, callers need not become async either.
  void leave_out_idle(const std::vector<propagate::FunctionUse>& uses,
                      const std::vector<syntax::Node>& leaves, propagate::SpreadOptions options,
                      propagate::SpreadPlan plan, size_t notes) {
    constexpr int MostRepeats = 4;
    for (int repeat = 0; repeat < MostRepeats && result_.exit_code == 0; ++repeat) {
      const std::vector<syntax::Node> found = idle(plan);
      if (found.empty()) {
        return;
      }
      options.idle.insert(options.idle.end(), found.begin(), found.end());
      const AsyncChange before = result_;
      result_.notes.resize(notes);
      result_.files.clear();
      plan = propagate::spread(facts(), uses, leaves, options);
      carry_out(plan);
      if (result_.exit_code != 0) {
        restore(before);
        return;
      }
    }
  }

  // Functions that became async by `plan` and await nothing in the texts of the result.
  std::vector<syntax::Node> idle(const propagate::SpreadPlan& plan) {
    Texts texts;
    for (const fixit::EditedFile& file : result_.files) {
      texts[file.path] = file.text;
    }
    const ProgramView after(host_, texts, nullptr);
    return propagate::idle_functions(facts(), plan, after.facts());
  }

  // The texts of the plan, with all that `before_` has taken out or changed.
  Texts boxed(const propagate::SpreadPlan& plan, bool is_typed) {
    Texts texts = texts_of(plan.edits, view_.files());
    for (const auto& [path, text] : before_) {
      texts.emplace(path, text);
    }
    const ProgramView edited(host_, texts, nullptr);
    for (auto& [path, text] : texts_of(
             propagate::box_dyn_methods(edited.facts(), plan.boxed, is_typed), edited.files())) {
      texts[path] = text;
    }
    if (!before_.empty()) {
      for (auto& [path, text] : texts) {
        text = propagate::redo(std::move(text));
      }
    }
    return texts;
  }

  const AsyncChangeHost& host_;
  AsyncChange& result_;
  const Texts before_;
  Settler settler_;
  const ProgramView view_;
  std::vector<base::Edit> lifetimes_;
};

// Nothing of a runtime is used where `host` does not say that there is one.
AsyncChange add_with(const AsyncChangeHost& host, const AsyncChangeRequest& request) {
  AsyncChange result;
  Request work(host, result);
  const std::vector<syntax::Node> leaf = work.functions_of(request);
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
  work.carry_through(*uses, leaf, options);
  return result;
}

// The errors of the program as it was, in its own texts.
std::vector<rustc::Diagnostic> errors_of(const AsyncChangeHost& host, AsyncChange& result,
                                         const Texts& texts) {
  const fixit::TrialOutcome outcome = Settler::as_far_as_it_came(Settler(host, result).run(texts));
  std::vector<rustc::Diagnostic> errors;
  for (const fixit::UnitOutcome& unit : outcome.units) {
    for (const rustc::Diagnostic& diagnostic : unit.diagnostics) {
      if (diagnostic.is_error()) {
        errors.push_back(diagnostic);
      }
    }
  }
  return errors;
}

AsyncChange complete_with(const AsyncChangeHost& host,
                          const std::vector<rustc::Diagnostic>& messages) {
  AsyncChange result;
  const ProgramView view(host, {}, &messages);
  propagate::HalfDone half(view.facts());
  if (half.is_empty()) {
    return result;
  }
  for (const syntax::Node& function : half.functions()) {
    const base::Span name = function.field("name").span();
    result.begun.push_back({propagate::path_of(view.facts(), function),
                            std::string(view.files().path(name.file)), name.begin, name.end});
  }
  for (bool is_second = false;; is_second = true) {
    const Texts before = texts_of(half.undo(), view.files());
    Request work(host, result, before);
    const std::vector<syntax::Node> leaves = half.leaves(work.facts());
    if (leaves.empty()) {
      return result;
    }
    if (auto uses = work.uses()) {
      std::erase_if(*uses, [&work](const propagate::FunctionUse& use) {
        return propagate::HalfDone::is_kept(use, work.facts());
      });
      propagate::SpreadOptions options;
      options.lifetimes = work.lifetimes();
      work.carry_through(*uses, leaves, options);
      return result;
    }
    const std::vector<rustc::Diagnostic> errors = errors_of(host, result, before);
    const ProgramView undone(host, before, &errors);
    if (is_second || !half.keep_wanted(undone.facts())) {
      return result;
    }
    result.exit_code = 0;
    result.error.clear();
    result.compiler_text.clear();
  }
}

// The runtime that the project depends on may have been built without its macros.
AsyncChange also_without_runtime(const AsyncChangeHost& host,
                                 const std::function<AsyncChange(const AsyncChangeHost&)>& make) {
  AsyncChange result = make(host);
  if (result.exit_code == 0 || result.compiler_text.empty() ||
      propagate::entry_attribute(host.package, false).empty()) {
    return result;
  }
  AsyncChangeHost plain = host;
  plain.package.dependencies.clear();
  AsyncChange other = make(plain);
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

}  // namespace

AsyncChange add_async(const AsyncChangeHost& host, const AsyncChangeRequest& request) {
  return also_without_runtime(
      host, [&request](const AsyncChangeHost& each) { return add_with(each, request); });
}

AsyncChange complete_async(const AsyncChangeHost& host,
                           const std::vector<rustc::Diagnostic>& messages) {
  return also_without_runtime(
      host, [&messages](const AsyncChangeHost& each) { return complete_with(each, messages); });
}

AsyncChange remove_async(const AsyncChangeHost& host, const AsyncChangeRequest& request) {
  AsyncChange result;
  Request work(host, result);
  const std::vector<syntax::Node> functions = work.functions_of(request);
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
