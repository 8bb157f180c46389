#include "rewrite/unique_borrow.h"

#include "rewrite/marked_edits_test.h"

namespace jaa::rewrite {
namespace {

// The marked reference is the parameter's `&T` or `&self`.
std::vector<base::FixIt> borrowed(const MarkedTree& source) {
  return borrow_uniquely(syntax::Items({&source.tree}), source.marked_node());
}

void check_borrowed(const std::vector<Row>& rows) {
  for (const Row& row : rows) {
    CAPTURE(row.before);
    const MarkedTree source(row.before);
    const auto fixes = borrowed(source);
    CHECK(fixes.size() == (row.after.empty() ? 0 : 1));
    CHECK((fixes.empty() ? "" : source.after(fixes[0].edits)) == row.after);
  }
}

TEST_CASE("a free function, its calls and the variable") {
  check_borrowed({
      {"fn f(s: «&S») {}\nfn main() { let s = S::new(); f(&s); }",
       "fn f(s: &mut S) {}\nfn main() { let mut s = S::new(); f(&mut s); }"},
      {"fn f<'a>(n: u8, s: «&'a S») {}\nfn main() { let s = S; f(1, &s); f(2, &s); }",
       "fn f<'a>(n: u8, s: &'a mut S) {}\nfn main() { let mut s = S; f(1, &mut s); f(2, &mut s); "
       "}"},
      {"fn f(s: «&S») {}\nfn main() { let mut s = S; f(&s); }",
       "fn f(s: &mut S) {}\nfn main() { let mut s = S; f(&mut s); }"},
      {"fn f(s: «&S») {}\nfn main() { f(&S::new()); f(&mut t()); }",
       "fn f(s: &mut S) {}\nfn main() { f(&mut S::new()); f(&mut t()); }"},
      {"fn f(s: «&S») {}\nfn main(s: S) { m::f(&s); }",
       "fn f(s: &mut S) {}\nfn main(mut s: S) { m::f(&mut s); }"},
      {"fn f(s: «&S») {}\nfn main(mut s: S) { f(&s); }",
       "fn f(s: &mut S) {}\nfn main(mut s: S) { f(&mut s); }"},
      {"fn f(s: «&S») {}\nfn main() { let t = T::new(); f(&t.a.s); }",
       "fn f(s: &mut S) {}\nfn main() { let mut t = T::new(); f(&mut t.a.s); }"},
      {"fn f(s: «&S») {}\nfn main() { let s = S; spawn(async move { f(&s).await }); }",
       "fn f(s: &mut S) {}\nfn main() { let mut s = S; spawn(async move { f(&mut s).await }); }"},
      {"async fn f(s: «&S») {}", "async fn f(s: &mut S) {}"},
  });
}

TEST_CASE("a caller's own reference changes too") {
  check_borrowed({
      {"fn f(s: «&S») {}\nfn g(s: &S) { f(s) }\nfn main() { let s = S; g(&s); }",
       "fn f(s: &mut S) {}\nfn g(s: &mut S) { f(s) }\nfn main() { let mut s = S; g(&mut s); }"},
      {"fn f(s: «&S») {}\nfn g(s: &mut S) { f(s) }",
       "fn f(s: &mut S) {}\nfn g(s: &mut S) { f(s) }"},
      {"fn f(s: «&S») { f(s) }", "fn f(s: &mut S) { f(s) }"},
      {"fn f(s: «&S») -> u8 { 1 }\nfn g(s: &S) { h(f(s), k(f(s))) }",
       "fn f(s: &mut S) -> u8 { 1 }\nfn g(s: &mut S) { h(f(s), k(f(s))) }"},
      {"fn f(n: «&N») {}\nfn g(s: &S) { f(&s.n) }\nfn main(s: S) { g(&s) }",
       "fn f(n: &mut N) {}\nfn g(s: &mut S) { f(&mut s.n) }\nfn main(mut s: S) { g(&mut s) }"},
  });
}

TEST_CASE("methods") {
  check_borrowed({
      {"impl S { fn f(«&self») {} }\nfn main() { let s = S; s.f(); }",
       "impl S { fn f(&mut self) {} }\nfn main() { let mut s = S; s.f(); }"},
      {"impl S { fn f<'a>(«&'a self») {} }", "impl S { fn f<'a>(&'a mut self) {} }"},
      {"impl S { fn f(«&self») {} fn g(&self) { self.f() } }\nfn main() { let s = S; s.g(); }",
       "impl S { fn f(&mut self) {} fn g(&mut self) { self.f() } }\nfn main() { let mut s = S; "
       "s.g(); }"},
      {"impl S { fn f(«&self») {} fn g(self) { self.f() } fn h(mut self) { self.f() } }",
       "impl S { fn f(&mut self) {} fn g(mut self) { self.f() } fn h(mut self) { self.f() } }"},
      {"impl S { fn f(«&self») {} }\nfn main() { let t = T; t.s.f(); S::f(&t.s); }",
       "impl S { fn f(&mut self) {} }\nfn main() { let mut t = T; t.s.f(); S::f(&mut t.s); }"},
      {"impl S { fn f(&self, t: «&T») {} }\nfn main() { let (s, u) = (S, 1); let t = T; s.f(&t); }",
       "impl S { fn f(&self, t: &mut T) {} }\nfn main() { let (s, u) = (S, 1); let mut t = T; "
       "s.f(&mut t); }"},
      {"impl S { fn f(&self, t: «&T») {} }\nfn main() { let t = T; S::f(&s, &t); }",
       "impl S { fn f(&self, t: &mut T) {} }\nfn main() { let mut t = T; S::f(&s, &mut t); }"},
      {"impl S { fn new(t: «&T») {} }\nfn main() { let t = T; S::new(&t); }",
       "impl S { fn new(t: &mut T) {} }\nfn main() { let mut t = T; S::new(&mut t); }"},
  });
}

TEST_CASE("the innermost declaration in reach is the one that changes") {
  check_borrowed({
      {"fn f(s: «&S») {}\nfn main() { let s = 1; let s = S; f(&s); }",
       "fn f(s: &mut S) {}\nfn main() { let s = 1; let mut s = S; f(&mut s); }"},
      {"fn f(s: «&S») {}\nfn main() { let s = S; { let s = 1; } f(&s); }",
       "fn f(s: &mut S) {}\nfn main() { let mut s = S; { let s = 1; } f(&mut s); }"},
      {"fn f(s: «&S») {}\nfn main(s: S) { let s = wrap(f(&s)); }",
       "fn f(s: &mut S) {}\nfn main(mut s: S) { let s = wrap(f(&mut s)); }"},
      {"fn f(s: «&S») {}\nfn main() { let s = S; run(|| f(&s)); }",
       "fn f(s: &mut S) {}\nfn main() { let mut s = S; run(|| f(&mut s)); }"},
      {"fn f(s: «&S») {}\nfn main() { let s = S; fn g(s: S) {} f(&s); }",
       "fn f(s: &mut S) {}\nfn main() { let mut s = S; fn g(s: S) {} f(&mut s); }"},
  });
}

TEST_CASE("what cannot be followed stays") {
  check_borrowed({
      {"trait A { fn f(«&self»); }", ""},
      {"trait A { fn f(&self, s: «&S») {} }", ""},
      {"impl A for S { fn f(«&self») {} }", ""},
      {"fn f(s: «&mut S») {}", ""},
      {"impl S { fn f(«&mut self») {} }", ""},
      {"impl S { fn f(«self») {} }", ""},
      {"fn f(s: Option<«&S»>) {}", ""},
      {"fn f() -> «&S» {}", ""},
      {"struct T { s: «&'a S» }", ""},
      {"fn f(s: «S») {}", ""},
      {"mac! { fn f(s: «&S») {} }", ""},
      // On the way it gets to a trait's method.
      {"fn f(s: «&S») {}\nimpl A for S { fn g(&self) { f(self) } }", ""},
  });
  const MarkedTree source("fn f() {}");
  CHECK(borrow_uniquely(syntax::Items({&source.tree}), {}).empty());
}

TEST_CASE("a public function says what its callers need") {
  const auto trade_off = [](std::string_view text) {
    const auto fixes = borrowed(MarkedTree(text));
    REQUIRE(fixes.size() == 1);
    CHECK(fixes[0].name == "borrow_mut");
    CHECK(fixes[0].keeps_meaning);
    return fixes[0].trade_off;
  };
  CHECK(trade_off("fn f(s: «&S») {}").empty());
  CHECK_FALSE(trade_off("pub fn f(s: «&S») {}").empty());
  CHECK_FALSE(trade_off("fn f(s: «&S») {}\npub fn g(s: &S) { f(s) }").empty());
}

TEST_CASE("a chain of references without end is not followed to its end") {
  std::string text = "fn f0(s: «&S») {}\n";
  for (int at = 1; at < 40; ++at)
    text += "fn f" + std::to_string(at) + "(s: &S) { f" + std::to_string(at - 1) + "(s) }\n";
  CHECK(borrowed(MarkedTree(text)).empty());
}

}  // namespace
}  // namespace jaa::rewrite
