#include "rewrite/bounds.h"

#include "rewrite/marked_edits_test.h"

namespace jaa::rewrite {
namespace {

void check_added(const std::vector<std::string>& traits, const std::vector<Row>& rows) {
  for (const Row& row : rows) {
    CAPTURE(row.before);
    const MarkedTree source(row.before);
    const syntax::Node owner = source.marked_node();
    REQUIRE(owner.is_valid());
    CHECK(source.after(add_bounds(owner, traits)) == row.after);
  }
}

TEST_CASE("a parameter gets its bound behind those it has") {
  check_added(
      {"Send"},
      {
          {"fn f<«T»>(t: T) {}", "fn f<T: Send>(t: T) {}"},
          {"fn f<«T: Clone»>(t: T) {}", "fn f<T: Clone + Send>(t: T) {}"},
          {"fn f<«T: Clone + Copy», U>(t: T) {}", "fn f<T: Clone + Copy + Send, U>(t: T) {}"},
          {"fn f<'a, «T: ?Sized»>(t: &'a T) {}", "fn f<'a, T: ?Sized + Send>(t: &'a T) {}"},
          {"struct S<«T = u8»>(T);", "struct S<T: Send = u8>(T);"},
          {"struct S<«T: Clone = u8»>(T);", "struct S<T: Clone + Send = u8>(T);"},
          {"impl<«S»> Layer<S> for L {}", "impl<S: Send> Layer<S> for L {}"},
          {"fn f<«F: Fn(u8) -> u8»>(f: F) {}", "fn f<F: Fn(u8) -> u8 + Send>(f: F) {}"},
          {"fn f<«F: for<'a> Fn(&'a u8)»>(f: F) {}", "fn f<F: for<'a> Fn(&'a u8) + Send>(f: F) {}"},
          {"fn f<«F: Fn() -> U + 'static», U>(f: F) {}",
           "fn f<F: Fn() -> U + Send + 'static, U>(f: F) {}"},
          {"fn f<«F: Fn() -> U + Send», U>(f: F) {}", ""},
          {"fn f<«F: Fn() -> Box<dyn A + Send>»>(f: F) {}",
           "fn f<F: Fn() -> Box<dyn A + Send> + Send>(f: F) {}"},
          {"fn f<«F: AsyncFn(u8) -> u8»>(f: F) {}", "fn f<F: AsyncFn(u8) -> u8 + Send>(f: F) {}"},
          {"fn f<«T: AsRef<[u8]>»>(t: T) {}", "fn f<T: AsRef<[u8]> + Send>(t: T) {}"},
          {"fn f<«T: std::fmt::Debug»>(t: T) {}", "fn f<T: std::fmt::Debug + Send>(t: T) {}"},
          {"fn f<\n    «T: A // why\n        + B»,\n>() {}",
           "fn f<\n    T: A // why\n        + B + Send,\n>() {}"},
      });
}

TEST_CASE("a bound goes before the first lifetime") {
  check_added(
      {"Send"},
      {
          {"fn f<«T: 'static»>() {}", "fn f<T: Send + 'static>() {}"},
          {"fn f<«T: A + Sync»>() {}", "fn f<T: A + Send + Sync>() {}"},
          {"fn f<«T: Clone + 'static»>() {}", "fn f<T: Clone + Send + 'static>() {}"},
          {"fn f<'a, «T: 'a + Clone»>() {}", "fn f<'a, T: Send + 'a + Clone>() {}"},
          {"fn f<'a, 'b, «T: A + 'a + 'b»>() {}", "fn f<'a, 'b, T: A + Send + 'a + 'b>() {}"},
          {"type B<'a> = Box<«dyn A + 'a»>;", "type B<'a> = Box<dyn A + Send + 'a>;"},
          {"type B = Box<«dyn A + Sync + 'static»>;",
           "type B = Box<dyn A + Send + Sync + 'static>;"},
      });
}

TEST_CASE("where predicates") {
  check_added(
      {"Send"},
      {
          {"fn f<T>() where «T: Clone» {}", "fn f<T>() where T: Clone + Send {}"},
          {"fn f<T>() where «T: Clone», {}", "fn f<T>() where T: Clone + Send, {}"},
          {"fn f<T, U>()\nwhere\n    «T: Clone»,\n    U: Copy,\n{}",
           "fn f<T, U>()\nwhere\n    T: Clone + Send,\n    U: Copy,\n{}"},
          {"fn f<S>() where «S::Item: 'static» {}", "fn f<S>() where S::Item: Send + 'static {}"},
          {"fn f<F>() where «F: for<'a> Fn(&'a u8) -> u8», {}",
           "fn f<F>() where F: for<'a> Fn(&'a u8) -> u8 + Send, {}"},
          {"fn f<F>() where «for<'a> F: Fn(&'a u8)», {}",
           "fn f<F>() where for<'a> F: Fn(&'a u8) + Send, {}"},
      });
}

TEST_CASE("written trait objects and opaque types") {
  check_added(
      {"Send"},
      {
          {"fn f(a: «impl A») {}", "fn f(a: impl A + Send) {}"},
          {"fn f(a: «impl A + B») {}", "fn f(a: impl A + B + Send) {}"},
          {"fn f() -> «impl Future<Output = u8>» { g() }",
           "fn f() -> impl Future<Output = u8> + Send { g() }"},
          {"struct S { f: Box<«dyn A»> }", "struct S { f: Box<dyn A + Send> }"},
          {"struct S { f: Box<«dyn Fn(u8) -> u8»> }",
           "struct S { f: Box<dyn Fn(u8) -> u8 + Send> }"},
          {"fn f(a: &«dyn A») {}", "fn f(a: &(dyn A + Send)) {}"},
          {"fn f<'a>(a: &'a mut «dyn A») {}", "fn f<'a>(a: &'a mut (dyn A + Send)) {}"},
          {"fn f(a: &«impl A») {}", "fn f(a: &(impl A + Send)) {}"},
          {"fn f(a: &«dyn for<'a> Fn(&'a u8)») {}", "fn f(a: &(dyn for<'a> Fn(&'a u8) + Send)) {}"},
          {"fn f(a: &mut «dyn FnMut() -> u8») {}", "fn f(a: &mut (dyn FnMut() -> u8 + Send)) {}"},
          {"fn f<'a>() -> «impl A + use<'a>» { g() }",
           "fn f<'a>() -> impl A + use<'a> + Send { g() }"},
          {"fn f() { g(x as &«dyn A») }", "fn f() { g(x as &(dyn A + Send)) }"},
          {"fn f(a: *const «dyn A») {}", "fn f(a: *const (dyn A + Send)) {}"},
          {"fn f(a: &(«dyn A + Sync»)) {}", "fn f(a: &(dyn A + Send + Sync)) {}"},
          {"fn f(a: &(«dyn A»)) {}", "fn f(a: &(dyn A + Send)) {}"},
      });
}

TEST_CASE("associated types and supertraits") {
  check_added({"Send"},
              {
                  {"trait A { «type Fut;» }", "trait A { type Fut: Send; }"},
                  {"trait A { «type Fut: Future<Output = u8>;» }",
                   "trait A { type Fut: Future<Output = u8> + Send; }"},
                  {"trait A { «type Fut<'a>: Future + 'a where Self: 'a;» }",
                   "trait A { type Fut<'a>: Future + Send + 'a where Self: 'a; }"},
                  {"trait A { «type Fut<'a> where Self: 'a;» }",
                   "trait A { type Fut<'a>: Send where Self: 'a; }"},
                  {"«trait A {}»", "trait A: Send {}"},
                  {"«trait A: Clone {}»", "trait A: Clone + Send {}"},
                  {"«pub trait A: Clone + 'static {}»", "pub trait A: Clone + Send + 'static {}"},
                  {"«trait A<T, const N: usize> {}»", "trait A<T, const N: usize>: Send {}"},
                  {"«trait A<T> where T: Clone {}»", "trait A<T>: Send where T: Clone {}"},
              });
}

TEST_CASE("only what is missing is added") {
  check_added({"Send", "Sync"},
              {
                  {"fn f<«T»>() {}", "fn f<T: Send + Sync>() {}"},
                  {"fn f<«T: Send»>() {}", "fn f<T: Send + Sync>() {}"},
                  {"fn f<«T: std::marker::Sync»>() {}", "fn f<T: Send + std::marker::Sync>() {}"},
                  {"fn f<«T: Sync + Send + 'static»>() {}", ""},
                  {"fn f(a: &«dyn A») {}", "fn f(a: &(dyn A + Send + Sync)) {}"},
                  {"type B = Box<«dyn Fn(u8) -> u8 + Send + Sync»>;", ""},
                  {"type B = Box<«dyn Fn() -> u8 + Sync + 'static»>;",
                   "type B = Box<dyn Fn() -> u8 + Send + Sync + 'static>;"},
              });
}

TEST_CASE("no bound behind a colon is none") {
  check_added({"Send"}, {{"fn f<«T»:>() {}", "fn f<T: Send>() {}"},
                         {"fn f<T>() where «T:», {}", "fn f<T>() where T: Send, {}"},
                         {"fn f<'a, T>() where 'a: 'static, «T:», {}",
                          "fn f<'a, T>() where 'a: 'static, T: Send, {}"},
                         {"trait A { «type F:;» }", "trait A { type F: Send; }"},
                         {"«trait A: {}»", "trait A: Send {}"}});
}

TEST_CASE("no place, no edit") {
  CHECK(add_bounds({}, {"Send"}).empty());
  CHECK(add_predicate({}, "S::Future", {"Send"}).empty());
  CHECK_FALSE(has_bound({}, "Send"));
  check_added({"Send"}, {{"mac! { fn f<«T»>() {} }", ""}, {"fn f(t: «u8») {}", ""}});
  check_added({}, {{"fn f<«T»>() {}", ""}});
}

void check_predicate(const std::string& type, const std::vector<Row>& rows) {
  for (const Row& row : rows) {
    CAPTURE(row.before);
    const MarkedTree source(row.before);
    CHECK(source.after(add_predicate(source.marked_node(), type, {"Send"})) == row.after);
  }
}

TEST_CASE("a type that nothing declares gets a predicate") {
  check_predicate(
      "S::Future",
      {
          {"«fn f<S: Service>(s: S) {}»", "fn f<S: Service>(s: S) where S::Future: Send {}"},
          {"«async fn f<S: Service>(s: S) -> u8 { 1 }»",
           "async fn f<S: Service>(s: S) -> u8 where S::Future: Send { 1 }"},
          {"«impl<S: Service> L<S> {}»", "impl<S: Service> L<S> where S::Future: Send {}"},
          {"trait A { «fn f<S: Service>(&self, s: S);» }",
           "trait A { fn f<S: Service>(&self, s: S) where S::Future: Send; }"},
          {"trait A { «fn f<S: Service>(&self, s: S) -> u8;» }",
           "trait A { fn f<S: Service>(&self, s: S) -> u8 where S::Future: Send; }"},
          {"«fn f<S>(s: S) where S: Service {}»",
           "fn f<S>(s: S) where S: Service, S::Future: Send {}"},
          {"«fn f<S>(s: S) where S: Service, {}»",
           "fn f<S>(s: S) where S: Service, S::Future: Send, {}"},
          {"«fn f<S>(s: S)\nwhere\n    S: Service,\n{\n}»",
           "fn f<S>(s: S)\nwhere\n    S: Service,\n    S::Future: Send,\n{\n}"},
          {"«fn f<S>(s: S)\nwhere\n    S: Service\n{\n}»",
           "fn f<S>(s: S)\nwhere\n    S: Service,\n    S::Future: Send\n{\n}"},
          {"«fn f<S>(s: S)\r\nwhere\r\n    S: Service,\r\n{\r\n}»",
           "fn f<S>(s: S)\r\nwhere\r\n    S: Service,\r\n    S::Future: Send,\r\n{\r\n}"},
          {"«fn f<S, T>(s: S)\nwhere\n    S: Service,\n    T: Copy,\n{\n}»",
           "fn f<S, T>(s: S)\nwhere\n    S: Service,\n    T: Copy,\n    S::Future: Send,\n{\n}"},
          {"«fn f<S, T>(s: S)\nwhere S: Service,\n      T: Copy\n{\n}»",
           "fn f<S, T>(s: S)\nwhere S: Service,\n      T: Copy,\n      S::Future: Send\n{\n}"},
          {"«fn f<S>(s: S)\nwhere\n    S: Service,\n    S::Future: 'static,\n{\n}»",
           "fn f<S>(s: S)\nwhere\n    S: Service,\n    S::Future: Send + 'static,\n{\n}"},
          {"«fn f<S>(s: S) where <S as Service>::Future: Unpin {}»",
           "fn f<S>(s: S) where <S as Service>::Future: Unpin + Send {}"},
          {"«fn f<S>(s: S) where S::Future: Send {}»", ""},
          {"trait A { «fn f<S>(&self, s: S) where S: Service;» }",
           "trait A { fn f<S>(&self, s: S) where S: Service, S::Future: Send; }"},
          {"«trait A<S: Service> {}»", "trait A<S: Service> where S::Future: Send {}"},
          {"mac! { «fn f<S>(s: S) {}» }", ""},
          {"«struct S;»", ""},
      });
}

TEST_CASE("a projection is written short where that says the same") {
  check_predicate("<S as Service<Request<B>>>::Future",
                  {{"«fn f<S>(s: S) {}»", "fn f<S>(s: S) where S::Future: Send {}"},
                   {"«fn f<S>(s: S) where S::Future: Unpin {}»",
                    "fn f<S>(s: S) where S::Future: Unpin + Send {}"}});
  check_predicate("<S as Service<<B as Body>::Data>>::Future",
                  {{"«fn f<S>(s: S) {}»", "fn f<S>(s: S) where S::Future: Send {}"}});
  // Of another type than a parameter, the trait has to be named.
  check_predicate("<<S as Make>::Made as Service>::Future",
                  {{"«fn f<S>(s: S) {}»",
                    "fn f<S>(s: S) where <<S as Make>::Made as Service>::Future: Send {}"}});
  check_predicate(
      "<Vec<S> as IntoIterator>::IntoIter",
      {{"«fn f<S>(s: S) {}»", "fn f<S>(s: S) where <Vec<S> as IntoIterator>::IntoIter: Send {}"}});
}

}  // namespace
}  // namespace jaa::rewrite
