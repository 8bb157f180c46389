#include "flow/type_text.h"

#include <doctest/doctest.h>

namespace jaa::flow {
namespace {

TEST_CASE("types are the same up to lifetimes, paths and blanks") {
  struct Row {
    std::string_view a, b;
    bool same;
  };
  const Row rows[] = {
      {"std::rc::Rc<str>", "Rc<str>", true},
      {"std::rc::Rc<std::cell::Cell<u8>>", "Rc<Cell<u8>>", true},
      {"MutexGuard<'_, u32>", "std::sync::MutexGuard<u32>", true},
      {"MutexGuard<'a, u32>", "MutexGuard<'b, u32>", true},
      {"&'static str", "&str", true},
      {"&'a mut T", "&mut T", true},
      {"(A, B)", "(A,B)", true},
      {"fn(a::B) -> c::D", "fn(B)->D", true},
      {"dyn Fn(u32)", "dyn Fn(&str)", false},
      {"Rc<str>", "Rc<u8>", false},
      {"&T", "&mut T", false},
      {"Rc<str>", "Arc<str>", false},
      {"<T as Job>::Out", "<T as Job>::In", false},
      {"", "", true},
      {"", "T", false},
      // What rustc would never write.
      {"'", "", true},
      {"A<'", "A<", true},
      {"::", "", true},
      {"a:", "a:", true},
      {"a:::b", ":b", true},
  };
  for (const Row& row : rows) {
    CAPTURE(row.a);
    CAPTURE(row.b);
    CHECK(same_type_text(row.a, row.b) == row.same);
    CHECK(same_type_text(row.b, row.a) == row.same);
  }
}

// A blank ends a word, and what is before it is no part of the path.
TEST_CASE("a path behind a keyword is the same without its prefix") {
  CHECK(same_type_text("dyn std::error::Error", "dyn Error"));
  CHECK(same_type_text("&mut std::rc::Rc<u8>", "&mut Rc<u8>"));
  CHECK(same_type_text("<T as a::Job>::Out", "<T as Job>::Out"));
  CHECK_FALSE(same_type_text("&mut std::rc::Rc<u8>", "&Rc<u8>"));
}

TEST_CASE("a short type has no path prefixes and keeps all else") {
  struct Row {
    std::string_view type, text;
  };
  const Row rows[] = {
      {"std::rc::Rc<alloc::string::String>", "Rc<String>"},
      {"&'a mut std::cell::RefCell<T>", "&'a mut RefCell<T>"},
      {"Box<dyn std::error::Error + 'static>", "Box<dyn Error + 'static>"},
      {"fn(a::B, [c::D; 4]) -> (e::F,)", "fn(B, [D; 4]) -> (F,)"},
      // The name behind a qualified type belongs to it.
      {"<F as std::ops::AsyncFnMut<()>>::CallRefFuture<'_>",
       "<F as AsyncFnMut<()>>::CallRefFuture<'_>"},
      {"{async block@src/main.rs:1:2: 3:4}", "{async block@src/main.rs:1:2: 3:4}"},
      {"*mut ()", "*mut ()"},
      {"", ""},
      {"a::", ""},
  };
  for (const Row& row : rows) {
    CAPTURE(row.type);
    CHECK(short_type_text(row.type) == row.text);
  }
}

TEST_CASE("a shown type is cut where it is too deep or too long to be read") {
  CHECK(shown_type_text("std::rc::Rc<str>") == "Rc<str>");
  // Deep but short enough to be read as it is.
  CHECK(shown_type_text("A<B<C<D<E<F<u8>>>>>>") == "A<B<C<D<E<F<u8>>>>>>");
  const std::string long_name(60, 'X');
  const std::string deep = "A<B<C<" + long_name + "<D<" + long_name + ">>>>>";
  CHECK(shown_type_text(deep) == "A<B<C<" + long_name + "<D<...>>>>>");
  const std::string deeper = "A<B<" + deep + ">, (" + deep + ", [u8; 4])>";
  CHECK(shown_type_text(deeper) == "A<B<A<B<C<...>>>>, (A<B<C<...>>>, [u8; 4])>");
  CHECK(shown_type_text(std::string(300, 'Z')) == std::string(100, 'Z') + "...");
  // The outermost names are kept, then all is cut.
  CHECK(shown_type_text("A<" + std::string(200, 'Y') + ">") == "A<" + std::string(98, 'Y') + "...");
  CHECK(shown_type_text(std::string(300, '>')) == std::string(100, '>') + "...");
}

TEST_CASE("an arrow closes no bracket, also not in what is left out") {
  const std::string long_name(120, 'X');
  CHECK(shown_type_text("A<B<C<D<E<fn() -> " + long_name + ">, u8>>>>") ==
        "A<B<C<D<E<...>, u8>>>>");
}

}  // namespace
}  // namespace jaa::flow
