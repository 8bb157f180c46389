#include "plugin/rustc/shadow_tree_unix.h"

#include <unistd.h>

#include <algorithm>
#include <cerrno>

#include "llvm/Support/FileSystem.h"
#include "llvm/Support/Path.h"

namespace jaa::plugin {
namespace {

bool is_build_folder(const std::string& path) {
  return stamp_of(path + "/CACHEDIR.TAG").has_value();
}

llvm::Error make_link(const std::string& target, const std::string& path) {
  if (::symlink(target.c_str(), path.c_str()) == 0 || errno == EEXIST) {
    return llvm::Error::success();
  }
  return file_error("make the link", path, errno);
}

}  // namespace

bool ShadowTree::is_under_root(const std::string& path) const {
  return std::ranges::any_of(roots_,
                             [&](const std::string& root) { return is_within(path, root); });
}

// A link keeps its meaning: within the roots it leads to the twin of its target.
llvm::Error ShadowTree::mirror_link(const std::string& path) const {
  const std::optional<std::string> target = canonical_path(path);
  if (!target) return llvm::Error::success();  // dangling, as before
  return make_link(is_under_root(*target) ? folder_ + *target : *target, folder_ + path);
}

llvm::Error ShadowTree::mirror_folder(const std::string& folder,
                                      std::vector<std::string>& pending) const {
  if (llvm::Error error = make_directories(folder_ + folder)) return error;
  std::error_code code;
  for (llvm::sys::fs::directory_iterator it(folder, code, false), end; it != end && !code;
       it.increment(code)) {
    const std::string& path = it->path();
    const std::optional<FileStamp> stamp = link_stamp_of(path);
    if (!stamp) continue;
    if (S_ISLNK(stamp->mode)) {
      if (llvm::Error error = mirror_link(path)) return error;
    } else if (S_ISDIR(stamp->mode)) {
      const bool is_left_out =
          llvm::sys::path::filename(path) == ".git" || path == folder_ || is_build_folder(path);
      if (!is_left_out) pending.push_back(path);
    } else if (S_ISREG(stamp->mode)) {
      if (llvm::Error error = make_link(path, folder_ + path)) return error;
    }
  }
  if (code) return file_error("list", folder, code.value());
  return llvm::Error::success();
}

llvm::Expected<ShadowTree> ShadowTree::make(const std::vector<std::string>& roots,
                                            const std::vector<EditedCopy>& copies,
                                            const std::string& folder) {
  ShadowTree tree;
  if (llvm::Error error = make_directories(folder)) return error;
  const std::optional<std::string> canonical = canonical_path(folder);
  if (!canonical) return file_error("find", folder, errno);
  tree.folder_ = *canonical;
  std::vector<std::string> pending;
  for (const std::string& root : roots) {
    const std::optional<std::string> path = canonical_path(root);
    if (!path) return file_error("mirror", root, errno);
    if (*path == "/") return sentence("will not mirror the whole file system");
    tree.roots_.push_back(*path);
    pending.push_back(*path);
  }
  while (!pending.empty()) {
    const std::string next = std::move(pending.back());
    pending.pop_back();
    if (llvm::Error error = tree.mirror_folder(next, pending)) return error;
  }
  for (const EditedCopy& copy : copies) {
    const std::string twin = tree.folder_ + copy.original;
    // Outside all roots, or in a folder left out: nobody would see the edit.
    if (!link_stamp_of(twin)) return sentence("the shadow tree has no " + copy.original);
    // The very file that is watched: the proof is about its inode.
    if (::unlink(twin.c_str()) != 0 || ::link(copy.copy.c_str(), twin.c_str()) != 0) {
      return file_error("link", twin, errno);
    }
  }
  return tree;
}

std::string ShadowTree::inside(const std::string& original) const {
  if (!original.starts_with('/')) return original;
  const std::string path = clean_path(original);
  if (!is_under_root(path) || !link_stamp_of(folder_ + path)) return original;
  return folder_ + path;
}

std::string ShadowTree::outside(const std::string& seen) const {
  if (!is_within(seen, folder_)) return seen;
  return seen.substr(folder_.size());
}

}  // namespace jaa::plugin
