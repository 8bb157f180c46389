// `cargo async` as a whole: reads the command line and runs the verb.
#pragma once

#include <string>
#include <vector>

#include "plugin/cargo/console.h"

namespace jaa::plugin {

// `arguments` without the program and the word `async`; `self` is the absolute path
// of this program; `env` its environment. Returns the exit code. `console` says
// where to write; its colour and loudness come from the arguments.
[[nodiscard]] int run_cargo_async(const std::vector<std::string>& arguments,
                                  const std::string& self, std::vector<std::string> env,
                                  Console console);

}  // namespace jaa::plugin
