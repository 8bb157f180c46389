// `cargo-async`, a program with two faces: cargo runs it as the subcommand `async`,
// and, with the variables that the subcommand sets, as the wrapper around rustc.
#include <cstdlib>
#include <string>
#include <string_view>
#include <vector>

#include "llvm/Support/FileSystem.h"
#include "llvm/Support/raw_ostream.h"
#include "plugin/cargo/cargo_async.h"
#include "plugin/rustc/driver_unix.h"

extern char** environ;

int main(int argc, char** argv) {
  const bool is_subcommand = argc > 1 && std::string_view(argv[1]) == "async";
  // A build script that runs cargo async has the wrapper's variables as well.
  const bool is_wrapper =
      std::getenv("JAA_RUN_DIR") != nullptr || std::getenv("JAA_MODE") != nullptr;
  if (!is_subcommand && argc > 1 && is_wrapper) {
    return jaa::plugin::wrap_rustc(argc, argv);
  }
  const std::vector<std::string> arguments(argv + (is_subcommand ? 2
                                                   : argc > 0    ? 1
                                                                 : 0),
                                           argv + argc);
  std::vector<std::string> env;
  for (char** variable = environ; variable != nullptr && *variable != nullptr; ++variable) {
    env.emplace_back(*variable);
  }
  static char anchor;  // an address in this program, for finding its file
  const std::string self = llvm::sys::fs::getMainExecutable(argc > 0 ? argv[0] : "", &anchor);
  const int exit_code =
      jaa::plugin::run_cargo_async(arguments, self, std::move(env), {llvm::outs(), llvm::errs()});
  // A reader that has gone away (`| head`) is no failure of ours.
  llvm::outs().flush();
  llvm::outs().clear_error();
  return exit_code;
}
