// Names of the standard library's futures that a module uses and does not import.
//
// rustc says for each use that it cannot find the name (by one of many codes, of a macro by
// none), and lists the paths that could be imported: these are read, not what it says.
#pragma once

#include <string>
#include <vector>

#include "rustc/diagnostic.h"

namespace jaa::flow {

struct MissingImport {
  std::string path;                 // "std::future::Future"; empty where none is asked for
  std::vector<std::string> rivals;  // paths under which something has the same name
};

[[nodiscard]] MissingImport missing_import(const rustc::Diagnostic& diagnostic);

}  // namespace jaa::flow
