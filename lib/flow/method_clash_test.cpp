#include "flow/method_clash.h"

#include <doctest/doctest.h>

namespace jaa::flow {
namespace {

rustc::DiagnosticSpan span_in_line(uint32_t line) {
  rustc::DiagnosticSpan span;
  span.file_name = "a.rs";
  span.line_start = span.line_end = line;
  span.column_start = 1;
  span.column_end = 3;
  span.is_primary = true;
  return span;
}

rustc::Diagnostic error_of(const std::string& code) {
  rustc::Diagnostic error;
  error.level = rustc::Level::Error;
  error.code = code;
  error.spans = {span_in_line(4)};
  rustc::Diagnostic note;
  note.level = rustc::Level::Note;
  note.spans = {span_in_line(2)};
  error.children = {note};
  return error;
}

TEST_CASE("a method and what its trait says of it") {
  const base::SourceFiles files;
  const UnitSources sources(files, "/p");
  for (const char* code : {"", "E0053", "E0277"}) {
    CAPTURE(code);
    const auto found = read_method_clashes({error_of(code)}, sources);
    REQUIRE(found.size() == 1);
    CHECK(found[0].implemented.line == 4);
    REQUIRE(found[0].declared.size() == 1);
    CHECK(found[0].declared[0].line == 2);
    CHECK(found[0].is_mistyped == (std::string(code) == "E0053"));
  }
  CHECK(read_method_clashes({error_of("E0308")}, sources).empty());
  // A trait of another crate has no place; only a mismatch is told by itself.
  rustc::Diagnostic foreign = error_of("E0053");
  foreign.children.clear();
  CHECK(read_method_clashes({foreign}, sources).size() == 1);
  foreign.code = "E0277";
  CHECK(read_method_clashes({foreign}, sources).empty());
}

}  // namespace
}  // namespace jaa::flow
