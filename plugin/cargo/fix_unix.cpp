#include "plugin/cargo/fix_unix.h"

#include <functional>
#include <set>
#include <string>
#include <utility>

#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringRef.h"
#include "llvm/Support/FileSystem.h"
#include "plugin/cargo/files.h"
#include "plugin/cargo/fix_choice.h"
#include "plugin/cargo/fix_plan_unix.h"
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

// How the messages are asked for, and whether the user gets them as JSON. Else they
// are shown once, after the last round, so cargo must not show them in each.
struct Format {
  explicit Format(const Arguments& arguments, bool color) {
    const auto mentions = [&arguments](StringRef word) {
      return llvm::any_of(arguments.message_formats, [word](const std::string& value) {
        return StringRef(value).lower().find(word) != std::string::npos;
      });
    };
    is_json = arguments.has_json_messages() && !mentions("json-render-diagnostics");
    cargo = is_json             ? arguments.message_formats
            : mentions("short") ? std::vector<std::string>{"json-diagnostic-short"}
            : color             ? std::vector<std::string>{"json-diagnostic-rendered-ansi"}
                                : std::vector<std::string>{"json"};
  }
  bool is_json = false;
  std::vector<std::string> cargo;
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
        format_(arguments, console.color) {}

  int run() {
    for (uint32_t round = 0;; ++round) {
      RoundMessages messages(format_.is_json);
      CheckRun check{context_,      workspace_,
                     settings_,     arguments_,
                     format_.cargo, [&messages](std::string_view line) { messages.add(line); }};
      auto result = run_check(check, console_);
      if (!result) {
        return report_failure(result.takeError(), console_);
      }
      if (pending_signal() != 0) {
        console_.note(fixed_any_
                          ? "interrupted; the files named above are fixed, no other is changed"
                          : "interrupted; nothing was changed");
        return result->exit_code;
      }
      std::vector<ReportedFinding> findings = std::move(result->reports.findings);
      findings.insert(findings.end(), messages.findings().begin(), messages.findings().end());
      const FixChoice choice = choose_fixes(std::move(findings), arguments_.fix);
      const FixPlan plan = plan_fixes(choice.chosen, workspace_, context_.env);
      if (arguments_.fix.dry_run && !plan.files.empty()) {
        show(plan);
        return result->exit_code;
      }
      if (plan.files.empty() || !may_go_on(round, plan)) {
        finish(messages, choice, plan);
        return result->exit_code;
      }
      if (!apply(plan)) {
        return exit_cargo_failed;
      }
    }
  }

 private:
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
    llvm::Error error = write_files(plan.files, written);
    llvm::sort(written);
    for (const std::string& path : written) {
      fixed_any_ = true;
      console_.status("Fixed",
                      shown(path) + " (" + count_of(plan.files.at(path).fixes, "fix") + ")");
    }
    if (error) {
      console_.error(llvm::toString(std::move(error)));
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
    console_.out << messages.lines();
    console_.out.flush();
    if (!format_.is_json) {
      for (const std::string& text : messages.rendered()) {
        console_.err << text << (text.ends_with('\n') ? "" : "\n");
      }
    }
    tell(plan.skipped);
    tell(choice.advice);
    if (!fixed_any_ && !messages.rendered().empty() && !console_.quiet) {
      console_.note("nothing could be fixed");
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
  Format format_;
  bool fixed_any_ = false;
  // Every text that a file has had, by its hash.
  std::set<std::pair<std::string, size_t>> seen_;
};

}  // namespace

int fix(const CargoContext& context, const Arguments& arguments, const Console& console) {
  const SignalWatch watch;
  auto workspace = find_workspace(context, arguments, console);
  if (!workspace) {
    return report_failure(workspace.takeError(), console);
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
