#include "rustc/type_sizes.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <fstream>
#include <sstream>

namespace jaa::rustc {
namespace {

using Kind = SizedField::Kind;

std::string recorded(const std::string& name) {
  std::ifstream stream(std::string(JAA_TESTDATA) + "/rustc/type_sizes/" + name, std::ios::binary);
  std::ostringstream text;
  text << stream.rdbuf();
  REQUIRE_FALSE(text.str().empty());
  return text.str();
}

const SizedType& type_named(const TypeSizes& sizes, std::string_view name) {
  const auto found = std::find_if(sizes.types.begin(), sizes.types.end(),
                                  [&](const SizedType& type) { return type.name == name; });
  REQUIRE(found != sizes.types.end());
  return *found;
}

const SizedVariant& variant_named(const SizedType& type, std::string_view name) {
  const auto found =
      std::find_if(type.variants.begin(), type.variants.end(),
                   [&](const SizedVariant& variant) { return variant.name == name; });
  REQUIRE(found != type.variants.end());
  return *found;
}

TEST_CASE("recorded sizes are understood whole and printed as they were") {
  for (const char* name : {"kinds.stable.txt", "kinds.nightly.txt"}) {
    const std::string text = recorded(name);
    const TypeSizesResult result = read_type_sizes(text, name);
    CHECK(result.problems.empty());
    CHECK(result.opaque_lines == 0);
    CHECK(result.sizes.types.size() == 67);
    CHECK(print_type_sizes(result.sizes) == text);
  }
}

TEST_CASE("structs have fields, with offsets that are counted where they are not printed") {
  const auto result = read_type_sizes(recorded("kinds.stable.txt"), "kinds");
  const SizedType& type = type_named(result.sizes, "InOrder");
  CHECK(type.size == 12);
  CHECK(type.alignment == 4);
  CHECK_FALSE(type.discriminant);
  CHECK(type.variants.empty());
  CHECK(type.end_padding == 2);
  REQUIRE(type.fields.size() == 4);
  CHECK(type.fields[0].name == "0");
  CHECK(type.fields[0].offset == 0);
  CHECK(type.fields[1].kind == Kind::Padding);
  CHECK(type.fields[1].size == 3);
  CHECK(type.fields[2].name == "1");
  CHECK(type.fields[2].offset == 4);
  CHECK(type.fields[2].alignment == 4);
  CHECK(type.fields[3].offset == 8);
  CHECK(type.fields[3].alignment == 0);
}

TEST_CASE("an enum's variants come after its discriminant, a union's fields overlap") {
  const auto result = read_type_sizes(recorded("kinds.stable.txt"), "kinds");
  const SizedType& nested = type_named(result.sizes, "Nested");
  CHECK(nested.discriminant == 1);
  const SizedVariant& both = variant_named(nested, "Both");
  CHECK(both.size == 11);
  REQUIRE(both.fields.size() == 4);
  CHECK(both.fields[0].name == "2");
  CHECK(both.fields[0].offset == 1);
  CHECK(both.fields[2].offset == 4);
  const SizedVariant& only = variant_named(type_named(result.sizes, "Either"), "Either");
  REQUIRE(only.fields.size() == 3);
  CHECK(only.fields[1].name == "whole");
  CHECK(only.fields[2].name == "parts");
  CHECK(only.fields[2].offset == 0);
  CHECK(only.fields[2].is_offset_printed);
}

TEST_CASE("a coroutine's variants hold captures and locals") {
  const auto result = read_type_sizes(recorded("kinds.stable.txt"), "kinds");
  const SizedType& type = type_named(result.sizes, "{async fn body of states()}");
  const SizedVariant& state = variant_named(type, "Suspend0");
  const auto find = [&state](Kind kind, std::string_view name) {
    const auto found = std::find_if(
        state.fields.begin(), state.fields.end(),
        [&](const SizedField& field) { return field.kind == kind && field.name == name; });
    REQUIRE(found != state.fields.end());
    return *found;
  };
  CHECK(find(Kind::Upvar, "values").size == 72);
  CHECK(find(Kind::Local, "values").size == 72);
  CHECK(find(Kind::Local, "values").type.empty());
  CHECK(find(Kind::Local, "__awaitee").type == "{async fn body of leaf()}");
}

TEST_CASE("names and types hold what they like") {
  const std::string text =
      "print-type-size type: `S<\"a`: 3 bytes\">`: 18446744073709551615 bytes, alignment: 1 bytes\n"
      "print-type-size     field `..coroutine_field5`: 1 bytes, type: T<\"`: 1 bytes, type: \">\n"
      "print-type-size type: ``: 0 bytes, alignment: 1 bytes\n"
      "print-type-size     variant `a`b`: 0 bytes";
  const TypeSizesResult result = read_type_sizes(text, "x");
  CHECK(result.problems.empty());
  REQUIRE(result.sizes.types.size() == 2);
  CHECK(result.sizes.types[0].name == "S<\"a`: 3 bytes\">");
  CHECK(result.sizes.types[0].size == UINT64_MAX);
  CHECK(result.sizes.types[0].fields[0].name == ".coroutine_field5");
  CHECK(result.sizes.types[0].fields[0].type == "T<\"`: 1 bytes, type: \">");
  CHECK(result.sizes.types[1].variants[0].name == "a`b");
  CHECK(print_type_sizes(result.sizes) == text);
}

TEST_CASE("lines that are no sizes, or out of place, are kept where they were") {
  const std::string head = "print-type-size type: `T`: 8 bytes, alignment: 4 bytes\n";
  struct Case {
    std::string_view text;
    size_t opaque_lines;
  };
  for (const Case& each : {
           Case{"{\"reason\":\"build-finished\"}\n\nprint-type-size", 3},
           {"print-type-size     field `.a`: 1 bytes\n"
            "print-type-size     variant `V`: 1 bytes\n"
            "print-type-size         field `.a`: 1 bytes\n"
            "print-type-size     discriminant: 1 bytes\n",
            3},
           {"print-type-size     discriminant: 1 bytes\n"
            "print-type-size     discriminant: 1 bytes\n"
            "print-type-size     variant `V`: 1 bytes\n"
            "print-type-size     field `.a`: 1 bytes\n"
            "print-type-size     end padding: 1 bytes\n"
            "print-type-size     end padding: 1 bytes\n"
            "print-type-size         field `.a`: 1 bytes\n",
            4},
           {"print-type-size     field `.a`: 01 bytes\n"
            "print-type-size     field `.a`: -1 bytes\n"
            "print-type-size     field `.a`: 1 byte\n"
            "print-type-size     field `.a`: 18446744073709551616 bytes\n"
            "print-type-size     field `.a`: 1 bytes, alignment: 0 bytes\n"
            "print-type-size     field `.a`: 1 bytes, alignment: 1 bytes, offset: 1 bytes\n"
            "print-type-size     field `.a`: 1 bytes, type: \n"
            "print-type-size     field `a`: 1 bytes\n"
            "print-type-size     thing `.a`: 1 bytes\n"
            "print-type-size     padding: 1 bytes, \n"
            "print-type-size     field `.a: 1 bytes\r\n",
            11},
       }) {
    CAPTURE(each.text);
    const std::string text = head + std::string(each.text);
    const TypeSizesResult result = read_type_sizes(text, "out");
    CHECK(result.opaque_lines == each.opaque_lines);
    CHECK_FALSE(result.problems.empty());
    CHECK(result.sizes.types.size() == 1);
    CHECK(print_type_sizes(result.sizes) == text);
  }
  const TypeSizesResult result = read_type_sizes(head + head + "what?\nwhy?\n" + head, "out");
  REQUIRE(result.problems.size() == 1);
  CHECK(result.problems[0].input == "out");
  CHECK(result.problems[0].line == 3);
  CHECK(result.problems[0].text == "2 lines not understood: `what?`");
}

TEST_CASE("sizes cut anywhere print as what is left") {
  const std::string text = recorded("kinds.stable.txt").substr(0, 3000);
  for (size_t size = 0; size <= text.size(); ++size) {
    CAPTURE(size);
    const std::string cut = text.substr(0, size);
    CHECK(print_type_sizes(read_type_sizes(cut, "x").sizes) == cut);
  }
}

}  // namespace
}  // namespace jaa::rustc
