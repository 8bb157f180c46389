#include "flow/denial.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <string>

#include "flow/public_trait.h"
#include "flow/recorded_test.h"

namespace jaa::flow {
namespace {

// A recorded program and what rustc says of it.
struct Program {
  explicit Program(const std::string& name)
      : diagnostics(rustc::read_messages(slurp(name + ".json"), name).diagnostics) {
    files.add("/p/" + name + ".rs", name + ".rs", slurp(name + ".rs"));
    denials = read_denials(diagnostics, sources);
  }
  // The one whose demand starts with `text`.
  [[nodiscard]] const Denial& denial(std::string_view text) const {
    CAPTURE(text);
    const auto at = std::find_if(denials.begin(), denials.end(), [&](const Denial& denial) {
      return this->text(denial.demand).starts_with(text);
    });
    REQUIRE(at != denials.end());
    return *at;
  }
  [[nodiscard]] std::string text(const std::optional<NamedPlace>& place) const {
    const auto span = place ? span_of(*place, files) : std::nullopt;
    return span ? std::string(files.text(*span)) : "none";
  }

  base::SourceFiles files;
  UnitSources sources{files, "/p"};
  std::vector<rustc::Diagnostic> diagnostics;
  std::vector<Denial> denials;
};

bool quotes(const Denial& denial, std::string_view text) {
  return std::find(denial.quoted.begin(), denial.quoted.end(), text) != denial.quoted.end();
}

TEST_CASE("a value that is saved across an await is labelled, and so is the await") {
  const Program program("shapes");
  const Denial& denial = program.denial("saved()");
  CHECK(program.diagnostics.at(denial.diagnostic).spans.front().label == denial.demand_label);
  CHECK(denial.demand_label == "future returned by `saved` is not `Send`");
  CHECK(denial.trait == "Send");
  CHECK(denial.culprit == "Rc<i32>");
  CHECK(denial.value_type == "Rc<i32>");
  CHECK(program.text(denial.value) == "count");
  CHECK(program.text(denial.await) == "await");
  CHECK(program.text(denial.bound) == "Send");
  CHECK(denial.bound_label == "required by this bound in `spawn`");
  CHECK(denial.bodies.empty());
  CHECK(denial.undecided.empty());
  CHECK_FALSE(denial.opaque);
  CHECK_FALSE(denial.is_inferred);
  CHECK(quotes(denial, "spawn"));
}

TEST_CASE("what is referred to lacks Sync, and the reference is the value") {
  const Program program("shapes");
  const Denial& denial = program.denial("spawn(async { referenced");
  CHECK(denial.trait == "Sync");
  CHECK(denial.culprit == "Cell<u8>");
  CHECK(denial.value_type == "&Cell<u8>");
  CHECK(program.text(denial.value) == "cell");
}

TEST_CASE("a captured value and an awaited one have a label of their own and no await") {
  const Program program("shapes");
  const Denial& captured = program.denial("spawn(async move { drop(captured)");
  CHECK(program.text(captured.value) == "captured");
  CHECK(captured.value_type == "Rc<u8>");
  CHECK(captured.culprit == "Rc<u8>");
  CHECK_FALSE(captured.await);
  const Denial& awaited = program.denial("awaited(boxed)");
  CHECK(program.text(awaited.value) == "ready");
  CHECK(awaited.value_type == "Pin<Box<(dyn Future<Output = ()> + 'static)>>");
  CHECK(awaited.culprit == "(dyn Future<Output = ()> + 'static)");
  CHECK_FALSE(awaited.await);
  CHECK(awaited.bodies.empty());
}

TEST_CASE("a help without a place names the culprit of what is demanded outright") {
  const Program program("given");
  const Denial& denial = program.denial("boxed");
  CHECK(denial.trait == "Send");
  CHECK(denial.culprit == "dyn Future<Output = ()>");
  CHECK_FALSE(denial.value);
  CHECK_FALSE(denial.await);
  CHECK(program.text(denial.bound) == "Send");
}

TEST_CASE("a suggestion to restrict a type parameter names it where no help does") {
  const Program program("shapes");
  const Denial& captured = program.denial("spawn(async move { job.run()");
  CHECK(captured.culprit == "J");
  CHECK(captured.trait == "Send");
  CHECK(program.text(captured.value) == "job");
  const Program given("given");
  CHECK(given.denial("future").culprit == "F");
  CHECK_FALSE(given.denial("future").value);
}

// rustc names `Self` in the error itself and restricts it without naming the trait.
TEST_CASE("`Self` is a culprit as any other parameter") {
  const Program program("bounds");
  CHECK(program.denial("keep(self)").culprit == "Self");
}

TEST_CASE("a trait that is written with its path is the same") {
  const Program program("own_send");
  CHECK(program.denials.size() == 3);
  const Denial& saved = program.denial("saved()");
  CHECK(quotes(saved, "std::marker::Send"));
  CHECK(saved.trait == "Send");
  CHECK(saved.culprit == "Rc<i32>");
  CHECK(program.denial("spawn(async move { drop(held)").culprit == "Rc<u8>");
  CHECK(program.denial("inner").culprit == "T");
  // So it is in a suggestion.
  rustc::Diagnostic error = program.diagnostics.at(program.denial("inner").diagnostic);
  for (rustc::Diagnostic& child : error.children) {
    const size_t name = child.message.find("`Send`");
    if (name != std::string::npos) {
      child.message.replace(name, 6, "`std::marker::Send`");
    }
  }
  const auto denials = read_denials({error}, program.sources);
  REQUIRE(denials.size() == 1);
  CHECK(denials[0].trait == "Send");
}

TEST_CASE("bodies on the way are innermost first, and may be of another crate") {
  const Program program("shapes");
  const Denial& denial = program.denial("spawn(async move { outer()");
  CHECK(denial.culprit == "Rc<i32>");
  CHECK_FALSE(denial.value);
  REQUIRE(denial.bodies.size() == 3);
  CHECK(denial.bodies[0].path == "/p/elsewhere.rs");
  CHECK_FALSE(span_of(denial.bodies[0], program.files));
  CHECK(program.text(denial.bodies[1]) == "{\n    elsewhere::count().await;\n}");
  CHECK(program.text(denial.bodies[2]) == "async move");
  CHECK(program.text(denial.bound) == "Send");
}

TEST_CASE("an obligation that cannot be decided is quoted") {
  const Program program("undecided");
  const Denial& denial = program.denial("retry(tries - 1)");
  CHECK(denial.undecided == "impl Future<Output = ()>: Send");
  CHECK(denial.culprit.empty());
  CHECK_FALSE(denial.value);
  CHECK_FALSE(denial.opaque);
  // The error says so itself, and of an opaque type only.
  rustc::Diagnostic error = program.diagnostics.at(denial.diagnostic);
  error.children.clear();
  const auto denials = read_denials({error}, program.sources);
  REQUIRE(denials.size() == 1);
  CHECK(denials[0].undecided == "impl Future<Output = ()>: Send");
  error.message = "cannot satisfy `State: Send`";
  CHECK(read_denials({error}, program.sources).empty());
}

TEST_CASE("futures that ask one another are undecided, and one of them is declared opaque") {
  const Program program("ring");
  const Denial& declared = program.denial("tick(tries)");
  CHECK(declared.undecided == "impl Future");
  CHECK(program.text(declared.opaque) == "impl Future<Output = ()>");
  // The type of an `async fn` is written nowhere: a place without width before its body.
  const Denial& hidden = program.denial("ping(tries)");
  CHECK(hidden.undecided == "impl Future");
  REQUIRE(hidden.opaque);
  CHECK(hidden.opaque->column == hidden.opaque->end_column);
  CHECK(hidden.bodies.empty());
  // Where the future is awaited, rustc labels that as well.
  const Denial& awaited = program.denial("spawn(async move { hop(tries)");
  CHECK(program.text(awaited.value) == "hop(tries)");
  CHECK(awaited.opaque);
  CHECK(awaited.undecided == "impl Future");
}

TEST_CASE("other errors are no denials") {
  const Program program("shapes");
  REQUIRE(program.denials.size() == 6);
  const Denial& last = program.denial("spawn(async move { outer()");
  CHECK(program.diagnostics.at(last.diagnostic).code == "E0277");
  for (const Denial& denial : program.denials) {
    const rustc::Diagnostic& error = program.diagnostics.at(denial.diagnostic);
    CHECK(error.is_error());
    CHECK(error.code != "E0369");
  }
  CHECK(Program("cycles").denials.empty());
  CHECK(Program("foreign_cycle").denials.empty());
  CHECK(Program("public_trait").denials.empty());
}

TEST_CASE("a labelled place that names no auto trait is a bound, no value") {
  const Program program("shapes");
  rustc::Diagnostic error =
      program.diagnostics.at(program.denial("spawn(async move { outer()").diagnostic);
  REQUIRE(error.children.back().spans.size() == 1);
  error.children.back().spans[0].label = "`A` is not `B`";
  const auto denials = read_denials({error}, program.sources);
  REQUIRE(denials.size() == 1);
  CHECK_FALSE(denials[0].value);
  CHECK(denials[0].bound_label == "`A` is not `B`");
}

TEST_CASE("an await without a label declares nothing, and a body alone denies nothing") {
  const Program program("ring");
  rustc::Diagnostic error = program.diagnostics.at(program.denial("ping(tries)").diagnostic);
  for (rustc::Diagnostic& child : error.children) {
    for (rustc::DiagnosticSpan& span : child.spans) {
      for (rustc::ExpansionFrame& frame : span.expansion) {
        frame.macro_name = "desugaring of `await` expression";
      }
    }
  }
  CHECK(read_denials({error}, program.sources).empty());
}

TEST_CASE("messages that lack what is read are read as far as they go") {
  Program program("shapes");
  for (rustc::Diagnostic& error : program.diagnostics) {
    for (rustc::Diagnostic& child : error.children) {
      for (rustc::DiagnosticSpan& span : child.spans) {
        span.label.clear();
      }
    }
  }
  for (const Denial& denial : read_denials(program.diagnostics, program.sources)) {
    CHECK_FALSE(denial.value);
    CHECK_FALSE(denial.bound);
  }
  for (rustc::Diagnostic& error : program.diagnostics) {
    error.children.clear();
  }
  CHECK(read_denials(program.diagnostics, program.sources).empty());
  for (rustc::Diagnostic& error : program.diagnostics) {
    error.spans.clear();
  }
  CHECK(read_denials(program.diagnostics, program.sources).empty());
}

TEST_CASE("the lint on public traits points at each async, but not at a macro's") {
  Program program("public_trait");
  const std::vector<LintedPlace> places =
      read_public_async_fns(program.diagnostics, program.sources);
  REQUIRE(places.size() == 2);
  for (const LintedPlace& place : places) {
    CHECK(program.text(place.place) == "async");
    CHECK_FALSE(place.is_error);
    CHECK(program.diagnostics.at(place.diagnostic).code == "async_fn_in_trait");
  }
  CHECK(places[0].place < places[1].place);
  program.diagnostics[places[1].diagnostic].level = rustc::Level::Error;
  CHECK(read_public_async_fns(program.diagnostics, program.sources).at(1).is_error);
  CHECK(read_public_async_fns(Program("shapes").diagnostics, program.sources).empty());
}

}  // namespace
}  // namespace jaa::flow
