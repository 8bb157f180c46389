// `jaa mir --send`: which futures of a crate are `Send`.
#pragma once

#include <string>
#include <vector>

#include "llvm/Support/Error.h"
#include "llvm/Support/raw_ostream.h"

namespace jaa::plugin {

struct MirSendOptions {
  // Folders of dumps of the crates that are asked about, and of those that they use.
  std::vector<std::string> asked;
  std::vector<std::string> used;
  // Files of rustdoc's, or folders of them.
  std::vector<std::string> docs;
};

// Prints one JSON object a future, at the place where its block begins:
// {"file", "line", "column", "send": true, false or null, "why": [..]}.
llvm::Error run_mir_send(const MirSendOptions& options, llvm::raw_ostream& out);

// Reads types of the standard library, one a line, and prints one JSON object each:
// {"type", "send", "sync"}.
void run_std_types(llvm::StringRef types, llvm::raw_ostream& out);

}  // namespace jaa::plugin
