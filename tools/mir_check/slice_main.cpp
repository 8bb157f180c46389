// Writes a crate's files anew, with what the bodies of functions of one name need and
// nothing else (rewrite/slice_crate.h): tools/ecosystem compiles them then.
//
//   crate_slice NAME FILE..
//
// Exits with 1 when there is no function of that name, and writes nothing.
#include <string>
#include <string_view>
#include <vector>

#include "llvm/Support/MemoryBuffer.h"
#include "llvm/Support/raw_ostream.h"

#include "rewrite/slice_crate.h"

int main(int argc, char** argv) {
  if (argc < 3) {
    llvm::errs() << "usage: crate_slice NAME FILE..\n";
    return 2;
  }
  std::vector<std::string> texts;
  for (int index = 2; index < argc; ++index) {
    const auto buffer = llvm::MemoryBuffer::getFile(argv[index]);
    if (!buffer) {
      llvm::errs() << "error: cannot read `" << argv[index] << "`\n";
      return 2;
    }
    texts.push_back((*buffer)->getBuffer().str());
  }
  const std::vector<std::string_view> files(texts.begin(), texts.end());
  const auto sliced = jaa::rewrite::slice_crate(files, {std::string(argv[1])});
  for (size_t index = 0; index < sliced.size(); ++index) {
    if (!sliced[index]) {
      continue;
    }
    std::error_code failed;
    llvm::raw_fd_ostream file(argv[index + 2], failed);
    if (failed) {
      llvm::errs() << "error: cannot write `" << argv[index + 2] << "`\n";
      return 2;
    }
    file << *sliced[index];
  }
  return sliced.empty() ? 1 : 0;
}
