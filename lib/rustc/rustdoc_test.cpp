#include "rustc/rustdoc.h"

#include <doctest/doctest.h>

#include <string>

namespace jaa::rustc {
namespace {

// Items and paths by id, as a file of one crate `k`.
std::string file(const std::string& index, const std::string& paths) {
  return R"({"root": 0, "crate_version": "1.2.0", "format_version": 57, "index": {)"
         R"("0": {"id": 0, "name": "k", "inner": {"module": {"items": [1, 9]}}})" +
         index + R"(}, "paths": {"0": {"path": ["k"]}, "2": {"path": ["core", "marker", "Send"]})" +
         paths + "}}";
}

RustdocTable read(const std::string& index, const std::string& paths) {
  const RustdocResult result = read_rustdoc(file(index, paths), "k.json");
  CHECK(result.problems.empty());
  REQUIRE(result.table.has_value());
  return *result.table;
}

constexpr const char* SendBound =
    R"({"trait_bound": {"trait": {"path": "Send", "id": 2, "args": null}, "modifier": "none"}})";

TEST_CASE("a struct, its fields, and when it is Send") {
  const RustdocTable table = read(std::string(R"(,
    "1": {"id": 1, "name": "S", "inner": {"struct": {
      "kind": {"plain": {"fields": [3], "has_stripped_fields": false}},
      "generics": {"params": [{"name": "'a", "kind": {"lifetime": {"outlives": []}}},
        {"name": "T", "kind": {"type": {"bounds": [], "default": {"primitive": "u8"}}}}],
        "where_predicates": []}}}},
    "3": {"id": 3, "name": "f", "inner": {"struct_field": {"borrowed_ref": {
      "lifetime": "'a", "is_mutable": true, "type": {"slice": {"generic": "T"}}}}}},
    "4": {"id": 4, "name": null, "span": null, "attrs": [], "inner": {"impl": {
      "trait": {"path": "Send", "id": 2, "args": null}, "blanket_impl": null, "items": [],
      "for": {"resolved_path": {"path": "S", "id": 1, "args": {"angle_bracketed": {"args":
        [{"lifetime": "'a"}, {"type": {"generic": "T"}}], "constraints": []}}}},
      "is_negative": false, "is_synthetic": true,
      "generics": {"params": [{"name": "T", "kind": {"type": {"bounds": [)") +
                                      SendBound + R"(]}}}], "where_predicates": []}}}})",
                                  R"(, "1": {"path": ["k", "S"]})");
  CHECK(table.crate == "k");
  CHECK(table.version == "1.2.0");
  REQUIRE(table.types.size() == 1);
  CHECK(table.types[0].path == "k::S");
  CHECK(table.types[0].generics.params == std::vector<std::string>{"T"});
  CHECK(table.types[0].generics.defaults == std::vector<std::string>{"u8"});
  REQUIRE(table.types[0].fields.size() == 1);
  CHECK(table.types[0].fields[0].type == "&mut [T]");
  REQUIRE(table.impls.size() == 1);
  CHECK(table.impls[0].trait == "core::marker::Send");
  CHECK(table.impls[0].self_type == "k::S<T>");
  CHECK(table.impls[0].is_synthetic);
  REQUIRE(table.impls[0].generics.predicates.size() == 1);
  CHECK(table.impls[0].generics.predicates[0].bounds[0] == "core::marker::Send");
  CHECK(table.skipped == 0);
}

TEST_CASE("a trait with an async method and an associated type, and its impl") {
  const RustdocTable table =
      read(std::string(R"(,
    "1": {"id": 1, "name": "Tr", "inner": {"trait": {"items": [3, 4], "bounds": [)") +
               SendBound + R"(], "generics": {"params": [], "where_predicates": []}}}},
    "3": {"id": 3, "name": "Out", "inner": {"assoc_type": {"generics": {"params": []},
      "bounds": [{"outlives": "'static"}], "type": null}}},
    "4": {"id": 4, "name": "go", "span": {"filename": "a.rs", "begin": [3, 5], "end": [4, 6]},
      "inner": {"function": {"sig": {"inputs": [["self", {"generic": "Self"}]], "output":
        {"qualified_path": {"name": "Out", "args": null, "self_type": {"generic": "Self"},
          "trait": {"path": "", "id": 1, "args": null}}}},
        "generics": {"params": []}, "header": {"is_async": true}, "has_body": false}}},
    "5": {"id": 5, "name": null, "span": null, "attrs": [], "inner": {"impl": {
      "trait": {"path": "Tr", "id": 1, "args": null}, "blanket_impl": null, "items": [6],
      "for": {"tuple": [{"primitive": "u8"}]}, "generics": {"params": []}}}},
    "6": {"id": 6, "name": "Out", "inner": {"assoc_type": {"generics": {"params": []},
      "bounds": [], "type": {"primitive": "never"}}}})",
           R"(, "1": {"path": ["k", "Tr"]})");
  REQUIRE(table.traits.size() == 1);
  CHECK(table.traits[0].generics.predicates[0].subject == "Self");
  CHECK(table.traits[0].types[0].name == "Out");
  REQUIRE(table.functions.size() == 1);
  CHECK(table.functions[0].path == "k::Tr::go");
  CHECK(table.functions[0].in_trait == 0);
  CHECK(table.functions[0].is_async);
  CHECK(table.functions[0].output == "<Self as k::Tr>::Out");
  CHECK(table.functions[0].span.end_column == 6);
  REQUIRE(table.impls.size() == 1);
  CHECK(table.impls[0].self_type == "(u8,)");
  CHECK(table.impls[0].assignments[0].type == "!");
}

TEST_CASE("re-exports, of one name and of all") {
  const RustdocTable table = read(R"(,
    "1": {"id": 1, "name": null, "inner": {"use": {"source": "x::S", "name": "T", "id": 7,
      "is_glob": false}}},
    "9": {"id": 9, "name": null, "inner": {"use": {"source": "x", "name": "x", "id": 8,
      "is_glob": true}}})",
                                  R"(, "7": {"path": ["x", "S"]}, "8": {"path": ["x"]})");
  REQUIRE(table.reexports.size() == 2);
  CHECK(table.reexports[0].module == "k");
  CHECK(table.reexports[0].name == "T");
  CHECK(table.reexports[0].target == "x::S");
  CHECK(table.reexports[1].name.empty());
}

TEST_CASE("other versions and other texts give no table") {
  for (const char* text :
       {"", "{", "[]", "{}", R"({"format_version": 58})", R"({"format_version": "57"})"}) {
    const RustdocResult result = read_rustdoc(text, "k.json");
    CHECK_FALSE(result.table.has_value());
    REQUIRE_FALSE(result.problems.empty());
    CHECK(result.problems[0].input == "k.json");
  }
}

TEST_CASE("members of the wrong kind are passed over") {
  const RustdocTable table = read(R"(, "1": 3, "3": {"inner": {"struct": 4}},
    "4": {"inner": {"impl": {"for": [], "items": 3, "trait": 1}}},
    "5": {"inner": {"trait": {"items": [1, "x", 99]}}}, "6": {"inner": {"new_kind": {}}})",
                                  R"(, "3": {"path": {}}, "4": {"path": [1]})");
  CHECK(table.skipped > 0);
  CHECK(table.types.size() == 1);
}

}  // namespace
}  // namespace jaa::rustc
