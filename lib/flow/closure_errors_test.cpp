#include "flow/closure_errors.h"

#include <doctest/doctest.h>

#include <string>

#include "flow/facts.h"
#include "flow/recorded_test.h"

namespace jaa::flow {
namespace {

// A recorded program, and what rustc says of it.
struct Program {
  explicit Program(const std::string& name)
      : diagnostics(rustc::read_messages(slurp(name + ".json"), name).diagnostics) {
    files.add("/p/" + name + ".rs", name + ".rs", slurp(name + ".rs"));
  }
  [[nodiscard]] Facts facts() const {
    FactsInput input;
    input.files = &files;
    input.trees = &trees;
    input.cwd = "/p";
    input.diagnostics = &diagnostics;
    input.crates = {{std::string(files.path(base::FileId(0))), {base::FileId(0)}}};
    return Facts(input);
  }

  base::SourceFiles files;
  syntax::TreeCache trees{files};
  std::vector<rustc::Diagnostic> diagnostics;
};

std::string_view name_of(ClosureFault fault) {
  switch (fault) {
    case ClosureFault::ArgumentEscapes:
      return "argument";
    case ClosureFault::CaptureEscapes:
      return "capture";
    case ClosureFault::Mutates:
      return "mutates";
    case ClosureFault::Moves:
      return "moves";
    case ClosureFault::LendsState:
      return "lends";
  }
  return "";
}

// "fault |parameters| variable: type" of each error, a line each.
std::string summary(const std::vector<ClosureError>& errors) {
  std::string text;
  for (const ClosureError& error : errors) {
    text += std::string(name_of(error.fault)) + " " +
            std::string(error.closure.field("parameters").text()) + " " + error.variable;
    const std::string& type = error.borrowed.empty() ? error.moved_type : error.borrowed;
    text += (type.empty() ? "" : ": " + type) + "\n";
  }
  return text;
}

TEST_CASE("what rustc says of a closure is read by where its labels stand") {
  const Program program("closures");
  CHECK(summary(read_closure_errors(program.facts())) ==
        "argument |n| n: u32\n"
        "argument |n| n\n"
        "capture |n| sum\n"
        "mutates |n| sum\n"
        "argument |n| n\n"
        "capture |n| \n"
        "moves |n| name: String\n"
        "moves |n| \n"
        // Those without async are told apart by their source.
        "capture || sum\n"
        "moves || name: String\n"
        "moves || cell: RefCell<i32>\n");
}

TEST_CASE("spans that are no closure's head or bound are none") {
  const Program program("closures");
  const Facts facts = program.facts();
  for (const rustc::Diagnostic& error : program.diagnostics) {
    for (rustc::DiagnosticSpan span : error.spans) {
      span.line_start = span.line_end = 100000;
      CHECK_FALSE(closure_headed(facts, span));
      CHECK_FALSE(bound_at(facts, span));
    }
  }
}

}  // namespace
}  // namespace jaa::flow
