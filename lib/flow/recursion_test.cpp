#include "flow/recursion.h"

#include <doctest/doctest.h>

#include <string>

#include "flow/recorded_test.h"

namespace jaa::flow {
namespace {

// A recorded program, the crate it may use, and what rustc says of it.
struct Program {
  explicit Program(const std::string& name)
      : diagnostics(rustc::read_messages(slurp(name + ".json"), name).diagnostics) {
    for (const std::string& file : {name + ".rs", std::string("elsewhere.rs")}) {
      files.add("/p/" + file, file, slurp(file));
    }
  }
  [[nodiscard]] std::vector<Recursion> recursions() const {
    return read_recursions(diagnostics, sources);
  }
  [[nodiscard]] std::string text(const NamedPlace& place) const {
    const auto span = span_of(place, files);
    return span ? std::string(files.text(*span)) : "none";
  }

  base::SourceFiles files;
  UnitSources sources{files, "/p"};
  std::vector<rustc::Diagnostic> diagnostics;
};

TEST_CASE("a function that awaits itself is a cycle of one") {
  const Program program("cycles");
  const std::vector<Recursion> found = program.recursions();
  REQUIRE(found.size() == 2);
  CHECK(found[0].diagnostic == 0);
  REQUIRE(found[0].steps.size() == 1);
  CHECK(program.text(found[0].steps[0].function) == "async fn once(tries: u32)");
  CHECK(program.text(found[0].steps[0].await) == "once(tries - 1).await");
}

TEST_CASE("the functions of a ring come in the order of their calls") {
  const Program program("cycles");
  const std::vector<Recursion> found = program.recursions();
  REQUIRE(found.size() == 2);
  CHECK(found[1].diagnostic == 1);
  std::string calls;
  for (const RecursiveStep& step : found[1].steps) {
    calls += program.text(step.function) + " > " + program.text(step.await) + "\n";
  }
  CHECK(calls ==
        "async fn first(tries: u32) > second(tries).await\n"
        "async fn second(tries: u32) > third(tries).await\n"
        "async fn third(tries: u32) > first(tries - 1).await\n");
}

TEST_CASE("a cycle of layouts has its awaits in the notes, and names no functions") {
  const Program program("layout_cycle");
  const std::vector<Recursion> found = program.recursions();
  REQUIRE(found.size() == 1);
  CHECK(program.diagnostics.at(found[0].diagnostic).code == "E0391");
  REQUIRE(found[0].steps.size() == 1);
  CHECK(program.text(found[0].steps[0].await) == "first_good(attempts - 1, ask).await");
  CHECK(found[0].steps[0].function == found[0].steps[0].await);
}

// What comes after the note that closes the cycle tells who asked for it.
TEST_CASE("an await that only asks for the layout is no step of the cycle") {
  const Program program("layout_cycle_awaited");
  const std::vector<Recursion> found = program.recursions();
  REQUIRE(found.size() == 1);
  CHECK(program.text(found[0].steps[0].await) == "first_good(attempts - 1, ask).await");
  CHECK(found[0].steps.size() == 1);
}

TEST_CASE("cycles without an await, and other errors, are no recursions") {
  const Program foreign("foreign_cycle");
  REQUIRE(foreign.diagnostics.front().code == "E0391");
  CHECK(foreign.recursions().empty());
  CHECK(Program("shapes").recursions().empty());
  CHECK(Program("undecided").recursions().empty());
}

TEST_CASE("an error without its labelled await, or a mere warning, tells no cycle") {
  Program program("cycles");
  program.diagnostics[0].level = rustc::Level::Warning;
  for (rustc::DiagnosticSpan& span : program.diagnostics[1].spans) {
    span.label.clear();
  }
  CHECK(program.recursions().empty());
  // A step that cannot be read is left out; the others stand.
  Program ring("cycles");
  ring.diagnostics[1].children[0].spans.clear();
  REQUIRE(ring.recursions().size() == 2);
  CHECK(ring.recursions()[1].steps.size() == 2);
  for (rustc::DiagnosticSpan& span : ring.diagnostics[1].children[1].spans) {
    span.label.clear();
  }
  CHECK(ring.recursions()[1].steps.size() == 1);
}

TEST_CASE("messages that are cut short are read up to the last whole line") {
  const std::string all = slurp("cycles.json");
  const base::SourceFiles files;
  const UnitSources sources(files, "/p");
  const size_t first_end = all.find('\n');
  const size_t second_end = all.find('\n', first_end + 1);
  for (size_t length = 0; length < all.size(); length += 37) {
    const rustc::Messages messages =
        rustc::read_messages(std::string_view(all).substr(0, length), "cut");
    const size_t whole = length < first_end ? 0U : length < second_end ? 1U : 2U;
    CAPTURE(length);
    CHECK(read_recursions(messages.diagnostics, sources).size() == whole);
  }
}

}  // namespace
}  // namespace jaa::flow
