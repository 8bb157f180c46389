#include "syntax/live_tree.h"

#include <doctest/doctest.h>

#include <random>
#include <string>

namespace jaa::syntax {
namespace {

// All that a tree says: kinds and places, in order.
std::string shown(const Tree& tree) {
  std::string result;
  walk(tree.root(), [&](Node node) {
    result += std::string(node.kind()) + ' ' + std::to_string(node.begin()) + ' ' +
              std::to_string(node.end()) + '\n';
    return Walk::Into;
  });
  return result;
}

std::string parsed_anew(std::string_view text) {
  return shown(Tree(base::FileId(0), text));
}

const std::string Program =
    "async fn first() {\n    second().await;\n}\n\nfn second() -> u8 {\n    let x = \"a\";\n"
    "    /* b */ 7\n}\n";

TEST_CASE("a tree that follows edits is the tree of the text") {
  LiveTree live(Program);
  CHECK(shown(live.tree()) == parsed_anew(Program));
  const auto at = static_cast<uint32_t>(Program.find(".await"));
  live.edit(at, at + 6, "");
  CHECK(live.text().find(".await") == std::string_view::npos);
  CHECK(shown(live.tree()) == parsed_anew(live.text()));
  live.edit(0, 0, "/// About it.\n");
  live.edit(0, static_cast<uint32_t>(live.text().size()), "");
  CHECK(shown(live.tree()) == parsed_anew(""));
  live.edit(0, 0, Program);
  CHECK(shown(live.tree()) == parsed_anew(Program));
}

TEST_CASE("any edits, also within characters, strings and comments") {
  std::mt19937 random(7);
  LiveTree live(Program);
  const std::string pieces[] = {"", "\"", "{", "}\n", "/*", "*/", "é", ".await", "async ", "\n"};
  for (int count = 0; count < 300; ++count) {
    const auto size = static_cast<uint32_t>(live.text().size());
    const auto begin = static_cast<uint32_t>(random() % (size + 1));
    const uint32_t end = std::min(size, begin + static_cast<uint32_t>(random() % 4));
    live.edit(begin, end, pieces[random() % std::size(pieces)]);
    // With errors in it a tree may differ in how it recovers; never in what it covers.
    CHECK(live.tree().root().end() <= live.text().size());
    if (!live.tree().root().has_error()) {
      CHECK(shown(live.tree()) == parsed_anew(live.text()));
    }
  }
}

TEST_CASE("relatives are those of the present tree") {
  LiveTree live(Program);
  CHECK(live.tree().root().named_children().at(1).previous().kind() == "function_item");
  live.edit(0, 0, "struct A;\n");
  const Node item = live.tree().root().named_children().at(1);
  CHECK(item.previous().kind() == "struct_item");
  CHECK(item.field("body").parent() == item);
}

}  // namespace
}  // namespace jaa::syntax
