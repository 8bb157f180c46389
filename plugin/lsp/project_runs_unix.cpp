#include "plugin/lsp/project_runs_unix.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <map>

#include "fixit/judge.h"
#include "flow/call_graph.h"
#include "flow/guard_types.h"
#include "flow/saved.h"
#include "flow/send_summary.h"
#include "flow/sources.h"
#include "flow/summary.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/Path.h"
#include "llvm/Support/raw_ostream.h"
#include "llvm/Support/xxhash.h"
#include "mir/reader.h"
#include "plugin/cargo/arguments.h"
#include "plugin/cargo/check_unix.h"
#include "plugin/cargo/console.h"
#include "plugin/cargo/round_messages.h"
#include "plugin/cargo/workspace.h"
#include "plugin/lsp/send_answers_unix.h"
#include "plugin/rustc/facts_runner_unix.h"
#include "plugin/rustc/facts_store_unix.h"
#include "plugin/rustc/file_tools_unix.h"
#include "plugin/rustc/finding_output.h"
#include "plugin/rustc/session_driver_unix.h"
#include "plugin/rustc/trial_runner_unix.h"
#include "plugin/rustc/trial_store_unix.h"
#include "syntax/queries.h"
#include "syntax/tree.h"

namespace jaa::lsp {
namespace {

using plugin::CargoContext;
using plugin::Invocation;
using plugin::ReportedFinding;
using plugin::Unit;
using plugin::UnitArgs;

// A project as cargo knows it, ready to be run.
struct Project {
  CargoContext context;
  plugin::Arguments arguments;
  plugin::Workspace workspace;
  plugin::Settings settings;

  [[nodiscard]] std::string store() const { return workspace.target_dir + "/just-async"; }
  [[nodiscard]] Invocation invocation() const {
    return plugin::make_invocation(context, workspace, settings, arguments);
  }
};

// The last lines that somebody printed, as one.
std::string last_words(llvm::StringRef text) {
  llvm::SmallVector<llvm::StringRef, 16> lines;
  text.split(lines, '\n', -1, false);
  std::string result;
  constexpr size_t Most = 5;
  for (size_t at = lines.size() - std::min(lines.size(), Most); at < lines.size(); ++at) {
    result += (result.empty() ? "" : "\n") + lines[at].trim().str();
  }
  return result;
}

llvm::Expected<Project> open_project(const RunContext& run, const std::string& root,
                                     const ClientSettings& settings) {
  std::string said;
  llvm::raw_string_ostream err(said);
  const plugin::Console console{err, err};
  auto arguments = plugin::parse_arguments(settings.check_arguments());
  if (!arguments) {
    return arguments.takeError();
  }
  Project project;
  project.context = plugin::cargo_context(run.cargo_async, run.env);
  project.context.cwd = root;
  project.arguments = std::move(*arguments);
  auto workspace = plugin::find_workspace(project.context, project.arguments, console);
  if (!workspace) {
    const std::string why = llvm::toString(workspace.takeError());
    return plugin::sentence(why.empty() ? last_words(said) : why);
  }
  project.workspace = std::move(*workspace);
  project.settings = plugin::read_settings(project.workspace, project.arguments, console);
  // Its own, so that neither the user's builds nor rust-analyzer's wait for ours.
  if (project.arguments.target_dir.empty()) {
    project.workspace.target_dir += "/async-analyzer";
    project.arguments.target_dir = {"--target-dir", project.workspace.target_dir};
  }
  return project;
}

// A named pipe in a folder of its own, that wrappers tell us through what they found.
class FoundPipe {
 public:
  FoundPipe() {
    llvm::SmallString<128> folder;
    llvm::sys::path::system_temp_directory(/*erasedOnReboot=*/true, folder);
    auto made = plugin::TemporaryFolder::make(std::string(folder) + "/just-async-");
    if (!made) {
      llvm::consumeError(made.takeError());  // findings come with their fixes then
      return;
    }
    folder_.emplace(std::move(*made));
    path_ = folder_->path() + "/found";
    if (::mkfifo(path_.c_str(), S_IRUSR | S_IWUSR) != 0) {
      path_.clear();
      return;
    }
    // For writing as well: it then has no end while writers come and go.
    descriptor_ = ::open(path_.c_str(), O_RDWR | O_NONBLOCK | O_CLOEXEC);
  }
  FoundPipe(const FoundPipe&) = delete;
  FoundPipe& operator=(const FoundPipe&) = delete;
  ~FoundPipe() {
    if (descriptor_ >= 0) {
      ::close(descriptor_);
    }
  }
  [[nodiscard]] const std::string& path() const { return path_; }

  // The reports that were named since the last time.
  [[nodiscard]] std::vector<ReportedFinding> read() {
    std::array<char, 4096> buffer{};
    ssize_t count = 0;
    while (descriptor_ >= 0 && (count = ::read(descriptor_, buffer.data(), buffer.size())) > 0) {
      pending_.append(buffer.data(), static_cast<size_t>(count));
    }
    std::vector<ReportedFinding> found;
    for (size_t end = pending_.find('\n'); end != std::string::npos; end = pending_.find('\n')) {
      auto report = plugin::read_report(pending_.substr(0, end));
      pending_.erase(0, end + 1);
      if (!report) {
        llvm::consumeError(report.takeError());
        continue;
      }
      std::move(report->begin(), report->end(), std::back_inserter(found));
    }
    return found;
  }

 private:
  std::optional<plugin::TemporaryFolder> folder_;
  std::string path_;
  int descriptor_ = -1;
  std::string pending_;
};

// The recorded unit that is compiled from `root_source`, or any that reads `source`; a
// library before its tests.
struct KnownUnit {
  Unit unit;
  UnitArgs args;
  std::string root_source;
  std::vector<std::string> sources;
};
std::vector<KnownUnit> known_units(const Project& project) {
  std::vector<KnownUnit> result;
  for (Unit& unit : plugin::read_unit_records(project.store() + "/units")) {
    UnitArgs args = plugin::parse_unit_args(unit.argv);
    std::string root = plugin::clean_path(plugin::absolute_from(unit.cwd, args.source));
    std::vector<std::string> sources = plugin::sources_of(unit);
    result.push_back({std::move(unit), std::move(args), std::move(root), std::move(sources)});
  }
  std::stable_sort(result.begin(), result.end(), [](const KnownUnit& a, const KnownUnit& b) {
    return !a.args.is_test && b.args.is_test;
  });
  return result;
}

fixit::Trial trial_of(std::vector<fixit::EditedFile> files) {
  std::sort(files.begin(), files.end(),
            [](const auto& a, const auto& b) { return a.path < b.path; });
  std::string all;
  for (const fixit::EditedFile& file : files) {
    all += file.path + '\0' + file.text + '\0';
  }
  return {llvm::utohexstr(llvm::xxh3_64bits(all), /*LowerCase=*/true), std::move(files)};
}

// `edited` in place of what `files` has for the same paths.
std::vector<fixit::EditedFile> with_edits(std::vector<fixit::EditedFile> files,
                                          const std::vector<fixit::EditedFile>& edited) {
  for (const fixit::EditedFile& one : edited) {
    std::erase_if(files, [&one](const auto& file) { return file.path == one.path; });
    files.push_back(one);
  }
  return files;
}

std::string identity_of(const std::vector<KnownUnit>& units) {
  return units.empty() ? std::string() : plugin::compiler_identity(units.front().unit);
}

class Trials {
 public:
  Trials(const Project& project, std::string identity, const RunContext& run)
      : invocation_(project.invocation()),
        store_(project.store() + "/trials", invocation_, identity),
        is_known_(!identity.empty()) {
    limits_.timeout_seconds = project.settings.trial_timeout_seconds;
    limits_.stop_early = run.stop;
  }
  [[nodiscard]] fixit::TrialOutcome run(const std::vector<fixit::EditedFile>& files) const {
    return plugin::run_cargo_trial(invocation_, trial_of(files), limits_,
                                   is_known_ ? &store_ : nullptr);
  }

 private:
  Invocation invocation_;
  plugin::TrialStore store_;
  // A compiler that does not say which it is may be another one next time.
  bool is_known_;
  plugin::TrialLimits limits_;
};

}  // namespace

CheckResult run_check(const RunContext& run, const CheckRequest& request, const OnFound& on_found) {
  CheckResult result;
  auto project = open_project(run, request.root, request.settings);
  if (!project) {
    result.problem = llvm::toString(project.takeError());
    return result;
  }
  FoundPipe pipe;
  if (!pipe.path().empty()) {
    project->context.env.push_back("JAA_FOUND=" + pipe.path());
  }
  std::string said;
  llvm::raw_string_ostream err(said);
  const plugin::Console console{err, err};
  plugin::RoundMessages messages(/*keep_lines=*/false);
  size_t told = 0;
  std::string cargo_said;
  plugin::CheckRun check{project->context,   project->workspace, project->settings,
                         project->arguments, {"json"},           nullptr};
  check.on_line = [&](std::string_view line) {
    messages.add(line);
    result.is_complete |= line.find("\"reason\":\"build-finished\"") != std::string_view::npos;
    const auto& all = messages.findings();
    if (told < all.size()) {
      on_found({all.begin() + static_cast<std::ptrdiff_t>(told), all.end()}, /*is_final=*/true);
      told = all.size();
    }
  };
  check.on_stderr = [&cargo_said](std::string_view text) { cargo_said += text; };
  check.stop_early = [&] {
    std::vector<ReportedFinding> found = pipe.read();
    if (!found.empty()) {
      on_found(std::move(found), /*is_final=*/false);
    }
    return run.stop();
  };
  auto ended = plugin::run_check(check, console);
  if (!ended) {
    result.problem = llvm::toString(ended.takeError());
    result.is_complete = false;
    return result;
  }
  result.findings = messages.findings();
  if (!result.is_complete) {
    result.problem = last_words(cargo_said.empty() ? said : cargo_said);
  }
  return result;
}

AnalysisResult run_analysis(const RunContext& run, const AnalysisRequest& request) {
  AnalysisResult result;
  auto project = open_project(run, request.root, request.settings);
  if (!project) {
    result.problem = llvm::toString(project.takeError());
    return result;
  }
  const std::vector<KnownUnit> units = known_units(*project);
  if (units.empty()) {
    result.problem = "nothing of the project was compiled yet";
    return result;
  }
  const std::string identity = identity_of(units);
  const Trials trials(*project, identity, run);
  const fixit::TrialOutcome outcome = trials.run(request.files);
  if (outcome.state != fixit::TrialOutcome::State::Ran) {
    result.problem = outcome.why;
    return result;
  }
  for (const fixit::UnitOutcome& unit : outcome.units) {
    const auto known = std::find_if(units.begin(), units.end(), [&unit](const KnownUnit& one) {
      return one.args.is_test == unit.is_test && std::find(unit.sources.begin(), unit.sources.end(),
                                                           one.root_source) != unit.sources.end();
    });
    if (unit.succeeded || known == units.end()) {
      continue;
    }
    const plugin::Settings own = project->settings.for_package(
        plugin::environment_value(known->unit.env, "CARGO_PKG_NAME").value_or(""));
    session::Session session(
        plugin::session_input(known->unit, own, identity, std::vector(unit.diagnostics)));
    plugin::SessionHost host;
    host.unit = known->unit;
    host.crate_sources = unit.sources;
    host.units_directory = project->store() + "/units";
    host.texts = request.files;
    host.scratch = project->store() + "/analysis-" + std::to_string(::getpid());
    host.budget_seconds = own.verify_budget_seconds;
    host.timeout_seconds = own.trial_timeout_seconds;
    host.run_trial = [&](const fixit::Trial& trial) {
      return trials.run(with_edits(request.files, trial.files));
    };
    plugin::drive(session, host);
    for (const base::Finding& finding : session.findings()) {
      ReportedFinding report =
          plugin::report_of(finding, session.sources(), {known->root_source, known->args.is_test});
      const bool is_known =
          std::any_of(result.findings.begin(), result.findings.end(), [&report](const auto& other) {
            return other.code == report.code && other.path == report.path &&
                   other.begin == report.begin;
          });
      if (!is_known) {
        result.findings.push_back(std::move(report));
      }
    }
  }
  return result;
}

TryResult run_try(const RunContext& run, const TryRequest& request) {
  TryResult result;
  auto project = open_project(run, request.root, request.settings);
  if (!project) {
    result.reason = llvm::toString(project.takeError());
    return result;
  }
  // The texts before and after.
  base::SourceFiles sources;
  std::vector<base::Edit> edits;
  std::vector<fixit::EditedFile> before = request.files;
  for (const plugin::ReportedEdit& edit : request.edits) {
    auto file = sources.find(edit.path);
    if (!file) {
      const auto given = std::find_if(before.begin(), before.end(),
                                      [&edit](const auto& one) { return one.path == edit.path; });
      if (given == before.end()) {
        auto text = plugin::read_file(edit.path);
        if (!text) {
          result.reason = llvm::toString(text.takeError());
          return result;
        }
        before.push_back({edit.path, *text});
        file = sources.add(edit.path, edit.path, std::move(*text));
      } else {
        file = sources.add(edit.path, edit.path, given->text);
      }
    }
    edits.push_back({{*file, edit.begin, edit.end}, edit.text});
  }
  std::vector<fixit::EditedFile> edited;
  for (const base::Edit& edit : edits) {
    const std::string path(sources.path(edit.span.file));
    const bool is_done = std::any_of(edited.begin(), edited.end(),
                                     [&path](const auto& one) { return one.path == path; });
    auto text = is_done ? std::nullopt : base::apply_edits(sources, edit.span.file, edits);
    if (!is_done && !text) {
      result.reason = "its edits touch one another";
      return result;
    }
    if (text) {
      edited.push_back({path, std::move(*text)});
    }
  }
  const std::vector<KnownUnit> units = known_units(*project);
  const Trials trials(*project, identity_of(units), run);
  const fixit::TrialOutcome old = trials.run(before);
  const fixit::TrialOutcome now =
      old.state == fixit::TrialOutcome::State::Ran ? trials.run(with_edits(before, edited)) : old;
  if (now.state != fixit::TrialOutcome::State::Ran) {
    result.reason = now.why;
    return result;
  }
  // Every unit that reads an edited file has to take it.
  bool is_read = false;
  result.kind = base::Verdict::Kind::Accepted;
  for (const fixit::UnitOutcome& unit : now.units) {
    const auto read = std::find_if(edited.begin(), edited.end(), [&unit](const auto& file) {
      return std::find(unit.sources.begin(), unit.sources.end(), file.path) != unit.sources.end();
    });
    if (read == edited.end()) {
      continue;
    }
    is_read = true;
    fixit::Baseline baseline{read->path, unit.is_test, project->workspace.root, {}};
    for (const fixit::UnitOutcome& other : old.units) {
      if (other.package == unit.package && other.target == unit.target &&
          other.target_kind == unit.target_kind && other.is_test == unit.is_test) {
        baseline.diagnostics = other.diagnostics;
      }
    }
    fixit::TrialOutcome one = now;
    one.units = {unit};
    const fixit::Judgement judgement = fixit::judge(baseline, {{edits, {}, {}}}, one, sources);
    if (judgement.kind != base::Verdict::Kind::Accepted) {
      result.kind = judgement.kind;
      result.reason = judgement.reason;
      return result;
    }
  }
  if (!is_read) {
    result.kind = base::Verdict::Kind::Unknown;
    result.reason = "no target of the project reads the file";
  }
  return result;
}

namespace {

// The functions of a file whose futures are asked about.
std::vector<plugin::WantedBody> wanted_bodies(const syntax::Tree& tree,
                                              const base::SourceFiles& sources) {
  std::vector<plugin::WantedBody> result;
  const std::string name(llvm::sys::path::filename(sources.path(tree.file())));
  syntax::walk(tree.root(), [&](syntax::Node node) {
    if (node.is("await_expression")) {
      const syntax::Node function = syntax::outermost_function(node);
      if (function.is("function_item")) {
        const uint32_t line = sources.line_column(tree.file(), node.end()).line;
        result.push_back({std::string(function.field("name").text()), name, line, false});
      }
    }
    return syntax::Walk::Into;
  });
  std::sort(result.begin(), result.end());
  result.erase(std::unique(result.begin(), result.end()), result.end());
  return result;
}

FutureFacts::Saved saved_value(const mir::Body& body, mir::LocalId local) {
  FutureFacts::Saved saved;
  saved.name = body.variable_name(local);
  saved.type = body.types().print(body.locals[local].type);
  if (const auto guard = flow::find_guard(body.types(), body.locals[local].type)) {
    saved.guard_of = guard->guard->lock;
  }
  return saved;
}

}  // namespace

FactsResult run_facts(const RunContext& run, const FactsRequest& request) {
  FactsResult result;
  auto project = open_project(run, request.root, request.settings);
  if (!project) {
    result.problem = llvm::toString(project.takeError());
    return result;
  }
  const std::vector<KnownUnit> units = known_units(*project);
  const auto unit = std::find_if(units.begin(), units.end(), [&request](const KnownUnit& one) {
    return std::binary_search(one.sources.begin(), one.sources.end(), request.path);
  });
  auto text = plugin::read_file(request.path);
  if (unit == units.end() || !text) {
    result.problem =
        text ? "no target of the project reads the file" : llvm::toString(text.takeError());
    return result;
  }
  base::SourceFiles sources;
  const base::FileId file = sources.add(request.path, request.path, std::move(*text));
  const syntax::Tree tree(sources, file);
  plugin::FactsRequest wanted;
  wanted.functions = wanted_bodies(tree, sources);
  wanted.timeout_seconds = project->settings.trial_timeout_seconds;
  if (wanted.functions.empty()) {
    return result;
  }
  const plugin::FactsStore store(project->store() + "/facts");
  std::vector<plugin::Dump> dumps;
  if (auto kept = store.find(unit->unit, unit->sources, wanted.functions)) {
    dumps = std::move(*kept);
  } else {
    auto outcome = plugin::run_facts(unit->unit, wanted);
    if (!outcome) {
      result.problem = llvm::toString(outcome.takeError());
      return result;
    }
    dumps = std::move(outcome->dumps);
    store.keep(unit->unit, unit->sources, wanted.functions, dumps);
  }
  std::vector<mir::Input> inputs;
  for (const plugin::Dump& dump : dumps) {
    inputs.push_back({dump.text, dump.file_name});
  }
  const std::vector<mir::Module> modules = mir::read_in_parallel(inputs, 1);
  std::vector<const mir::Module*> views;
  for (const mir::Module& module : modules) {
    views.push_back(&module);
  }
  const flow::CallGraph graph(views);
  std::vector<flow::Summary> summaries = flow::summarise(graph);
  flow::add_send_verdicts(graph, views, {}, summaries);
  const flow::UnitSources names(sources, unit->unit.cwd);
  for (size_t index = 0; index < graph.body_count(); ++index) {
    const flow::FunctionId id(index);
    const mir::Body& body = *graph[id].body;
    FutureFacts future;
    future.is_send = summaries[index].is_send;
    future.why = summaries[index].why;
    for (const flow::SuspendPoint& point : flow::suspend_points(body)) {
      const auto keyword = names.span(body, point.keyword_span);
      if (!keyword || keyword->file != file) {
        continue;
      }
      FutureFacts::Await await{keyword->begin, keyword->end, {}};
      for (const mir::LocalId local : point.saved) {
        if (local != point.awaitee) {
          await.saved.push_back(saved_value(body, local));
        }
      }
      const syntax::Node function = syntax::enclosing_function(tree.smallest_node(*keyword));
      const syntax::Node name = function.field("name");
      future.begin = name ? name.begin() : function.begin();
      future.name = name ? std::string(name.text()) : "this block";
      future.awaits.push_back(std::move(await));
    }
    if (!future.awaits.empty()) {
      result.futures.push_back(std::move(future));
    }
  }
  ask_whether_send(unit->unit, tree, sources,
                   project->store() + "/send-" + std::to_string(::getpid()), wanted.timeout_seconds,
                   result);
  return result;
}

}  // namespace jaa::lsp
