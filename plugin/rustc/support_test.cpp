#include "plugin/rustc/support_test.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <cstdlib>

#include "llvm/Support/FileSystem.h"
#include "llvm/Support/Path.h"
#include "llvm/Support/Program.h"
#include "plugin/rustc/file_tools_unix.h"
#include "plugin/rustc/process_unix.h"

extern char** environ;

namespace jaa::plugin::test {

Folder::Folder() {
  llvm::SmallString<128> path;
  llvm::sys::path::system_temp_directory(true, path);
  llvm::sys::path::append(path, "plugin-rustc");
  REQUIRE_FALSE(llvm::sys::fs::createUniqueDirectory(path, path));
  path_ = canonical_path(std::string(path)).value_or("");
}

Folder::~Folder() {
  llvm::sys::fs::remove_directories(path_);
}

std::string Folder::write(const std::string& name, const std::string& text) const {
  const std::string path = *this / name;
  llvm::cantFail(make_directories(llvm::sys::path::parent_path(path).str()));
  llvm::cantFail(write_file(path, text));
  return path;
}

std::vector<std::string> our_environment() {
  std::vector<std::string> env;
  for (char** variable = environ; *variable != nullptr; ++variable) {
    const llvm::StringRef text(*variable);
    // The tests' own wishes, and a test runner that is itself run by cargo.
    if (!text.starts_with("JAA_") && !text.starts_with("CARGO_TARGET_DIR=") &&
        !text.starts_with("RUSTC_")) {
      env.push_back(text.str());
    }
  }
  return env;
}

std::string read(const std::string& path) {
  llvm::Expected<std::string> text = read_file(path);
  if (text) return *text;
  return "error: " + llvm::toString(text.takeError());
}

std::string find_tool(const char* name) {
  const auto found = llvm::sys::findProgramByName(name);
  if (found) return *found;
  MESSAGE("not installed, test skipped: " << name);
  return {};
}

Unit library_unit(const std::string& rustc, const Folder& folder, const std::string& source) {
  Unit unit;
  unit.argv = {rustc,
               "--crate-name=sample",
               "--edition",
               "2021",
               source,
               "--error-format=json",
               "--json=diagnostic-rendered-ansi",
               "--crate-type",
               "lib",
               "--emit=dep-info,metadata",
               "-C",
               "metadata=0123456789abcdef",
               "-Cextra-filename=-0123456789abcdef",
               "--out-dir",
               folder / "out",
               "-C",
               "incremental=" + (folder / "incremental")};
  unit.cwd = folder.path();
  unit.env = our_environment();
  unit.env.push_back("CARGO_MANIFEST_DIR=" + folder.path());
  llvm::cantFail(make_directories(folder / "out"));
  return unit;
}

int compile(const Unit& unit) {
  Command command;
  command.argv = unit.argv;
  command.cwd = unit.cwd;
  command.env = unit.env;
  llvm::Expected<ProcessResult> result = run(command);
  REQUIRE(static_cast<bool>(result));
  return result->exit_code;
}

Invocation check_invocation(const std::string& cargo, const std::string& root) {
  return {.cargo = cargo,
          .arguments = {"check", "--workspace", "--all-targets"},
          .cwd = root,
          .env = our_environment(),
          .workspace_root = root,
          .target_dir = root + "/target"};
}

int run_users_check(const Invocation& invocation) {
  Command command;
  command.argv = {invocation.cargo};
  command.argv.insert(command.argv.end(), invocation.arguments.begin(), invocation.arguments.end());
  command.argv.push_back("--offline");
  command.cwd = invocation.cwd;
  command.env = invocation.env;
  llvm::Expected<ProcessResult> result = run(command);
  REQUIRE(static_cast<bool>(result));
  return result->exit_code;
}

OnlyOverlay::OnlyOverlay(const char* name) {
  ::setenv(OverlayVariable, name, 1);
}
OnlyOverlay::~OnlyOverlay() {
  ::unsetenv(OverlayVariable);
}

bool has_overlay(const char* name) {
  const OnlyOverlay only(name);
  const Folder folder;
  OverlayRequest request;
  request.files = {{folder.write("root/file", "old"), "new"}};
  request.scratch = folder / "scratch";
  request.roots = [&] { return std::vector<std::string>{folder / "root"}; };
  llvm::Expected<std::unique_ptr<Overlay>> overlay = make_overlay(request);
  if (overlay) return true;
  MESSAGE(llvm::toString(overlay.takeError()));
  return false;
}

bool is_accepted(const fixit::TrialOutcome& outcome) {
  return outcome.state == fixit::TrialOutcome::State::Ran && !outcome.units.empty() &&
         std::ranges::all_of(outcome.units, [](const auto& unit) { return unit.succeeded; });
}

fixit::Trial trial_of(std::vector<fixit::EditedFile> files) {
  return {.key = "test", .files = std::move(files)};
}

}  // namespace jaa::plugin::test
