#include <doctest/doctest.h>

#include <algorithm>

#include "flow/denial.h"
#include "flow/facts.h"
#include "flow/probe.h"

namespace jaa::flow {
namespace {

rustc::DiagnosticSpan span(uint32_t line, uint32_t begin, uint32_t end, std::string label) {
  rustc::DiagnosticSpan result;
  result.file_name = "a.rs";
  result.line_start = result.line_end = line;
  result.column_start = begin;
  result.column_end = end;
  result.label = std::move(label);
  return result;
}

rustc::DiagnosticSpan await_span(uint32_t line, uint32_t begin, uint32_t end) {
  rustc::DiagnosticSpan result = span(line, begin, end, "await occurs here");
  result.expansion.push_back({"desugaring of `await` expression", "a.rs", 0, 0});
  return result;
}

rustc::Diagnostic diagnostic(rustc::Level level, std::string message,
                             std::vector<rustc::DiagnosticSpan> spans) {
  rustc::Diagnostic result;
  result.level = level;
  result.message = std::move(message);
  result.spans = std::move(spans);
  if (!result.spans.empty()) {
    result.spans.front().is_primary = true;
  }
  return result;
}

constexpr const char* Source =
    "async fn work(m: M) -> u32 {\n"
    "    let g = m.lock();\n"
    "    f(*g);\n"
    "    leaf().await\n"
    "}\n"
    "fn main() { spawn(work(m)); }\n";

rustc::Diagnostic saved_value_error(const std::string& type) {
  rustc::Diagnostic error =
      diagnostic(rustc::Level::Error, "no", {span(6, 19, 26, "future returned by `work`")});
  error.children.push_back(diagnostic(
      rustc::Level::Note, "", {await_span(4, 12, 17), span(2, 9, 10, "has type `" + type + "`")}));
  return error;
}

struct World {
  base::SourceFiles files;
  UnitSources sources{files, "/p"};
  std::vector<rustc::Diagnostic> diagnostics;
  syntax::TreeCache trees{files};

  World() { files.add("/p/a.rs", "a.rs", Source); }
  [[nodiscard]] Facts facts() {
    FactsInput input;
    input.files = &files;
    input.trees = &trees;
    input.denials = read_denials(diagnostics, sources);
    input.crates = {{"/p/a.rs", {base::FileId(0)}}};
    return Facts(input);
  }
};

TEST_CASE("without MIR the labels say which guard it is, and syntax where it is used") {
  World world;
  world.diagnostics = {saved_value_error("std::sync::MutexGuard<'_, u32>")};
  const Facts facts = world.facts();
  REQUIRE(facts.denied_guards().size() == 1);
  const DeniedGuard& denied = facts.denied_guards().front();
  CHECK(denied.evidence == base::Evidence::Messages);
  CHECK(denied.guard.name == "g");
  CHECK(denied.denials == std::vector<uint32_t>{0});
  REQUIRE(denied.guard.uses.size() == 1);
  CHECK_FALSE(denied.guard.uses.front().after_await);
}

TEST_CASE("two errors about one value are one guard") {
  World world;
  world.diagnostics = {saved_value_error("MutexGuard<'_, u32>"),
                       saved_value_error("MutexGuard<'_, u32>")};
  const Facts facts = world.facts();
  REQUIRE(facts.denied_guards().size() == 1);
  CHECK(facts.denied_guards().front().denials.size() == 2);
}

TEST_CASE("another value that is not Send is no guard") {
  World world;
  world.diagnostics = {saved_value_error("Rc<u32>")};
  CHECK(world.facts().denied_guards().empty());
}

TEST_CASE("labels of an await in the error itself make no denial") {
  World world;
  world.diagnostics = {
      diagnostic(rustc::Level::Error, "use of moved value: `g`",
                 {await_span(4, 12, 17), span(2, 9, 10, "has type `std::sync::MutexGuard<u32>`")})};
  CHECK(read_denials(world.diagnostics, world.sources).empty());
}

TEST_CASE("places outside of the source are left alone") {
  World world;
  world.diagnostics = {saved_value_error("std::sync::MutexGuard<'_, u32>")};
  world.diagnostics[0].children[0].spans[1].line_start = 900;
  world.diagnostics[0].children[0].spans[1].line_end = 900;
  CHECK(world.facts().denied_guards().empty());
}

TEST_CASE("an unmet bound is asked about, any other error is not") {
  rustc::Diagnostic error =
      diagnostic(rustc::Level::Error, "`fn(State) {place_order}: Handler`", {span(6, 19, 26, "")});
  CHECK(suspects(error).empty());
  error.code = "E0277";
  error.spans[0].text = {{"    .route(post(work))", 1, 2}};
  const auto names = suspects(error);
  CHECK(std::find(names.begin(), names.end(), "place_order") != names.end());
  CHECK(std::find(names.begin(), names.end(), "work") != names.end());
}

TEST_CASE("a probe goes behind the function, on its line, and its answer is read as the error's") {
  World world;
  world.diagnostics = {diagnostic(rustc::Level::Error, "bound", {span(6, 13, 18, "here")})};
  const syntax::Tree tree(world.files, base::FileId(0));
  std::vector<Probe> probes;
  add_probes(tree, {"work", "main", "leaf"}, 0, probes);
  REQUIRE(probes.size() == 1);
  CHECK(probes[0].function == "work");
  CHECK(world.files.line_column(base::FileId(0), probes[0].edit.span.begin).line == 5);
  CHECK(probes[0].edit.text.find('\n') == std::string::npos);
  rustc::Diagnostic answer = saved_value_error("std::sync::MutexGuard<'_, u32>");
  answer.spans[0].line_start = answer.spans[0].line_end = 5;
  const auto denials = read_probe_answers(probes, {answer}, world.diagnostics, world.sources);
  REQUIRE(denials.size() == 1);
  CHECK(denials[0].is_inferred);
  CHECK(denials[0].demand.line == 6);
  // An error of the crate's own is not the probe's.
  CHECK(read_probe_answers(probes, {saved_value_error("x")}, world.diagnostics, world.sources)
            .empty());
}

}  // namespace
}  // namespace jaa::flow
