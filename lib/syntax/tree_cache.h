// Syntax trees by file, each parsed when it is first asked for.
//
// References stay valid for the life of the cache, which must not outlive the
// source files.
#pragma once

#include <map>
#include <memory>

#include "syntax/tree.h"

namespace jaa::syntax {

class TreeCache {
 public:
  explicit TreeCache(const base::SourceFiles& sources) : sources_(&sources) {}

  [[nodiscard]] const Tree& tree(base::FileId file) const {
    std::unique_ptr<Tree>& known = trees_[file];
    if (!known) {
      known = std::make_unique<Tree>(*sources_, file);
    }
    return *known;
  }

 private:
  const base::SourceFiles* sources_;
  mutable std::map<base::FileId, std::unique_ptr<Tree>> trees_;
};

}  // namespace jaa::syntax
