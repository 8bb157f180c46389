#include "flow/probe.h"

#include <doctest/doctest.h>

#include <string>

#include "syntax/tree.h"

namespace jaa::flow {
namespace {

std::vector<Probe> probes_of(base::SourceFiles& sources, const std::string& text) {
  const base::FileId file = sources.add("/a.rs", "a.rs", text);
  return probe_functions(syntax::Tree(sources, file));
}

TEST_CASE("a probe is made of the function's own signature") {
  base::SourceFiles sources;
  const auto probes = probes_of(sources,
                                "async fn free((a, b): (u8, u8)) {}\n"
                                "async fn generic<'a, T: Clone, const N: usize>(\n"
                                "    // a comment\n"
                                "    list: &'a [T; N],\n"
                                ") where T: Sized {}\n"
                                "impl S { async unsafe fn method(&self, x: u8) {} }\n");
  REQUIRE(probes.size() == 3);
  CHECK(probes[0].edit.text ==
        " #[allow(warnings)] fn __just_async_probe_0(__a0: (u8, u8)) { fn is_send<F: "
        "::core::marker::Send>(_: F) {} is_send(free(__a0)); }");
  CHECK(probes[1].edit.text.find("__just_async_probe_1<'a, T: Clone, const N: usize>(__a0: &'a "
                                 "[T; N]) where T: Sized {") != std::string::npos);
  CHECK(probes[1].edit.text.find("is_send(generic::<T, N>(__a0))") != std::string::npos);
  CHECK(probes[1].edit.text.find('\n') == std::string::npos);
  CHECK(probes[2].edit.text.find("is_send(unsafe { Self::method(self, __a1) })") !=
        std::string::npos);
}

TEST_CASE("no probe where the signature is not all") {
  base::SourceFiles sources;
  CHECK(probes_of(sources,
                  "fn sync() {}\n"
                  "#[route(get)] async fn rewritten() {}\n"
                  "impl T for S { async fn of_a_trait(&self) {} }\n"
                  "trait T { async fn default(&self) {} }\n"
                  "async fn hidden<T>(a: T, b: impl Clone) {}\n"
                  "fn outer() { async fn inner() {} }\n")
            .empty());
}

rustc::Diagnostic error_at(uint32_t line, uint32_t column) {
  rustc::Diagnostic error;
  error.level = rustc::Level::Error;
  error.message = "`Rc<u8>` cannot be sent between threads safely";
  error.code = "E0277";
  rustc::DiagnosticSpan span;
  span.file_name = "a.rs";
  span.line_start = span.line_end = line;
  span.column_start = column;
  span.column_end = column + 1;
  span.is_primary = true;
  error.spans.push_back(span);
  return error;
}

TEST_CASE("answers are those at the probes, and silence counts only where all was checked") {
  base::SourceFiles sources;
  const auto probes = probes_of(sources, "async fn a() {}\nasync fn b() {}\n");
  const UnitSources names(sources, "/");
  const auto all = read_answers(probes, {}, names);
  REQUIRE(all.size() == 2);
  CHECK(all[0].is_send);
  // An error of another place may have come first.
  CHECK(read_answers(probes, {error_at(1, 3)}, names).empty());
  // One at a probe that is no denial leaves that one open, and no other.
  rustc::Diagnostic other = error_at(1, 60);
  other.code = "E0282";
  other.message = "type annotations needed";
  const auto rest = read_answers(probes, {other}, names);
  REQUIRE(rest.size() == 1);
  CHECK(rest[0].probe == 1);
}

}  // namespace
}  // namespace jaa::flow
