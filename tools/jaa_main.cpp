// `jaa`: async findings for one Rust file, or for a compiler's recorded output.
#include <string>
#include <vector>

#include "llvm/Support/raw_ostream.h"

#include "plugin/jaa/jaa_unix.h"

int main(int argc, char** argv) {
  const int exit_code =
      jaa::plugin::run_jaa(std::vector<std::string>(argv + (argc > 0 ? 1 : 0), argv + argc));
  // A reader that has gone away (`| head`) is no failure of ours.
  llvm::outs().flush();
  llvm::outs().clear_error();
  return exit_code;
}
