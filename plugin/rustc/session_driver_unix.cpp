#include "plugin/rustc/session_driver_unix.h"

#include <algorithm>
#include <chrono>
#include <map>
#include <set>

#include "llvm/Support/FileSystem.h"
#include "llvm/Support/Path.h"

#include "plugin/rustc/crate_sources_unix.h"
#include "plugin/rustc/dep_info.h"
#include "plugin/rustc/file_tools_unix.h"
#include "plugin/rustc/finding_output.h"
#include "plugin/rustc/trial_runner_unix.h"

namespace jaa::plugin {
namespace {

using Clock = std::chrono::steady_clock;

double seconds_since(Clock::time_point start) {
  return std::chrono::duration<double>(Clock::now() - start).count();
}

// As the compiler shows it: below its working directory without that prefix, unless its
// own source was given whole.
std::string display_name(const std::string& path, const Unit& unit) {
  const bool is_whole = llvm::sys::path::is_absolute(parse_unit_args(unit.argv).source);
  return !is_whole && is_within(path, unit.cwd) && path.size() > unit.cwd.size() + 1
             ? path.substr(unit.cwd.size() + 1)
             : path;
}

// Below none of the folders that cargo, rustup and build scripts fill.
bool is_editable(const std::string& path, const Unit& unit) {
  const auto variable = [&unit](std::string_view name) {
    return environment_value(unit.env, name).value_or(std::string());
  };
  const std::string home = variable("HOME");
  const std::string cargo_home = variable("CARGO_HOME");
  const std::string rustup_home = variable("RUSTUP_HOME");
  const std::string cargo = cargo_home.empty() ? home + "/.cargo" : cargo_home;
  const std::string rustup = rustup_home.empty() ? home + "/.rustup" : rustup_home;
  const std::vector<std::string> foreign{cargo + "/registry", cargo + "/git",
                                         rustup + "/toolchains", "/rustc", variable("OUT_DIR")};
  return std::none_of(foreign.begin(), foreign.end(), [&path](const std::string& folder) {
    return !folder.empty() && is_within(path, folder);
  });
}

// As it stands in the editor, else on disk.
llvm::Expected<std::string> text_of(const std::string& path, const SessionHost& host) {
  for (const fixit::EditedFile& file : host.texts) {
    if (file.path == path) {
      return file.text;
    }
  }
  return read_file(path);
}

std::string root_of(const Unit& unit) {
  return clean_path(absolute_from(unit.cwd, parse_unit_args(unit.argv).source));
}

// The crates that were not compiled yet: their files are found from the root.
void add_unrecorded(const SessionHost& host, const std::set<std::string>& related,
                    std::map<std::string, std::string>& crates) {
  for (const WorkspaceCrate& crate : host.crates) {
    const std::string& root = crate.root;
    if (!crate.is_checked || !related.contains(root) || crates.count(root) != 0) {
      continue;
    }
    std::vector<session::Source> sources;
    add_crate_sources(root, host.unit.cwd, sources,
                      [&host](const std::string& path) { return text_of(path, host); });
    for (const session::Source& source : sources) {
      crates.emplace(source.path, root);
    }
  }
}

// The crates of the workspace that ours needs, or that need it, by the sources they are made
// of: root file by source. Ours comes last, as its files are its own also where another target
// shares them.
std::map<std::string, std::string> crates_by_source(const SessionHost& host) {
  std::map<std::string, std::string> result;
  const std::string own = root_of(host.unit);
  const std::set<std::string> related = related_roots(host.crates, own);
  const auto add = [&](const Unit& unit, const std::vector<std::string>& sources) {
    const std::string root = root_of(unit);
    // A unit that the workspace has no target for is not known to be unrelated.
    const bool is_known =
        std::any_of(host.crates.begin(), host.crates.end(),
                    [&root](const WorkspaceCrate& crate) { return crate.root == root; });
    if (is_known && root != own && !related.contains(root)) {
      return;
    }
    for (const std::string& source : sources) {
      result[source] = root;
    }
  };
  for (const Unit& unit : host.units_directory.empty() ? std::vector<Unit>()
                                                       : read_unit_records(host.units_directory)) {
    if (!parse_unit_args(unit.argv).is_test) {
      add(unit, sources_of(unit));
    }
  }
  add_unrecorded(host, related, result);
  add(host.unit, host.crate_sources);
  return result;
}

std::vector<session::Source> read_sources(const session::NeedSources& wanted,
                                          const SessionHost& host) {
  const std::map<std::string, std::string> crates =
      wanted.whole_crate ? crates_by_source(host) : std::map<std::string, std::string>();
  std::set<std::string> paths(wanted.paths.begin(), wanted.paths.end());
  for (const auto& [path, crate] : crates) {
    paths.insert(path);
  }
  std::vector<session::Source> result;
  for (const std::string& path : paths) {
    llvm::Expected<std::string> text = text_of(path, host);
    if (!text) {
      // A source that is gone since it was compiled has no place to point at.
      llvm::consumeError(text.takeError());
      continue;
    }
    const auto crate = crates.find(path);
    result.push_back({path, display_name(path, host.unit), std::move(*text),
                      crate == crates.end() ? std::string() : crate->second,
                      is_editable(path, host.unit)});
  }
  return result;
}

// The unit that compiled `source`: ours, or the recorded one of another crate; a
// library before its tests.
std::optional<std::pair<Unit, std::vector<std::string>>> unit_of(const std::string& source,
                                                                 const SessionHost& host) {
  const auto reads = [&source](const std::vector<std::string>& sources) {
    return std::binary_search(sources.begin(), sources.end(), source);
  };
  if (host.crate_sources.empty() || reads(host.crate_sources)) {
    return std::pair(host.unit, host.crate_sources);
  }
  std::optional<std::pair<Unit, std::vector<std::string>>> found;
  if (host.units_directory.empty()) {
    return found;
  }
  for (Unit& unit : read_unit_records(host.units_directory)) {
    std::vector<std::string> sources = sources_of(unit);
    if (!reads(sources)) {
      continue;
    }
    const bool is_test = parse_unit_args(unit.argv).is_test;
    found.emplace(std::move(unit), std::move(sources));
    if (!is_test) {
      break;
    }
  }
  return found;
}

session::UnitDumps dumps_of(const Unit& unit, const std::vector<Dump>& dumps) {
  session::UnitDumps result{unit.cwd, {}};
  for (const Dump& dump : dumps) {
    result.dumps.push_back({dump.file_name, dump.text});
  }
  return result;
}

// The queries that one unit answers, so that its compiler runs once.
struct UnitQuery {
  Unit unit;
  std::vector<std::string> sources;
  std::vector<WantedBody> functions;  // none: all
  bool is_whole = false;
  // The compiler's answer, for the store; empty when it came from there.
  std::vector<Dump> dumps;
};

std::map<std::string, UnitQuery> queries_by_unit(const session::NeedFacts& wanted,
                                                 const SessionHost& host) {
  std::map<std::string, UnitQuery> result;
  for (const session::FactsQuery& query : wanted.queries) {
    auto owner = unit_of(query.source, host);
    if (!owner) {
      continue;  // a crate that was never compiled under this tool
    }
    UnitQuery& joined = result[unit_key(owner->first)];
    joined.unit = std::move(owner->first);
    joined.sources = std::move(owner->second);
    joined.is_whole |= query.functions.empty();
    for (const session::WantedFunction& function : query.functions) {
      joined.functions.push_back({function.name, function.file, function.line, function.is_plain});
    }
  }
  return result;
}

std::vector<session::UnitDumps> get_facts(std::map<std::string, UnitQuery>& queries,
                                          const session::NeedFacts& wanted, const SessionHost& host,
                                          SessionTimes& times) {
  std::vector<session::UnitDumps> result;
  const FactsStore store(host.facts_directory);
  for (auto& [key, query] : queries) {
    if (query.is_whole) {
      query.functions.clear();
    }
    if (!host.facts_directory.empty()) {
      if (const auto kept = store.find(query.unit, query.sources, query.functions)) {
        result.push_back(dumps_of(query.unit, *kept));
        result.back().known = store.find_summaries(query.unit, query.sources);
        continue;
      }
    }
    times.facts_from_store = false;
    FactsRequest request;
    request.functions = query.functions;
    request.reductions = wanted.reductions;
    request.diagnostics = wanted.diagnostics;
    request.texts = host.texts;
    request.timeout_seconds = host.timeout_seconds;
    if (query.unit.argv.front() == host.unit.argv.front()) {
      request.compiler = host.identity;
    }
    llvm::Expected<FactsOutcome> outcome = run_facts(query.unit, request);
    if (!outcome) {
      // Without MIR the messages and the syntax still speak.
      llvm::consumeError(outcome.takeError());
      continue;
    }
    times.facts_cpu_seconds += outcome->cpu_seconds;
    result.push_back(dumps_of(query.unit, outcome->dumps));
    query.dumps = std::move(outcome->dumps);
  }
  return result;
}

// Nobody who waits for findings waits for this.
void keep_dumps(std::map<std::string, UnitQuery>& queries, const SessionHost& host) {
  if (host.facts_directory.empty()) {
    return;
  }
  const FactsStore store(host.facts_directory);
  for (auto& [key, query] : queries) {
    if (!query.dumps.empty()) {
      store.keep(query.unit, query.sources, query.functions, std::exchange(query.dumps, {}));
    }
  }
}

// What was found out about each crate goes to the entry of its unit.
void keep_summaries(const std::map<std::string, UnitQuery>& queries,
                    const session::Session& session, const SessionHost& host) {
  if (host.facts_directory.empty() || session.summaries().empty()) {
    return;
  }
  const FactsStore store(host.facts_directory);
  for (const auto& [key, query] : queries) {
    const std::string crate = parse_unit_args(query.unit.argv).crate_name;
    std::vector<flow::Summary> own;
    for (const flow::Summary& summary : session.summaries()) {
      if (summary.crate == crate) {
        own.push_back(summary);
      }
    }
    if (!own.empty()) {
      store.keep_summaries(query.unit, query.sources, own);
    }
  }
}

project::Package package_of(const UnitArgs& args) {
  project::Package package;
  package.crate_name = args.crate_name;
  package.edition = args.edition;
  for (const auto& [name, path] : args.externs) {
    package.dependencies.push_back(name);
  }
  std::sort(package.dependencies.begin(), package.dependencies.end());
  return package;
}

}  // namespace

session::Input session_input(const Unit& unit, const Settings& settings,
                             const std::string& identity,
                             std::vector<rustc::Diagnostic> diagnostics) {
  const UnitArgs args = parse_unit_args(unit.argv);
  session::Input input;
  input.cwd = unit.cwd;
  input.root_source = clean_path(absolute_from(unit.cwd, args.source));
  input.is_test = args.is_test;
  input.package = package_of(args);
  input.package.compiler = version_of(identity);
  input.diagnostics = std::move(diagnostics);
  input.options.levels = settings.lint_levels;
  const bool is_proven = project::is_proven_compiler(input.package.compiler);
  if (!is_proven) {
    std::erase_if(input.options.levels, [](const auto& level) { return level.second != "allow"; });
  }
  input.options.may_unlock = settings.unlock && is_proven;
  input.options.may_verify = settings.verify != Verify::Never;
  return input;
}

std::vector<std::string> sources_of(const Unit& unit) {
  const UnitArgs args = parse_unit_args(unit.argv);
  const std::string path =
      absolute_from(unit.cwd, args.out_dir + "/" + args.crate_name + args.extra_filename + ".d");
  llvm::Expected<std::string> text = read_file(path);
  if (!text) {
    llvm::consumeError(text.takeError());
    return {};
  }
  std::vector<std::string> sources = parse_dep_info(*text);
  // The wrapper has put this program there, for cargo; the compiler never read it.
  std::erase(sources, llvm::sys::fs::getMainExecutable(nullptr, nullptr));
  for (std::string& source : sources) {
    source = clean_path(absolute_from(unit.cwd, source));
  }
  std::sort(sources.begin(), sources.end());
  sources.erase(std::unique(sources.begin(), sources.end()), sources.end());
  return sources;
}

SessionTimes drive(session::Session& session, const SessionHost& host) {
  constexpr double LeadsFactor = 10;
  SessionTimes times;
  Clock::time_point first_trial;
  std::map<std::string, UnitQuery> queries;
  for (;;) {
    session::Request request = session.next();
    if (auto* sources = std::get_if<session::NeedSources>(&request)) {
      session.answer(read_sources(*sources, host));
    } else if (auto* probe = std::get_if<session::NeedProbe>(&request)) {
      const Clock::time_point start = Clock::now();
      fixit::Trial trial = probe->trial;
      for (const fixit::EditedFile& text : host.texts) {
        if (std::none_of(trial.files.begin(), trial.files.end(),
                         [&text](const auto& file) { return file.path == text.path; })) {
          trial.files.push_back(text);
        }
      }
      session.answer(run_unit_trial(host.unit, trial, host.scratch,
                                    {.timeout_seconds = host.timeout_seconds}));
      times.facts_seconds += seconds_since(start);
    } else if (auto* facts = std::get_if<session::NeedFacts>(&request)) {
      const Clock::time_point start = Clock::now();
      times.facts_from_store = true;
      queries = queries_by_unit(*facts, host);
      session.answer(get_facts(queries, *facts, host, times));
      times.facts_seconds += seconds_since(start);
    } else if (auto* verdict = std::get_if<session::NeedVerdict>(&request)) {
      if (times.trials == 0) {
        first_trial = Clock::now();
        if (host.on_found) {
          host.on_found();
        }
        keep_dumps(queries, host);
      }
      const double limit =
          verdict->is_alternative ? host.budget_seconds : host.budget_seconds * LeadsFactor;
      if (verdict->is_alternative && host.leads_only) {
        session.give_up_verifying("only the lead fix was tried");
      } else if (times.trials > 0 && seconds_since(first_trial) > limit) {
        session.give_up_verifying("the time for trials was used up");
      } else {
        ++times.trials;
        const fixit::TrialOutcome outcome = host.run_trial(verdict->trial);
        times.trials_from_store += outcome.is_remembered ? 1 : 0;
        session.answer(outcome);
        times.trial_seconds = seconds_since(first_trial);
      }
    } else {
      keep_dumps(queries, host);
      keep_summaries(queries, session, host);
      return times;
    }
  }
}

}  // namespace jaa::plugin
