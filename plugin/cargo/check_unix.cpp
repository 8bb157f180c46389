#include "plugin/cargo/check_unix.h"

#include <chrono>
#include <cstdio>
#include <system_error>
#include <utility>

#include "llvm/Support/FileSystem.h"
#include "llvm/Support/Format.h"
#include "plugin/cargo/checked_targets.h"
#include "plugin/cargo/files.h"
#include "plugin/cargo/fix_choice.h"
#include "plugin/cargo/fix_plan_unix.h"
#include "plugin/cargo/inner_wrapper.h"
#include "plugin/cargo/message_filter.h"
#include "plugin/cargo/round_messages.h"
#include "plugin/cargo/run_directory_unix.h"
#include "plugin/cargo/signals_unix.h"
#include "plugin/rustc/process_unix.h"
#include "plugin/rustc/trial_runner_unix.h"
#include "plugin/rustc/unit.h"

namespace jaa::plugin {

namespace {

constexpr llvm::StringLiteral wrapper_variable = "RUSTC_WORKSPACE_WRAPPER";

void unset(std::vector<std::string>& env, llvm::StringRef name) {
  std::erase_if(env, [name](const std::string& variable) {
    return llvm::StringRef(variable).split('=').first == name;
  });
}

void set(std::vector<std::string>& env, llvm::StringRef name, llvm::StringRef value) {
  unset(env, name);
  env.push_back((name + "=" + value).str());
}

llvm::Error no_cargo(const CargoContext& context, llvm::Error error) {
  return llvm::createStringError(std::errc::no_such_file_or_directory, "cargo not found: `%s`: %s",
                                 context.cargo.c_str(), llvm::toString(std::move(error)).c_str());
}

void append(std::vector<std::string>& list, const std::vector<std::string>& more) {
  list.insert(list.end(), more.begin(), more.end());
}

void print_stats(const CheckResult& result, const Console& console) {
  size_t fixes = 0;
  for (const ReportedFinding& finding : result.reports.findings) {
    for (const ReportedFix& fix : finding.fixes) {
      fixes += fix.verdict == base::Verdict::Kind::Accepted ? 1 : 0;
    }
  }
  console.err << "cargo async: " << llvm::format("%.2f", result.seconds) << " s in cargo; "
              << result.reports.findings.size() << " findings reported, " << fixes
              << " accepted fixes\n";
}

}  // namespace

CargoContext cargo_context(const std::string& self, std::vector<std::string> env) {
  // Called from within another run (a build script, say), we must neither wrap
  // ourselves nor lose the user's wrapper, which that run has put aside.
  const auto inner = environment_value(env, "JAA_INNER_WRAPPER");
  if (environment_value(env, wrapper_variable) == self) {
    inner ? set(env, wrapper_variable, *inner) : unset(env, wrapper_variable);
  }
  for (const char* name :
       {"JAA_RUN_DIR", "JAA_SETTINGS", "JAA_INNER_WRAPPER", "JAA_TRY", "JAA_MODE"}) {
    unset(env, name);
  }
  CargoContext context;
  context.cargo = environment_value(env, "CARGO").value_or("cargo");
  context.self = self;
  llvm::SmallString<256> cwd;
  // An unreadable directory leaves the name empty, and the child then has ours.
  llvm::sys::fs::current_path(cwd);
  context.cwd = cwd.str().str();
  context.env = std::move(env);
  return context;
}

llvm::Expected<Workspace> find_workspace(const CargoContext& context, const Arguments& arguments,
                                         const Console& console) {
  Command command;
  command.argv = {context.cargo,
                  "metadata",
                  "--format-version",
                  "1",
                  "--no-deps",
                  "--color",
                  console.color ? "always" : "never"};
  append(command.argv, arguments.metadata);
  command.cwd = context.cwd;
  command.env = context.env;
  command.stop_early = [] { return pending_signal() != 0; };
  auto result = run(command);
  if (!result) {
    return no_cargo(context, result.takeError());
  }
  // Cargo's warnings come again with the check; only what stops us is shown.
  if (result->exit_code != 0) {
    console.err << result->err;
    return llvm::createStringError(std::errc::invalid_argument, "");
  }
  auto workspace = read_workspace(result->out, arguments, context.cwd);
  if (!workspace) {
    return llvm::createStringError(std::errc::invalid_argument, "`cargo metadata`: %s",
                                   llvm::toString(workspace.takeError()).c_str());
  }
  return workspace;
}

Settings read_settings(const Workspace& workspace, const Arguments& arguments,
                       const Console& console) {
  std::string name;
  std::optional<std::string> text;
  const auto look = [&](const std::string& folder) {
    for (const char* candidate : {"just-async.toml", ".just-async.toml"}) {
      name = join_path(folder, candidate);
      text = read_text(name);
      if (text) {
        return true;
      }
    }
    return false;
  };
  const bool has_file = find_upward(workspace.root, look).has_value();
  std::vector<std::string> warnings;
  Settings settings =
      combine_settings(workspace, has_file ? *text : "", has_file ? name : "", arguments, warnings);
  for (const std::string& warning : warnings) {
    console.warning(warning);
  }
  return settings;
}

Invocation make_invocation(const CargoContext& context, const Workspace& workspace,
                           const Settings& settings, const Arguments& arguments) {
  Invocation invocation;
  invocation.cargo = context.cargo;
  invocation.arguments = {"check"};
  append(invocation.arguments, arguments.cargo);
  invocation.cwd = context.cwd;
  invocation.env = context.env;
  const std::string inner = find_inner_wrapper({context.env, context.cwd, arguments.config});
  if (!inner.empty() && inner != context.self) {
    set(invocation.env, "JAA_INNER_WRAPPER", inner);
  }
  set(invocation.env, wrapper_variable, context.self);
  set(invocation.env, "JAA_SETTINGS", settings.to_string());
  invocation.workspace_root = workspace.root;
  invocation.target_dir = workspace.target_dir;
  invocation.crates = workspace_crates(workspace, arguments.cargo, context.cwd);
  return invocation;
}

llvm::Expected<CheckResult> run_check(const CheckRun& run, const Console& console) {
  std::string warning;
  auto directory = RunDirectory::create(run.workspace.target_dir, warning);
  if (!warning.empty()) {
    console.warning(warning);
  }
  if (!directory) {
    return directory.takeError();
  }

  const CargoContext& context = run.context;
  Invocation invocation = make_invocation(context, run.workspace, run.settings, run.arguments);
  set(invocation.env, "JAA_RUN_DIR", directory->path());
  // No setting: a unit that compiles is not compiled again for its sake.
  if (run.automatic_only) {
    set(invocation.env, "JAA_TRY", "automatic");
  }
  const std::string record = join_path(directory->path(), "invocation.json");
  if (llvm::Error error = write_invocation(record, invocation)) {
    return error;
  }

  Command command;
  command.argv = {context.cargo};
  append(command.argv, invocation.arguments);
  append(command.argv, run.arguments.target_dir);
  for (const std::string& format : run.message_formats) {
    append(command.argv, {"--message-format", format});
  }
  command.cwd = context.cwd;
  command.env = std::move(invocation.env);
  command.inherit_stdin = !run.keeps_stdin;
  command.inherit_stderr = !run.on_stderr;
  command.on_stderr = run.on_stderr;
  command.inherit_stdout = !run.on_line;
  MessageFilter filter(run.on_line);
  if (run.on_line) {
    command.on_stdout = [&filter](std::string_view piece) { filter.feed(piece); };
  }
  command.stop_early = [] { return pending_signal() != 0; };
  command.asked_every = std::chrono::milliseconds(250);
  auto ended = jaa::plugin::run(command);
  if (!ended) {
    return no_cargo(context, ended.takeError());
  }
  filter.finish();
  CheckResult result;
  // A signal ends us as it would have ended cargo, whichever of us got it first.
  result.exit_code = pending_signal() != 0 ? 128 + pending_signal() : ended->exit_code;
  result.reports = read_reports(directory->path());
  result.seconds = ended->seconds;
  for (const base::Problem& problem : result.reports.problems) {
    console.warning(problem.input + ": " + problem.text);
  }
  return result;
}

int check(const CargoContext& context, const Arguments& arguments, const Console& console) {
  const SignalWatch watch;
  auto workspace = find_workspace(context, arguments, console);
  if (!workspace) {
    return report_failure(workspace.takeError(), console);
  }
  const Settings settings = read_settings(*workspace, arguments, console);
  CheckRun run{context, *workspace, settings, arguments, arguments.message_formats, nullptr};
  if (arguments.has_json_messages()) {
    run.on_line = [&console](std::string_view line) {
      console.out << line;
      console.out.flush();
    };
  }
  // To be exported, findings of units that are fresh are read from cargo's messages.
  const CargoFormat format(arguments, console.color);
  RoundMessages messages(/*keep_lines=*/false, [&](const std::string& text) {
    if (!format.is_json) {
      console.err << text << (text.ends_with('\n') ? "" : "\n");
      console.err.flush();
    }
  });
  if (!arguments.export_fixes.empty()) {
    run.message_formats = format.values;
    run.on_line = [&](std::string_view line) {
      if (format.is_json) {
        console.out << line;
        console.out.flush();
      }
      messages.add(line);
    };
  }
  auto result = run_check(run, console);
  if (!result) {
    return report_failure(result.takeError(), console);
  }
  if (arguments.stats) {
    print_stats(*result, console);
  }
  if (!arguments.export_fixes.empty() && pending_signal() == 0) {
    std::vector<ReportedFinding> findings = std::move(result->reports.findings);
    findings.insert(findings.end(), messages.findings().begin(), messages.findings().end());
    const FixChoice choice = choose_fixes(std::move(findings), arguments.fix);
    const FixPlan plan = plan_fixes(choice.chosen, *workspace, context.env);
    for (const std::string& line : plan.skipped) {
      console.note(line);
    }
    FixExport fixes;
    fixes.add(plan);
    if (!export_fixes(fixes, arguments, console)) {
      return exit_cargo_failed;
    }
  }
  return result->exit_code;
}

bool export_fixes(const FixExport& fixes, const Arguments& arguments, const Console& console) {
  if (arguments.export_fixes.empty()) {
    return true;
  }
  if (llvm::Error error = fixes.write(arguments.export_fixes)) {
    console.error(llvm::toString(std::move(error)));
    return false;
  }
  return true;
}

int report_failure(llvm::Error error, const Console& console) {
  const std::string text = llvm::toString(std::move(error));
  if (!text.empty()) {
    console.error(text);
  }
  return pending_signal() != 0 ? 128 + pending_signal() : exit_cargo_failed;
}

}  // namespace jaa::plugin
