// Which futures of some crates are `Send`, from their dumps and rustdoc's JSON:
//
//   send_check [--used FOLDER].. [--docs FILE-OR-FOLDER].. FOLDER..
//
//   send_check --std-types FILE       types of the standard library, one a line
//
// Prints one JSON object a future, or a type. The exit code is 1 when a file cannot be read.
#include <string_view>

#include "llvm/Support/MemoryBuffer.h"

#include "plugin/jaa/mir_send_unix.h"

int main(int argc, char** argv) {
  if (argc == 3 && std::string_view(argv[1]) == "--std-types") {
    const auto types = llvm::MemoryBuffer::getFileOrSTDIN(argv[2]);
    if (!types) {
      llvm::errs() << "error: '" << argv[2] << "' cannot be read\n";
      return 1;
    }
    jaa::plugin::run_std_types((*types)->getBuffer(), llvm::outs());
    return 0;
  }
  jaa::plugin::MirSendOptions options;
  for (int at = 1; at < argc; ++at) {
    const std::string_view word = argv[at];
    if ((word == "--used" || word == "--docs") && at + 1 < argc) {
      (word == "--used" ? options.used : options.docs).emplace_back(argv[++at]);
    } else {
      options.asked.emplace_back(word);
    }
  }
  if (llvm::Error error = jaa::plugin::run_mir_send(options, llvm::outs())) {
    llvm::errs() << "error: " << llvm::toString(std::move(error)) << '\n';
    return 1;
  }
  return 0;
}
