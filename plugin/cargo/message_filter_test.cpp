#include "plugin/cargo/message_filter.h"

#include <doctest/doctest.h>

#include <chrono>
#include <vector>

#include "plugin/cargo/round_messages.h"

using namespace jaa::plugin;

namespace {

std::vector<std::string> filtered(std::string_view text, size_t piece) {
  std::vector<std::string> lines;
  MessageFilter filter([&lines](std::string_view line) { lines.emplace_back(line); });
  for (size_t at = 0; at < text.size(); at += piece) {
    filter.feed(text.substr(at, piece));
  }
  filter.finish();
  return lines;
}

std::string message(std::string_view code, int begin, std::string_view text,
                    std::string_view package = "a") {
  return R"({"reason":"compiler-message","package_id":")" + std::string(package) +
         R"(","message":{"code":{"code":")" + std::string(code) + R"("},"message":")" +
         std::string(text) + R"(","spans":[{"is_primary":true,"file_name":"x.rs","byte_start":)" +
         std::to_string(begin) + R"(,"byte_end":9}],"level":"warning","rendered":")" +
         std::string(text) + "\\n\"}}\n";
}

}  // namespace

TEST_CASE("a second copy of a finding of ours is dropped, and nothing else") {
  const std::string ours = message("just_async::a", 1, "m");
  const std::string elsewhere = message("just_async::a", 2, "m");
  const std::string other_text = message("just_async::a", 1, "n");
  const std::string rustc = message("E0277", 1, "m");
  const std::string noise = "not JSON, just_async::a\n";
  const std::vector<std::string> expected = {ours,  elsewhere, other_text, rustc, rustc,
                                             noise, noise,     "\n",       "end"};
  const std::string text =
      ours + elsewhere + ours + other_text + rustc + rustc + noise + noise + ours + "\n" + "end";
  for (const size_t piece : {size_t{1}, size_t{7}, size_t{1000}, text.size()}) {
    CHECK(filtered(text, piece) == expected);
  }
}

TEST_CASE("foreign lines do not harm") {
  for (
      const std::string& line : std::vector<std::string>{
          R"({"message":"just_async::"})", R"(["just_async::"])",
          R"({"message":{"code":{"code":"just_async::a"},"spans":7}})",
          R"({"reason":"compiler-message","message":{"code":{"code":"just_async::a"},"spans":[1]}})",
          std::string(200'000, '[') + "just_async::", std::string("\0just_async::", 13)}) {
    CHECK(filtered(line + "\n", 4096) == std::vector<std::string>{line + "\n"});
    RoundMessages(true).add(line);
  }
}

TEST_CASE("a line of 100 MB is passed in linear time") {
  const std::string piece(1 << 16, 'x');
  size_t passed = 0;
  MessageFilter filter([&passed](std::string_view line) { passed += line.size(); });
  const auto start = std::chrono::steady_clock::now();
  constexpr size_t pieces = 1600;
  for (size_t i = 0; i < pieces; ++i) {
    filter.feed(piece);
  }
  filter.feed("\n");
  CHECK(passed == pieces * piece.size() + 1);
  // Copying all anew for each piece would take minutes.
  CHECK(std::chrono::steady_clock::now() - start < std::chrono::seconds(10));
}

TEST_CASE("a round keeps findings and the texts of errors") {
  RoundMessages messages(false);
  std::string ours = message("just_async::a", 1, "m");
  ours.insert(
      ours.find("\"level\""),
      R"("just_async":{"report":{"code":"a","level":"error","message":"m","path":"/x.rs",)"
      R"("display":"x.rs","line":1,"column":1,"begin":1,"end":9,"explains":1,"fixes":[]}},)");
  std::string error = message("E0277", 1, "e");
  error.replace(error.find("warning"), 7, "error");
  for (const std::string& line : {ours, error, error, message("dead_code", 1, "w")}) {
    messages.add(line);
  }
  REQUIRE(messages.findings().size() == 1);
  CHECK(messages.findings()[0].code == "a");
  CHECK(messages.rendered() == std::vector<std::string>{"m\n", "e\n"});
  CHECK(messages.lines().empty());
}
