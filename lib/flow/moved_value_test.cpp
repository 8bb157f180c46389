#include "flow/moved_value.h"

#include <doctest/doctest.h>

#include <string>

#include "flow/recorded_test.h"
#include "flow/taken_along.h"
#include "syntax/queries.h"

namespace jaa::flow {
namespace {

// "function: place > variable > future, again": of each value.
std::string told(const MovedValue& value) {
  const auto text = [](const syntax::Node& node) { return std::string(node.text().substr(0, 12)); };
  const syntax::Node function = syntax::outermost_function(value.place);
  return std::string(function.field("name").text()) + ": " + text(value.place) + " > " +
         text(value.binding) + " > " + text(value.future) + ", " + text(value.again) + ", " +
         value.type;
}

TEST_CASE("what a future is to take from where it cannot be taken") {
  base::SourceFiles files;
  const syntax::TreeCache trees{files};
  const std::vector<rustc::Diagnostic> diagnostics =
      rustc::read_messages(slurp("handed_over.json"), "handed_over").diagnostics;
  files.add("/p/handed_over.rs", "handed_over.rs", slurp("handed_over.rs"));
  CrateFiles crate;
  crate.root = "/p/handed_over.rs";
  crate.files = {base::FileId(size_t{0})};
  const std::vector<CrateFiles> crates{crate};
  FactsInput input;
  input.files = &files;
  input.trees = &trees;
  input.diagnostics = &diagnostics;
  input.cwd = "/p";
  input.crates = crates;
  const Facts facts(input);
  const std::vector<MovedValue> found = read_moved_values(facts);
  std::string all;
  for (const MovedValue& value : found) {
    all += told(value) + "\n";
    CHECK(outlives_function(facts, value.future));
  }
  CHECK(all ==
        "by_variable: self.title > title > async move {, , Arc<str>\n"
        "at_once: self.title >  > run(self.tit, , Arc<str>\n"
        "used_again: title > own > async move {, title, Arc<str>\n"
        "wanted_later: title > kept > async move {, async move {, Arc<str>\n"
        "each_round: title > own > async move {, , Arc<str>\n"
        "while_borrowed: title > own > async move {, , \n");
}

}  // namespace
}  // namespace jaa::flow
