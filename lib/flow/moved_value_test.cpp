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
  const Recorded recorded("handed_over");
  const Facts& facts = *recorded.facts;
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
