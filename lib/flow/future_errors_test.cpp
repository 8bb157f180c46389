// The readers of errors about returned futures: what counts, and what is another error.
#include <doctest/doctest.h>

#include "flow/escaping_future.h"
#include "flow/future_lifetimes.h"
#include "flow/future_mismatch.h"
#include "flow/overcapture.h"

namespace jaa::flow {
namespace {

// A source in which `«..»` marks the first place of an error, `‹..›` its other labels.
struct World {
  explicit World(std::string_view marked, std::string code, std::string edition = "2021") {
    std::string text;
    std::vector<std::pair<uint32_t, bool>> open;
    std::vector<rustc::DiagnosticSpan> spans;
    for (size_t at = 0; at < marked.size(); ++at) {
      const std::string_view rest = marked.substr(at);
      const auto offset = static_cast<uint32_t>(text.size());
      const auto skip = [&](std::string_view mark) {
        if (!rest.starts_with(mark)) return false;
        at += mark.size() - 1;
        return true;
      };
      if (skip("«")) {
        open.emplace_back(offset, true);
      } else if (skip("‹")) {
        open.emplace_back(offset, false);
      } else if (skip("»") || skip("›")) {
        rustc::DiagnosticSpan span;
        span.file_name = "a.rs";
        span.line_start = span.line_end = 1;
        span.column_start = open.back().first + 1;
        span.column_end = offset + 1;
        span.is_primary = open.back().second;
        span.label = "here";
        open.pop_back();
        spans.push_back(std::move(span));
      } else {
        text += marked[at];
      }
    }
    const base::FileId file = files.add("/p/a.rs", "a.rs", text);
    rustc::Diagnostic error;
    error.level = rustc::Level::Error;
    error.code = std::move(code);
    error.spans = std::move(spans);
    diagnostics.push_back(std::move(error));
    FactsInput input;
    input.files = &files;
    input.trees = &trees;
    input.diagnostics = &diagnostics;
    input.cwd = "/p";
    input.package.edition = std::move(edition);
    CrateFiles crate;
    crate.root = "/p/a.rs";
    crate.files = {file};
    input.crates = {crate};
    facts.emplace(input);
  }

  base::SourceFiles files;
  syntax::TreeCache trees{files};
  std::vector<rustc::Diagnostic> diagnostics;
  std::optional<Facts> facts;
};

TEST_CASE("errors about what a result borrows") {
  const auto kind = [](std::string_view source, std::string code) {
    const World world(source, std::move(code));
    const auto errors = read_lifetime_errors(*world.facts);
    return errors.size() == 1 ? static_cast<int>(errors.front().kind) : -1;
  };
  using Kind = LifetimeError::Kind;
  const std::string_view short_parameter = "fn f(a: ‹&›A) -> F { «g(a)» }";
  CHECK(kind(short_parameter, "") == static_cast<int>(Kind::TooShort));
  CHECK(kind(short_parameter, "E0621") == static_cast<int>(Kind::TooShort));
  CHECK(kind(short_parameter, "E0700") == static_cast<int>(Kind::Uncaptured));
  CHECK(kind(short_parameter, "E0308") == -1);
  // Without a label in the signature, an error without a code may be any.
  CHECK(kind("fn f(a: &A) -> F { ‹h()›; «g(a)» }", "") == -1);
  // A closure's result is not the function's.
  CHECK(kind("fn f(a: ‹&›A) -> F { h(|| «g(a)») }", "") == -1);
  CHECK(kind("fn f(a: &A) -> F<«'_»> {}", "E0106") == static_cast<int>(Kind::Unnamed));
  CHECK(kind("struct S { a: «&»A }", "E0106") == -1);
}

TEST_CASE("a future that takes a borrow out of its function") {
  const auto escapes = [](std::string_view source, std::string code) {
    const World world(source, std::move(code));
    const auto borrows = read_escaping_borrows(*world.facts);
    return borrows.size() == 1 && borrows.front().block.is_valid();
  };
  CHECK(escapes("fn f(n: N) -> F { «async» { ‹n›.m() } }", "E0373"));
  CHECK(escapes("fn f(n: N) -> F { let w = «async» { ‹n›.m() }; Box::pin(w) }", "E0373"));
  CHECK(escapes("fn f(n: N) { v.map(|n| «async» { ‹n›.m() }) }", "E0373"));
  // Given to another call, it is that call's matter.
  CHECK_FALSE(escapes("fn f(n: N) { spawn(«async» { ‹n›.m() }); }", "E0373"));
  CHECK_FALSE(escapes("fn f(n: N) -> Task { spawn(«async» { ‹n›.m() }) }", "E0373"));
  CHECK_FALSE(escapes("fn f(n: N) -> F { let w = «async» { ‹n›.m() }; 1 }", "E0373"));
}

TEST_CASE("a call whose future captures by default") {
  const std::string callee = "fn g(a: &A) -> impl Future<Output = u32> { async { 1 } } ";
  const auto count = [](const std::string& source, std::string edition) {
    const World world(source, "E0597", std::move(edition));
    return read_overcaptures(*world.facts).size();
  };
  CHECK(count(callee + "fn f() { g(«&a») }", "2024") == 1);
  CHECK(count(callee + "fn f() { g(«&a») }", "2021") == 0);
  CHECK(count("async fn g(a: &A) {} fn f() { g(«&a») }", "2024") == 0);
  CHECK(count(callee + "fn f() { h(«&a») }", "2024") == 0);
}

TEST_CASE("a future of another type than the one before") {
  const auto is_distinct = [](std::string_view source) {
    const World world(source, "E0308");
    return read_future_mismatches(*world.facts).size() == 1;
  };
  CHECK(is_distinct("fn f() { if c { ‹async { 1 }› } else { «async { 2 }» } }"));
  CHECK(is_distinct("async fn g() {} fn f() { [g(), «g()»] }"));
  CHECK_FALSE(is_distinct("fn f() { if c { ‹1› } else { «async { 2 }» } }"));
  CHECK_FALSE(is_distinct("fn g() {} fn f() { if c { ‹g()› } else { «h()» } }"));
}

}  // namespace
}  // namespace jaa::flow
