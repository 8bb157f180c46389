#include "plugin/cargo/fix_plan_unix.h"

#include <algorithm>
#include <optional>
#include <utility>

#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/SmallString.h"
#include "llvm/ADT/StringRef.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/Path.h"
#include "plugin/cargo/files.h"
#include "plugin/rustc/file_tools_unix.h"
#include "plugin/rustc/unit.h"

namespace jaa::plugin {

namespace fs = llvm::sys::fs;
using llvm::StringRef;

namespace {

std::string real_path(StringRef path) {
  llvm::SmallString<256> real;
  return fs::real_path(path, real) ? std::string() : real.str().str();
}

// Which files are the user's own source. Paths are real paths throughout, so that a
// link inside the workspace does not lead out of it.
class EditableFiles {
 public:
  EditableFiles(const Workspace& workspace, const std::vector<std::string>& env) {
    inside_.push_back(real_path(workspace.root));
    for (const Package& package : workspace.packages) {
      inside_.push_back(real_path(package.directory));
    }
    // A `#[path]` may lead out of the packages; under the same version control it is
    // still the user's own source.
    const auto has_git = [](const std::string& folder) {
      return fs::exists(join_path(folder, ".git"));
    };
    if (const auto repository = find_upward(workspace.root, has_git)) {
      inside_.push_back(real_path(*repository));
    }
    outside_ = {real_path(workspace.target_dir), real_path(workspace.build_dir)};
    const auto home = environment_value(env, "HOME");
    auto cargo_home = environment_value(env, "CARGO_HOME");
    if (!cargo_home && home) {
      cargo_home = join_path(*home, ".cargo");
    }
    if (cargo_home) {
      outside_.push_back(real_path(join_path(*cargo_home, "registry")));
      outside_.push_back(real_path(join_path(*cargo_home, "git")));
    }
  }

  // Empty when `path` may be edited, else why not.
  [[nodiscard]] std::string objection(const std::string& path) const {
    const auto holds = [&path](const std::string& directory) {
      return !directory.empty() && is_within(path, directory);
    };
    if (llvm::any_of(outside_, holds)) {
      return "is not source of this workspace";
    }
    if (llvm::none_of(inside_, holds)) {
      return "is outside the workspace";
    }
    // `cargo vendor` puts copies of dependencies into the workspace, with a checksum
    // that an edit would break.
    const auto is_vendored = [](const std::string& folder) {
      return fs::exists(join_path(folder, ".cargo-checksum.json"));
    };
    if (find_upward(llvm::sys::path::parent_path(path), is_vendored)) {
      return "is a vendored dependency";
    }
    // A rename would get past a write protection that somebody meant.
    fs::file_status status;
    if (!fs::status(path, status) && (status.permissions() & fs::owner_write) == 0) {
      return "is read-only";
    }
    return {};
  }

 private:
  std::vector<std::string> inside_;
  std::vector<std::string> outside_;
};

struct PlannedFile {
  std::string text;
  std::vector<const ReportedEdit*> edits;
  uint32_t fixes = 0;
};

// Edits that merely touch count as overlapping: the order of two insertions in one
// place would be a guess, and the next round has no such doubt.
bool touches(const ReportedEdit& a, const ReportedEdit& b) {
  return a.begin <= b.end && b.begin <= a.end;
}

// Opens as many brackets as it closes.
bool is_balanced(StringRef text) {
  return text.count('{') == text.count('}') && text.count('(') == text.count(')') &&
         text.count('[') == text.count(']');
}

// Within one file, one edit does for both: a call waits once, a function is `async` once, and
// the same text stands in the place of the same. Of other insertions each fix may need its own,
// as of a bracket; and of an import the second fix has to know that it is there.
bool is_same(const ReportedEdit& a, const ReportedEdit& b) {
  const StringRef text = StringRef(a.text).trim();
  const bool is_idempotent = a.begin < a.end ? is_balanced(text) && !text.starts_with("use ")
                                             : text == ".await" || text.ends_with("async");
  return a.begin == b.begin && a.end == b.end && a.text == b.text && is_idempotent;
}

std::vector<const ReportedEdit*> in_order(const PlannedFile& file) {
  std::vector<const ReportedEdit*> edits = file.edits;
  llvm::stable_sort(edits, [](const ReportedEdit* a, const ReportedEdit* b) {
    return std::pair(a->begin, a->end) < std::pair(b->begin, b->end);
  });
  return edits;
}

std::optional<std::string> apply(const PlannedFile& file) {
  std::string result;
  size_t copied = 0;
  for (const ReportedEdit* edit : in_order(file)) {
    if (edit->begin < copied) {
      return std::nullopt;
    }
    result.append(file.text, copied, edit->begin - copied);
    result.append(edit->text);
    copied = edit->end;
  }
  result.append(file.text, copied);
  return result;
}

class Planner {
 public:
  Planner(const Workspace& workspace, const std::vector<std::string>& env)
      : editable_(workspace, env) {}

  // Takes the fix in, or says why not.
  std::string add(const ReportedFix& fix) {
    // Edits by file; the files are entered in the plan only when all of them fit.
    std::map<std::string, PlannedFile> changed;
    for (const ReportedEdit& edit : fix.edits) {
      const std::string path = real_path(edit.path);
      if (path.empty()) {
        return edit.path + " is gone";
      }
      if (std::string objection = editable_.objection(path); !objection.empty()) {
        return edit.path + " " + objection;
      }
      auto [entry, is_new] = changed.try_emplace(path);
      PlannedFile& file = entry->second;
      if (is_new) {
        if (const auto planned = files_.find(path); planned != files_.end()) {
          file = planned->second;
        } else if (auto text = read_text(path)) {
          file.text = std::move(*text);
        } else {
          return edit.path + " cannot be read";
        }
        ++file.fixes;
      }
      if (edit.end > file.text.size() ||
          StringRef(file.text).slice(edit.begin, edit.end) != edit.old_text) {
        return edit.path + " has changed since it was checked";
      }
      const auto planned = files_.find(path);
      const std::vector<const ReportedEdit*> others =
          planned == files_.end() ? std::vector<const ReportedEdit*>() : planned->second.edits;
      // Fixes that were accepted together may share an edit: the `.await` of a call that
      // needs two of them.
      if (llvm::any_of(others,
                       [&edit](const ReportedEdit* other) { return is_same(edit, *other); })) {
        continue;
      }
      if (llvm::any_of(others,
                       [&edit](const ReportedEdit* other) { return touches(edit, *other); })) {
        return "it overlaps another fix";
      }
      file.edits.push_back(&edit);
    }
    for (const auto& [path, file] : changed) {
      if (!apply(file)) {
        return "its edits overlap each other";
      }
    }
    for (auto& [path, file] : changed) {
      files_[path] = std::move(file);
    }
    return {};
  }

  std::map<std::string, FileChange> finish() {
    std::map<std::string, FileChange> changes;
    for (auto& [path, file] : files_) {
      std::string text = apply(file).value_or(file.text);
      if (text == file.text) {
        continue;
      }
      FileChange& change = changes[path];
      for (const ReportedEdit* edit : in_order(file)) {
        change.edits.push_back(*edit);
      }
      change.fixes = file.fixes;
      change.old_text = std::move(file.text);
      change.new_text = std::move(text);
    }
    return changes;
  }

 private:
  EditableFiles editable_;
  std::map<std::string, PlannedFile> files_;
};

}  // namespace

FixPlan plan_fixes(const std::vector<ChosenFix>& chosen, const Workspace& workspace,
                   const std::vector<std::string>& env) {
  FixPlan plan;
  Planner planner(workspace, env);
  // A trial speaks of one crate's fixes, and what was hidden in several adds up. The
  // file of the finding stands for the crate: it is never more than one.
  std::map<std::string, uint32_t> expected;
  for (const ChosenFix& choice : chosen) {
    const std::string why = planner.add(choice.fix);
    if (why.empty()) {
      ++plan.fixes;
      uint32_t& errors = expected[choice.finding.path];
      errors = std::max(errors, choice.fix.remaining_errors);
    } else {
      const ReportedFinding& finding = choice.finding;
      plan.skipped.push_back(finding.display + ":" + std::to_string(finding.line) + ": the fix `" +
                             choice.fix.name + "` of " + finding.code + " was not applied: " + why);
    }
  }
  for (const auto& [path, errors] : expected) {
    plan.expected_errors += errors;
  }
  plan.files = planner.finish();
  return plan;
}

}  // namespace jaa::plugin
