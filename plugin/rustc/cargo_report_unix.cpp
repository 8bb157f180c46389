// A unit that succeeds has a `compiler-artifact` line, whose files lead to its
// dep-info (`libapp-<hash>.rmeta` to `app-<hash>.d`). One that fails has only
// messages; rustc writes dep-info before it checks bodies, so the failed unit is
// the new dep-info of that crate which no artifact claims. A syntax error
// leaves none.
#include "plugin/rustc/cargo_report_unix.h"

#include <algorithm>
#include <optional>
#include <set>

#include "llvm/ADT/StringRef.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/Path.h"
#include "plugin/rustc/dep_info.h"
#include "plugin/rustc/file_tools_unix.h"

namespace jaa::plugin {
namespace {

namespace path = llvm::sys::path;

// All that cargo said of one target; it may be compiled twice, plain and as a test.
struct Target {
  rustc::CargoMessage description;  // the first message
  std::vector<rustc::CargoMessage> artifacts;
  std::vector<rustc::Diagnostic> diagnostics;
};

std::vector<std::string> files_in(const std::string& folder) {
  std::vector<std::string> paths;
  std::error_code code;
  for (llvm::sys::fs::directory_iterator it(folder, code), end; it != end && !code;
       it.increment(code)) {
    paths.push_back(it->path());
  }
  std::ranges::sort(paths);
  return paths;
}

std::string crate_name(const std::string& target) {
  std::string name = target;
  std::ranges::replace(name, '-', '_');
  return name;
}

// The dep-info beside an artifact; none for copies in other folders.
std::optional<std::string> dep_info_of(const rustc::CargoMessage& artifact) {
  for (const std::string& file : artifact.filenames) {
    const std::string folder = path::parent_path(file).str();
    if (path::filename(path::parent_path(folder)) == "build") {
      for (const std::string& other : files_in(folder)) {
        if (path::extension(other) == ".d") return other;
      }
    }
    llvm::StringRef stem = path::filename(file);
    if (path::has_extension(file)) stem = path::stem(file);
    for (const llvm::StringRef name : {stem, stem.starts_with("lib") ? stem.drop_front(3) : stem}) {
      std::string candidate = (folder + "/" + name + ".d").str();
      if (name.contains('-') && stamp_of(candidate)) return candidate;
    }
  }
  return std::nullopt;
}

// `<crate>-<16 hex digits>.d`
std::string hash_of(const std::string& dep_info) {
  return path::stem(dep_info).rsplit('-').second.str();
}

// The dep-info files of a crate that were written since `started_ns`.
std::vector<std::string> new_dep_info(const std::vector<std::string>& profile_folders,
                                      const std::string& crate, int64_t started_ns) {
  std::vector<std::string> result;
  for (const std::string& profile : profile_folders) {
    for (const char* folder : {"/deps", "/examples"}) {
      for (const std::string& file : files_in(profile + folder)) {
        if (path::extension(file) != ".d" || path::stem(file).rsplit('-').first != crate) continue;
        const std::optional<FileStamp> stamp = stamp_of(file);
        if (stamp && stamp->modified_ns >= started_ns) result.push_back(file);
      }
    }
  }
  return result;
}

// What cargo keeps of a unit beside its fingerprint.
struct Kept {
  bool is_test = false;
  std::optional<std::string> messages;
};
Kept kept_by_cargo(const std::string& dep_info) {
  Kept kept;
  const std::string profile = path::parent_path(path::parent_path(dep_info)).str();
  const std::string ending = "-" + hash_of(dep_info);
  for (const std::string& folder : files_in(profile + "/.fingerprint")) {
    if (!llvm::StringRef(folder).ends_with(ending)) continue;
    for (const std::string& file : files_in(folder)) {
      llvm::StringRef name = path::filename(file);
      const bool is_output = name.consume_front("output-");
      kept.is_test |= name.starts_with("test-");
      if (!is_output) continue;
      llvm::Expected<std::string> text = read_file(file);
      if (text) {
        kept.messages = std::move(*text);
      } else {
        llvm::consumeError(text.takeError());
      }
    }
  }
  return kept;
}

class ReportBuilder {
 public:
  ReportBuilder(const std::string& workspace_root, const std::vector<std::string>& profile_folders,
                int64_t started_ns)
      : workspace_root_(workspace_root),
        profile_folders_(profile_folders),
        started_ns_(started_ns) {}

  void add_target(const Target& target) {
    const bool has_failed =
        std::ranges::any_of(target.diagnostics, [](const auto& d) { return d.is_error(); });
    std::set<std::string> claimed;
    const size_t first = units_.size();
    std::vector<std::optional<std::string>> dep_infos;
    for (const rustc::CargoMessage& artifact : target.artifacts) {
      fixit::UnitOutcome unit = describe(artifact);
      unit.is_test = artifact.is_test;
      unit.is_fresh = artifact.fresh;
      unit.succeeded = true;
      dep_infos.push_back(dep_info_of(artifact));
      if (dep_infos.back()) claimed.insert(*dep_infos.back());
      units_.push_back(std::move(unit));
    }
    if (has_failed) {
      for (const std::string& file : new_dep_info(
               profile_folders_, crate_name(target.description.target_name), started_ns_)) {
        if (claimed.contains(file)) continue;
        fixit::UnitOutcome unit = describe(target.description);
        unit.is_test = kept_by_cargo(file).is_test;
        units_.push_back(std::move(unit));
        dep_infos.emplace_back(file);
      }
      if (dep_infos.size() == target.artifacts.size()) {
        units_.push_back(describe(target.description));
        dep_infos.emplace_back();
      }
    }
    const bool is_alone = dep_infos.size() == 1;
    for (size_t i = 0; i < dep_infos.size(); ++i) {
      fixit::UnitOutcome& unit = units_[first + i];
      if (dep_infos[i]) unit.sources = read_sources(*dep_infos[i], target.description);
      unit.diagnostics =
          is_alone ? target.diagnostics : messages_of(unit, dep_infos[i], target.diagnostics);
    }
  }

  [[nodiscard]] std::vector<fixit::UnitOutcome> take() { return std::move(units_); }

 private:
  static fixit::UnitOutcome describe(const rustc::CargoMessage& message) {
    fixit::UnitOutcome unit;
    unit.package = message.package_id;
    unit.target = message.target_name;
    if (!message.target_kinds.empty()) unit.target_kind = message.target_kinds.front();
    return unit;
  }

  // Cargo runs rustc in the workspace's root, with a relative source path, for
  // packages below it, and in the package's own folder otherwise.
  [[nodiscard]] std::vector<std::string> read_sources(const std::string& dep_info,
                                                      const rustc::CargoMessage& unit) const {
    const std::string folder = is_within(unit.src_path, workspace_root_)
                                   ? workspace_root_
                                   : path::parent_path(unit.manifest_path).str();
    std::vector<std::string> sources;
    llvm::Expected<std::string> text = read_file(dep_info);
    if (!text) {
      llvm::consumeError(text.takeError());
      return sources;
    }
    for (const std::string& name : parse_dep_info(*text)) {
      sources.push_back(absolute_from(folder, name));
    }
    return sources;
  }

  // One unit's share of its target's messages: cargo's own record of them, else
  // errors to the failed unit and the rest to each.
  static std::vector<rustc::Diagnostic> messages_of(const fixit::UnitOutcome& unit,
                                                    const std::optional<std::string>& dep_info,
                                                    const std::vector<rustc::Diagnostic>& all) {
    if (dep_info) {
      const Kept kept = kept_by_cargo(*dep_info);
      if (kept.messages) return rustc::read_messages(*kept.messages, *dep_info).diagnostics;
      if (unit.succeeded) return {};
    }
    std::vector<rustc::Diagnostic> result;
    std::ranges::copy_if(all, std::back_inserter(result),
                         [&](const auto& d) { return !unit.succeeded || !d.is_error(); });
    return result;
  }

  const std::string& workspace_root_;
  const std::vector<std::string>& profile_folders_;
  int64_t started_ns_;
  std::vector<fixit::UnitOutcome> units_;
};

}  // namespace

CargoReport read_cargo_report(const std::string& out, const std::string& workspace_root,
                              const std::vector<std::string>& profile_folders, int64_t started_ns) {
  CargoReport report;
  std::vector<Target> targets;
  llvm::SmallVector<llvm::StringRef, 64> lines;
  llvm::StringRef(out).split(lines, '\n', -1, false);
  for (const llvm::StringRef line : lines) {
    std::optional<rustc::CargoMessage> message = rustc::read_cargo_line(line);
    if (!message) continue;
    using Reason = rustc::CargoMessage::Reason;
    if (message->reason == Reason::BuildFinished) {
      report.is_finished = true;
      report.succeeded = message->success;
    }
    if (message->reason != Reason::CompilerArtifact && message->reason != Reason::CompilerMessage) {
      continue;
    }
    auto target = std::ranges::find_if(targets, [&](const Target& other) {
      return other.description.package_id == message->package_id &&
             other.description.target_name == message->target_name &&
             other.description.target_kinds == message->target_kinds &&
             other.description.src_path == message->src_path;
    });
    if (target == targets.end()) {
      targets.push_back({.description = *message, .artifacts = {}, .diagnostics = {}});
      target = targets.end() - 1;
    }
    if (message->diagnostic) target->diagnostics.push_back(std::move(*message->diagnostic));
    if (message->reason == Reason::CompilerArtifact) target->artifacts.push_back(*message);
  }
  ReportBuilder builder(workspace_root, profile_folders, started_ns);
  for (const Target& target : targets) builder.add_target(target);
  report.units = builder.take();
  return report;
}

}  // namespace jaa::plugin
