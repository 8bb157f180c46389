// The generator's reading of pages and what it says of mistakes in them, and the
// generated catalogue itself.
#include "doctest/doctest.h"

#include <algorithm>

#include "diag/catalogue.h"
#include "tools/catalogue/generate.h"
#include "tools/catalogue/page.h"
#include "tools/catalogue/wording.h"

namespace jaa::catalogue {

namespace {

const std::string GoodHead =
    "---\nlevel: warning\nstage: preview\nfix: none\nmessage: \"`{type}` is held\"\n"
    "arguments:\n  type: what it is\nclippy: [one, two]\nretired-by:\n---\n";

struct Reading {
  std::optional<Page> page;
  std::vector<std::string> errors;
};

Reading read(llvm::StringRef text, llvm::StringRef path = "x/held_thing.md") {
  PageSource source(llvm::MemoryBuffer::getMemBufferCopy(text, path));
  Reading reading{.page = read_page(source), .errors = {}};
  reading.errors = source.errors();
  return reading;
}

// The first error of the good page after replacing `from` by `to`.
std::string error_with(const std::string& from, const std::string& to) {
  std::string text = GoodHead + "# Title\n\nText.\n";
  size_t place = text.find(from);
  REQUIRE(place != std::string::npos);
  text.replace(place, from.size(), to);
  Reading reading = read(text);
  CHECK_FALSE(reading.page.has_value());
  REQUIRE_FALSE(reading.errors.empty());
  return reading.errors.front();
}

bool contains(const std::string& text, const std::string& part) {
  return text.find(part) != std::string::npos;
}

}  // namespace

TEST_CASE("a page without mistakes is read whole") {
  Reading reading = read(GoodHead +
                         "\n# A thing held\n\nText.\n```rust,fixed\n# use std::mem;\n#\n"
                         "#[inline]\nfn f() {}\n```\nEnd.\n");
  REQUIRE(reading.page.has_value());
  CHECK(reading.errors.empty());
  const Page& page = *reading.page;
  CHECK(page.name == "held_thing");
  CHECK(page.level == "warning");
  CHECK(page.message == "`{type}` is held");
  REQUIRE(page.arguments.size() == 1);
  CHECK(page.arguments[0].name == "type");
  CHECK(page.arguments[0].description == "what it is");
  CHECK(page.clippy == std::vector<std::string>{"one", "two"});
  CHECK(page.retired_by.empty());
  CHECK(page.title == "A thing held");
  CHECK(page.text == "# A thing held\n\nText.\n```rust\n#[inline]\nfn f() {}\n```\nEnd.\n");
}

TEST_CASE("a mistake in the head is told with its place") {
  CHECK(error_with("level: warning", "level: loud") ==
        "x/held_thing.md:2:1: error: 'level' is 'loud'; expected one of allow, warning, error");
  CHECK(contains(error_with("stage: preview", "stage: [a]"), ":3:1: error: expected one text"));
  CHECK(contains(error_with("fix: none\n", ""), ":1:1: error: the head has no key 'fix'"));
  CHECK(contains(error_with("fix: none", "fixes: none"), ":4:1: error: unknown key 'fixes'"));
  CHECK(contains(error_with("fix: none", "fix: none\nfix: safe"), "'fix' is there twice"));
  CHECK(contains(error_with("[one, two]", "one"), "expected a list as 'clippy'"));
  CHECK(contains(error_with("[one, two]", "[a b]"), "'a b' is no lint's name"));
  CHECK(contains(error_with("{type}", "{kind}"),
                 ":5:1: error: the message names '{kind}', which is no argument"));
  CHECK(contains(error_with("  type: what it is", "  type: a\n  size: b"),
                 ":8:3: error: the message does not use the argument 'size'"));
  CHECK(contains(error_with("  type: what it is", "  type:"), "'type' is not described"));
  CHECK(contains(error_with("{type}", "{type"), "a brace in the message has no partner"));
  CHECK(contains(error_with("is held", "is held."), "ends in a punctuation mark"));
  CHECK(contains(error_with("stage: preview", "stage: \"open"), "error: "));
  CHECK(contains(error_with("---\nlevel", "level"), "expected a head between two lines"));
  CHECK(contains(error_with("retired-by:\n---\n", "retired-by:\n"), "expected a head"));
}

TEST_CASE("a mistake in the body is told with its place") {
  CHECK(contains(error_with("# Title", "Title"), ":11:1: error: expected the title"));
  CHECK(contains(error_with("Text.", "```rust\n```"), ":13:1: error: unknown fence '```rust'"));
  CHECK(contains(error_with("Text.", "```rust,fixed\nfn"), ":13:1: error: the fence is never"));
  CHECK(contains(error_with("Text.", "```text\n```text\n```"), ":13:1: error: the fence is never"));
}

TEST_CASE("odd pages are refused without harm") {
  for (const char* text : {"", "---\n", "---\n---\n", "---\n- a\n---\n# T\n", "---\n? [a]\n---\n",
                           "---\n{a: {b: [c\n---\n# T\n", "---\n*x : 1\n---\n# T\n",
                           "---\narguments: {[a]: b}\n---\n", "---\n\t\x01\xff\n---\n# T"}) {
    CAPTURE(text);
    Reading reading = read(text);
    CHECK_FALSE(reading.page.has_value());
    CHECK_FALSE(reading.errors.empty());
  }
}

TEST_CASE("names follow the rules") {
  CHECK(name_mistake("guard_across_await").empty());
  for (const char* name : {"", "Guard", "guard-across", "_guard", "guard_", "a__b", "2_guards",
                           "no_guard", "avoid_guard", "check_guard"}) {
    CAPTURE(name);
    CHECK_FALSE(name_mistake(name).empty());
  }
}

TEST_CASE("messages follow the rules") {
  CHECK(message_mistake("the lock is held").empty());
  CHECK(message_mistake("`Valid` is held, says `valid`").empty());
  CHECK(message_mistake("an invalidated entry").empty());
  for (const char* message : {"", "The lock", "it ends.", "what now?", "one `tick",
                              "this is not allowed", "an invalid lock"}) {
    CAPTURE(message);
    CHECK_FALSE(message_mistake(message).empty());
  }
}

TEST_CASE("a message is cut at its placeholders") {
  CHECK(split_message("a {b} c") == std::vector<std::string>{"a ", "b", " c"});
  CHECK(split_message("{b}") == std::vector<std::string>{"", "b", ""});
  CHECK(split_message("") == std::vector<std::string>{""});
  CHECK_FALSE(split_message("{a").has_value());
  CHECK_FALSE(split_message("a}").has_value());
  CHECK_FALSE(split_message("{a{b}}").has_value());
}

TEST_CASE("the C++ of a page keeps its text") {
  Reading reading = read(GoodHead + "# T\n\nA \"quote\" \\ and \xc3\xa9?\n");
  REQUIRE(reading.page.has_value());
  std::string header = generate_header(*reading.page);
  CHECK(contains(header, "struct held_thing {"));
  CHECK(contains(header, "  // what it is\n  std::string type;\n"));
  CHECK(contains(header, "std::array<std::string_view, 2> clippy{\"one\", \"two\"};"));
  CHECK(contains(header, "void held_thing(const flow::Facts& facts, Sink& sink);"));
  std::string source = generate_source(*reading.page, {});
  CHECK(contains(source, "A \\\"quote\\\" \\\\ and \\303\\251?\\n"));
  CHECK(contains(source, "  result += type;\n"));
}

std::optional<Page> read_guide(const char* path, const std::string& text) {
  PageSource source(llvm::MemoryBuffer::getMemBufferCopy(text, path));
  return read_guide_page(source);
}

TEST_CASE("a page of the guide has its place and name from its file") {
  const auto page = read_guide("guide/03_drop_and_cleanup.md", "# Drop\n\nText.\n");
  REQUIRE(page.has_value());
  CHECK(page->name == "drop_and_cleanup");
  CHECK(page->title == "Drop");
  CHECK_FALSE(read_guide("guide/drop.md", "# Drop\n").has_value());
  CHECK_FALSE(read_guide("guide/3.md", "# Drop\n").has_value());
  CHECK_FALSE(read_guide("guide/3_.md", "# Drop\n").has_value());
  CHECK_FALSE(read_guide("guide/3_drop.md", "Drop\n").has_value());
}

TEST_CASE("the guide names only pages that there are") {
  REQUIRE_FALSE(diag::guide().empty());
  CHECK(diag::guide().front().name == "functions");
  for (const diag::GuidePage& page : diag::guide()) {
    CHECK(diag::find_guide_page(page.name) == &page);
    CHECK(diag::find_page(page.name) == nullptr);
    const size_t begin = page.text.find("See also: ");
    REQUIRE(begin != std::string_view::npos);
    llvm::StringRef rest = page.text.substr(begin);
    while (!rest.empty()) {
      const auto [name, after] = rest.split('`').second.split('`');
      rest = after;
      CAPTURE(name.str());
      CHECK((name.empty() || diag::find_page(name) != nullptr));
    }
  }
}

TEST_CASE("the catalogue is sorted and can be searched") {
  std::span<const diag::PageInfo> pages = diag::pages();
  REQUIRE_FALSE(pages.empty());
  CHECK(std::ranges::is_sorted(pages, {}, &diag::PageInfo::name));
  CHECK(pages.size() == pitfalls::all.size());
  for (const diag::PageInfo& page : pages) CHECK(diag::find_page(page.name) == &page);
  CHECK(diag::find_page("") == nullptr);
  CHECK(diag::find_page("zzz") == nullptr);
}

TEST_CASE("a generated type renders its message") {
  static_assert(diag::Page<diag::guard_across_await>);
  diag::guard_across_await page{.guard = "state", .type = "Guard<'_, u32>"};
  CHECK(page.message() == "`state` of type `Guard<'_, u32>` is held across an await point");
  const diag::PageInfo* info = diag::find_page(diag::guard_across_await::name);
  REQUIRE(info != nullptr);
  CHECK(diag::finding_level(info->level) == base::Level::Error);
  CHECK(diag::finding_level(diag::DefaultLevel::Allow) == base::Level::Warning);
  CHECK(info->text.find("\n# use") == std::string_view::npos);
}

}  // namespace jaa::catalogue
