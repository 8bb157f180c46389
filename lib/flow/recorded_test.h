// Recorded programs and messages of testdata/rustc/causes, for the tests of this layer.
#pragma once

#include <doctest/doctest.h>

#include <fstream>
#include <iterator>
#include <optional>
#include <string>
#include <vector>

#include "flow/facts.h"
#include "rustc/diagnostic.h"
#include "syntax/tree_cache.h"

namespace jaa::flow {

inline std::string slurp(const std::string& name) {
  std::ifstream file(JAA_TESTDATA "/rustc/causes/" + name, std::ios::binary);
  REQUIRE_MESSAGE(file.good(), name);
  return {std::istreambuf_iterator<char>(file), {}};
}

// `NAME.rs` as a crate of its own, with what the compiler said of it in `NAME.json`.
struct Recorded {
  base::SourceFiles files;
  syntax::TreeCache trees{files};
  std::vector<rustc::Diagnostic> diagnostics;
  std::vector<CrateFiles> crates;
  std::optional<Facts> facts;

  explicit Recorded(const std::string& name)
      : diagnostics(rustc::read_messages(slurp(name + ".json"), name).diagnostics) {
    const base::FileId file = files.add("/p/" + name + ".rs", name + ".rs", slurp(name + ".rs"));
    crates.push_back({"/p/" + name + ".rs", {file}});
    FactsInput input;
    input.files = &files;
    input.trees = &trees;
    input.diagnostics = &diagnostics;
    input.cwd = "/p";
    input.crates = crates;
    facts.emplace(input);
  }
  Recorded(const Recorded&) = delete;
  Recorded& operator=(const Recorded&) = delete;
};

}  // namespace jaa::flow
