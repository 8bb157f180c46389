#include "plugin/jaa/jaa_unix.h"

#include <csignal>

#include <unistd.h>

#include "llvm/Support/FileSystem.h"
#include "llvm/Support/Path.h"
#include "llvm/Support/raw_ostream.h"

#include "plugin/cargo/completion.h"
#include "plugin/cargo/fix_choice.h"
#include "plugin/cargo/fix_export.h"
#include "plugin/cargo/fix_plan_unix.h"
#include "plugin/cargo/signals_unix.h"
#include "plugin/cargo/write_files_unix.h"
#include "plugin/rustc/dep_info.h"
#include "plugin/rustc/file_tools_unix.h"
#include "plugin/rustc/finding_output.h"
#include "plugin/rustc/process_unix.h"
#include "plugin/rustc/report.h"
#include "plugin/rustc/session_driver_unix.h"
#include "plugin/rustc/trial_runner_unix.h"
#include "render/diff.h"
#include "render/json.h"
#include "render/jsonl.h"
#include "render/text.h"
#include "rustc/diagnostic.h"
#include "session/session.h"
#include "syntax/tree.h"

extern char** environ;

namespace jaa::plugin {
namespace {

constexpr int ExitUsage = 1;
constexpr int ExitFailed = 101;
constexpr double CompilerSeconds = 600;

int fail(llvm::Error error, int code) {
  llvm::errs() << "error: " << llvm::toString(std::move(error)) << '\n';
  return code;
}

// A crate with a `main` of its own is a program.
bool has_main(const std::string& path, const std::string& text) {
  base::SourceFiles sources;
  const base::FileId file = sources.add(path, path, text);
  const syntax::Tree tree(sources, file);
  for (const syntax::Node& item : tree.root().named_children()) {
    if (item.is("function_item") && item.field("name").text() == "main") {
      return true;
    }
  }
  return false;
}

// One compilation of the file as it is now.
struct Compilation {
  Unit unit;
  std::vector<rustc::Diagnostic> diagnostics;
  std::vector<std::string> sources;
  std::string text;  // the compiler's stderr
  bool succeeded = false;
};

llvm::Expected<Compilation> compile(Unit unit) {
  Command command;
  command.argv = unit.argv;
  command.cwd = unit.cwd;
  command.env = unit.env;
  command.timeout_seconds = CompilerSeconds;
  llvm::Expected<ProcessResult> result = run(command);
  if (!result) {
    return result.takeError();
  }
  if (result->timed_out || result->signal != 0) {
    const std::string what =
        result->timed_out ? "did not come to an end" : "was killed by a signal";
    return llvm::createStringError("`rustc` " + what + "\n" + result->err);
  }
  Compilation done;
  rustc::Messages messages = rustc::read_messages(result->err, "rustc");
  done.diagnostics = std::move(messages.diagnostics);
  for (const base::Problem& problem : messages.problems) {
    llvm::errs() << "warning: " << problem.text << '\n';
  }
  done.sources = sources_of(unit);
  done.succeeded = result->exit_code == 0;
  done.text = std::move(result->err);
  done.unit = std::move(unit);
  return done;
}

// One look at the file: compile, and find and try what is ours.
struct Look {
  Compilation compilation;
  std::unique_ptr<session::Session> session;
};

llvm::Expected<Compilation> compile_file(const JaaArguments& arguments,
                                         const std::string& scratch) {
  llvm::Expected<std::string> text = read_file(arguments.file);
  return text ? compile(make_unit(arguments, arguments.file, *text, scratch + "/out"))
              : text.takeError();
}

Look look(Compilation compiled, const JaaArguments& arguments, const std::string& scratch) {
  Look result{std::move(compiled), nullptr};
  const Compilation& now = result.compilation;
  session::Input input;
  input.cwd = now.unit.cwd;
  input.root_source = clean_path(absolute_from(now.unit.cwd, arguments.file));
  input.package.crate_name = "case";
  input.package.edition = arguments.edition;
  for (const auto& [name, path] : parse_unit_args(now.unit.argv).externs) {
    input.package.dependencies.push_back(name);
  }
  const std::string identity = compiler_identity(now.unit);
  input.package.compiler = version_of(identity);
  input.diagnostics = now.diagnostics;
  input.options.may_unlock =
      arguments.unlock && project::is_proven_compiler(input.package.compiler);
  input.options.may_verify = arguments.verify;
  input.options.automatic_only = arguments.verb == JaaVerb::Fix && arguments.picks.empty();
  result.session = std::make_unique<session::Session>(std::move(input));
  SessionHost host;
  host.unit = now.unit;
  host.identity = identity;
  host.crate_sources = now.sources;
  host.scratch = scratch + "/probe";
  host.run_trial = [&](const fixit::Trial& trial) {
    return run_unit_trial(now.unit, trial, scratch + "/trial", {});
  };
  drive(*result.session, host);
  return result;
}

// What to do with the findings of one round; the same choice that the cargo
// subcommand makes.
struct Choice {
  FixPlan plan;
  std::vector<std::string> advice;
};

FixArguments fix_arguments(const JaaArguments& arguments) {
  FixArguments choice;
  choice.only = arguments.only;
  for (const std::string& pick : arguments.picks) {
    const auto [finding, name] = llvm::StringRef(pick).split('=');
    choice.picks[finding.str()] = name.str();
  }
  return choice;
}

Choice plan_for(std::vector<ReportedFinding> reports, const JaaArguments& arguments,
                const Unit& unit) {
  FixChoice chosen = choose_fixes(std::move(reports), fix_arguments(arguments));
  Workspace workspace;
  workspace.root = llvm::sys::path::parent_path(absolute_from(unit.cwd, arguments.file)).str();
  return {plan_fixes(chosen.chosen, workspace, unit.env), std::move(chosen.advice)};
}

Choice choose(const Look& seen, const JaaArguments& arguments) {
  std::vector<ReportedFinding> reports;
  for (const base::Finding& finding : seen.session->findings()) {
    reports.push_back(report_of(finding, seen.session->sources()));
  }
  return plan_for(std::move(reports), arguments, seen.compilation.unit);
}

void note(const std::vector<std::string>& lines) {
  for (const std::string& line : lines) {
    llvm::errs() << "note: " << line << '\n';
  }
}

// `result`, unless the fixes cannot be exported.
int export_to(const JaaArguments& arguments, const FixExport& fixes, int result) {
  if (arguments.export_fixes.empty()) {
    return result;
  }
  llvm::Error failed = fixes.write(arguments.export_fixes);
  return failed ? fail(std::move(failed), ExitFailed) : result;
}

int check(const JaaArguments& arguments, const std::string& scratch) {
  llvm::Expected<Compilation> compiled = compile_file(arguments, scratch);
  if (!compiled) {
    return fail(compiled.takeError(), ExitUsage);
  }
  const Look seen = look(std::move(*compiled), arguments, scratch);
  if (arguments.format == JaaFormat::Human) {
    for (const rustc::Diagnostic& diagnostic : seen.compilation.diagnostics) {
      llvm::errs() << diagnostic.rendered;
    }
  } else if (arguments.format == JaaFormat::Json) {
    llvm::outs() << seen.compilation.text;
  }
  print_findings(seen.session->findings(), seen.session->sources(), arguments,
                 compiler_version(seen.compilation.unit));
  FixExport fixes;
  fixes.add(choose(seen, arguments).plan);
  return export_to(arguments, fixes, seen.compilation.succeeded ? 0 : ExitFailed);
}

// Writes the files of one round. A signal that comes meanwhile waits until all are
// written, and is the exit code.
int write_round(const FixPlan& plan) {
  const SignalWatch watch;
  std::vector<std::string> written;
  llvm::Error failed = write_files(plan.files, written, [] { return pending_signal() != 0; });
  for (const std::string& path : written) {
    const uint32_t fixes = plan.files.at(path).fixes;
    llvm::errs() << "fixed " << path << " (" << fixes << (fixes == 1 ? " fix)\n" : " fixes)\n");
  }
  if (pending_signal() != 0) {
    llvm::consumeError(std::move(failed));
    llvm::errs() << "note: interrupted\n";
    return 128 + pending_signal();
  }
  return failed ? fail(std::move(failed), ExitFailed) : 0;
}

// A change that was begun by hand, carried through; no file where there is none.
FixPlan complete(const Compilation& compiled, const JaaArguments& arguments,
                 const std::string& scratch) {
  llvm::Expected<std::string> text = read_file(arguments.file);
  if (!text || !arguments.verify || !may_complete(fix_arguments(arguments))) {
    llvm::consumeError(text.takeError());
    return {};
  }
  const AsyncChangeHost host = change_host(arguments, *text, scratch);
  const AsyncChange change = complete_async(host, compiled.diagnostics);
  std::optional<ReportedFinding> finding = completion(change, host);
  if (!finding) {
    if (!change.plan.empty()) {
      note({"what was begun by hand is not carried through as a whole: " + change.error});
    }
    return {};
  }
  const FixPlan plan = plan_for({std::move(*finding)}, arguments, compiled.unit).plan;
  if (!plan.files.empty()) {
    tell_plan(change);
  }
  return plan;
}

int fix(const JaaArguments& arguments, const std::string& scratch) {
  constexpr int MostRounds = 8;
  FixExport fixes;
  for (int round = 0;; ++round) {
    llvm::Expected<Compilation> compiled = compile_file(arguments, scratch);
    if (!compiled) {
      return export_to(arguments, fixes, fail(compiled.takeError(), ExitUsage));
    }
    const std::vector<rustc::Diagnostic> said = compiled->diagnostics;
    const int result = compiled->succeeded ? 0 : ExitFailed;
    FixPlan plan = complete(*compiled, arguments, scratch);
    if (plan.files.empty()) {
      Choice choice = choose(look(std::move(*compiled), arguments, scratch), arguments);
      note(choice.advice);
      note(choice.plan.skipped);
      plan = std::move(choice.plan);
    }
    if (plan.files.empty() || round == MostRounds) {
      for (const rustc::Diagnostic& diagnostic : said) {
        llvm::errs() << diagnostic.rendered;
      }
      return export_to(arguments, fixes, result);
    }
    if (arguments.dry_run) {
      for (const auto& [path, change] : plan.files) {
        llvm::outs() << render::unified_diff(path, change.old_text, change.new_text);
      }
      fixes.add(plan);
      return export_to(arguments, fixes, result);
    }
    if (const int failed = write_round(plan); failed != 0) {
      return export_to(arguments, fixes, failed);
    }
    fixes.add(plan);
  }
}

}  // namespace

Unit make_unit(const JaaArguments& arguments, const std::string& path, const std::string& text,
               const std::string& out) {
  Unit unit;
  unit.argv = {"rustc",
               path,
               "--crate-name",
               "case",
               "--edition",
               arguments.edition,
               "--crate-type",
               has_main(path, text) ? "bin" : "lib",
               "--error-format=json",
               "--json=diagnostic-rendered-ansi",
               "--emit=dep-info,metadata",
               "--out-dir",
               out};
  unit.argv.insert(unit.argv.end(), arguments.rustc.begin(), arguments.rustc.end());
  llvm::SmallString<256> cwd;
  if (!llvm::sys::fs::current_path(cwd)) {
    unit.cwd = std::string(cwd);
  }
  for (char** entry = environ; *entry != nullptr; ++entry) {
    unit.env.emplace_back(*entry);
  }
  return unit;
}

void print_findings(const std::vector<base::Finding>& findings, const base::SourceFiles& sources,
                    const JaaArguments& arguments, const std::string& compiler) {
  for (const base::Finding& finding : findings) {
    if (arguments.format == JaaFormat::Jsonl) {
      llvm::outs() << render::render_jsonl(finding, sources) << '\n';
      continue;
    }
    render::TextOptions text;
    text.all_fixes = arguments.all_fixes;
    text.color = arguments.format == JaaFormat::Human && ::isatty(STDERR_FILENO) != 0;
    if (!compiler.empty()) {
      text.compiler = compiler;
    }
    if (arguments.format == JaaFormat::Json) {
      render::JsonOptions options;
      options.text = text;
      llvm::outs() << render::render_rustc_json(finding, sources, options) << '\n';
    } else {
      llvm::errs() << render::render_text(finding, sources, text);
    }
  }
  llvm::outs().flush();
}

int run_jaa(const std::vector<std::string>& arguments) {
  std::signal(SIGPIPE, SIG_IGN);
  llvm::Expected<JaaArguments> parsed = parse_jaa_arguments(arguments);
  if (!parsed) {
    return fail(parsed.takeError(), ExitUsage);
  }
  if (parsed->verb == JaaVerb::Help) {
    llvm::outs() << jaa_help();
    return 0;
  }
  if (parsed->verb == JaaVerb::Version) {
    llvm::outs() << "jaa " << JAA_VERSION << '\n';
    return 0;
  }
  if (parsed->verb == JaaVerb::Analyze) {
    return analyze(*parsed);
  }
  if (parsed->verb == JaaVerb::Mir) {
    return show_mir(*parsed);
  }
  llvm::SmallString<128> temporary;
  llvm::sys::path::system_temp_directory(/*ErasedOnReboot=*/true, temporary);
  llvm::Expected<TemporaryFolder> scratch = TemporaryFolder::make(std::string(temporary) + "/jaa-");
  if (!scratch) {
    return fail(scratch.takeError(), ExitUsage);
  }
  if (llvm::Error failed = make_directories(scratch->path() + "/out")) {
    return fail(std::move(failed), ExitUsage);
  }
  if (parsed->verb == JaaVerb::Add || parsed->verb == JaaVerb::Remove) {
    return change_async(*parsed, scratch->path());
  }
  return parsed->verb == JaaVerb::Check ? check(*parsed, scratch->path())
                                        : fix(*parsed, scratch->path());
}

}  // namespace jaa::plugin
