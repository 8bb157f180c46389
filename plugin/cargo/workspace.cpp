#include "plugin/cargo/workspace.h"

#include <algorithm>
#include <system_error>

#include "llvm/ADT/SmallString.h"
#include "llvm/ADT/StringRef.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/Path.h"
#include "plugin/cargo/lint_names.h"
#include "plugin/cargo/toml.h"
#include "plugin/rustc/report.h"

namespace jaa::plugin {

namespace json = llvm::json;
using llvm::StringRef;

namespace {

constexpr StringRef section = "just-async";

json::Object own_section(const json::Object& object) {
  const json::Object* const metadata = object.getObject("metadata");
  const json::Object* const own = metadata != nullptr ? metadata->getObject(section) : nullptr;
  return own == nullptr ? json::Object() : json::Object(*own);
}

std::string text_of(const json::Object& object, StringRef key) {
  return object.getString(key).value_or("").str();
}

std::vector<Target> targets_of(const json::Object& package) {
  std::vector<Target> result;
  const json::Array* const targets = package.getArray("targets");
  for (const json::Value& item : targets == nullptr ? json::Array() : *targets) {
    const json::Object* const target = item.getAsObject();
    const json::Array* const kinds = target != nullptr ? target->getArray("kind") : nullptr;
    if (kinds == nullptr) {
      continue;
    }
    // Of several kinds all are those of a library: `rlib`, `cdylib`, `proc-macro`.
    const StringRef first =
        kinds->empty() ? StringRef() : kinds->front().getAsString().value_or(StringRef());
    const bool is_special = first == "bin" || first == "test" || first == "example" ||
                            first == "bench" || first == "custom-build";
    std::string name = text_of(*target, "name");
    std::replace(name.begin(), name.end(), '-', '_');
    result.push_back({std::move(name), text_of(*target, "src_path"), text_of(*target, "edition"),
                      is_special ? first.str() : "lib"});
  }
  return result;
}

std::vector<std::string> dependencies_of(const json::Object& package) {
  std::vector<std::string> result;
  const json::Array* const dependencies = package.getArray("dependencies");
  for (const json::Value& item : dependencies == nullptr ? json::Array() : *dependencies) {
    const json::Object* const dependency = item.getAsObject();
    if (dependency == nullptr || dependency->getString("kind").value_or("") == "build") {
      continue;
    }
    const std::string renamed = text_of(*dependency, "rename");
    std::string name = renamed.empty() ? text_of(*dependency, "name") : renamed;
    std::replace(name.begin(), name.end(), '-', '_');
    result.push_back(std::move(name));
  }
  std::sort(result.begin(), result.end());
  return result;
}

// Sets the level of each lint that `name` stands for.
void expand_level(const std::string& name, StringRef level, LintLevels& levels,
                  std::vector<std::string>& warnings) {
  const std::vector<std::string> lints = lints_called(name);
  if (lints.empty() && !is_lint_group(name)) {
    const auto close = close_names(name);
    warnings.push_back(
        "unknown lint: `just_async::" + name + "`" +
        (close.empty() ? std::string() : "; there is `just_async::" + std::string(close[0]) + "`"));
  }
  for (const std::string& lint : lints) {
    levels[lint] = level.str();
  }
}

// Applies one table of settings and remembers what it did not understand.
class SettingsReader {
 public:
  SettingsReader(std::string where, std::vector<std::string>& warnings)
      : where_(std::move(where)), warnings_(warnings) {}

  void read(const json::Object& table, Settings& settings) {
    for (const auto& [name, value] : table) {
      const StringRef key = name;
      if (key == "verify") {
        const auto verify = parse_verify(value.getAsString().value_or(""));
        verify ? void(settings.verify = *verify) : expected(key, "auto, always or never");
      } else if (key == "verify-budget-seconds") {
        const auto seconds = value.getAsNumber();
        seconds && *seconds >= 0 ? void(settings.verify_budget_seconds = *seconds)
                                 : expected(key, "a number of seconds");
      } else if (key == "trial-timeout-seconds") {
        const auto seconds = value.getAsNumber();
        seconds && *seconds > 0 ? void(settings.trial_timeout_seconds = *seconds)
                                : expected(key, "a number of seconds");
      } else if (key == "unlock") {
        read_flag(key, value, settings.unlock);
      } else if (key == "all-fixes") {
        read_flag(key, value, settings.all_fixes);
      } else if (key == "unicode") {
        read_flag(key, value, settings.unicode);
      } else if (key == "lints") {
        read_levels(value, settings.lint_levels);
      } else {
        warn("unknown key `" + key.str() + "`");
      }
    }
  }

  // A package has levels of its own; the rest holds for a whole run.
  void read_package(const json::Object& table, LintLevels& levels) {
    for (const auto& [name, value] : table) {
      const StringRef key = name;
      key == "lints" ? read_levels(value, levels)
                     : warn("`" + key.str() + "` is set for a workspace, not for a package");
    }
  }

 private:
  void read_flag(StringRef key, const json::Value& value, bool& flag) {
    const auto truth = value.getAsBoolean();
    truth ? void(flag = *truth) : expected(key, "true or false");
  }

  void read_levels(const json::Value& value, LintLevels& levels) {
    const json::Object* const table = value.getAsObject();
    if (table == nullptr) {
      return expected("lints", "a table of lint names");
    }
    LintLevels given;
    for (const auto& [name, entry] : *table) {
      const StringRef key = name;
      // Cargo's own lint tables allow `{ level = "warn", priority = 1 }`.
      const json::Object* const detailed = entry.getAsObject();
      const StringRef level =
          (detailed != nullptr ? detailed->getString("level") : entry.getAsString()).value_or("");
      const auto lint = unscoped_lint(key);
      if (!lint || !is_lint_level(level)) {
        expected(key, "a lint of just_async set to allow, warn, deny or forbid");
        continue;
      }
      given[*lint] = level.str();
    }
    // A table has no order: the level of a single lint stands against its group's.
    for (const bool groups : {true, false}) {
      for (const auto& [lint, level] : given) {
        if (is_lint_group(lint) == groups) {
          expand_level(lint, level, levels, warnings_);
        }
      }
    }
  }

  void expected(StringRef key, StringRef what) {
    warn("`" + key.str() + "`: expected " + what.str());
  }
  void warn(const std::string& text) { warnings_.push_back(where_ + ": " + text); }

  std::string where_;
  std::vector<std::string>& warnings_;
};

}  // namespace

llvm::Expected<Workspace> read_workspace(std::string_view metadata, const Arguments& arguments,
                                         const std::string& cwd) {
  auto value = parse_json(metadata);
  if (!value) {
    return value.takeError();
  }
  const json::Object* const object = value->getAsObject();
  Workspace workspace;
  if (object != nullptr) {
    workspace.root = text_of(*object, "workspace_root");
    workspace.target_dir = text_of(*object, "target_directory");
    workspace.build_dir = text_of(*object, "build_directory");
    workspace.settings = own_section(*object);
  }
  if (workspace.root.empty() || workspace.target_dir.empty()) {
    return llvm::createStringError(std::errc::invalid_argument,
                                   "expected a workspace root and a target directory");
  }
  if (!arguments.target_dir.empty()) {
    llvm::SmallString<256> path(arguments.target_dir.back());
    llvm::sys::fs::make_absolute(cwd, path);
    llvm::sys::path::remove_dots(path, /*remove_dot_dot=*/true);
    workspace.target_dir = path.str().str();
  }
  if (const json::Array* const packages = object->getArray("packages")) {
    for (const json::Value& item : *packages) {
      if (const json::Object* const package = item.getAsObject()) {
        const std::string manifest = text_of(*package, "manifest_path");
        workspace.packages.push_back(
            {text_of(*package, "name"), llvm::sys::path::parent_path(manifest).str(),
             own_section(*package), targets_of(*package), dependencies_of(*package)});
      }
    }
  }
  return workspace;
}

Settings combine_settings(const Workspace& workspace, std::string_view file_text,
                          std::string_view file_name, const Arguments& arguments,
                          std::vector<std::string>& warnings) {
  Settings settings;
  base::Problems problems;
  const json::Object file = read_toml(file_text, file_name, problems);
  for (const base::Problem& problem : problems) {
    warnings.push_back(problem.input + ":" + std::to_string(problem.line) + ": " + problem.text);
  }
  SettingsReader(std::string(file_name), warnings).read(file, settings);
  SettingsReader("workspace.metadata.just-async", warnings).read(workspace.settings, settings);
  for (const Package& package : workspace.packages) {
    LintLevels levels;
    SettingsReader("package.metadata.just-async of `" + package.name + "`", warnings)
        .read_package(package.settings, levels);
    if (!levels.empty()) {
      settings.package_lint_levels[package.name] = std::move(levels);
    }
  }

  // The tables come in no order.
  std::sort(warnings.begin(), warnings.end());

  settings.verify = arguments.verify.value_or(settings.verify);
  settings.unlock = settings.unlock && !arguments.no_unlock;
  // A picked alternative has to be tried, even if it is not the lead fix.
  settings.all_fixes |= arguments.all_fixes || !arguments.fix.picks.empty();
  settings.verbose = arguments.verbose;
  LintLevels from_command_line;
  for (const auto& [lint, level] : arguments.lint_levels) {
    expand_level(lint, level, from_command_line, warnings);
  }
  for (const auto& [lint, level] : from_command_line) {
    settings.lint_levels[lint] = level;
    for (auto& [package, levels] : settings.package_lint_levels) {
      levels[lint] = level;
    }
  }
  return settings;
}

}  // namespace jaa::plugin
