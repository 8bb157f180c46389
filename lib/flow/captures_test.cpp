#include "flow/captures.h"

#include <doctest/doctest.h>

#include "syntax/queries.h"
#include "syntax/scopes.h"

namespace jaa::flow {
namespace {

struct Source {
  explicit Source(const std::string& body)
      : tree(files, files.add("/p/a.rs", "a.rs", "fn f(&self, p: &[u8]) {\n" + body + "\n}\n")) {
    syntax::walk(tree.root(), [this](syntax::Node node) {
      if (node.is("async_block")) block = node;
      return block ? syntax::Walk::Stop : syntax::Walk::Into;
    });
  }
  [[nodiscard]] std::string captured() const {
    std::string result;
    for (const Capture& capture : captures_of(block)) {
      result += capture.name + " " + std::to_string(capture.mentions.size()) + "|";
    }
    return result;
  }

  base::SourceFiles files;
  syntax::Tree tree;
  syntax::Node block;
};

TEST_CASE("a block captures the variables around it that it names") {
  CHECK(Source("let a = 1;\nlet b = 2;\nasync { g(b); println!(\"{a} {}\", b) };").captured() ==
        "a 1|b 2|");
  CHECK(Source("async { let a = 1; self.g(a, p).await };").captured() == "self 1|p 1|");
  CHECK(Source("for c in p.chunks(2) { async move { p(c) } }").captured() == "p 1|c 1|");
  CHECK(Source("async { g::<u8>(1) };").captured().empty());
  CHECK(captures_of({}).empty());
}

TEST_CASE("what is taken from a value may refer to it") {
  const auto derived = [](const std::string& body) {
    const Source source(body);
    const std::vector<Capture> captures = captures_of(source.block);
    REQUIRE_FALSE(captures.empty());
    return is_derived(captures.back().binding, syntax::binding_of("p", source.block));
  };
  CHECK(derived("let a = p.first();\nasync { a };"));
  CHECK(derived("for a in p.iter() { async { a }; }"));
  CHECK(derived("let (b, c) = p.split_at(1);\nlet d = c;\nasync { d };"));
  CHECK(derived("p.iter().map(|a| async { a });"));
  CHECK_FALSE(derived("let a = other();\nasync { a };"));
  CHECK_FALSE(derived("let p2 = 1;\nlet p = p2;\nlet a = p2;\nasync { a };"));
}

}  // namespace
}  // namespace jaa::flow
