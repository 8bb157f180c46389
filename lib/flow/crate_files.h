// The source files of one crate.
#pragma once

#include <string>
#include <vector>

#include "base/source_files.h"

namespace jaa::flow {

// The files of one crate, those that may be edited.
struct CrateFiles {
  std::string root;  // absolute path of its root file
  std::vector<base::FileId> files;
};

}  // namespace jaa::flow
