#include "syntax/scopes.h"

#include <doctest/doctest.h>

#include <string>

#include "syntax/mentions.h"
#include "syntax/queries.h"

namespace jaa::syntax {
namespace {

struct Source {
  explicit Source(const std::string& body)
      : file(files.add("/p/a.rs", "a.rs", "fn f(p: u8, x: u8) {\n" + body + "\n}\n")),
        tree(files, file) {}

  // The last mention of `name`.
  [[nodiscard]] Node last(std::string_view name) const {
    const std::vector<Node> all = mentions(tree.root(), name);
    REQUIRE_FALSE(all.empty());
    return all.back();
  }
  // What the last `x` means: the text from its binding to the end of the line, and for a
  // parameter its line.
  [[nodiscard]] std::string meaning() const {
    const Node binding = binding_of("x", last("x"));
    if (!binding) return "none";
    const std::string_view rest = tree.text().substr(binding.begin());
    return std::string(rest.substr(0, rest.find_first_of("\n;")));
  }

  base::SourceFiles files;
  base::FileId file;
  Tree tree;
};

TEST_CASE("a name means what was bound last around it") {
  const auto meaning = [](const std::string& body) { return Source(body).meaning(); };
  CHECK(meaning("g(x)") == "x: u8) {");
  CHECK(meaning("let x = 1;\ng(x)") == "x = 1");
  CHECK(meaning("let x = 1;\nlet x = 2;\ng(x)") == "x = 2");
  CHECK(meaning("let x = x;") == "x: u8) {");
  CHECK(meaning("{ let x = 1; }\ng(x)") == "x: u8) {");
  CHECK(meaning("for x in p { g(x) }") == "x in p { g(x) }");
  CHECK(meaning("for x in x {}") == "x: u8) {");
  CHECK(meaning("p.map(|x| g(x))") == "x| g(x))");
  CHECK(meaning("if let Some(x) = p { g(x) }") == "x) = p { g(x) }");
  CHECK(meaning("if let Some(x) = p {} else { g(x) }") == "x: u8) {");
  CHECK(meaning("while let Some(x) = p { g(x) }") == "x) = p { g(x) }");
  CHECK(meaning("match p { Some(x) => g(x), None => 0 }") == "x) => g(x), None => 0 }");
  CHECK(meaning("match p { Some(x) if x > 1 => 0, _ => 1 }") == "x) if x > 1 => 0, _ => 1 }");
  CHECK(meaning("match p { Some(x) => 1, _ => g(x) }") == "x: u8) {");
  CHECK(meaning("let Some(x) = p else { return };\ng(x)") == "x) = p else { return }");
  CHECK(meaning("let x = 1;\nspawn(async move { println!(\"{x}\") })") == "x = 1");
  // Another function sees none of it.
  CHECK(meaning("let x = 1;\nfn g() { x }") == "none");
  CHECK_FALSE(binding_of("x", {}));
}

TEST_CASE("self is a parameter of its method only") {
  base::SourceFiles files;
  const base::FileId file = files.add(
      "/p/a.rs", "a.rs", "impl S { fn m(&mut self) { self.a } fn n(self: Arc<Self>) { self } }");
  const Tree tree(files, file);
  const auto last = [&tree](std::string_view text) {
    const auto at = static_cast<uint32_t>(tree.text().rfind(text));
    return tree.smallest_node({tree.file(), at, at + 4});
  };
  CHECK(binding_of("self", last("self.a")).text() == "&mut self");
  CHECK(binding_of("self", last("self }")).text() == "self: Arc<Self>");
}

TEST_CASE("where a variable has its value from") {
  const auto source = [](const std::string& body) {
    const Source text(body);
    return std::string(source_of(binding_of("x", text.last("x"))).text());
  };
  CHECK(source("let x = p.a();\ng(x)") == "p.a()");
  CHECK(source("for (a, x) in p.iter() { g(x) }") == "p.iter()");
  CHECK(source("p.iter().map(|x| g(x))") == "p.iter()");
  CHECK(source("match p.get() { Some(x) => g(x) }") == "p.get()");
  CHECK(source("if let Some(x) = p { g(x) }") == "p");
  CHECK(source("g(x)").empty());
}

TEST_CASE("what runs again for one value") {
  const auto repeater = [](const std::string& body) {
    const Source text(body);
    const Node at = text.last("x");
    return std::string(repeater_of(at, binding_of("x", at)).kind());
  };
  CHECK(repeater("for a in p { g(x) }") == "for_expression");
  CHECK(repeater("let x = 1;\nloop { g(x) }") == "loop_expression");
  CHECK(repeater("p.map(|a| g(x))") == "closure_expression");
  CHECK(repeater("for x in p { g(x) }").empty());
  CHECK(repeater("for a in p { let x = a; g(x) }").empty());
  CHECK(repeater("g(x)").empty());
}

}  // namespace
}  // namespace jaa::syntax
