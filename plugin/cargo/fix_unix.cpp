#include "plugin/cargo/fix_unix.h"

#include <algorithm>
#include <functional>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <utility>

#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringRef.h"
#include "llvm/Support/FileSystem.h"
#include "plugin/cargo/async_change_host_unix.h"
#include "plugin/cargo/completion.h"
#include "plugin/cargo/files.h"
#include "plugin/cargo/fix_choice.h"
#include "plugin/cargo/fix_dialogue.h"
#include "plugin/cargo/fix_export.h"
#include "plugin/cargo/fix_plan_unix.h"
#include "plugin/cargo/lint_names.h"
#include "plugin/cargo/round_messages.h"
#include "plugin/cargo/signals_unix.h"
#include "plugin/cargo/version_control_unix.h"
#include "plugin/cargo/write_files_unix.h"
#include "render/diff.h"

namespace jaa::plugin {

namespace {

using llvm::StringRef;

std::string count_of(size_t count, std::string noun) {
  return std::to_string(count) + " " + noun + (count == 1 ? "" : noun.ends_with("x") ? "es" : "s");
}

// What the round before has written, and what was known then.
struct LastRound {
  FixPlan plan;
  std::map<std::string, std::set<std::string>> errors;
};

class Fixer {
 public:
  Fixer(const CargoContext& context, const Workspace& workspace, const Settings& settings,
        const Arguments& arguments, const Console& console)
      : context_(context),
        workspace_(workspace),
        settings_(settings),
        arguments_(arguments),
        console_(console),
        format_(arguments, console.color),
        dialogue_(console, arguments.fix, read_input_line,
                  [this](const ChosenFix& fix) { return preview(fix); }) {}

  int run() {
    const int exit_code = run_rounds();
    // Whatever was applied is told, also after an interrupt or an error.
    if (!export_fixes(export_, arguments_, console_) && exit_code == 0) {
      return exit_cargo_failed;
    }
    return exit_code;
  }

 private:
  int run_rounds() {
    for (uint32_t round = 0;; ++round) {
      RoundMessages messages(format_.is_json);
      CheckRun check{context_,       workspace_,
                     settings_,      arguments_,
                     format_.values, [&messages](std::string_view line) { messages.add(line); }};
      check.keeps_stdin = arguments_.fix.interactive;
      check.automatic_only = !arguments_.fix.interactive && !settings_.all_fixes;
      auto result = run_check(check, console_);
      if (!result) {
        return report_failure(result.takeError(), console_);
      }
      if (pending_signal() != 0) {
        return interrupted();
      }
      if (last_ && !arguments_.fix.broken_code && has_more_errors(messages)) {
        return take_back(messages);
      }
      FixPlan plan = complete(messages);
      FixChoice choice;
      if (plan.files.empty() && pending_signal() == 0) {
        std::vector<ReportedFinding> findings = std::move(result->reports.findings);
        findings.insert(findings.end(), messages.findings().begin(), messages.findings().end());
        choice = choose(std::move(findings));
        plan = plan_fixes(choice.chosen, workspace_, context_.env);
      }
      if (pending_signal() != 0) {
        return interrupted();
      }
      if (arguments_.fix.dry_run && !plan.files.empty()) {
        export_.add(plan);
        show(plan);
        return result->exit_code;
      }
      if (plan.files.empty() || !may_go_on(round, plan)) {
        finish(messages, choice, plan);
        return result->exit_code;
      }
      if (!apply(plan)) {
        return pending_signal() != 0 ? interrupted() : exit_cargo_failed;
      }
      last_ = LastRound{std::move(plan), messages.errors()};
    }
  }

  FixChoice choose(std::vector<ReportedFinding> findings) {
    return arguments_.fix.interactive ? dialogue_.choose(std::move(findings))
                                      : choose_fixes(std::move(findings), arguments_.fix);
  }

  // A change that was begun by hand, carried through; no file where there is none.
  FixPlan complete(const RoundMessages& messages) {
    if (!may_complete(arguments_.fix)) {
      return {};
    }
    AsyncChangeHost host = async_change_host(context_, workspace_, settings_, arguments_);
    host.budget_seconds = settings_.verify_budget_seconds;
    const AsyncChange change = complete_async(host, messages.diagnostics());
    std::optional<ReportedFinding> finding = completion(change, host);
    if (!finding || pending_signal() != 0) {
      if (!change.plan.empty()) {
        tell({"what was begun by hand is not carried through as a whole: " + change.error});
      }
      return {};
    }
    FixPlan plan = plan_fixes(choose({std::move(*finding)}).chosen, workspace_, context_.env);
    if (!plan.files.empty() && !arguments_.fix.interactive && !console_.quiet) {
      console_.err << change.plan;
      tell(change.notes);
    }
    return plan;
  }

  int interrupted() const {
    console_.note(fixed_any_ ? "interrupted; the files named above are fixed, no other is changed"
                             : "interrupted; nothing was changed");
    return 128 + pending_signal();
  }

  // Whether the targets that were compiled before have more errors now than before, and
  // more than the compiler let one expect when it accepted the fixes. A target that was
  // not reached before may fail for reasons of its own.
  [[nodiscard]] bool has_more_errors(const RoundMessages& messages) const {
    size_t before = 0;
    size_t now = 0;
    for (const auto& [target, errors] : last_->errors) {
      before += errors.size();
      const auto same = messages.errors().find(target);
      now += same == messages.errors().end() ? 0 : same->second.size();
    }
    return now > std::max<size_t>(before, last_->plan.expected_errors);
  }

  // Cargo's `--broken-code` the other way round.
  int take_back(const RoundMessages& messages) {
    const std::map<std::string, FileChange> changes = reversed(last_->plan.files);
    std::vector<std::string> written;
    llvm::Error error = write_files(changes, written);
    if (error) {
      console_.error(llvm::toString(std::move(error)));
      console_.warning(
          "the last round left more errors than there were before, and could not be taken back");
      return exit_cargo_failed;
    }
    export_ = before_last_;
    show_messages(messages);
    console_.warning(
        "the last round of fixes left more errors than there were before, the ones above; it "
        "was taken back, `--broken-code` keeps it");
    llvm::sort(written);
    for (const std::string& path : written) {
      console_.status("Restored", shown(path));
    }
    return exit_cargo_failed;
  }

  FixPreview preview(const ChosenFix& fix) const {
    const FixPlan plan = plan_fixes({fix}, workspace_, context_.env);
    FixPreview result;
    for (const std::string& line : plan.skipped) {
      result.objection = line;
    }
    for (const auto& [path, change] : plan.files) {
      result.diff += render::unified_diff(shown(path), change.old_text, change.new_text);
    }
    return result;
  }

  bool may_go_on(uint32_t round, const FixPlan& plan) {
    if (round == arguments_.fix.max_rounds) {
      console_.warning("stopped after " + count_of(round, "round") +
                       ", though more could be fixed; run it again to go on");
      return false;
    }
    // Two fixes may undo each other; a text that was there before is where that shows.
    const auto state = [](const auto& path, const std::string& text) {
      return std::pair(path, std::hash<std::string>()(text));
    };
    bool is_new = false;
    for (const auto& [path, change] : plan.files) {
      seen_.insert(state(path, change.old_text));
      is_new |= !seen_.contains(state(path, change.new_text));
    }
    if (!is_new) {
      console_.warning("stopped, because the fixes that are left undo earlier ones");
    }
    return is_new;
  }

  bool apply(const FixPlan& plan) {
    std::vector<std::string> written;
    llvm::Error error = write_files(plan.files, written, [] { return pending_signal() != 0; });
    llvm::sort(written);
    if (!error) {
      before_last_ = export_;
      export_.add(plan);
    }
    for (const std::string& path : written) {
      fixed_any_ = true;
      console_.status("Fixed",
                      shown(path) + " (" + count_of(plan.files.at(path).fixes, "fix") + ")");
    }
    if (error && pending_signal() != 0) {
      llvm::consumeError(std::move(error));
      return false;
    }
    if (error) {
      console_.error(llvm::toString(std::move(error)));
      console_.note(written.empty() ? "no file of this round was changed"
                                    : "of this round only the files named above are changed");
      return false;
    }
    return true;
  }

  // Paths are the repository's, so that `git apply` takes the diff in its root; without
  // one the workspace's.
  void show(const FixPlan& plan) {
    const auto has_git = [](const std::string& folder) {
      return llvm::sys::fs::exists(join_path(folder, ".git"));
    };
    const std::string root = find_upward(workspace_.root, has_git).value_or(workspace_.root) + "/";
    for (const auto& [path, change] : plan.files) {
      StringRef name = path;
      name.consume_front(root);
      console_.out << render::unified_diff(name, change.old_text, change.new_text);
    }
    console_.out.flush();
    tell(plan.skipped);
    console_.status("Dry run", count_of(plan.fixes, "fix") + " in " +
                                   count_of(plan.files.size(), "file") +
                                   "; once they are applied, more may follow");
  }

  void finish(const RoundMessages& messages, const FixChoice& choice, const FixPlan& plan) {
    show_messages(messages);
    tell(plan.skipped);
    tell(choice.advice);
    if (!fixed_any_ && !messages.rendered().empty() && !console_.quiet) {
      console_.note(arguments_.fix.interactive ? "nothing was fixed" : "nothing could be fixed");
    }
  }

  void show_messages(const RoundMessages& messages) const {
    console_.out << messages.lines();
    console_.out.flush();
    if (!format_.is_json) {
      for (const std::string& text : messages.rendered()) {
        console_.err << text << (text.ends_with('\n') ? "" : "\n");
      }
    }
  }

  void tell(const std::vector<std::string>& lines) {
    for (const std::string& line : lines) {
      if (!console_.quiet) {
        console_.note(line);
      }
    }
  }

  // A path as cargo prints it, from the workspace's root.
  [[nodiscard]] std::string shown(const std::string& path) const {
    StringRef rest = path;
    return rest.consume_front(workspace_.root) && rest.consume_front("/") ? rest.str() : path;
  }

  const CargoContext& context_;
  const Workspace& workspace_;
  const Settings& settings_;
  const Arguments& arguments_;
  const Console& console_;
  CargoFormat format_;
  FixDialogue dialogue_;
  bool fixed_any_ = false;
  std::optional<LastRound> last_;
  FixExport export_;
  FixExport before_last_;  // without the last round
  // Every text that a file has had, by its hash.
  std::set<std::pair<std::string, size_t>> seen_;
};

// Of the names in `--only` and `--pick`, those that no lint has.
std::vector<std::string> unknown_names(const FixArguments& arguments) {
  std::vector<std::string> names = arguments.only;
  for (const auto& [name, alternative] : arguments.picks) {
    names.push_back(name);
  }
  std::erase_if(names, [](const std::string& name) { return !lints_called(name).empty(); });
  return names;
}

}  // namespace

int fix(const CargoContext& context, const Arguments& arguments, const Console& console) {
  const SignalWatch watch;
  auto workspace = find_workspace(context, arguments, console);
  if (!workspace) {
    return report_failure(workspace.takeError(), console);
  }
  for (const std::string& name : unknown_names(arguments.fix)) {
    const auto close = close_names(name);
    console.error("no such lint: `" + name + "`; " +
                  (close.empty() ? "`cargo async explain` lists them"
                                 : "there is `" + std::string(close[0]) + "`"));
    return exit_usage;
  }
  if (!arguments.fix.dry_run) {
    if (llvm::Error error = check_version_control(workspace->root, arguments.fix, context.env)) {
      return report_failure(std::move(error), console);
    }
  }
  const Settings settings = read_settings(*workspace, arguments, console);
  if (settings.verify == Verify::Never) {
    console.error(
        "`cargo async fix` applies only what the compiler has accepted, but the "
        "configuration says `verify = \"never\"`; pass `--verify=auto`");
    return exit_usage;
  }
  return Fixer(context, *workspace, settings, arguments, console).run();
}

}  // namespace jaa::plugin
