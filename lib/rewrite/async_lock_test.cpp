#include "rewrite/guard_scope.h"
#include "rewrite/support_test.h"

namespace jaa::rewrite {
namespace {

std::vector<base::FixIt> convert(const syntax::Tree& tree, const Held& held) {
  return use_async_lock({&tree}, held,
                        {"2021", {{"tokio", "tokio::sync::Mutex", "tokio::sync::RwLock"}}});
}

std::string converted(std::string_view source,
                      std::string_view type = "std::sync::MutexGuard<'_, u32>") {
  Marked marked(source);
  marked.held.type = type;
  const auto found = outcomes(convert, marked);
  return found.empty() ? std::string() : found.front();
}

TEST_CASE("a field, its constructor and its uses become async") {
  CHECK(converted(R"(use std::sync::{Arc, Mutex};
struct App {
    state: Arc<Mutex<u32>>,
}
impl App {
    fn new() -> Self {
        Self { state: Arc::new(Mutex::new(0)) }
    }
    async fn tick(&self) {
        let mut «g» = self.state.lock().unwrap();
        *g += 1;
        ‹leaf().await›;
    }
    async fn read(&self) -> u32 {
        *self.state.lock().expect("poisoned")
    }
}
)") == R"(use std::sync::Arc;
struct App {
    state: Arc<tokio::sync::Mutex<u32>>,
}
impl App {
    fn new() -> Self {
        Self { state: Arc::new(tokio::sync::Mutex::new(0)) }
    }
    async fn tick(&self) {
        let mut g = self.state.lock().await;
        *g += 1;
        leaf().await;
    }
    async fn read(&self) -> u32 {
        *self.state.lock().await
    }
}
)");
}

TEST_CASE("the lock is followed through variables, parameters and blocks") {
  CHECK(converted(R"(use std::sync::Mutex;
async fn worker(state: Arc<Mutex<u32>>) {
    let mut «g» = state.lock().unwrap();
    *g += ‹leaf().await›;
}
async fn main() {
    let shared = Arc::new(Mutex::new(0));
    let other = shared.clone();
    spawn(worker(Arc::clone(&shared)));
    spawn(async move {
        *other.lock().unwrap() = 1;
    });
}
)") == R"(async fn worker(state: Arc<tokio::sync::Mutex<u32>>) {
    let mut g = state.lock().await;
    *g += leaf().await;
}
async fn main() {
    let shared = Arc::new(tokio::sync::Mutex::new(0));
    let other = shared.clone();
    spawn(worker(Arc::clone(&shared)));
    spawn(async move {
        *other.lock().await = 1;
    });
}
)");
}

TEST_CASE("statics, aliases and locks without poisoning") {
  CHECK(converted("static S: Mutex<u32> = Mutex::new(0);\nasync fn f() { let «g» = "
                  "S.lock().unwrap(); ‹h().await›; }") ==
        "static S: tokio::sync::Mutex<u32> = tokio::sync::Mutex::const_new(0);\nasync fn f() { let "
        "g = S.lock().await; h().await; }");
  CHECK(converted("type M = Arc<RwLock<u32>>;\nasync fn f(m: M) { «m.read()».run(‹h().await›); }",
                  "lock_api::rwlock::RwLockReadGuard<'_, parking_lot::RawRwLock, u32>") ==
        "type M = Arc<tokio::sync::RwLock<u32>>;\nasync fn f(m: M) { "
        "m.read().await.run(h().await); }");
}

TEST_CASE("only private items keep the meaning") {
  const auto keeps = [](std::string_view source) {
    const Marked marked(source);
    const syntax::Tree tree(marked.files, marked.file);
    const auto fixes = convert(tree, marked.held);
    REQUIRE(fixes.size() == 1);
    return fixes.front().keeps_meaning;
  };
  CHECK(keeps("async fn f(m: &Mutex<u32>) { let «g» = m.lock().unwrap(); ‹h().await›; }"));
  CHECK_FALSE(
      keeps("pub async fn f(m: &Mutex<u32>) { let «g» = m.lock().unwrap(); ‹h().await›; }"));
  CHECK_FALSE(
      keeps("struct A { pub m: Mutex<u32> }\nasync fn f(a: A) { let «g» = a.m.lock().unwrap(); "
            "‹h().await›; }"));
}

TEST_CASE("a lock that cannot become async as a whole is left alone") {
  const std::string use = "async fn f(m: &Mutex<u32>) { let «g» = m.lock().unwrap(); ‹h().await›; ";
  CHECK_FALSE(converted(use + "}").empty());
  for (const std::string_view rest : {"let c = || m.lock().unwrap();", "if let Ok(g) = m.lock() {}",
                                      "k(m); } fn k(n: &Mutex<u32>) { n.lock().unwrap();",
                                      "println!(\"{}\", m.lock().unwrap());"}) {
    CAPTURE(rest);
    CHECK(converted(use + std::string(rest) + "}").empty());
  }
  CHECK(converted("async fn f() { let «g» = make().lock().unwrap(); ‹h().await›; }").empty());
  CHECK(
      converted("async fn f(m: &RefCell<u32>) { let «g» = m.borrow_mut(); ‹h().await›; }").empty());
  CHECK(converted("struct A { m: Mutex<u32> }\nstruct B { m: Mutex<u8> }\nasync fn f(a: A) { let "
                  "«g» = a.m.lock().unwrap(); ‹h().await›; }")
            .empty());
  CHECK(converted("struct A { n: Mutex<u32> }\nstruct B { n: Mutex<u8> }\n"
                  "async fn f() { let n = Mutex::new(0); k(A { n }); let «g» = n.lock().unwrap(); "
                  "‹h().await›; }")
            .empty());
  const Marked marked(use + "}");
  const syntax::Tree tree(marked.files, marked.file);
  CHECK(use_async_lock({&tree}, marked.held, {}).empty());
  CHECK(use_async_lock({}, marked.held, {}).empty());
}

}  // namespace
}  // namespace jaa::rewrite
