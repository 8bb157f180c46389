#include "flow/escape.h"

#include <doctest/doctest.h>

#include <string>

#include "flow/recorded_test.h"

namespace jaa::flow {
namespace {

// A recorded program, and what rustc says of it.
struct Program {
  explicit Program(const std::string& name)
      : diagnostics(rustc::read_messages(slurp(name + ".json"), name).diagnostics) {
    files.add("/p/" + name + ".rs", name + ".rs", slurp(name + ".rs"));
    CrateFiles crate;
    crate.root = "/p/" + name + ".rs";
    crate.files = {base::FileId(size_t{0})};
    crates.push_back(std::move(crate));
  }
  [[nodiscard]] std::vector<Escape> escapes() {
    FactsInput input;
    input.files = &files;
    input.trees = &trees;
    input.diagnostics = &diagnostics;
    input.cwd = "/p";
    input.crates = crates;
    facts.emplace(input);
    return read_escapes(*facts);
  }

  base::SourceFiles files;
  syntax::TreeCache trees{files};
  std::vector<rustc::Diagnostic> diagnostics;
  std::vector<CrateFiles> crates;
  std::optional<Facts> facts;
};

// "name size: async { .. }, ..", the first words of each task.
std::string told(const Escape& escape) {
  std::string result;
  for (const syntax::Node& owner : escape.owners) {
    result += std::string(owner.text()) + " ";
  }
  for (const Task& task : escape.tasks) {
    result += "| " + std::string(task.future.text().substr(0, 16)) + " ";
  }
  return result;
}

TEST_CASE("all errors about one value are one") {
  Program program("tasks");
  const std::vector<Escape> found = program.escapes();
  REQUIRE(found.size() == 7);
  CHECK(found[0].kind == EscapeKind::Local);
  CHECK(told(found[0]) == "size name | async { send(&na ");
  CHECK(found[0].diagnostics.size() == 2);
  CHECK(found[1].kind == EscapeKind::Local);
  CHECK(told(found[1]) == "text | send(&text, 1) | send(&text, 2) ");
  CHECK(found[1].diagnostics.size() == 3);
  CHECK(found[2].kind == EscapeKind::Temporary);
  CHECK(found[2].borrow.text() == "format!(\"{}\", 1)");
  CHECK(found[3].kind == EscapeKind::Parameter);
  CHECK(found[3].lent.size() == 2);
  CHECK(found[4].kind == EscapeKind::Receiver);
  CHECK(told(found[4]) == "&self | async move { sen ");
  CHECK(found[5].kind == EscapeKind::Moved);
  CHECK(told(found[5]) == "name | async move { nam ");
  CHECK(found[6].kind == EscapeKind::Moved);
  CHECK(told(found[6]) == "name | store(name) ");
}

TEST_CASE("returned blocks, threads and moves in sync code are no tasks") {
  Program program("no_tasks");
  REQUIRE(program.diagnostics.size() > 4);
  CHECK(program.escapes().empty());
}

TEST_CASE("errors without their labels, or without a source, tell nothing") {
  Program program("tasks");
  for (rustc::Diagnostic& error : program.diagnostics) {
    for (rustc::DiagnosticSpan& span : error.spans) {
      span.label.clear();
    }
  }
  // Only moves are told by places alone.
  for (const Escape& escape : program.escapes()) {
    CHECK(escape.kind == EscapeKind::Moved);
  }
  Program foreign("tasks");
  for (rustc::Diagnostic& error : foreign.diagnostics) {
    for (rustc::DiagnosticSpan& span : error.spans) {
      span.file_name = "other.rs";
    }
  }
  CHECK(foreign.escapes().empty());
}

}  // namespace
}  // namespace jaa::flow
