#include "plugin/lsp/settings.h"

#include <doctest/doctest.h>

#include "plugin/rustc/report.h"

namespace jaa::lsp {
namespace {

struct Read {
  ClientSettings settings;
  std::vector<std::string> problems;
};
Read read(std::string_view text) {
  llvm::Expected<llvm::json::Value> value = plugin::parse_json(text);
  REQUIRE(static_cast<bool>(value));
  Read result;
  result.settings = read_settings(*value, result.problems);
  return result;
}

bool has_section(std::string_view text, std::string_view expected) {
  llvm::Expected<llvm::json::Value> value = plugin::parse_json(text);
  llvm::Expected<llvm::json::Value> wanted = plugin::parse_json(expected);
  REQUIRE(static_cast<bool>(value));
  REQUIRE(static_cast<bool>(wanted));
  const llvm::json::Value* const section = find_section(*value);
  return section != nullptr && *section == *wanted;
}

TEST_CASE("what is not set has its default") {
  for (const char* const text : {"{}", "null", "[]", R"({"check":null,"inlayHints":{}})"}) {
    CHECK(read(text).settings == ClientSettings());
    CHECK(read(text).problems.empty());
  }
}

TEST_CASE("each setting") {
  const Read set = read(R"({"surface":"flycheck","inlayHints":{"enable":true},
      "check":{"onSave":false,"allTargets":false,"features":["a","b/c"],"extraArgs":["-q"]}})");
  CHECK(set.problems.empty());
  CHECK_FALSE(set.settings.shows_findings);
  CHECK_FALSE(set.settings.check_on_save);
  CHECK(set.settings.inlay_hints);
  CHECK(set.settings.check_arguments() == std::vector<std::string>{"check", "--workspace",
                                                                   "--features=a", "--features=b/c",
                                                                   "--keep-going", "-q"});
  CHECK(read(R"({"check":{"features":"all"}})").settings.check_arguments() ==
        std::vector<std::string>{"check", "--workspace", "--all-targets", "--all-features",
                                 "--keep-going"});
}

TEST_CASE("what is not as it should be is named, and the rest is taken") {
  const Read set = read(R"({"surface":"x","inlayHints":{"enable":1},
      "check":{"onSave":false,"features":"some","extraArgs":["-q",2]}})");
  CHECK(set.problems.size() == 4);
  CHECK(set.problems.front().find("`just-async.surface`") != std::string::npos);
  ClientSettings expected;
  expected.check_on_save = false;
  CHECK(set.settings == expected);
}

TEST_CASE("the section, below its name or by itself") {
  const char* const section = R"({"surface":"flycheck"})";
  CHECK(has_section(R"({"just-async":{"surface":"flycheck"}})", section));
  CHECK(has_section(section, section));
  CHECK(has_section(R"({"just-async":{},"check":{}})", "{}"));
  for (const char* const nothing :
       {"null", "{}", "[]", "3", R"({"just-async":null})", R"({"rust-analyzer":{}})"}) {
    CHECK_FALSE(has_section(nothing, section));
  }
}

}  // namespace
}  // namespace jaa::lsp
