#include "flow/unpinned.h"

#include <doctest/doctest.h>

#include <string>

#include "flow/recorded_test.h"

namespace jaa::flow {
namespace {

struct Program {
  explicit Program(const std::string& name)
      : diagnostics(rustc::read_messages(slurp(name + ".json"), name).diagnostics) {
    files.add("/p/" + name + ".rs", name + ".rs", slurp(name + ".rs"));
  }
  // One line for each: the text at its place, and what is known of it.
  [[nodiscard]] std::string found() const {
    std::string result;
    for (const Unpinned& one : read_unpinned(diagnostics, sources)) {
      const char* const kinds[] = {"not Unpin", "no method", "pinned self"};
      result += std::string(files.text(one.place)) + " | " + kinds[static_cast<size_t>(one.kind)] +
                (one.is_await ? " at await" : "") + (one.is_pinnable ? " of a pin" : "") + " | " +
                one.type + "\n";
    }
    return result;
  }

  base::SourceFiles files;
  UnitSources sources{files, "/p"};
  std::vector<rustc::Diagnostic> diagnostics;
};

TEST_CASE("each shape is told, with the type that is not pinned") {
  CHECK(Program("unpinned").found() ==
        "job | not Unpin | {async fn body of load()}\n"
        "first(job) | not Unpin | {async fn body of load()}\n"
        "await | not Unpin at await | {async fn body of load()}\n"
        "await | not Unpin at await | impl Future<Output = u32>\n"
        "poll | no method of a pin | F\n"
        "poll | no method | Sensor\n"
        "self.left -= 1 | pinned self | Kept<F>\n");
}

TEST_CASE("other errors, and what only warns, tell nothing") {
  CHECK(Program("shapes").found().empty());
  CHECK(Program("cycles").found().empty());
  Program program("unpinned");
  for (rustc::Diagnostic& diagnostic : program.diagnostics) {
    diagnostic.level = rustc::Level::Warning;
  }
  CHECK(program.found().empty());
}

TEST_CASE("messages without their labels, quotes or places are passed over") {
  Program program("unpinned");
  for (rustc::Diagnostic& diagnostic : program.diagnostics) {
    diagnostic.message = "it cannot";
  }
  CHECK(program.found().empty());
  Program placeless("unpinned");
  for (rustc::Diagnostic& diagnostic : placeless.diagnostics) {
    diagnostic.spans.clear();
  }
  CHECK(placeless.found().empty());
  Program unlabelled("unpinned");
  for (rustc::Diagnostic& diagnostic : unlabelled.diagnostics) {
    for (rustc::DiagnosticSpan& span : diagnostic.spans) {
      span.label.clear();
    }
  }
  CHECK(unlabelled.found().find("job") == std::string::npos);
}

}  // namespace
}  // namespace jaa::flow
