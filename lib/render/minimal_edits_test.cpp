#include "render/minimal_edits.h"

#include <doctest/doctest.h>

namespace jaa::render {
namespace {

// The pieces of one edit that turns all of `before` into `after`, as
// "begin-end:text" joined by "|".
std::string pieces(std::string_view before, std::string_view after) {
  base::SourceFiles sources;
  const auto file = sources.add("/a.rs", "a.rs", std::string(before));
  const std::vector<base::Edit> whole{
      {{file, 0, static_cast<uint32_t>(before.size())}, std::string(after)}};
  const auto edits = minimal_edits(sources, whole);
  CHECK(base::apply_edits(sources, file, edits) == after);
  std::string text;
  for (const base::Edit& edit : edits) {
    text += (text.empty() ? "" : "|") + std::to_string(edit.span.begin) + "-" +
            std::to_string(edit.span.end) + ":" + edit.text;
  }
  return text;
}

TEST_CASE("only what changes is left") {
  CHECK(pieces("let a = f();", "let a = f().await;") == "11-11:.await");
  CHECK(pieces("std::sync::Mutex", "tokio::sync::Mutex") == "0-3:tokio");
  CHECK(pieces("fn a()", "fn a()").empty());
  CHECK(pieces("fn a()", "") == "0-6:");
  CHECK(pieces("", "x") == "0-0:x");
}

TEST_CASE("words and characters are kept whole") {
  CHECK(pieces("foo_bar(x)", "foo_baz(x)") == "0-7:foo_baz");
  CHECK(pieces("é", "è") == "0-2:è");
  CHECK(pieces("aa", "aaa") == "0-2:aaa");
  CHECK(pieces("f(x, x)", "f(x)") == "3-6:");
}

TEST_CASE("an indented block is not a new block") {
  CHECK(pieces("a();\nb();\nc();\n", "{\n    a();\n    b();\n}\nc();\n") ==
        "0-0:{\n    |5-5:    |10-10:}\n");
}

TEST_CASE("edits that touch become one") {
  base::SourceFiles sources;
  const auto file = sources.add("/a.rs", "a.rs", "abc");
  const std::vector<base::Edit> edits{
      {{file, 1, 2}, "X"}, {{file, 1, 1}, "<"}, {{file, 2, 2}, ">"}};
  CHECK(minimal_edits(sources, edits) == std::vector<base::Edit>{{{file, 1, 2}, "<X>"}});
}

TEST_CASE("edits fit if all of them do") {
  base::SourceFiles sources;
  const auto file = sources.add("/a.rs", "a.rs", "abc");
  CHECK(edits_fit(sources, {}));
  CHECK(edits_fit(sources, {{{file, 0, 3}, ""}}));
  CHECK_FALSE(edits_fit(sources, {{{file, 0, 4}, ""}}));
  CHECK_FALSE(edits_fit(sources, {{{file, 0, 2}, ""}, {{file, 1, 3}, ""}}));
  CHECK_FALSE(edits_fit(sources, {{{}, ""}}));
  CHECK_FALSE(edits_fit(sources, {{{base::FileId(4), 0, 0}, ""}}));
}

}  // namespace
}  // namespace jaa::render
