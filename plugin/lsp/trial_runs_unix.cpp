// Texts that are not on disk, shown to the compiler.
#include <algorithm>

#include "fixit/judge.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/xxhash.h"
#include "plugin/lsp/cargo_project_unix.h"
#include "plugin/rustc/file_tools_unix.h"
#include "plugin/rustc/finding_output.h"
#include "plugin/rustc/session_driver_unix.h"
#include "plugin/rustc/trial_runner_unix.h"
#include "plugin/rustc/trial_store_unix.h"

namespace jaa::lsp {

using plugin::Invocation;
using plugin::ReportedFinding;

namespace {

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

class Trials {
 public:
  Trials(const CargoProject& project, std::string identity)
      : invocation_(project.invocation()),
        store_(project.store() + "/trials", invocation_, identity),
        is_known_(!identity.empty()) {
    limits_.timeout_seconds = project.settings.trial_timeout_seconds;
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
  const Trials trials(*project, identity);
  const fixit::TrialOutcome outcome = trials.run(request.files);
  if (outcome.state != fixit::TrialOutcome::State::Ran) {
    result.problem = outcome.why;
    return result;
  }
  auto scratch = own_folder(*project, "analysis");
  if (!scratch) {
    result.problem = llvm::toString(scratch.takeError());
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
    host.identity = identity;
    host.crate_sources = unit.sources;
    host.units_directory = project->store() + "/units";
    host.texts = request.files;
    host.scratch = scratch->path();
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
  const Trials trials(*project, identity_of(units));
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

}  // namespace jaa::lsp
