#include "plugin/lsp/cargo_project_unix.h"

#include <unistd.h>

#include <algorithm>

#include "llvm/Support/raw_ostream.h"
#include "plugin/cargo/console.h"
#include "plugin/rustc/file_tools_unix.h"
#include "plugin/rustc/finding_output.h"
#include "plugin/rustc/session_driver_unix.h"

namespace jaa::lsp {

using plugin::Unit;
using plugin::UnitArgs;

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

llvm::Expected<CargoProject> open_project(const RunContext& run, const std::string& root,
                                          const ClientSettings& settings) {
  std::string said;
  llvm::raw_string_ostream err(said);
  const plugin::Console console{err, err};
  auto arguments = plugin::parse_arguments(settings.check_arguments());
  if (!arguments) {
    return arguments.takeError();
  }
  CargoProject project;
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

llvm::Expected<plugin::TemporaryFolder> own_folder(const CargoProject& project,
                                                   const std::string& what) {
  if (llvm::Error error = plugin::make_directories(project.store())) {
    return error;
  }
  return plugin::TemporaryFolder::make(project.store() + "/run-" + std::to_string(::getpid()) +
                                       "-" + what + "-");
}

std::vector<KnownUnit> known_units(const CargoProject& project) {
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

std::string identity_of(const std::vector<KnownUnit>& units) {
  return units.empty() ? std::string() : plugin::compiler_identity(units.front().unit);
}

}  // namespace jaa::lsp
