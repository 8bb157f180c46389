#include "plugin/rustc/driver_unix.h"

#include <csignal>
#include <cstdlib>
#include <string>
#include <string_view>
#include <vector>

#include <fcntl.h>
#include <sys/prctl.h>
#include <unistd.h>

#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/raw_ostream.h"
#include "llvm/Support/xxhash.h"

#include "plugin/rustc/file_tools_unix.h"
#include "plugin/rustc/finding_output.h"
#include "plugin/rustc/process_unix.h"
#include "plugin/rustc/report.h"
#include "plugin/rustc/session_driver_unix.h"
#include "plugin/rustc/settings.h"
#include "plugin/rustc/trial_runner_unix.h"
#include "plugin/rustc/trial_store_unix.h"
#include "plugin/rustc/unit.h"
#include "propagate/use_marks.h"
#include "rustc/diagnostic.h"

extern char** environ;

namespace jaa::plugin {
namespace {

constexpr int ExitCannotStart = 127;

std::string variable(const char* name) {
  const char* value = std::getenv(name);
  return value == nullptr ? std::string() : std::string(value);
}

// Becomes the compiler: for everything that is no unit of ours.
int become(const std::vector<std::string>& argv) {
  std::vector<char*> pointers;
  for (const std::string& argument : argv) {
    pointers.push_back(const_cast<char*>(argument.c_str()));
  }
  pointers.push_back(nullptr);
  ::execvp(pointers.front(), pointers.data());
  llvm::errs() << "error: could not run `" << argv.front() << "`: " << std::strerror(errno) << '\n';
  return ExitCannotStart;
}

Unit recorded_unit(const std::vector<std::string>& argv) {
  Unit unit;
  unit.argv = argv;
  llvm::SmallString<256> cwd;
  if (!llvm::sys::fs::current_path(cwd)) {
    unit.cwd = std::string(cwd);
  }
  for (char** entry = environ; *entry != nullptr; ++entry) {
    unit.env.emplace_back(*entry);
  }
  return unit;
}

// Passes the compiler's stderr on line by line, at once, and keeps what may be
// needed: the diagnostics.
class Forwarder {
 public:
  void feed(std::string_view piece) {
    llvm::errs() << piece;
    llvm::errs().flush();
    kept_.append(piece);
  }
  [[nodiscard]] const std::string& text() const { return kept_; }

 private:
  std::string kept_;
};

// Makes cargo run the unit again when the settings change or this program does.
// Cargo reads the file after we exit.
void register_inputs(const Unit& unit, const UnitArgs& args, const std::string& settings) {
  const std::string path =
      absolute_from(unit.cwd, args.out_dir + "/" + args.crate_name + args.extra_filename + ".d");
  llvm::Expected<std::string> text = read_file(path);
  if (!text) {
    llvm::consumeError(text.takeError());  // no dep-info was asked for
    return;
  }
  // Cargo unescapes the value as it does the compiler's own: `\` and line ends.
  std::string value;
  for (const char c : settings) {
    value += c == '\\' ? "\\\\" : c == '\n' ? "\\n" : std::string(1, c);
  }
  const std::string self = llvm::sys::fs::getMainExecutable(nullptr, nullptr);
  std::string escaped_self;
  for (const char c : self) {
    escaped_self += c == ' ' ? "\\ " : std::string(1, c);
  }
  // The first rule's prerequisites end with the first line.
  const size_t end = text->find('\n');
  if (end == std::string::npos) {
    return;
  }
  text->insert(end, " " + escaped_self);
  *text += "\n" + escaped_self + ":\n\n# env-dep:JAA_SETTINGS=" + value + "\n";
  if (llvm::Error failed = write_file_atomically(path, *text)) {
    llvm::consumeError(std::move(failed));  // the unit is only not re-run by itself
  }
}

// Everything a run's findings depend on beside the edits: what the trial reads.
class Explainer {
 public:
  Explainer(Unit unit, UnitArgs args, Settings settings, Invocation invocation,
            std::string run_directory)
      : unit_(std::move(unit)),
        args_(std::move(args)),
        settings_(std::move(settings)),
        invocation_(std::move(invocation)),
        run_directory_(std::move(run_directory)),
        key_(unit_key(unit_)) {}

  // Prints findings and leaves them for the cargo driver; true when a lint of ours
  // is an error.
  bool explain(std::vector<rustc::Diagnostic> diagnostics, bool automatic_only) {
    const std::string identity = compiler_identity(unit_);
    const std::string compiler = version_of(identity);
    const bool is_proven = project::is_proven_compiler(compiler);
    if (!is_proven) {
      say_once("unproven", "warning: `" + compiler +
                               "` is not among the compilers whose MIR this version reads; "
                               "findings rest on messages and syntax, and lints are off");
    }
    session::Input input = session_input(unit_, settings_, identity, std::move(diagnostics));
    input.options.automatic_only = automatic_only;
    session::Session session(std::move(input));

    SessionHost host;
    host.unit = unit_;
    host.identity = identity;
    host.crate_sources = sources_of(unit_);
    const std::string store = invocation_.target_dir + "/just-async";
    host.units_directory = store + "/units";
    host.crates = invocation_.crates;
    host.facts_directory = store + "/facts";
    host.scratch = run_directory_ + "/probe-" + key_;
    host.budget_seconds = settings_.verify == Verify::Always
                              ? std::numeric_limits<double>::infinity()
                              : settings_.verify_budget_seconds;
    host.timeout_seconds = settings_.trial_timeout_seconds;
    const TrialStore trials(store + "/trials", invocation_, identity);
    // A compiler that does not say which it is may be another one next time.
    const TrialStore* const known = identity.empty() ? nullptr : &trials;
    host.run_trial = [this, known](const fixit::Trial& trial) {
      return run_cargo_trial(invocation_, trial,
                             {.timeout_seconds = settings_.trial_timeout_seconds}, known);
    };
    host.on_found = [this, &session] { announce(session); };
    const SessionTimes times = drive(session, host);
    print(session, compiler);
    if (!variable("JAA_STATS").empty()) {
      print_times(times);
    }
    return std::any_of(session.findings().begin(), session.findings().end(),
                       [](const base::Finding& finding) {
                         return finding.level == base::Level::Error && finding.explains.empty();
                       });
  }

 private:
  // The wrapper runs once a unit; true for the first unit of the run that asks.
  [[nodiscard]] bool is_first(const std::string& name) const {
    int descriptor = -1;
    if (llvm::sys::fs::openFileForWrite(run_directory_ + "/said-" + name, descriptor,
                                        llvm::sys::fs::CD_CreateNew)) {
      return false;
    }
    ::close(descriptor);
    return true;
  }

  void say_once(const std::string& name, const std::string& text) const {
    if (is_first(name)) {
      llvm::errs() << text << '\n';
    }
  }

  // A cause that several targets meet is told once. What cargo replays for a unit that is
  // fresh, it joins itself; a unit with an error never is.
  [[nodiscard]] bool is_to_be_told(const base::Finding& finding,
                                   const base::SourceFiles& sources) const {
    if (finding.level != base::Level::Error || finding.explains.empty()) {
      return true;
    }
    const base::Span& place = finding.primary.span;
    const std::string identity = finding.code + '\n' + std::string(sources.path(place.file)) +
                                 '\n' + std::to_string(place.begin) + '\n' +
                                 std::to_string(place.end);
    return is_first(llvm::utohexstr(llvm::xxh3_64bits(identity), /*LowerCase=*/true));
  }

  // Whoever waits for findings gets them before their fixes are tried: `JAA_FOUND` is a
  // named pipe that takes the path of a report, on a line.
  void announce(const session::Session& session) const {
    const std::string pipe = variable("JAA_FOUND");
    if (pipe.empty()) {
      return;
    }
    std::vector<ReportedFinding> reports;
    for (const base::Finding& finding : session.findings()) {
      if (!finding.needs_proof) {
        reports.push_back(report_of(finding, session.sources(), reported_unit()));
      }
    }
    const std::string path = run_directory_ + "/found-" + key_ + ".json";
    if (reports.empty()) {
      return;
    }
    if (llvm::Error failed = write_reports(path, reports)) {
      llvm::consumeError(std::move(failed));  // they come with the others then
      return;
    }
    // A line this short is written whole or not at all; nobody there is no error.
    const int descriptor = ::open(pipe.c_str(), O_WRONLY | O_NONBLOCK | O_CLOEXEC);
    if (descriptor >= 0) {
      const std::string line = path + "\n";
      const ssize_t ignored = ::write(descriptor, line.data(), line.size());
      static_cast<void>(ignored);
      ::close(descriptor);
    }
  }

  [[nodiscard]] ReportedUnit reported_unit() const {
    return {clean_path(absolute_from(unit_.cwd, args_.source)), args_.is_test};
  }

  void print(const session::Session& session, const std::string& compiler) const {
    FindingOutput output;
    output.unit = reported_unit();
    output.compiler = compiler;
    output.verbose = settings_.verbose;
    output.all_fixes = settings_.all_fixes;
    output.unicode = settings_.unicode;
    read_rendering(unit_, output);
    for (const base::Finding& finding : session.findings()) {
      if (is_to_be_told(finding, session.sources())) {
        llvm::errs() << diagnostic_line(finding, session.sources(), output) << '\n';
      }
    }
    llvm::errs().flush();
    std::vector<ReportedFinding> reports;
    for (const base::Finding& finding : session.findings()) {
      reports.push_back(report_of(finding, session.sources(), reported_unit()));
    }
    if (llvm::Error failed =
            write_reports(run_directory_ + "/findings-" + key_ + ".json", reports)) {
      llvm::errs() << "warning: " << llvm::toString(std::move(failed)) << '\n';
    }
  }

  void print_times(const SessionTimes& times) const {
    llvm::errs() << llvm::formatv(
        "just-async: {0}: facts {1:f2} s ({2:f2} s CPU{3}), {4} trials{5} {6:f2} s\n",
        args_.crate_name, times.facts_seconds, times.facts_cpu_seconds,
        times.facts_from_store ? ", from the store" : "", times.trials,
        times.trials_from_store == 0
            ? std::string()
            : ", " + std::to_string(times.trials_from_store) + " of them from the store,",
        times.trial_seconds);
  }

  Unit unit_;
  UnitArgs args_;
  Settings settings_;
  Invocation invocation_;
  std::string run_directory_;
  std::string key_;
};

// Dies as the child did, so that cargo tells the truth about it.
int end_by_signal(int signal) {
  std::signal(signal, SIG_DFL);
  std::raise(signal);
  return 128 + signal;
}

}  // namespace

int wrap_rustc(int argc, char** argv) {
  // A cargo that is killed takes its compilers with it: also one that we become.
  ::prctl(PR_SET_PDEATHSIG, SIGTERM);
  std::vector<std::string> command(argv + 1, argv + argc);
  // The user's own wrapper stays between us and the compiler.
  const std::string inner = variable("JAA_INNER_WRAPPER");
  if (!inner.empty()) {
    command.insert(command.begin(), inner);
  }
  const std::vector<std::string> unit_argv(argv + 1, argv + argc);
  const UnitArgs args = parse_unit_args(unit_argv);
  if (is_cargo_unit(args) && !variable("JAA_MARKS").empty()) {
    // Uses of marked functions are said whatever the project allows.
    command.insert(command.end(), propagate::UseMarks::Flags.begin(),
                   propagate::UseMarks::Flags.end());
  }
  if (!is_cargo_unit(args) || args.is_build_script() || variable("JAA_MODE") == "trial") {
    return become(command);
  }
  const std::string run_directory = variable("JAA_RUN_DIR");
  const std::string settings_text = variable("JAA_SETTINGS");
  llvm::Expected<Invocation> invocation = read_invocation(run_directory + "/invocation.json");
  llvm::Expected<Settings> settings = Settings::parse(settings_text);
  if (!invocation || !settings) {
    // The driver is gone, or is of another version: be only rustc.
    llvm::consumeError(invocation.takeError());
    llvm::consumeError(settings.takeError());
    return become(command);
  }

  const Unit unit = recorded_unit(unit_argv);
  Forwarder forwarder;
  Command rustc;
  rustc.argv = command;
  rustc.inherit_stdin = true;
  rustc.inherit_stdout = true;
  rustc.on_stderr = [&forwarder](std::string_view piece) { forwarder.feed(piece); };
  llvm::Expected<ProcessResult> result = run(rustc);
  if (!result) {
    llvm::errs() << "error: " << llvm::toString(result.takeError()) << '\n';
    return ExitCannotStart;
  }
  if (result->signal != 0) {
    return end_by_signal(result->signal);
  }
  if (llvm::Error failed = write_unit_record(invocation->target_dir + "/just-async/units", unit)) {
    llvm::consumeError(std::move(failed));  // a later error in a dependant knows less
  }
  if (result->exit_code == 0) {
    register_inputs(unit, args, settings_text);
  }
  const Settings own = settings->for_package(variable("CARGO_PKG_NAME"));
  session::Options options;
  options.levels = own.lint_levels;
  // Most of what compiles has no warning of a future that is thrown away.
  const bool may_lose = llvm::StringRef(forwarder.text()).contains("\"unused_must_use\"");
  if (result->exit_code == 0 && !options.has_lints() && !may_lose) {
    return 0;
  }
  rustc::Messages messages = rustc::read_messages(forwarder.text(), args.crate_name);
  Explainer explainer(unit, args, own, std::move(*invocation), run_directory);
  // Cargo keeps what a unit that compiles printed, for runs that want more.
  const bool automatic_only = result->exit_code != 0 && variable("JAA_TRY") == "automatic";
  const bool has_denied_lint = explainer.explain(std::move(messages.diagnostics), automatic_only);
  return result->exit_code == 0 && has_denied_lint ? 1 : result->exit_code;
}

}  // namespace jaa::plugin
