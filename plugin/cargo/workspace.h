// Where the user's project is and how it is set up, as cargo itself says.
#pragma once

#include <string>
#include <vector>

#include "llvm/Support/Error.h"
#include "llvm/Support/JSON.h"
#include "plugin/cargo/arguments.h"
#include "plugin/rustc/settings.h"

namespace jaa::plugin {

struct Target {
  std::string name;    // of its crate, as paths write it
  std::string source;  // its root file
  std::string edition = {};
  std::string kind =
      {};  // "lib" for all of them, "bin", "test", "example", "bench", "custom-build"
};

struct Package {
  std::string name;
  std::string directory;
  llvm::json::Object settings;  // `[package.metadata.just-async]`
  std::vector<Target> targets = {};
  // As paths write them, those of its tests included.
  std::vector<std::string> dependencies = {};
};

struct Workspace {
  std::string root;
  // As the run will use it: `--target-dir` is taken into account.
  std::string target_dir;
  // Where intermediate files go, when that is elsewhere (cargo's `build.build-dir`).
  std::string build_dir;
  std::vector<Package> packages;
  llvm::json::Object settings;  // `[workspace.metadata.just-async]`
};

// Reads what `cargo metadata` printed; `cwd` resolves a relative `--target-dir`.
[[nodiscard]] llvm::Expected<Workspace> read_workspace(std::string_view metadata,
                                                       const Arguments& arguments,
                                                       const std::string& cwd);

// The settings of a run: defaults, then `just-async.toml` (whose text is
// `file_text`, empty when there is none), the workspace's, and the command line.
// `warnings` gets what was not understood.
[[nodiscard]] Settings combine_settings(const Workspace& workspace, std::string_view file_text,
                                        std::string_view file_name, const Arguments& arguments,
                                        std::vector<std::string>& warnings);

}  // namespace jaa::plugin
