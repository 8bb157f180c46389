#include <doctest/doctest.h>

#include <algorithm>
#include <fstream>
#include <iterator>
#include <regex>
#include <string>

#include "flow/saved.h"
#include "mir/reader.h"

namespace jaa::flow {
namespace {

std::string slurp(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  REQUIRE_MESSAGE(file.good(), path);
  return {std::istreambuf_iterator<char>(file), {}};
}

// Some suspend point of the one body saves a value of type `NS`, by itself or in a
// tuple.
bool saves_ns(const std::string& path) {
  const mir::Module read = mir::read_mir(slurp(path), path);
  REQUIRE(read.problems.empty());
  REQUIRE(read.bodies.size() == 1);
  const mir::Body& body = read.bodies.front();
  const auto suspends = suspend_points(body);
  REQUIRE_FALSE(suspends.empty());
  return std::any_of(suspends.begin(), suspends.end(), [&](const SuspendPoint& suspend) {
    return std::any_of(suspend.saved.begin(), suspend.saved.end(), [&](mir::LocalId local) {
      const std::string type = body.types().print(body.locals[local].type);
      return type == "NS" || type == "rows::NS" || type.find("(NS,") == 0;
    });
  });
}

// Every row of the sources that `tools/record` has put to rustc itself.
TEST_CASE("what is saved is what rustc says, on both passes") {
  const std::string folder = JAA_TESTDATA "/flow/saved/";
  int rows = 0;
  for (const std::string stem : {"rows", "rows2021"}) {
    const std::string source = slurp(folder + stem + ".rs");
    const std::regex mark("// saved: (yes|no)\nasync fn (\\w+)");
    for (std::sregex_iterator at(source.begin(), source.end(), mark), end; at != end; ++at) {
      const bool expected = (*at)[1] == "yes";
      for (const char* pass : {"built", "promoted"}) {
        const std::string name = stem + "." + (*at)[2].str() + "." + pass + ".mir";
        CAPTURE(name);
        CHECK(saves_ns(folder + name) == expected);
      }
      ++rows;
    }
  }
  CHECK(rows == 21);
}

TEST_CASE("a body without awaits, and a stub, have no suspend points") {
  const mir::Module read = mir::read_mir(
      "fn f::{closure#0}(_1: {async fn body of f()}, _2: std::future::ResumeTy) -> ()\n"
      "yields ()\n {\n    let mut _0: ();\n\n    bb0: {\n        unreachable;\n    }\n}\n",
      "stub");
  REQUIRE(read.bodies.size() == 1);
  CHECK(suspend_points(read.bodies.front()).empty());
}

}  // namespace
}  // namespace jaa::flow
