#include "rewrite/box_value.h"

#include "rewrite/marked_edits_test.h"
#include "syntax/items.h"
#include "syntax/queries.h"

namespace jaa::rewrite {
namespace {

using Kind = HolderStep::Kind;

struct Case {
  std::string_view before;  // the value is marked
  std::string_view after;
};

void check(const std::vector<Case>& cases, const HolderPath& path, BoxForm form = BoxForm::New) {
  for (const Case& one : cases) {
    CAPTURE(one.before);
    const MarkedTree source(in_function(one.before));
    std::vector<base::Edit> edits;
    const bool is_known = box_value(source.marked_node(), path, edits, form);
    CHECK(is_known == !one.after.empty());
    if (is_known && one.after != one.before) CHECK(source.after(edits) == in_function(one.after));
  }
}

TEST_CASE("a value goes into a box") {
  check(
      {{"let a = «f(1)»;", "let a = Box::pin(f(1));"},
       {"let a = «async { 1 }»;", "let a = Box::pin(async { 1 });"},
       {"let a = «Box::new(f(1))»;", "let a = Box::pin(f(1));"},
       {"let a = «Rc::new(RefCell::new(f(1)))»;", "let a = Rc::new(RefCell::new(Box::pin(f(1))));"},
       {"select!(«f(1)»);", ""}},
      {});
  check({{"let a = «f(1)»;", "let a = Box::into_pin(f(1));"}}, {}, BoxForm::FromBox);
}

TEST_CASE("the elements of a collection are boxed where they are made") {
  check({{"let a = «vec![f(1), f(2),]»;", "let a = vec![Box::pin(f(1)), Box::pin(f(2)),];"},
         {"let a = «[f(1), g.f(2)]»;", "let a = [Box::pin(f(1)), Box::pin(g.f(2))];"},
         {"let a = «ids.map(f).collect()»;", "let a = ids.map(f).map(Box::pin).collect();"},
         {"let a = «ids.map(|id| f(id)).collect::<Vec<_>>()»;",
          "let a = ids.map(|id| Box::pin(f(id))).collect::<Vec<_>>();"},
         {"let a = «b.into_iter().collect()»;", "let a = b.into_iter().map(Box::pin).collect();"},
         {"let a = «b»;", "let a = b.into_iter().map(Box::pin).collect();"},
         {"let a = «vec![f(); 3]»;", ""},
         {"let a = «[f(); 3]»;", ""}},
        {{Kind::Element, 0}});
}

TEST_CASE("a path leads into tuples and options") {
  check({{"let a = «b.map(|f| (f, None)).collect()»;",
          "let a = b.map(|f| (Box::pin(f), None)).collect();"},
         {"let a = «b.collect()»;", ""}},
        {{Kind::Element, 0}, {Kind::Tuple, 0}});
  check({{"let a = «Some(f(1))»;", "let a = Some(Box::pin(f(1)));"},
         {"let a = «if x { Some(f(1)) } else { None }»;",
          "let a = if x { Some(Box::pin(f(1))) } else { None };"},
         {"let a = «b»;", "let a = b.map(Box::pin);"}},
        {{Kind::Inside, 0}});
}

TEST_CASE("a written type and the way into it") {
  const MarkedTree source("struct S { a: «Option<Vec<(u32, F)>>» }");
  const syntax::Node type = source.marked_node();
  const HolderPath path{{Kind::Inside, 0}, {Kind::Element, 0}, {Kind::Tuple, 1}};
  const syntax::Node leaf = type_at(type, path);
  CHECK(leaf.text() == "F");
  CHECK(path_to(type, leaf) == path);
  CHECK(source.after({pinned_box_type(leaf, "Pin")}) ==
        "struct S { a: Option<Vec<(u32, Pin<Box<F>>)>> }");
  CHECK_FALSE(type_at(type, HolderPath{{Kind::Tuple, 0}}));
  // What is behind a lock cannot be reached by these steps.
  const MarkedTree other("struct S { a: «Mutex<F>» }");
  CHECK_FALSE(path_to(other.marked_node(), other.marked_node().field("type_arguments")));
  const MarkedTree boxed("struct S { a: «Box<dyn Future>» }");
  CHECK(boxed.after({pinned_box_type(boxed.marked_node(), "Pin")}) ==
        "struct S { a: Pin<Box<dyn Future>> }");
}

}  // namespace
}  // namespace jaa::rewrite
