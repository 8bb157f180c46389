#include "flow/dyn_trait.h"

#include <doctest/doctest.h>

#include <fstream>
#include <iterator>

namespace jaa::flow {
namespace {

std::string slurp(const std::string& name) {
  std::ifstream file(JAA_TESTDATA "/rustc/" + name, std::ios::binary);
  REQUIRE_MESSAGE(file.good(), name);
  return {std::istreambuf_iterator<char>(file), {}};
}

TEST_CASE("the trait, its method and the place that asks for a trait object") {
  base::SourceFiles files;
  files.add("/p/async_fn_in_dyn.rs", "async_fn_in_dyn.rs", slurp("async_fn_in_dyn.rs"));
  const UnitSources sources(files, "/p");
  auto diagnostics = rustc::read_messages(slurp("async_fn_in_dyn.json"), "recorded").diagnostics;
  const auto found = read_dyn_denials(diagnostics, sources);
  REQUIRE(!found.empty());
  const auto text = [&](const NamedPlace& place) {
    const auto span = span_of(place, files);
    return span ? std::string(files.text(*span)) : "none";
  };
  CHECK(text(found[0].trait) == "Svc");
  REQUIRE(found[0].reasons.size() == 1);
  CHECK(text(found[0].reasons[0]) == "call");
  CHECK(diagnostics[found[0].diagnostic].code == "E0038");
  CHECK_FALSE(found[0].is_in_macro);

  // Neither another error nor one without its note.
  for (rustc::Diagnostic& one : diagnostics) {
    one.children.clear();
  }
  CHECK(read_dyn_denials(diagnostics, sources).empty());
}

}  // namespace
}  // namespace jaa::flow
