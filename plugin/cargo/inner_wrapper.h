// The user's own workspace wrapper, which our wrapper takes the place of and calls
// in turn. Cargo tells nobody which one it would use (`cargo config` is unstable),
// so its rules are followed here.
#pragma once

#include <string>
#include <vector>

namespace jaa::plugin {

struct WrapperSearch {
  const std::vector<std::string>& env;
  const std::string& cwd;
  // The values of `--config`, each a file or `key = value`.
  const std::vector<std::string>& config;
};

// A program's path or name; empty when there is none.
[[nodiscard]] std::string find_inner_wrapper(const WrapperSearch& search);

}  // namespace jaa::plugin
