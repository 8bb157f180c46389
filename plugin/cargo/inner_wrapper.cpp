#include "plugin/cargo/inner_wrapper.h"

#include <optional>

#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/SmallString.h"
#include "llvm/ADT/StringRef.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/Path.h"
#include "plugin/cargo/files.h"
#include "plugin/cargo/toml.h"
#include "plugin/rustc/unit.h"

namespace jaa::plugin {

namespace {

using llvm::StringRef;
namespace path = llvm::sys::path;

// A bare name is sought in the PATH, later; anything with a slash is a path from
// `base`.
std::string resolve(StringRef program, StringRef base) {
  if (!program.contains('/')) {
    return program.str();
  }
  llvm::SmallString<256> absolute(program);
  llvm::sys::fs::make_absolute(base, absolute);
  return absolute.str().str();
}

// The key in one piece of configuration; empty text there means "no wrapper".
std::optional<std::string> configured(StringRef text, StringRef base) {
  base::Problems ignored;  // cargo reports them
  const llvm::json::Object root = read_toml(text, "", ignored);
  const llvm::json::Object* const build = root.getObject("build");
  const auto program =
      build != nullptr ? build->getString("rustc-workspace-wrapper") : std::nullopt;
  return program ? std::optional(resolve(*program, base)) : std::nullopt;
}

std::optional<std::string> configured_in_file(const std::string& file) {
  const auto text = read_text(file);
  // Paths start where the folder that holds the configuration folder is.
  return text ? configured(*text, path::parent_path(path::parent_path(file))) : std::nullopt;
}

// `config` is the older name, which cargo prefers when both are there.
std::optional<std::string> configured_in_folder(const std::string& folder) {
  for (const char* name : {"config", "config.toml"}) {
    const std::string file = join_path(folder, name);
    if (llvm::sys::fs::exists(file)) {
      return configured_in_file(file);
    }
  }
  return std::nullopt;
}

}  // namespace

std::string find_inner_wrapper(const WrapperSearch& search) {
  if (const auto value = environment_value(search.env, "RUSTC_WORKSPACE_WRAPPER")) {
    return resolve(*value, search.cwd);
  }
  // The last `--config` wins.
  for (const std::string& value : llvm::reverse(search.config)) {
    llvm::SmallString<256> file(value);
    llvm::sys::fs::make_absolute(search.cwd, file);
    const auto found = llvm::sys::fs::is_regular_file(file) ? configured_in_file(file.str().str())
                                                            : configured(value, search.cwd);
    if (found) {
      return *found;
    }
  }
  if (const auto value = environment_value(search.env, "CARGO_BUILD_RUSTC_WORKSPACE_WRAPPER")) {
    return resolve(*value, search.cwd);
  }
  std::optional<std::string> found;
  const auto look = [&found](const std::string& folder) {
    found = configured_in_folder(join_path(folder, ".cargo"));
    return found.has_value();
  };
  if (find_upward(search.cwd, look)) {
    return *found;
  }
  const auto cargo_home = environment_value(search.env, "CARGO_HOME");
  const auto home = environment_value(search.env, "HOME");
  if (cargo_home || home) {
    found = configured_in_folder(cargo_home ? *cargo_home : join_path(*home, ".cargo"));
  }
  return found.value_or("");
}

}  // namespace jaa::plugin
