// A mirror of source folders: real directories, links to the original files, and
// real files where an edited copy takes the place of one.
//
// Directories must be real, because the kernel resolves `..` after following a
// link, and `#[path = "../x.rs"]` would leave the mirror unseen. A link that stays
// within the mirrored folders becomes a link within the mirror.
#pragma once

#include <string>
#include <vector>

#include "llvm/Support/Error.h"
#include "plugin/rustc/edited_copies_unix.h"

namespace jaa::plugin {

class ShadowTree {
 public:
  // Mirrors `roots` under `folder`, each at its own absolute path. Left out: git's
  // folder, build folders (those with a `CACHEDIR.TAG`), and `folder` itself.
  [[nodiscard]] static llvm::Expected<ShadowTree> make(const std::vector<std::string>& roots,
                                                       const std::vector<EditedCopy>& copies,
                                                       const std::string& folder);
  // A path below a root has a twin if the mirror has it; other paths are their own.
  [[nodiscard]] std::string inside(const std::string& original) const;
  [[nodiscard]] std::string outside(const std::string& seen) const;

 private:
  ShadowTree() = default;
  [[nodiscard]] bool is_under_root(const std::string& path) const;
  [[nodiscard]] llvm::Error mirror_folder(const std::string& folder,
                                          std::vector<std::string>& pending) const;
  [[nodiscard]] llvm::Error mirror_link(const std::string& path) const;

  std::string folder_;              // canonical
  std::vector<std::string> roots_;  // canonical
};

}  // namespace jaa::plugin
