#include "flow/call_sites.h"

#include <doctest/doctest.h>

#include "flow/written_types.h"

namespace jaa::flow {
namespace {

struct Source {
  explicit Source(std::string text) {
    file = files.add("/p/a.rs", "a.rs", std::move(text));
    crates = {{"/p/a.rs", {file}}};
    items.emplace(std::vector<const syntax::Tree*>{&trees.tree(file)});
  }
  // The calls of the function that is named first in the file, as text; `?` behind those
  // that are uncertain.
  [[nodiscard]] std::vector<std::string> calls_of(std::string_view name) const {
    std::vector<std::string> result;
    const CallSites sites(trees, crates, *items);
    for (const CallSite& site : sites.of({items->functions(name).front()})) {
      result.push_back(std::string(site.call.text()) + (site.is_certain ? "" : "?"));
    }
    return result;
  }

  base::SourceFiles files;
  syntax::TreeCache trees{files};
  base::FileId file;
  std::vector<CrateFiles> crates;
  std::optional<syntax::Items> items;
};

using Texts = std::vector<std::string>;

TEST_CASE("a free function is told by name, path and number of arguments") {
  const Source source(R"(
    mod net { pub fn load(id: u32) {} }
    struct Other;
    impl Other { fn load(id: u32) {} fn of(&self, id: u32) { self.load(id); } }
    fn a() { load(1); net::load(2); load(1, 2); Other::load(3); disk::load(4); self::load(5); }
    fn b(load: fn(u32)) { load(6); }
    fn c() { println!("{}", load(7)); }
  )");
  CHECK(source.calls_of("load") == Texts{"load(1)", "net::load(2)", "self::load(5)", "(7)"});
}

TEST_CASE("a method is told by what is written about its receiver") {
  const Source source(R"(
    struct Cache { map: HashMap<u32, u32>, next: Box<Cache> }
    impl Cache {
      fn get(&self, key: u32) -> u32 { self.map.get(key); self.next.get(key); self.get(key) }
    }
    struct Page;
    fn a(cache: &Cache, page: Page, x: Unknown) {
      cache.get(1); page.get(2); x.get(3); let own = Cache::new(); own.get(4); cache.get();
      Cache::get(&own, 5); Page::get(page, 6);
    }
  )");
  CHECK(source.calls_of("get") == Texts{"self.map.get(key)?", "self.next.get(key)", "self.get(key)",
                                        "cache.get(1)", "x.get(3)?", "own.get(4)",
                                        "Cache::get(&own, 5)"});
}

TEST_CASE("a trait's method is called on its implementors, bounds and objects") {
  const Source source(R"(
    trait Step { fn run(&self); }
    struct A;
    impl Step for A { fn run(&self) {} }
    struct B;
    impl B { fn run(&self) {} }
    fn a<S: Step>(s: S, d: &dyn Step, i: impl Step, a: A, b: B) {
      s.run(); d.run(); i.run(); a.run(); b.run(); Step::run(&s);
    }
  )");
  CHECK(source.calls_of("run") ==
        Texts{"s.run()", "d.run()", "i.run()", "a.run()", "Step::run(&s)"});
}

TEST_CASE("what gives a future is told by its signature") {
  const Source source(R"(
    async fn a() {}
    fn b() -> impl Future<Output = u32> {}
    fn c() -> Pin<Box<dyn Future<Output = ()>>> {}
    fn d() -> u32 {}
  )");
  const auto gives = [&](std::string_view name) {
    return CallSites::gives_future(source.items->functions(name).front());
  };
  CHECK(gives("a"));
  CHECK(gives("b"));
  CHECK(gives("c"));
  CHECK_FALSE(gives("d"));
}

}  // namespace
}  // namespace jaa::flow
