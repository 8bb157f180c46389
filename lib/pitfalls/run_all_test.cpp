#include "pitfalls/run_all.h"

#include <doctest/doctest.h>

#include <fstream>
#include <iterator>
#include <string>

#include "flow/facts.h"

namespace jaa::pitfalls {
namespace {

using Kind = base::Verdict::Kind;

base::Span at(uint32_t begin) {
  return {base::FileId(0), begin, begin + 3};
}

base::FixIt fix_at(uint32_t begin, Kind verdict = Kind::Untried) {
  base::FixIt fix;
  fix.name = "x";
  fix.edits = {{at(begin), "new"}};
  fix.verdict.kind = verdict;
  return fix;
}

// At `place`, with the error of that number.
base::Finding finding(uint32_t place, uint32_t error, std::vector<base::FixIt> fixes) {
  base::Finding result;
  result.code = "rc_across_await";
  result.primary = {at(place), "here"};
  result.explains = {error};
  result.fixits = std::move(fixes);
  return result;
}

std::vector<base::Finding> joined(std::vector<base::Finding> findings) {
  join_same_remedy(findings);
  return findings;
}

TEST_CASE("findings of one remedy become one that says what both say") {
  base::Finding first = finding(10, 1, {fix_at(0), fix_at(100)});
  first.secondary = {{at(20), "held"}};
  base::Finding second = finding(30, 2, {fix_at(0), fix_at(200)});
  second.secondary = {{at(20), "held"}, {at(40), "held"}};
  second.explains = {1, 2};
  const auto findings = joined({first, second});
  REQUIRE(findings.size() == 1);
  const base::Finding& one = findings[0];
  CHECK(one.primary.span == at(10));
  REQUIRE(one.secondary.size() == 3);
  CHECK(one.secondary[0].span == at(20));
  CHECK(one.secondary[1].span == at(30));
  CHECK(one.secondary[1].text == "here");
  CHECK(one.secondary[2].span == at(40));
  CHECK(one.explains == std::vector<uint32_t>{1, 2});
  // The alternatives are the first one's.
  REQUIRE(one.fixits.size() == 2);
  CHECK(one.fixits[1].edits[0].span == at(100));
}

TEST_CASE("a place is labelled once") {
  base::Finding second = finding(10, 2, {fix_at(0)});
  second.secondary = {{at(10), "again"}};
  const auto findings = joined({finding(10, 1, {fix_at(0)}), second});
  REQUIRE(findings.size() == 1);
  CHECK(findings[0].secondary.empty());
}

TEST_CASE("what one of them is sure of needs no proof") {
  base::Finding sure = finding(10, 1, {fix_at(0)});
  base::Finding unsure = finding(30, 2, {fix_at(0)});
  unsure.needs_proof = true;
  CHECK_FALSE(joined({unsure, sure}).at(0).needs_proof);
  CHECK_FALSE(joined({sure, unsure}).at(0).needs_proof);
  CHECK(joined({unsure, unsure}).at(0).needs_proof);
}

TEST_CASE("findings with another remedy, code or level stay apart, in their order") {
  const base::Finding one = finding(10, 1, {fix_at(0)});
  CHECK(joined({one, finding(30, 2, {fix_at(1)})}).size() == 2);
  base::Finding other = finding(30, 2, {fix_at(0)});
  other.fixits[0].edits[0].text = "other";
  CHECK(joined({one, other}).size() == 2);
  other = finding(30, 2, {fix_at(0)});
  other.code = "cell_across_await";
  CHECK(joined({one, other}).size() == 2);
  other = finding(30, 2, {fix_at(0)});
  other.level = base::Level::Error;
  CHECK(joined({one, other}).size() == 2);
  const auto mixed = joined({finding(1, 1, {fix_at(0)}), finding(2, 2, {fix_at(9)}),
                             finding(3, 3, {fix_at(0)}), finding(4, 4, {})});
  REQUIRE(mixed.size() == 3);
  CHECK(mixed[0].explains == std::vector<uint32_t>{1, 3});
  CHECK(mixed[1].explains == std::vector<uint32_t>{2});
  CHECK(mixed[2].explains == std::vector<uint32_t>{4});
}

TEST_CASE("findings without a fix are never joined") {
  CHECK(joined({finding(10, 1, {}), finding(10, 1, {})}).size() == 2);
  CHECK(joined({}).empty());
}

TEST_CASE("the fix that was accepted stands for the finding, else the first") {
  const base::Finding second_accepted =
      finding(10, 1, {fix_at(0, Kind::Rejected), fix_at(5, Kind::Accepted)});
  CHECK(joined({second_accepted, finding(30, 2, {fix_at(5, Kind::Accepted)})}).size() == 1);
  CHECK(joined({second_accepted, finding(30, 2, {fix_at(0, Kind::Rejected)})}).size() == 2);
  // The same edit with two answers: one of them is not the remedy.
  CHECK(joined({finding(10, 1, {fix_at(0, Kind::Accepted)}),
                finding(30, 2, {fix_at(0, Kind::Rejected)})})
            .size() == 2);
}

std::string slurp(const std::string& name) {
  std::ifstream file(JAA_TESTDATA "/rustc/causes/" + name, std::ios::binary);
  REQUIRE_MESSAGE(file.good(), name);
  return {std::istreambuf_iterator<char>(file), {}};
}

// The codes of what is found in a recorded program, from its messages alone.
std::string codes_in(const std::string& name) {
  base::SourceFiles files;
  const base::FileId file = files.add("/p/" + name + ".rs", name + ".rs", slurp(name + ".rs"));
  const syntax::TreeCache trees(files);
  const flow::UnitSources sources(files, "/p");
  const auto messages = rustc::read_messages(slurp(name + ".json"), name).diagnostics;
  flow::FactsInput input;
  input.files = &files;
  input.trees = &trees;
  input.denials = flow::read_denials(messages, sources);
  input.recursions = flow::read_recursions(messages, sources);
  input.crates = {{"/p/" + name + ".rs", {file}}};
  std::string result;
  for (const base::Finding& finding : run_all(flow::Facts(input))) {
    result += finding.code + " ";
  }
  return result;
}

TEST_CASE("every pitfall is run, in the catalogue's order") {
  CHECK(
      codes_in("kinds") ==
      "async_closure_not_send cell_across_await missing_send_bound missing_send_bound non_send_dyn "
      "non_send_error_across_await non_sync_reference_across_await raw_pointer_across_await "
      "rc_across_await rc_across_await rc_across_await refcell_across_await "
      "thread_local_handle_across_await tracing_guard_across_await trait_future_not_send "
      "trait_future_not_send ");
  CHECK(codes_in("cycles") == "async_recursion_unboxed async_recursion_unboxed ");
  CHECK(codes_in("public_trait").empty());
}

TEST_CASE("of what is run, findings of one remedy are joined") {
  CHECK(codes_in("one_remedy") == "rc_across_await ");
}

}  // namespace
}  // namespace jaa::pitfalls
