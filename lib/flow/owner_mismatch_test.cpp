#include "flow/owner_mismatch.h"

#include <doctest/doctest.h>

#include <string>

#include "flow/recorded_test.h"
#include "syntax/queries.h"

namespace jaa::flow {
namespace {

TEST_CASE("values, references and `Arc`s that do not fit, with the parameter they are for") {
  const Recorded recorded("owners");
  const Facts& facts = *recorded.facts;
  std::string all;
  for (const OwnerMismatch& one : read_owner_mismatches(facts)) {
    const char* kind = one.kind == OwnerMismatch::Kind::WantsReference ? "lend "
                       : one.kind == OwnerMismatch::Kind::WantsOwner   ? "own "
                                                                       : "share ";
    all += kind + std::string(one.place.text()) + ": " + one.type + ", " +
           std::string(one.parameter.text()) + "\n";
    if (one.parameter) {
      CHECK(argument_for(one.call, one.parameter) == one.argument);
    }
  }
  CHECK(all ==
        "lend pool: Arc<Pool>, _: &Arc<Pool>\n"
        "lend String::new(): String, _: &String\n"
        "own pool: Arc<Pool>, _: Arc<Pool>\n"
        "own pool: Arc<Pool>, \n"
        "share &pool: Pool, _: &Arc<Pool>\n"
        "share Pool: Pool, _: Arc<Pool>\n"
        "share &list: Mutex<Vec<{integer}>>, \n");
}

}  // namespace
}  // namespace jaa::flow
