// Recorded programs and messages of testdata/rustc/causes, for the tests of this layer.
#pragma once

#include <doctest/doctest.h>

#include <fstream>
#include <iterator>
#include <string>

namespace jaa::flow {

inline std::string slurp(const std::string& name) {
  std::ifstream file(JAA_TESTDATA "/rustc/causes/" + name, std::ios::binary);
  REQUIRE_MESSAGE(file.good(), name);
  return {std::istreambuf_iterator<char>(file), {}};
}

}  // namespace jaa::flow
