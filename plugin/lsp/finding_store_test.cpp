#include "plugin/lsp/finding_store.h"

#include <doctest/doctest.h>

namespace jaa::lsp {
namespace {

using plugin::ReportedFinding;

ReportedFinding finding(uint32_t begin, uint32_t end, std::string code = "c") {
  ReportedFinding result;
  result.code = std::move(code);
  result.path = "/p/a.rs";
  result.begin = begin;
  result.end = end;
  return result;
}

struct World {
  Documents documents;
  FindingStore store{documents};
  Document& document = documents.open("file:///p/a.rs", "/p/a.rs", 1, "0123456789abcdef");

  void edit(uint32_t begin, uint32_t end, std::string_view text) {
    REQUIRE(document.edit({0, begin}, {0, end}, text, Encoding::Utf8));
  }
  [[nodiscard]] std::vector<TextRange> places() const {
    std::vector<TextRange> result;
    for (const PresentFinding& one : store.in_file("/p/a.rs")) {
      result.push_back(one.primary);
    }
    return result;
  }
};
using Places = std::vector<TextRange>;

TEST_CASE_FIXTURE(World, "findings move with the text, and go with their cause") {
  store.add("/p", {finding(8, 10), finding(2, 4)}, true);
  CHECK(places() == Places{{2, 4}, {8, 10}});
  edit(0, 0, "xx");
  CHECK(places() == Places{{4, 6}, {10, 12}});
  edit(5, 5, "!");
  CHECK(places() == Places{{11, 13}});
  edit(5, 6, "");
  CHECK(places() == Places{{4, 6}, {10, 12}});
}

TEST_CASE_FIXTURE(World, "a finding goes with what its labels point at, a note alone") {
  ReportedFinding one = finding(8, 10);
  one.labels = {{"/p/a.rs", 0, 2, "label"}};
  one.notes = {{"/p/a.rs", 4, 6, "note"}, {"", 0, 0, "nowhere"}, {"/other", 1, 2, "elsewhere"}};
  store.add("/p", {one}, true);
  edit(5, 5, "!");
  REQUIRE(store.in_file("/p/a.rs").size() == 1);
  CHECK(store.in_file("/p/a.rs").front().notes.size() == 2);
  edit(1, 1, "!");
  CHECK(store.in_file("/p/a.rs").empty());
}

TEST_CASE_FIXTURE(World, "a fix goes with what it edits") {
  ReportedFinding one = finding(8, 10);
  one.fixes.resize(1);
  one.fixes.front().edits = {{"/p/a.rs", 2, 3, "2", "two"}, {"/q", 7, 7, "", "x"}};
  store.add("/p", {one}, true);
  const auto edits = [this] {
    return store.present_edits(store.in_file("/p/a.rs").front().known->report.fixes.front());
  };
  edit(0, 0, "x");
  REQUIRE(edits());
  CHECK(edits()->front().begin == 3);
  CHECK(edits()->back().begin == 7);
  edit(3, 4, "T");
  CHECK_FALSE(edits());
}

TEST_CASE_FIXTURE(World, "saving makes the present text the one that findings are of") {
  ReportedFinding one = finding(8, 10);
  one.fixes.resize(2);
  one.fixes[0].edits = {{"/p/a.rs", 2, 3, "2", "two"}};
  one.fixes[1].edits = {{"/p/a.rs", 9, 9, "", "x"}};
  store.add("/p", {one, finding(4, 6)}, true);
  edit(2, 3, "TWO");
  edit(7, 7, "!");  // in the second finding
  store.rebase(document);
  document.set_saved();
  REQUIRE(places() == Places{{11, 13}});
  const KnownFinding& known = *store.in_file("/p/a.rs").front().known;
  CHECK(known.is_outdated);
  REQUIRE(known.report.fixes.size() == 1);
  CHECK(known.report.fixes.front().edits.front().begin == 12);
}

TEST_CASE_FIXTURE(World, "what a check says replaces what was known") {
  store.add("/p", {finding(2, 4), finding(8, 10)}, false);
  const FindingId first = store.in_file("/p/a.rs").front().known->id;
  CHECK(store.find(first) != nullptr);
  ReportedFinding tried = finding(2, 4);
  tried.message = "tried";
  store.set_all("/p", {finding(12, 14), tried});
  CHECK(places() == Places{{2, 4}, {12, 14}});
  CHECK(store.find(first)->report.message == "tried");
  CHECK(store.find(first)->is_final);
  // Of a later run, before its fixes are tried.
  store.add("/p", {finding(2, 4)}, false);
  CHECK(store.find(first)->report.message == "tried");
}

TEST_CASE_FIXTURE(World, "projects and files are forgotten by themselves") {
  store.add("/p", {finding(2, 4)}, true);
  store.add("/q", {finding(2, 4)}, true);
  CHECK(places().size() == 2);
  store.set_all("/q", {});
  CHECK(places().size() == 1);
  store.forget_project("/p");
  CHECK(store.files().empty());
  store.add("/p", {finding(2, 4)}, true);
  CHECK(store.files() == std::vector<std::string>{"/p/a.rs"});
  store.forget_file("/p/a.rs");
  CHECK(store.files().empty());
}

TEST_CASE("a document without a file has no findings and hides none") {
  Documents documents;
  documents.open("untitled:1", "", 1, "");
  FindingStore store(documents);
  ReportedFinding one = finding(2, 4);
  one.labels = {{"", 0, 0, "said without a place"}};
  store.add("/p", {one}, true);
  CHECK(documents.find_path("") == nullptr);
  CHECK(store.in_file("/p/a.rs").size() == 1);
}

}  // namespace
}  // namespace jaa::lsp
