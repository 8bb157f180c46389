// A function that becomes async, or is no longer, in all that calls it.
#include <algorithm>
#include <iterator>

#include "llvm/ADT/StringRef.h"
#include "plugin/cargo/async_change_host_unix.h"
#include "plugin/cargo/console.h"
#include "plugin/lsp/cargo_project_unix.h"
#include "plugin/rustc/async_change_unix.h"

namespace jaa::lsp {

namespace {

// The compiler's first error and its place, in one line; empty where there is none.
std::string first_error(llvm::StringRef text) {
  const auto [message, rest] = text.split('\n');
  const llvm::StringRef place = rest.split('\n').first.trim();
  return message.trim().str() + (place.starts_with("-->") ? " " + place.str() : "");
}

// What the compiler says of the program as it is.
std::vector<rustc::Diagnostic> messages_of(const plugin::AsyncChangeHost& host,
                                           const std::string& path) {
  fixit::Trial trial;
  for (const session::Source& source : host.sources) {
    if (source.path == path) {
      trial.files = {{path, source.text}};
      trial.key = path + '\0' + source.text;
    }
  }
  std::vector<rustc::Diagnostic> messages;
  for (fixit::UnitOutcome& unit : host.run_trial(trial, /*is_marked=*/false).units) {
    std::move(unit.diagnostics.begin(), unit.diagnostics.end(), std::back_inserter(messages));
  }
  return messages;
}

plugin::AsyncChange completed(const plugin::AsyncChangeHost& host, const ChangeRequest& request) {
  plugin::AsyncChange change = plugin::complete_async(host, messages_of(host, request.path));
  const bool is_begun =
      std::any_of(change.begun.begin(), change.begun.end(), [&request](const auto& function) {
        return function.path == request.path && function.begin == request.name;
      });
  if (!is_begun) {
    change = {};
    change.exit_code = 1;
    change.error = "none of the compiler's errors is about what calls this function";
  }
  return change;
}

plugin::AsyncChange changed(const plugin::AsyncChangeHost& host, const ChangeRequest& request) {
  plugin::AsyncChangeRequest asked;
  asked.place = {request.path, request.name};
  switch (request.kind) {
    case FunctionChangeKind::Add:
      return plugin::add_async(host, asked);
    case FunctionChangeKind::Remove:
      return plugin::remove_async(host, asked);
    case FunctionChangeKind::Complete:
      return completed(host, request);
  }
  return {};
}

}  // namespace

ChangeResult run_change(const RunContext& run, const ChangeRequest& request) {
  ChangeResult result;
  // Whoever calls it has to follow, tests and examples too.
  ClientSettings settings = request.settings;
  settings.all_targets = true;
  auto project = open_project(run, request.root, settings);
  if (!project) {
    result.problem = llvm::toString(project.takeError());
    return result;
  }
  const plugin::AsyncChangeHost host = plugin::async_change_host(
      project->context, project->workspace, project->settings, project->arguments, request.files);
  const plugin::AsyncChange change = changed(host, request);
  result.plan = change.plan;
  for (const std::string& note : change.notes) {
    result.plan += "note: " + note + '\n';
  }
  if (change.exit_code != 0) {
    const std::string said = plugin::without_color(change.compiler_text);
    const std::string error = first_error(said);
    result.problem = change.error + (error.empty() ? "" : ": " + error);
    result.plan += said;
    return result;
  }
  for (const fixit::EditedFile& file : change.files) {
    const auto source = std::find_if(host.sources.begin(), host.sources.end(),
                                     [&file](const auto& one) { return one.path == file.path; });
    if (source != host.sources.end()) {
      result.files.push_back({file.path, source->text, file.text});
    }
  }
  return result;
}

}  // namespace jaa::lsp
