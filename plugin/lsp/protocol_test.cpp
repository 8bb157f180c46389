#include "plugin/lsp/protocol.h"

#include <doctest/doctest.h>

#include "plugin/rustc/report.h"

namespace jaa::lsp {
namespace {

llvm::json::Value parsed(std::string_view text) {
  llvm::Expected<llvm::json::Value> value = plugin::parse_json(text);
  REQUIRE(static_cast<bool>(value));
  return std::move(*value);
}

TEST_CASE("paths of URIs") {
  CHECK(path_of_uri("file:///a/b.rs") == "/a/b.rs");
  CHECK(path_of_uri("FILE://localhost/a") == "/a");
  CHECK(path_of_uri("file:///a%20b/%C3%A9%2b.rs?x=1#y") == "/a b/é+.rs");
  CHECK(path_of_uri("file:///a%7e") == "/a~");
  for (const char* const bad : {"", "file:", "file://", "file:///%", "file:///%4", "file:///%zz",
                                "file:///a%00b", "file://host/a", "file://localhost",
                                "untitled:Untitled-1", "http://localhost/a", "file:/a", "/a"}) {
    CAPTURE(bad);
    CHECK_FALSE(path_of_uri(bad));
  }
  CHECK(path_of_uri("file:///a%4A") == "/aJ");
}

TEST_CASE("folders end with no slash") {
  CHECK(folder_of_uri("file:///a/b//") == "/a/b");
  CHECK(folder_of_uri("file:///") == "/");
  CHECK_FALSE(folder_of_uri("git:/a/"));
}

TEST_CASE("any path comes back from its URI") {
  std::string path = "/";
  for (int byte = 1; byte < 256; ++byte) {
    path += static_cast<char>(byte);
  }
  CHECK(path_of_uri(uri_of_path(path)) == path);
  CHECK(uri_of_path("/a b/é+.rs") == "file:///a%20b/%C3%A9%2B.rs");
}

TEST_CASE("positions and ranges of JSON") {
  CHECK(position_at(parsed(R"({"p":{"line":3,"character":4}})"), {"p"}) == Position{3, 4});
  for (const char* const bad :
       {R"({})", R"({"line":1})", R"({"line":-1,"character":0})", R"({"line":1.5,"character":0})",
        R"({"line":"1","character":0})", R"({"line":4294967296,"character":0})", "[1,2]"}) {
    CHECK_FALSE(position_at(parsed(bad), {}));
  }
  CHECK(
      range_at(parsed(R"({"start":{"line":1,"character":2},"end":{"line":1,"character":2}})"), {}));
  CHECK_FALSE(
      range_at(parsed(R"({"start":{"line":1,"character":2},"end":{"line":1,"character":1}})"), {}));
}

TEST_CASE("members on a path") {
  const llvm::json::Value value = parsed(R"({"a":{"b":[1],"c":true,"d":"e","f":7}})");
  CHECK(array_at(value, {"a", "b"}) != nullptr);
  CHECK(flag_at(value, {"a", "c"}));
  CHECK_FALSE(flag_at(value, {"a", "f"}));
  CHECK(string_at(value, {"a", "d"}) == llvm::StringRef("e"));
  CHECK(integer_at(value, {"a", "f"}) == 7);
  CHECK(value_at(value, {"a", "b", "c"}) == nullptr);
  CHECK(value_at(value, {}) == &value);
}

}  // namespace
}  // namespace jaa::lsp
