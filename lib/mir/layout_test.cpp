#include "mir/layout.h"

#include <doctest/doctest.h>

#include <fstream>
#include <sstream>

namespace jaa::mir {
namespace {

// The comments of a recorded file.
std::vector<std::string> recorded(const std::string& name) {
  std::ifstream stream(std::string(JAA_TESTDATA) + "/mir/layouts/" + name, std::ios::binary);
  std::ostringstream all;
  all << stream.rdbuf();
  std::vector<std::string> result;
  const std::string text = all.str();
  for (size_t begin = 0; (begin = text.find("/*", begin)) != std::string::npos;) {
    const size_t end = text.find("*/", begin) + 2;
    result.push_back(text.substr(begin, end - begin));
    begin = end;
  }
  REQUIRE_FALSE(result.empty());
  return result;
}

constexpr const char* Recorded[] = {"samples.stable.txt", "samples.nightly.txt",
                                    "states.stable.txt", "states.nightly.txt"};

CoroutineLayout read_whole(std::string_view text) {
  LayoutResult result = read_layout(text, "a.mir", 1);
  CHECK(result.problems.empty());
  CHECK(result.opaque_lines == 0);
  return std::move(result.layout);
}

// The recorded layout with this text in it.
CoroutineLayout layout_with(std::string_view part) {
  for (const std::string& text : recorded("states.stable.txt")) {
    if (text.find(part) != std::string::npos) return read_whole(text);
  }
  FAIL("no such layout");
  return {};
}

constexpr std::string_view Small = R"(/* coroutine_layout = CoroutineLayout {
    field_tys: {
        _s0: CoroutineSavedTy {
            ty: u32,
            source_info: SourceInfo {
                span: src/my file: a.rs:3:18: 4:19 (#7),
                scope: scope[2],
            },
            ignore_for_traits: false,
        },
        _s1: CoroutineSavedTy {
            ty: Coroutine(
                DefId(0:5 ~ a[b57d]::f::{closure#0}),
                [
                    (),
                    u32,
                    (u8,),
                ],
            ),
            source_info: SourceInfo {
                span: no-location (#0),
                scope: scope[0],
            },
            ignore_for_traits: true,
        },
    },
    variant_fields: {
        Unresumed(0): [],
        Returned (1): [],
        Panicked (2): [],
        Suspend0 (3): [_s0, _s1],
    },
    storage_conflicts: BitMatrix(2x2) {
        (_s0, _s0),
        (_s1, _s1),
    },
} */)";

std::string with(std::string_view from, std::string_view to) {
  std::string text(Small);
  const size_t at = text.find(from);
  REQUIRE(at != std::string::npos);
  return text.replace(at, from.size(), to);
}

TEST_CASE("recorded layouts are understood whole and printed as they were") {
  for (const char* name : Recorded) {
    for (const std::string& text : recorded(name)) {
      CAPTURE(text);
      CHECK(print_layout(read_whole(text)) == text);
    }
  }
}

TEST_CASE("a layout's parts") {
  const CoroutineLayout layout = read_whole(Small);
  REQUIRE(layout.fields.size() == 2);
  const SavedField& first = layout.fields[SavedId(0)];
  CHECK(first.type == "u32");
  REQUIRE(first.source_info);
  REQUIRE(first.source_info->span);
  CHECK(first.source_info->span->file == "src/my file: a.rs");
  CHECK(first.source_info->span->line == 3);
  CHECK(first.source_info->span->column == 18);
  CHECK(first.source_info->span->end_line == 4);
  CHECK(first.source_info->span->end_column == 19);
  CHECK(first.source_info->span->expansion == 7);
  CHECK(first.source_info->scope == 2);
  CHECK(first.ignore_for_traits == false);
  const SavedField& second = layout.fields[SavedId(1)];
  REQUIRE(second.type);
  CHECK(one_line_type(*second.type) ==
        "Coroutine(DefId(0:5 ~ a[b57d]::f::{closure#0}), [(), u32, (u8,)])");
  CHECK(second.source_info->span->file.empty());
  CHECK(second.ignore_for_traits == true);
  REQUIRE(layout.variants.size() == 4);
  CHECK(layout.variants[0].name == "Unresumed");
  CHECK(layout.variants[0].fields.empty());
  CHECK(layout.variants[3].name == "Suspend0");
  CHECK(layout.variants[3].fields == std::vector{SavedId(0), SavedId(1)});
  CHECK(layout.do_conflict(SavedId(1), SavedId(1)));
  CHECK_FALSE(layout.do_conflict(SavedId(0), SavedId(1)));
}

TEST_CASE("what rustc saves of a guard, of nothing, and in more than ten states") {
  const CoroutineLayout guarded = layout_with("MutexGuard<'{erased}, u32>");
  size_t guards = 0;
  for (const SavedField& field : guarded.fields) {
    guards += field.type == "std::sync::MutexGuard<'{erased}, u32>" ? 1U : 0U;
  }
  CHECK(guards == 1);
  const CoroutineLayout idle = layout_with("field_tys: {},");
  CHECK(idle.fields.empty());
  CHECK(idle.variants.size() == 3);
  CHECK(idle.conflicts.empty());
  const CoroutineLayout many = layout_with("Suspend11");
  REQUIRE(many.variants.size() == 15);
  CHECK(many.variants[14].name == "Suspend11");
  CHECK_FALSE(many.variants[14].fields.empty());
  const CoroutineLayout indexed = layout_with("ignore_for_traits: true");
  CHECK(indexed.fields[SavedId(0)].ignore_for_traits == true);
}

TEST_CASE("types of many lines read as nested ones") {
  CHECK(one_line_type("u8") == "u8");
  CHECK(one_line_type("") == "");
  CHECK(one_line_type("Alias(\n    AliasTy {\n        args: [\n            T/#0,\n        ],\n"
                      "        ..\n    },\n)") == "Alias(AliasTy { args: [T/#0], .. })");
}

TEST_CASE("a line of another kind is kept in its place and told with its line") {
  const std::string text = with("            ignore_for_traits: false,\n",
                                "            ignore_for_traits: false,\n            new: 1,\n");
  const LayoutResult result = read_layout(text, "a.mir", 10);
  CHECK(result.opaque_lines == 1);
  REQUIRE(result.problems.size() == 1);
  CHECK(result.problems[0].input == "a.mir");
  CHECK(result.problems[0].line == 19);
  CHECK(result.problems[0].text == "line not understood: `new: 1,`");
  CHECK(result.layout.fields.size() == 2);
  CHECK(result.layout.conflicts.size() == 2);
  CHECK(print_layout(result.layout) == text);
}

TEST_CASE("of a field with a part that is not understood the rest is") {
  struct Change {
    std::string_view from, to;
    size_t opaque_lines;
  };
  for (const Change& change : {
           Change{"            ignore_for_traits: false,\n", "", 0},
           {"ignore_for_traits: false", "ignore_for_traits: no", 1},
           {"ty: u32,", "ty: u32", 1},
           {"(#7)", "(root#7)", 1},
           {"scope[2]", "scope[02]", 1},
           {"scope[2]", "scope[4294967296]", 1},
           {"src/my file: a.rs:", ":", 1},
           {"            ),\n", "            )\n", 8},
           {"    field_tys: {\n", "    field_tys: {\n    more: {},\n", 37},
           {"        Returned (1)", "        Stopped(1)", 3},
           {"[_s0, _s1]", "[_s0, _s2]", 1},
           {"[_s0, _s1]", "[_s0, _s-0]", 1},
           {"        (_s0, _s0),\n", "        (_s1, _s1),\n", 1},
           {"BitMatrix(2x2)", "BitMatrix(3x3)", 5},
       }) {
    CAPTURE(change.to);
    const std::string text = with(change.from, change.to);
    const LayoutResult result = read_layout(text, "a.mir", 1);
    CHECK(result.opaque_lines == change.opaque_lines);
    CHECK(result.problems.empty() == (change.opaque_lines == 0));
    CHECK(print_layout(result.layout) == text);
  }
}

TEST_CASE("a layout cut anywhere prints as what is left") {
  const std::string text(Small);
  for (size_t size = 0; size <= text.size(); ++size) {
    CAPTURE(size);
    const std::string cut = text.substr(0, size);
    CHECK(print_layout(read_layout(cut, "a.mir", 1).layout) == cut);
  }
  for (const char* foreign : {"", "\n", "\n\n", "x", "x\n", "/* */", "\xFF\n\xFE"}) {
    CHECK(print_layout(read_layout(foreign, "a.mir", 1).layout) == foreign);
  }
}

TEST_CASE("problems are few however many lines are foreign") {
  std::string text(Small.substr(0, Small.find("        (_s0")));
  for (int i = 0; i < 1000; ++i) text += "        (_s0, _s0),\n?\n";
  const LayoutResult result = read_layout(text, "a.mir", 1);
  CHECK(result.opaque_lines == 1999);
  CHECK(result.problems.size() == 1);
  std::string rows =
      "/* coroutine_layout = CoroutineLayout {\n    field_tys: {},\n"
      "    variant_fields: {\n        V0       (0): [],\n";
  for (int i = 1; i < 1000; ++i) {
    const std::string name = "V" + std::to_string(i);
    rows += "?\n        " + name + std::string(9 - name.size(), ' ') + "(" + std::to_string(i) +
            "): [],\n";
  }
  const LayoutResult spread = read_layout(rows, "a.mir", 1);
  CHECK(spread.layout.variants.size() == 1000);
  CHECK(spread.opaque_lines == 999);
  REQUIRE(spread.problems.size() == 100);
  CHECK(spread.problems[99].text == "more lines not understood from here on");
  CHECK(print_layout(spread.layout) == rows);
}

}  // namespace
}  // namespace jaa::mir
