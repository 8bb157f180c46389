#include "plugin/lsp/framing.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <random>
#include <vector>

namespace jaa::lsp {
namespace {

struct Heard {
  std::vector<std::string> bodies;
  size_t problems = 0;
};

// All that a reader makes of the bytes, given in pieces of at most `most`.
Heard hear(std::string_view bytes, size_t most, uint32_t seed = 1) {
  std::mt19937 random(seed);
  MessageReader reader;
  Heard heard;
  while (!bytes.empty()) {
    const size_t size = std::min<size_t>(bytes.size(), 1 + random() % most);
    reader.feed(bytes.substr(0, size));
    bytes.remove_prefix(size);
    MessageReader::Message message;
    while (reader.next(message)) {
      if (message.problem.empty()) {
        heard.bodies.push_back(message.body);
      } else {
        ++heard.problems;
      }
    }
  }
  return heard;
}

TEST_CASE("messages come whole, whatever pieces the bytes come in") {
  const std::vector<std::string> bodies{"{}", "", std::string(5000, 'x'), "a\r\n\r\nb",
                                        "Content-Length: 3\r\n\r\nabc"};
  std::string bytes;
  for (const std::string& body : bodies) {
    bytes += frame(body);
  }
  for (const size_t most : std::initializer_list<size_t>{1, 2, 3, 7, 100, 100000}) {
    const Heard heard = hear(bytes, most, static_cast<uint32_t>(most));
    CHECK(heard.bodies == bodies);
    CHECK(heard.problems == 0);
  }
}

TEST_CASE("other headers, other cases and bare line feeds are taken") {
  const std::string bytes =
      "Content-Type: application/vscode-jsonrpc; charset=utf-8\r\nCONTENT-LENGTH:  2 \r\n\r\n{}"
      "content-length: 2\n\n[]";
  for (const size_t most : std::initializer_list<size_t>{1, 9, 1000}) {
    CHECK(hear(bytes, most).bodies == std::vector<std::string>{"{}", "[]"});
  }
}

TEST_CASE("what is no message is told once, and the next one is read") {
  for (const char* const bad : {"garbage without an end, then ", "Content-Length: x\r\n\r\n",
                                "Content-Length: -4\r\n\r\n{}", "Content-Length: 2, 3\r\n\r\n",
                                "Content-Length: 99999999999999999999999\r\n\r\n",
                                "Content-Length: 2\r\nContent-Length: 3\r\n\r\n",
                                "Content-Type: x\r\n\r\n", "\r\n\r\n", "\0\0\0\r\n\r\n"}) {
    const std::string bytes = frame("1") + bad + frame("2") + frame("3");
    for (const size_t most : std::initializer_list<size_t>{1, 5, 1000}) {
      const Heard heard = hear(bytes, most);
      CAPTURE(bad);
      CAPTURE(most);
      CHECK(heard.bodies == std::vector<std::string>{"1", "2", "3"});
      CHECK(heard.problems <= 1);
    }
  }
  CHECK(hear(frame("1") + "Content-Length: x\r\n\r\n" + frame("2"), 3).problems == 1);
}

TEST_CASE("a header without an end does not fill the memory") {
  const std::string noise(10 * MessageReader::MaxHeader, 'n');
  for (const size_t most : std::initializer_list<size_t>{7, 4096}) {
    const Heard heard = hear(noise + "\r\n\r\n" + frame("{}"), most);
    CHECK(heard.bodies == std::vector<std::string>{"{}"});
    CHECK(heard.problems == 1);
  }
}

TEST_CASE("a message that is too long is passed over to its end") {
  const size_t size = MessageReader::MaxMessage + 1;
  std::string bytes = "Content-Length: " + std::to_string(size) + "\r\n\r\n";
  bytes.append(size, 'x');
  bytes += frame("{}");
  const Heard heard = hear(bytes, 1 << 20);
  CHECK(heard.bodies == std::vector<std::string>{"{}"});
  CHECK(heard.problems == 1);
}

}  // namespace
}  // namespace jaa::lsp
