#include "rewrite/share_value.h"

#include "rewrite/marked_edits_test.h"

namespace jaa::rewrite {
namespace {

// The source after the value at `«..»` is shared; `Arc` is imported already.
std::string shared(std::string_view body, const TypeOfName& type_of = {},
                   UnknownValues unknown = UnknownValues::Wrap) {
  const MarkedTree source("use std::sync::Arc;\n" + std::string(body));
  const syntax::Items items({&source.tree});
  ImportEdits imports;
  syntax::Node place = source.tree.smallest_node(source.held.value);
  if (place.parent().span() == place.span()) place = place.parent();
  syntax::Node first_task;
  syntax::walk(source.tree.root(), [&](syntax::Node node) {
    if (node.is("async_block")) first_task = node;
    return first_task ? syntax::Walk::Stop : syntax::Walk::Into;
  });
  const std::string after =
      source.after(share_value(items, {place, first_task, type_of, unknown}, imports));
  CHECK(imports.take().empty());
  return after.empty() ? after : after.substr(20);
}

TEST_CASE("a variable is put into an Arc where it is made") {
  CHECK(shared("fn f() { let «c» = parse(1)?; }") == "fn f() { let c = Arc::new(parse(1)?); }");
  CHECK(shared("fn f() { let «c»: C = C { a: 1 }; }") ==
        "fn f() { let c: Arc<C> = Arc::new(C { a: 1 }); }");
  CHECK(shared("fn f(«c»: C) { g(&c) }") == "fn f(c: C) { let c = Arc::new(c); g(&c) }");
  CHECK(shared("fn f() { for «c» in all { g(&c) } }") ==
        "fn f() { for c in all { let c = Arc::new(c); g(&c) } }");
  CHECK(shared("fn f() { if let Some(«c») = all { g(&c) } }") ==
        "fn f() { if let Some(c) = all { let c = Arc::new(c); g(&c) } }");
  CHECK(shared("fn f() { let mut «c» = C; c.a(); loop { async { c }; } }") ==
        "fn f() { let mut c = C; c.a(); let c = Arc::new(c); loop { async { c }; } }");
  CHECK(shared("fn f() { let «c»; }").empty());
  CHECK(shared("fn f() { let «c» = make!(C); }") == "fn f() { let c = Arc::new(make!(C)); }");
}

TEST_CASE("a parameter is followed to what its callers pass") {
  CHECK(shared("fn s(«c»: &C) {}\nfn f() { let d = C; s(&d); }") ==
        "fn s(c: &Arc<C>) {}\nfn f() { let d = Arc::new(C); s(&d); }");
  CHECK(shared("fn s(n: u8, «c»: &C) {}\nfn t(c: &C) { s(1, c) }\nfn f(c: C) { t(&c) }") ==
        "fn s(n: u8, c: &Arc<C>) {}\nfn t(c: &Arc<C>) { s(1, c) }\n"
        "fn f(c: C) { let c = Arc::new(c); t(&c) }");
  CHECK(shared("fn s(«c»: &C) {}\nfn f() { let d = C; run!(s(&d)); }") ==
        "fn s(c: &Arc<C>) {}\nfn f() { let d = Arc::new(C); run!(s(&d)); }");
  CHECK(shared("fn s(«c»: &C) {}\nfn f() { s(&all[0]); }").empty());
  CHECK(shared("fn s(«c»: &mut C) {}\nfn f() { let mut d = C; s(&mut d); }").empty());
  CHECK(
      shared("trait T { fn s(&self, c: &C); }\nimpl T for U { fn s(&self, «c»: &C) {} }").empty());
}

TEST_CASE("self is followed to the receivers") {
  CHECK(shared("impl S { fn m(«&self») {} fn n(&'a self) { self.m() } }\n"
               "fn f() { let s = S::new(); s.n(); println!(\"{}\", s.m()); }") ==
        "impl S { fn m(self: &Arc<Self>) {} fn n(self: &'a Arc<Self>) { self.m() } }\n"
        "fn f() { let s = Arc::new(S::new()); s.n(); println!(\"{}\", s.m()); }");
  CHECK(shared("struct A { s: S }\nimpl S { fn m(«&self») {} }\n"
               "fn f() { let a = A { s: S }; a.s.m(); }") ==
        "struct A { s: Arc<S> }\nimpl S { fn m(self: &Arc<Self>) {} }\n"
        "fn f() { let a = A { s: Arc::new(S) }; a.s.m(); }");
  // A trait says what its methods take.
  CHECK(shared("impl T for S { fn m(«&self») {} }").empty());
  CHECK(shared("impl S { fn m(«&mut self») {} }").empty());
  CHECK(shared("impl S { fn m(«&self») {} }\nimpl R { fn m(&self) {} }").empty());
}

TEST_CASE("what is an Arc already stays as it is") {
  const auto with = [](const std::string& type, const std::string& rest) {
    return "impl S { fn m(" + type + ") {} }\n" + rest;
  };
  const auto stays = [&with](const std::string& rest) {
    return shared(with("«&self»", rest)) == with("self: &Arc<Self>", rest);
  };
  CHECK(stays("fn f() { let s = Arc::new(S); s.m(); }"));
  CHECK(stays("fn f() { let s = Arc::new(S); let t = s.clone(); t.m(); println!(s.m()); }"));
  CHECK(stays("fn f() { let s = Arc::new(S); let t = Arc::clone(&s); Arc::clone(&t).m(); }"));
  CHECK(stays("fn make() -> Arc<S> { a() }\nfn f() { let s = make(); s.m(); make().m(); }"));
  CHECK(stays("type Shared = Arc<S>;\nfn f(s: Shared, t: &Shared) { s.m(); t.m() }"));
  CHECK(stays("struct A { s: Arc<S> }\nfn f(a: A, s: &Arc<S>) { let b = &a.s; b.m(); s.m() }"));
  CHECK(shared(with("«&self»", "fn f() { let s = Arc::try_unwrap(a()); s.m(); }")) ==
        with("self: &Arc<Self>", "fn f() { let s = Arc::new(Arc::try_unwrap(a())); s.m(); }"));
}

TEST_CASE("the compiler's type of a variable goes before what is written") {
  const std::string rest = "fn f() { for s in all() { s.m() } }";
  const auto type_of = [](syntax::Node) { return std::string("&std::sync::Arc<S>"); };
  CHECK(shared("impl S { fn m(«&self») {} }\n" + rest, type_of) ==
        "impl S { fn m(self: &Arc<Self>) {} }\n" + rest);
}

TEST_CASE("what is not known may be left alone") {
  const std::string method = "impl S { fn m(«&self») {} }\n";
  const std::string after = "impl S { fn m(self: &Arc<Self>) {} }\n";
  const std::string unknown =
      "fn g<T>() -> T { a() }\nfn f() { for s in all() { s.m() } g().m(); }";
  CHECK(shared(method + unknown, {}, UnknownValues::Leave) == after + unknown);
  CHECK(shared("struct S(u8);\n" + method + "fn f() { let s = S(1); s.m() }", {},
               UnknownValues::Leave) ==
        "struct S(u8);\n" + after + "fn f() { let s = Arc::new(S(1)); s.m() }");
}

}  // namespace
}  // namespace jaa::rewrite
