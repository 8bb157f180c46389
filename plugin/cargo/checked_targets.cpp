#include "plugin/cargo/checked_targets.h"

#include <algorithm>
#include <optional>

#include "llvm/ADT/StringRef.h"
#include "llvm/ADT/StringSwitch.h"
#include "llvm/Support/Path.h"
#include "plugin/rustc/file_tools_unix.h"
#include "plugin/rustc/unit.h"

namespace jaa::plugin {
namespace {

using llvm::StringRef;

// What the flags select.
struct Selection {
  std::vector<std::string> packages;  // by name
  std::vector<std::string> excluded;
  std::vector<std::string> kinds;
  std::vector<std::pair<std::string, std::string>> targets;  // kind and name
  std::string manifest;
  bool is_whole_workspace = false;
  bool is_all_targets = false;

  [[nodiscard]] bool has_targets() const {
    return is_all_targets || !kinds.empty() || !targets.empty();
  }
};

// The kind that a flag such as `--bins` selects all of.
StringRef kind_of_all(StringRef flag) {
  return llvm::StringSwitch<StringRef>(flag)
      .Case("--lib", "lib")
      .Case("--bins", "bin")
      .Case("--examples", "example")
      .Case("--tests", "test")
      .Case("--benches", "bench")
      .Default("");
}

// The kind of which a flag such as `--bin` selects one by its name.
StringRef kind_of_one(StringRef flag) {
  return llvm::StringSwitch<StringRef>(flag)
      .Case("--bin", "bin")
      .Case("--example", "example")
      .Case("--test", "test")
      .Case("--bench", "bench")
      .Default("");
}

Selection selection_of(const std::vector<std::string>& arguments) {
  Selection result;
  for (size_t at = 0; at < arguments.size() && arguments[at] != "--"; ++at) {
    auto [flag, value] = StringRef(arguments[at]).split('=');
    const bool is_joined = StringRef(arguments[at]).contains('=');
    const auto next = [&, joined = value]() -> std::string {
      if (is_joined) return joined.str();
      return at + 1 < arguments.size() ? arguments[++at] : std::string();
    };
    if (flag == "-p" || flag == "--package") {
      result.packages.push_back(next());
    } else if (flag.starts_with("-p") && !flag.starts_with("--") && flag.size() > 2) {
      result.packages.push_back(arguments[at].substr(2));
    } else if (flag == "--exclude") {
      result.excluded.push_back(next());
    } else if (flag == "--manifest-path") {
      result.manifest = next();
    } else if (flag == "--workspace" || flag == "--all") {
      result.is_whole_workspace = true;
    } else if (flag == "--all-targets") {
      result.is_all_targets = true;
    } else if (const StringRef kind = kind_of_all(flag); !kind.empty()) {
      result.kinds.push_back(kind.str());
    } else if (const StringRef one = kind_of_one(flag); !one.empty()) {
      result.targets.emplace_back(one.str(), next());
    }
  }
  return result;
}

// `serde` of `serde@1.0` and `serde:1.0`.
StringRef package_name(StringRef specification) {
  return specification.substr(0, specification.find_first_of("@:"));
}

// The member that the folder belongs to: the one closest above it.
const Package* package_at(const Workspace& workspace, const std::string& folder) {
  const Package* result = nullptr;
  for (const Package& package : workspace.packages) {
    if (is_within(folder, package.directory) &&
        (result == nullptr || result->directory.size() < package.directory.size())) {
      result = &package;
    }
  }
  return result;
}

bool is_checked(const Target& target, const Selection& selection) {
  if (!selection.has_targets()) {
    return target.kind == "lib" || target.kind == "bin";
  }
  const auto has = [&selection](StringRef kind) {
    return std::find(selection.kinds.begin(), selection.kinds.end(), kind) != selection.kinds.end();
  };
  // A library comes along with what needs it, and each test builds the programs.
  const bool has_tests = has("test") || has("bench");
  return selection.is_all_targets || target.kind == "lib" || has(target.kind) ||
         (has_tests && target.kind == "bin") ||
         std::any_of(selection.targets.begin(), selection.targets.end(), [&](const auto& one) {
           std::string name = one.second;
           std::replace(name.begin(), name.end(), '-', '_');
           return one.first == target.kind && name == target.name;
         });
}

// The libraries that a target may use: what its package depends on, and the package's own.
std::vector<std::string> dependencies_of(const Target& target, const Package& package) {
  std::vector<std::string> result = package.dependencies;
  for (const Target& other : package.targets) {
    if (other.kind == "lib" && target.kind != "lib") {
      result.push_back(other.name);
    }
  }
  return result;
}

}  // namespace

std::vector<WorkspaceCrate> workspace_crates(const Workspace& workspace,
                                             const std::vector<std::string>& arguments,
                                             const std::string& cwd) {
  const Selection selection = selection_of(arguments);
  const std::string folder =
      selection.manifest.empty()
          ? cwd
          : llvm::sys::path::parent_path(clean_path(absolute_from(cwd, selection.manifest))).str();
  const Package* const own = package_at(workspace, folder);
  const auto is_selected = [&](const Package& package) {
    const auto is_meant = [&package](const std::string& specification) {
      return package_name(specification) == package.name;
    };
    if (!selection.packages.empty()) {
      return std::any_of(selection.packages.begin(), selection.packages.end(), is_meant);
    }
    if (std::any_of(selection.excluded.begin(), selection.excluded.end(), is_meant)) {
      return false;
    }
    return selection.is_whole_workspace || own == nullptr || own == &package;
  };
  std::vector<WorkspaceCrate> result;
  for (const Package& package : workspace.packages) {
    for (const Target& target : package.targets) {
      if (target.kind != "custom-build") {
        result.push_back({.root = target.source,
                          .name = target.name,
                          .dependencies = dependencies_of(target, package),
                          .is_library = target.kind == "lib",
                          .is_checked = is_selected(package) && is_checked(target, selection)});
      }
    }
  }
  std::stable_partition(result.begin(), result.end(),
                        [](const WorkspaceCrate& crate) { return crate.is_library; });
  return result;
}

}  // namespace jaa::plugin
