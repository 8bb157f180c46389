#include "session/follow_up.h"

#include <algorithm>
#include <map>

#include "llvm/ADT/StringSwitch.h"

#include "fixit/replacements.h"
#include "flow/cause_reader.h"
#include "flow/facts.h"
#include "pitfalls/run_all.h"
#include "rewrite/imports.h"
#include "session/asked_bounds.h"
#include "syntax/tree_cache.h"

namespace jaa::session {
namespace {

constexpr uint32_t MostFollowUps = 6;

// The program with the fix; its files have the same ids.
base::SourceFiles edited_sources(const base::SourceFiles& sources, const base::FixIt& fix) {
  base::SourceFiles edited;
  for (size_t index = 0; index < sources.size(); ++index) {
    const base::FileId file(index);
    edited.add(
        std::string(sources.path(file)), std::string(sources.display(file)),
        base::apply_edits(sources, file, fix.edits).value_or(std::string(sources.text(file))));
  }
  return edited;
}

const fixit::UnitOutcome* baseline_unit(const fixit::Baseline& baseline,
                                        const fixit::TrialOutcome& outcome) {
  const auto at = std::find_if(
      outcome.units.begin(), outcome.units.end(), [&baseline](const fixit::UnitOutcome& unit) {
        return unit.is_test == baseline.is_test &&
               std::find(unit.sources.begin(), unit.sources.end(), baseline.root_source) !=
                   unit.sources.end();
      });
  return at == outcome.units.end() ? nullptr : &*at;
}

// Errors that were not there before, or that the fix should have removed; and warnings
// that it brings.
std::vector<rustc::Diagnostic> new_messages(const fixit::Baseline& baseline,
                                            const std::vector<uint32_t>& explained,
                                            const std::vector<rustc::Diagnostic>& now) {
  std::map<std::string, int> known;
  for (const rustc::Diagnostic& message : baseline.diagnostics) {
    ++known[fixit::diagnostic_key(message)];
  }
  for (const uint32_t index : explained) {
    --known[fixit::diagnostic_key(baseline.diagnostics[index])];
  }
  std::vector<rustc::Diagnostic> result;
  for (const rustc::Diagnostic& message : now) {
    const bool counts = message.is_error() || message.level == rustc::Level::Warning;
    if (counts && !message.is_summary() && --known[fixit::diagnostic_key(message)] < 0) {
      result.push_back(message);
    }
  }
  return result;
}

// It runs nothing: `mut`, a bound, a `'static`. A clone is the same value to the compiler, and
// may be another one to the program.
bool adds_no_call(llvm::StringRef kept, llvm::StringRef replacement) {
  return replacement.drop_front(std::min(kept.size(), replacement.size())).find('(') ==
         llvm::StringRef::npos;
}

// rustc's own suggestion, where it only adds something that cannot change what the
// program does, or takes out what is unused.
std::vector<base::Edit> harmless_suggestion(const rustc::Diagnostic& message,
                                            const flow::UnitSources& names) {
  for (const rustc::Diagnostic& child : message.children) {
    std::vector<base::Edit> edits;
    bool is_harmless = !child.spans.empty();
    for (const rustc::DiagnosticSpan& span : child.spans) {
      const auto place = names.span(span);
      const std::string_view old = place ? names.files().text(*place) : std::string_view();
      const bool is_kept = place && span.suggested_replacement &&
                           span.suggested_replacement->starts_with(old) &&
                           adds_no_call(old, *span.suggested_replacement);
      const bool is_addition =
          is_kept &&
          (span.suggestion_applicability == "MachineApplicable" ||
           (span.suggested_replacement && span.suggested_replacement->ends_with("'static")));
      const bool is_removal = message.level == rustc::Level::Warning &&
                              message.code.starts_with("unused_") &&
                              span.suggestion_applicability == "MachineApplicable" &&
                              span.suggested_replacement && span.suggested_replacement->empty();
      is_harmless = is_harmless && span.suggested_replacement && place && !span.is_from_macro() &&
                    (is_addition || is_removal);
      if (is_harmless) {
        edits.push_back({*place, *span.suggested_replacement});
      }
    }
    if (is_harmless && !edits.empty()) {
      return edits;
    }
  }
  return {};
}

// Imports that nothing needs any more: of a trait, rustc says so and suggests nothing.
std::vector<base::Edit> without_unused_imports(const rustc::Diagnostic& message,
                                               const flow::Facts& facts) {
  rewrite::ImportEdits imports;
  for (const rustc::DiagnosticSpan& span : message.spans) {
    const syntax::Node path =
        span.is_primary && message.code == "unused_imports" ? facts.node_at(span) : syntax::Node();
    const syntax::Node name = path.is("scoped_identifier") ? path.field("name") : path;
    if (name.is("identifier")) {
      imports.remove_mention(name);
    }
  }
  return imports.take();
}

// What the fixes of a pitfall change.
enum class Change : uint8_t {
  Value,   // the type of a value
  Type,    // a bound, a signature, a declared type
  Await,   // where an async function is awaited, and what is async for it
  Borrow,  // what a future owns
  Other,
};

Change change_of(std::string_view code) {
  return llvm::StringSwitch<Change>(code)
      .Cases("rc_across_await", "refcell_across_await", "cell_across_await",
             "non_sync_reference_across_await", Change::Value)
      .Cases("missing_send_bound", "trait_future_not_send", "non_send_dyn",
             "non_send_error_across_await", "async_recursion_unboxed", "async_recursion_send_cycle",
             "boxed_future_lifetime", "future_captures_lifetime", "future_overcaptures",
             Change::Type)
      .Cases("future_parameter_lifetime", "missing_static_bound", "async_trait_not_dyn",
             "async_closure_not_send", "closure_returns_borrowing_future",
             "mutable_capture_in_async_block", "async_closure_kind", "closure_moves_capture",
             "fn_once_called_again", Change::Type)
      .Cases("missing_await", "for_over_future", "await_outside_async", "await_on_non_future",
             "async_main", "sync_impl_of_async_method", "async_impl_of_sync_method",
             "await_in_sync_closure", "futures_in_iterator", "locks_of_two_kinds", Change::Await)
      .Cases("await_of_borrowed_future", "async_method_used_as_trait", "for_over_stream",
             "awaited_too_early", "impl_lacks_attribute", Change::Await)
      .Cases("async_block_borrows_local", "block_captures_local_reference", "boxed_future_expected",
             "distinct_async_block_types", "spawn_borrows_local", "spawn_borrows_temporary",
             "spawn_borrows_parameter", "spawn_borrows_self", "moved_into_task", Change::Borrow)
      .Cases("futures_change_one_local", "bare_future_in_function_type", "future_borrows_temporary",
             "tail_temporary_outlives_local", Change::Borrow)
      .Case("await_not_postfix", Change::Await)
      .Case("future_not_imported", Change::Type)
      .Default(Change::Other);
}

// A bound may need more bounds, a type of a value the types in it. That a value gets another
// type, or another life, because a signature did is for a person to decide. A new await may
// show whatever was wrong around it: until then it was no await.
bool may_follow(const std::string& code, const std::string& next) {
  const Change change = change_of(next);
  // A trait that has no `dyn` form hides what else is wrong in the bodies that use it.
  if (code == "async_trait_not_dyn") {
    return change != Change::Other;
  }
  return change == Change::Type || change_of(code) == Change::Await ||
         (change != Change::Other && change == change_of(code));
}

// What each step costs, once.
void add_trade_off(std::string& all, const std::string& more) {
  if (!more.empty() && all.find(more) == std::string::npos) {
    all += (all.empty() ? "" : "; ") + more;
  }
}

}  // namespace

bool follow_up(const FollowContext& context, const fixit::TrialOutcome& outcome,
               const base::Finding& finding, base::FixIt& fix) {
  const fixit::UnitOutcome* unit = baseline_unit(context.baseline, outcome);
  if (unit == nullptr || fix.follow_ups >= MostFollowUps) {
    return false;
  }
  const std::vector<rustc::Diagnostic> messages =
      new_messages(context.baseline, finding.explains, unit->diagnostics);
  const base::SourceFiles edited = edited_sources(context.sources, fix);
  const syntax::TreeCache trees(edited);
  const flow::UnitSources names(edited, context.baseline.cwd);
  flow::FactsInput input;
  input.files = &edited;
  input.trees = &trees;
  input.diagnostics = &messages;
  input.cwd = context.baseline.cwd;
  input.denials = flow::read_denials(messages, names);
  std::erase_if(input.denials, [&](const flow::Denial& denial) {
    return !flow::concerns_future(denial, edited, trees);
  });
  input.recursions = flow::read_recursions(messages, names);
  input.package = context.package;
  input.crates = context.crates;
  const flow::Facts facts(input);

  std::vector<bool> is_met(messages.size());
  bool keeps_meaning = fix.keeps_meaning;
  std::string trade_off = fix.trade_off;
  std::vector<base::FixIt> steps;
  for (base::Finding& next : pitfalls::run_all(facts)) {
    if (next.fixits.empty() || !may_follow(finding.code, next.code)) {
      return false;
    }
    for (const uint32_t index : next.explains) {
      is_met[index] = true;
    }
    keeps_meaning = keeps_meaning && next.fixits.front().keeps_meaning;
    add_trade_off(trade_off, next.fixits.front().trade_off);
    steps.push_back(std::move(next.fixits.front()));
  }
  AskedBounds bounds(trees, facts.items());
  for (size_t index = 0; index < messages.size(); ++index) {
    if (is_met[index]) {
      continue;
    }
    base::FixIt step;
    step.edits = harmless_suggestion(messages[index], names);
    if (step.edits.empty()) {
      step.edits = without_unused_imports(messages[index], facts);
    }
    if (step.edits.empty() && messages[index].is_error()) {
      return false;
    }
    if (!bounds.take(step.edits)) {
      steps.push_back(std::move(step));
    }
  }
  for (base::FixIt& step : bounds.steps()) {
    steps.push_back(std::move(step));
  }
  std::vector<const base::FixIt*> all;
  for (const base::FixIt& step : steps) {
    all.push_back(&step);
  }
  llvm::Expected<std::vector<base::Edit>> more = fixit::combine(all, edited);
  if (!more) {
    llvm::consumeError(more.takeError());
    return false;
  }
  auto composed =
      more->empty() ? std::nullopt : base::compose_edits(context.sources, fix.edits, *more);
  if (!composed || *composed == fix.edits) {
    return false;
  }
  const bool stays_inside =
      std::all_of(composed->begin(), composed->end(),
                  [&fix](const base::Edit& edit) { return fix.body.contains(edit.span); });
  if (!stays_inside) {
    fix.body = {};
  }
  fix.edits = std::move(*composed);
  fix.keeps_meaning = keeps_meaning;
  fix.trade_off = std::move(trade_off);
  ++fix.follow_ups;
  return true;
}

}  // namespace jaa::session
