// `async-analyzer`, the language server.
#include <string>
#include <string_view>

#include "llvm/Support/FileSystem.h"
#include "llvm/Support/raw_ostream.h"
#include "plugin/lsp/loop_unix.h"

namespace {

constexpr const char* Usage =
    "usage: async-analyzer [--stdio]\n"
    "       async-analyzer --check FILE\n"
    "       async-analyzer --version | --help\n\n"
    "Speaks the language server protocol on stdin and stdout, for an editor, beside\n"
    "rust-analyzer. `--check` prints what it would say of one file.\n";

}  // namespace

int main(int argc, char** argv) {
  static char anchor;  // an address in this program, for finding its file
  const std::string self = llvm::sys::fs::getMainExecutable(argc > 0 ? argv[0] : "", &anchor);
  const std::string_view option = argc > 1 ? argv[1] : "";
  if (argc == 1 || (argc == 2 && option == "--stdio")) {
    return jaa::lsp::serve(self);
  }
  if (argc == 3 && option == "--check") {
    return jaa::lsp::check_file(self, argv[2]);
  }
  if (argc == 2 && option == "--version") {
    llvm::outs() << "async-analyzer " JAA_VERSION "\n";
    return 0;
  }
  const bool is_help = argc == 2 && option == "--help";
  (is_help ? llvm::outs() : llvm::errs()) << Usage;
  return is_help ? 0 : 1;
}
