#include <doctest/doctest.h>

#include <string>

#include "syntax/layout.h"
#include "syntax/mentions.h"
#include "syntax/opened_macros.h"
#include "syntax/queries.h"
#include "syntax/tree.h"
#include "syntax/uses.h"

namespace jaa::syntax {
namespace {

struct Source {
  explicit Source(std::string text)
      : file(files.add("/p/a.rs", "a.rs", std::move(text))), tree(files, file) {}

  [[nodiscard]] base::Span find(std::string_view part) const {
    const size_t at = files.text(file).find(part);
    REQUIRE(at != std::string_view::npos);
    return {file, static_cast<uint32_t>(at), static_cast<uint32_t>(at + part.size())};
  }
  [[nodiscard]] Node at(std::string_view part) const { return tree.node_at(find(part)); }

  base::SourceFiles files;
  base::FileId file;
  Tree tree;
};

std::string names_of(const std::vector<Binding>& bound) {
  std::string result;
  for (const Binding& binding : bound)
    result += std::string(binding.is_mut ? "mut " : "") + (binding.is_ref ? "ref " : "") +
              std::string(binding.name.text()) + ";";
  return result;
}

TEST_CASE("nodes are found by span and know their relatives") {
  const Source source(
      "async fn f(m: M) {\n    let g = m.lock().unwrap();\n    h(g.id).await;\n}\n");
  const Node call = source.at("m.lock().unwrap()");
  CHECK(call.is("call_expression"));
  CHECK(call.parent().is("let_declaration"));
  CHECK(call.parent().field("value") == call);
  CHECK(call.parent().field("pattern").text() == "g");
  CHECK(enclosing_statement(call) == call.parent());
  CHECK(enclosing_block(call).parent().is("function_item"));
  CHECK(enclosing_function(call).is("function_item"));
  CHECK(is_async_function(enclosing_function(call)));
  CHECK(enclosing_statement(source.at("g.id")).text() == "h(g.id).await;");
  CHECK_FALSE(source.tree.node_at({source.file, 0, 3}).is_valid());
  CHECK_FALSE(source.tree.smallest_node({source.file, 5, 900}).is_valid());
}

TEST_CASE("a node that is not there answers with nothing") {
  const Node none;
  CHECK_FALSE(none.is_valid());
  CHECK(none.kind().empty());
  CHECK(none.text().empty());
  CHECK_FALSE(none.parent().is_valid());
  CHECK_FALSE(none.field("value").is_valid());
  CHECK(none.children().empty());
  CHECK(statements(none).empty());
  CHECK(bindings(none).empty());
  CHECK_FALSE(enclosing_statement(none).is_valid());
  CHECK(mentions(none, "x").empty());
}

TEST_CASE("broken and deep text still gives a tree") {
  const Source broken("fn f( { let = ; }}} async \xff\xfe");
  CHECK(broken.tree.root().has_error());
  std::string deep = "fn f() { ";
  for (int i = 0; i < 20000; ++i) deep += "(";
  const Source nested(deep);
  size_t count = 0;
  walk(nested.tree.root(), [&](Node) {
    ++count;
    return Walk::Into;
  });
  CHECK(count > 20000);
  // A walk up takes time in step with the depth, not its square.
  std::string calls = "fn g() { ";
  for (int i = 0; i < 20000; ++i) calls += "h(";
  calls += "x" + std::string(20000, ')') + " }";
  const Source tower(calls);
  CHECK(enclosing_function(tower.at("x")).is("function_item"));
  CHECK(Source("").tree.root().is_valid());
}

TEST_CASE("functions that can await") {
  const Source source(
      "fn f() { let a = async { 1 }; let b = async |x| 2; let c = |y| 3; fn n() { 4 } }");
  CHECK(is_async_function(enclosing_function(source.at("1"))));
  CHECK(is_async_function(enclosing_function(source.at("2"))));
  CHECK_FALSE(is_async_function(enclosing_function(source.at("3"))));
  CHECK(enclosing_function(source.at("4")).field("name").text() == "n");
  CHECK(outermost_function(source.at("4")).field("name").text() == "f");
}

TEST_CASE("patterns bind names") {
  const auto bound = [](std::string_view pattern) {
    const Source source("fn f() { match x { " + std::string(pattern) + " => {} } }");
    Node arm;
    walk(source.tree.root(), [&](Node node) {
      if (node.is("match_pattern") && !arm) arm = node;
      return Walk::Into;
    });
    return names_of(bindings(arm));
  };
  CHECK(bound("(a, mut b, ref c, ref mut d)") == "a;mut b;ref c;mut ref d;");
  CHECK(bound("Some(Point { x, y: z, ref w, .. })") == "x;z;ref w;");
  CHECK(bound("None | Some(e @ [_, ..]) if q") == "e;");
  CHECK(bound("&(a::B(i), MAX, 1..=9)") == "i;");
  const Source source("fn f() { let mut v: T<a> = 1; }");
  CHECK(names_of(bindings(source.at("v"))) == "mut v;");
}

TEST_CASE("names in macros and format strings are mentions") {
  const Source source(
      "fn f() { say!(\"{a:?} {{b}} {0} {:c$} {d}\", e, \"{h}\"); let s = \"{i}\"; x.j(k); r#l; S { "
      "m }; }");
  const auto all = names(source.tree.root());
  for (const char* name : {"a", "c", "d", "e", "h", "k", "l", "m", "f", "s"})
    CHECK(all.contains(name));
  for (const char* name : {"b", "0", "i", "j"}) CHECK_FALSE(all.contains(name));
  CHECK(is_in_macro(source.at("e")));
  CHECK_FALSE(is_in_macro(source.at("k")));
  CHECK(format_names("{").empty());
  CHECK(format_names("{{{x}}}").size() == 1);
  CHECK(format_names("{x").size() == 1);
  CHECK(format_names("{:.*}{:>w$.p$}").size() == 2);
}

TEST_CASE("layout follows the file") {
  CHECK(layout("a\r\nb").line_end == "\r\n");
  CHECK(layout("/*\n * x\n */\nfn f() {\n\tlet x;\n}").indent == "\t");
  CHECK(layout("fn f() {\n  let x;\n}").indent == "  ");
  CHECK(layout("fn f() {\n        let x;\n}").indent == "    ");
  CHECK(layout("").line_end == "\n");
}

TEST_CASE("comments belong to the statement they touch") {
  const Source source(
      "fn f() {\n    // far\n\n    // near\n    /* two */\n    let a = 1; // behind\n    let b = "
      "2; /* not */ c();\n}\n");
  const auto above = comments_above(source.tree, source.at("let a = 1;"));
  REQUIRE(above.size() == 2);
  CHECK(above[0].text() == "// near");
  CHECK(comment_behind(source.tree, source.at("let a = 1;")).text() == "// behind");
  CHECK_FALSE(comment_behind(source.tree, source.at("let b = 2;")).is_valid());
  CHECK(has_comment(source.tree, source.find("= 2; /* not */ c")));
  CHECK_FALSE(has_comment(source.tree, source.find("let b = 2;")));
}

TEST_CASE("lines inside literals do not move") {
  const Source source(
      "fn f() {\n    a(\"x\n    y\");\n\n    b(\n        r\"z\n\"); c();\n    /* d\n    */ "
      "e();\n}\n");
  const auto lines = movable_lines(
      source.tree,
      source.find("a(\"x\n    y\");\n\n    b(\n        r\"z\n\"); c();\n    /* d\n    */ e();"));
  std::string found;
  for (const uint32_t line : lines) {
    const std::string_view text = source.tree.text();
    found += std::string(text.substr(line, line_stop(text, line) - line)) + "|";
  }
  CHECK(found == "    b(|        r\"z|    /* d|");
}

TEST_CASE("statements leave out comments and attributes") {
  const Source source("fn f() { #[x] let a = 1; /* c */ ; use b::c; d() }");
  const Node let = source.at("let a = 1;");
  CHECK(statements(let.parent()).size() == 3);
  CHECK(has_attributes(let));
  CHECK_FALSE(has_attributes(source.at("use b::c;")));
}

TEST_CASE("a use gives names for paths") {
  base::SourceFiles files;
  const Tree tree(files, files.add("/p/u.rs", "u.rs",
                                   "use a::{b, c as d, e::{self, f}, g::*};\nuse h;\nuse ;\n"));
  std::string found;
  for (const Node& item : tree.root().named_children()) {
    if (item.is("use_declaration")) {
      each_use(item, [&](const std::string& name, const std::string& path) {
        found += name + "=" + path + " ";
      });
    }
  }
  for (const char* pair : {"b=a::b ", "d=a::c ", "e=a::e ", "f=a::e::f ", "*=a::g ", "h=h "}) {
    CHECK(found.find(pair) != std::string::npos);
  }
}

TEST_CASE("arguments of macros that evaluate them are opened as expressions") {
  const Source source(
      "fn f() {\n    println!(\"{}\", vec![v.map(|x| g(x))]);\n"
      "    assert!(eager(1), \"{}\", late(2));\n    log!(other(3));\n    h(vec![many(4); "
      "3]);\n}\n");
  // A macro in a macro's arguments is one only when the outer one is open.
  const base::Span inside = source.find("x| g");
  const auto outer = open_macros(source.files, source.file,
                                 plain_macros_around(source.tree.smallest_node(inside)));
  const auto opened = open_macros(outer->files, source.file,
                                  plain_macros_around(outer->tree->smallest_node(inside)));
  const Node closure = enclosing_function(opened->tree->smallest_node(source.find("g(x")));
  CHECK(closure.is("closure_expression"));
  CHECK(closure.text() == "|x| g(x)");
  CHECK(closure.begin() == source.find("|x| g(x)").begin);
  // In any case, only when it fails, as the macro likes, more than once.
  CHECK(plain_macros_around(source.at("eager")).size() == 1);
  CHECK(plain_macros_around(source.at("late")).empty());
  CHECK(plain_macros_around(source.at("other")).empty());
  CHECK(plain_macros_around(source.at("many")).empty());
}

// Every node with its kind, place and parent.
std::string all_nodes(const Tree& tree) {
  std::string result;
  walk(tree.root(), [&](Node node) {
    const Node parent = node.parent();
    result += std::string(node.kind()) + " " + std::to_string(node.begin()) + "-" +
              std::to_string(node.end()) + " in " + std::string(parent.kind()) + " " +
              std::to_string(parent.begin()) + " behind " +
              std::to_string(node.previous().begin()) + " before " +
              std::to_string(node.next().begin()) + "\n";
    return Walk::Into;
  });
  return result;
}

TEST_CASE("a tree that is parsed item by item is that of the whole file") {
  const std::string_view text =
      "#!/usr/bin/env run\n//! Of all.\n#![allow(x)]\n\n/// Doc.\n#[a] pub use b::{c, d}; // "
      "behind\n"
      "struct E;\r\n\r\nenum F { G { h: u8 } }\n;\nimpl E { fn i(&self) -> u8 { 1 } }\n"
      "async fn j() { k().await; fn l() {} }\nmacro_rules! m { () => {} }\nn! { o }\np!(q);\n"
      "mod r { struct S; }\n// The end.\n";
  base::SourceFiles files;
  const base::FileId file = files.add("/p/a.rs", "a.rs", std::string(text));
  const Tree by_items(files, file);
  const Tree whole(file, files.text(file));
  CHECK(all_nodes(by_items) == all_nodes(whole));
  CHECK(by_items.root().kind() == "source_file");
  CHECK_FALSE(by_items.root().has_error());
  CHECK(by_items.root().children().size() == whole.root().children().size());
  for (uint32_t begin = 0; begin <= text.size(); ++begin) {
    for (const uint32_t length : {0U, 1U, 7U, 60U}) {
      const base::Span span{file, begin,
                            static_cast<uint32_t>(std::min<size_t>(begin + length, text.size()))};
      const Node found = by_items.smallest_node(span);
      const Node wanted = whole.smallest_node(span);
      CHECK(found.kind() == wanted.kind());
      CHECK(found.span() == wanted.span());
    }
  }
}

TEST_CASE("items of some kinds, without the others") {
  base::SourceFiles files;
  const Tree tree(files, files.add("/p/a.rs", "a.rs",
                                   "use a;\nfn f() { use no; }\nmod b { use no; }\nuse c;\n"));
  std::string found;
  for (const Node& item : tree.top_items({OutlineItem::Kind::Use, OutlineItem::Kind::Module}))
    found += std::string(item.text()) + "|";
  CHECK(found == "use a;|mod b { use no; }|use c;|");
  // Without an outline they are among all of them.
  const Source broken("use a;\n)\nfn f() {}\n");
  CHECK(broken.tree.top_items({OutlineItem::Kind::Use}).size() ==
        broken.tree.root().named_children().size());
}

TEST_CASE("a syntax error stays in its item") {
  base::SourceFiles files;
  const Tree tree(files, files.add("/p/a.rs", "a.rs", "fn f() { let = ; }\nfn g() { h(); }\n"));
  CHECK(tree.root().has_error());
  const std::vector<Node> items = tree.root().named_children();
  REQUIRE(items.size() == 2);
  CHECK(items[0].has_error());
  CHECK_FALSE(items[1].has_error());
  CHECK(items[1].previous() == items[0]);
  CHECK(items[0].next() == items[1]);
  CHECK(items[1].parent() == tree.root());
}

}  // namespace
}  // namespace jaa::syntax
