// What a reader could not understand. Readers never fail: they return a table
// and a list of these.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace jaa::base {

// `input` names the file or stream, `line` is 1-based (0: the whole input).
struct Problem {
  std::string input;
  uint32_t line = 0;
  std::string text;
};

using Problems = std::vector<Problem>;

}  // namespace jaa::base
