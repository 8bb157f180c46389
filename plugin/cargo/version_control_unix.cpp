#include "plugin/cargo/version_control_unix.h"

#include <system_error>

#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringRef.h"
#include "llvm/Support/FileSystem.h"
#include "plugin/cargo/files.h"
#include "plugin/cargo/write_files_unix.h"
#include "plugin/rustc/process_unix.h"

namespace jaa::plugin {

namespace {

using llvm::StringRef;

// Files with changes that are not committed; a staged one has none beyond the index.
struct Changes {
  std::vector<std::string> dirty;
  std::vector<std::string> staged;
};

// `git status --porcelain -z`: `XY path`, each ended by a NUL; a rename or a copy is
// followed by the path it came from.
Changes read_status(StringRef text) {
  Changes changes;
  while (text.size() > 3) {
    const auto [entry, rest] = text.split('\0');
    text = rest;
    const char in_index = entry[0];
    const char in_tree = entry[1];
    if (in_index == 'R' || in_index == 'C') {
      text = text.split('\0').second;
    }
    (in_tree == ' ' ? changes.staged : changes.dirty).push_back(entry.drop_front(3).str());
  }
  return changes;
}

bool has_entry(StringRef root, std::initializer_list<const char*> names) {
  const auto has_one = [names](const std::string& folder) {
    return llvm::any_of(names, [&folder](const char* name) {
      return llvm::sys::fs::exists(join_path(folder, name));
    });
  };
  return find_upward(root, has_one).has_value();
}

llvm::Error refusal(const std::string& text) {
  return llvm::createStringError(std::errc::operation_not_permitted, "%s", text.c_str());
}

llvm::Error refuse_changes(const Changes& changes, const FixArguments& arguments) {
  std::string files;
  if (!arguments.allow_dirty) {
    for (const std::string& path : changes.dirty) {
      files +=
          "  * " + path +
          (is_staged_name(path) ? " (left by an earlier run that was killed; it can be deleted)"
                                : " (dirty)") +
          "\n";
    }
  }
  const bool is_dirty = !files.empty();
  if (!arguments.allow_staged) {
    for (const std::string& path : changes.staged) {
      files += "  * " + path + " (staged)\n";
    }
  }
  if (files.empty()) {
    return llvm::Error::success();
  }
  const std::string what = is_dirty ? "uncommitted" : "staged";
  const std::string flag = is_dirty ? "--allow-dirty" : "--allow-staged";
  return refusal("the workspace has " + what +
                 " changes, from which the edits of `cargo async fix` could not be told apart; "
                 "commit these files first, or pass `" +
                 flag + "`:\n\n" + files);
}

}  // namespace

llvm::Error check_version_control(const std::string& root, const FixArguments& arguments,
                                  const std::vector<std::string>& env) {
  if (arguments.allow_no_vcs) {
    return llvm::Error::success();
  }
  Command git;
  git.argv = {"git", "-C", root, "status", "--porcelain=v1", "-z", "--untracked-files=normal",
              "--",  "."};
  git.env = env;
  // Looking must not take the index lock from the user's own git.
  git.env->push_back("GIT_OPTIONAL_LOCKS=0");
  auto result = run(git);
  if (result && result->exit_code == 0) {
    return refuse_changes(read_status(result->out), arguments);
  }
  const std::string said = result ? result->err : llvm::toString(result.takeError());
  if (has_entry(root, {".git"})) {
    return refusal(
        "git could not tell the state of the workspace; pass `--allow-no-vcs` to go on "
        "without it:\n" +
        said);
  }
  // Cargo, too, asks only git about changes.
  if (has_entry(root, {".hg", ".jj", ".pijul", ".fslckout", "_FOSSIL_"})) {
    return llvm::Error::success();
  }
  return refusal(
      "the workspace is under no version control, so edits of `cargo async fix` could "
      "not be undone; pass `--allow-no-vcs` to go on");
}

}  // namespace jaa::plugin
