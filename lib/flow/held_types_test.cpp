#include <doctest/doctest.h>

#include "flow/held.h"
#include "flow/held_types.h"
#include "mir/reader.h"

namespace jaa::flow {
namespace {

// Types of a crate `app` as one body of its MIR has them, and its sources.
class World {
 public:
  explicit World(std::vector<std::pair<std::string, std::string>> sources = {}) {
    for (auto& [path, text] : sources) {
      const auto file = files_.add("/" + path, path, text);
      const std::string folder = "/" + path.substr(0, path.find('/'));
      if (crates_.empty() || !std::string_view(crates_.back().root).starts_with(folder + "/")) {
        crates_.push_back({folder + "/src/lib.rs", {}});
      }
      crates_.back().files.push_back(file);
    }
  }

  // The body's locals from `_1` on are of these types; `lines` are its statements.
  void add_body(const std::vector<std::string>& locals, const std::vector<std::string>& lines,
                const std::string& crate = "app") {
    const std::string place = "scope 0 at " + crate + "/src/lib.rs:1:1: 1:1\n";
    std::string text = "fn work() -> () {\n    let mut _0: (); // return place in " + place;
    for (size_t index = 0; index < locals.size(); ++index) {
      text +=
          "    let mut _" + std::to_string(index + 1) + ": " + locals[index] + "; // in " + place;
    }
    text += "\n    bb0: {\n";
    for (const std::string& line : lines) {
      text += "        " + line + "; // " + place;
    }
    text += "        return; // " + place + "    }\n}\n";
    modules_.push_back(mir::read_mir(text, crate + ".work.1-1-000.built.after.mir"));
    REQUIRE(modules_.back().bodies.size() == 1);
    REQUIRE_FALSE(modules_.back().bodies.front().has_opaque);
  }

  // In local `_n` of the first body: "Txn.rows MutexGuard", the guard in short; or "none".
  std::string held(size_t local) {
    HeldTypes types(SourceNames(files_, trees_, crates_));
    for (const mir::Module& module : modules_) {
      types.add(module, UnitSources(files_, "/"));
    }
    const mir::Body& body = modules_.front().bodies.front();
    const auto& found = types.find(body, body.locals[mir::LocalId(local)].type);
    std::string text;
    for (const HoldingField& field : found ? found->fields : std::vector<HoldingField>()) {
      text += field.owner + "." + field.field + " ";
    }
    return found ? text + std::string(found->guard->name) + " " + found->inner : "none";
  }

 private:
  base::SourceFiles files_;
  syntax::TreeCache trees_{files_};
  std::vector<CrateFiles> crates_;
  std::vector<mir::Module> modules_;
};

std::string held_in_source(const std::string& source, const std::string& type) {
  World world({{"app/src/lib.rs", source}});
  world.add_body({type}, {});
  return world.held(1);
}

constexpr const char* StdGuard = "std::sync::MutexGuard<'_, u32>";

TEST_CASE("a struct's field is a guard when its imports say so") {
  const auto txn = [](const std::string& use, const std::string& field) {
    return held_in_source(use + "\nstruct Txn<'a> { n: u8, rows: " + field + " }", "Txn<'_>");
  };
  CHECK(txn("use std::sync::MutexGuard;", "MutexGuard<'a, u32>") == "app::Txn.rows MutexGuard u32");
  CHECK(txn("use std::{io, sync::{self, Mutex}};", "sync::MutexGuard<'a, u32>") ==
        "app::Txn.rows MutexGuard u32");
  CHECK(txn("use std::sync::MutexGuard as G; type Rows<'a, T> = Option<G<'a, T>>;",
            "Box<Rows<'a, u8>>") == "app::Txn.rows MutexGuard u8");
  CHECK(txn("", "std::cell::RefMut<'a, u32>") == "app::Txn.rows RefMut u32");
  CHECK(txn("use tokio::sync::MutexGuard;", "MutexGuard<'a, u32>") == "none");
  CHECK(txn("struct MutexGuard<'a, T>(&'a T);", "MutexGuard<'a, u32>") == "none");
  CHECK(txn("", "MutexGuard<'a, u32>") == "none");
  CHECK(txn("use std::sync::MutexGuard;", "&'a MutexGuard<'a, u32>") == "none");
  CHECK(txn("use std::sync::MutexGuard;", "fn(MutexGuard<'a, u32>)") == "none");
  CHECK(txn("use std::sync::*;", "Mutex<u32>") == "none");
  for (const char* wrapper : {"std::marker::PhantomData", "std::mem::ManuallyDrop"}) {
    CHECK(txn("", std::string(wrapper) + "<std::sync::MutexGuard<'a, u32>>") == "none");
  }
}

TEST_CASE("type arguments go into fields, and count only there") {
  const std::string source =
      "struct Pair<A, B> { a: A, b: Box<[B; 2]> }\n"
      "struct Names<T> { of: std::marker::PhantomData<T> }\n"
      "enum Tree<T> { Leaf, Node(T, Box<Tree<T>>) }\n"
      "struct Ever<T> { next: Box<Ever<Option<T>>> }\n";
  const std::string guard = StdGuard;
  CHECK(held_in_source(source, "Pair<u8, " + guard + ">") ==
        "app::Pair<u8, std::sync::MutexGuard<u32>>.b MutexGuard u32");
  CHECK(held_in_source(source, "Pair<u8, u8>") == "none");
  CHECK(held_in_source(source, "Names<" + guard + ">") == "none");
  CHECK(held_in_source(source, "Tree<" + guard + ">") ==
        "app::Tree<std::sync::MutexGuard<u32>>.Node.0 MutexGuard u32");
  CHECK(held_in_source(source, "Tree<u8>") == "none");
  CHECK(held_in_source(source, "Ever<" + guard + ">") == "none");
}

TEST_CASE("a name means what its module and the other crates declare") {
  World world({{"app/src/lib.rs", "mod a; mod b; pub mod c { pub struct Txn; }"},
               {"app/src/a.rs", "use super::b::{inner::Lock, *}; pub struct Txn(Lock, Open);"},
               {"app/src/b/mod.rs",
                "pub struct Open; pub mod inner { pub struct Lock(std::sync::MutexGuard<'static, "
                "u8>); }"},
               {"my-store/src/lib.rs", "mod txn; pub use txn::Txn; pub use crate::txn::*;"},
               {"my-store/src/txn.rs",
                "use std::cell::Ref; pub struct Txn<'a>(Ref<'a, u16>); pub struct Other(Ref<'a, "
                "u8>);"}});
  world.add_body({"a::Txn", "c::Txn", "my_store::Txn<'_>", "my_store::Other", "other::Txn", "Txn",
                  "(u8, std::option::Option<my_store::txn::Txn<'_>>)"},
                 {});
  CHECK(world.held(1) == "app::a::Txn.0 app::b::inner::Lock.0 MutexGuard u8");
  CHECK(world.held(2) == "none");
  CHECK(world.held(3) == "my_store::txn::Txn.0 Ref u16");
  CHECK(world.held(4) == "my_store::txn::Other.0 Ref u8");
  CHECK(world.held(5) == "none");
  CHECK(world.held(6) == "none");
  CHECK(world.held(7) == "my_store::txn::Txn.0 Ref u16");
}

TEST_CASE("bodies show fields where they build a value and where they touch a part") {
  World world;
  world.add_body(
      {"Txn<'_>", StdGuard, "Lock<'_>", "Cut<'_>", "&Cut<'_>", "u8"},
      {"_1 = Txn::<'_> { n: const 1_u8, rows: move _2 }", "_3 = Lock::<'_>::Write(move _2)",
       "_6 = copy (((*_5).1: std::sync::MutexGuard<'_, u8>).0: u8)"});
  CHECK(world.held(1) == "Txn.rows MutexGuard u32");
  CHECK(world.held(3) == "Lock.Write.0 MutexGuard u32");
  CHECK(world.held(4) == "Cut.1 MutexGuard u8");
  CHECK(world.held(5) == "none");
}

TEST_CASE("what was built whole has nothing else, what was not may hold its arguments") {
  World world;
  const std::string guard = StdGuard;
  world.add_body({"Names<" + guard + ">", "std::marker::PhantomData<" + guard + ">",
                  "Unknown<" + guard + ">", "Timed<u8>", "Timed<" + guard + ">", guard},
                 {"_1 = Names::<" + guard + "> { of: move _2 }",
                  "_5 = Timed::<" + guard + "> { value: move _6 }"});
  CHECK(world.held(1) == "none");
  CHECK(world.held(3) == "MutexGuard u32");
  CHECK(world.held(4) == "none");
  CHECK(world.held(5) == "Timed<std::sync::MutexGuard<u32>>.value MutexGuard u32");
}

TEST_CASE("closures and async blocks hold what they capture by value") {
  World world;
  const std::string closure = "{closure@app/src/lib.rs:1:1: 1:2}";
  const std::string other = "{closure@app/src/lib.rs:2:1: 2:2}";
  const std::string block = "{async block@app/src/lib.rs:3:1: 3:2}";
  world.add_body({closure, StdGuard, other, std::string("&") + StdGuard, block},
                 {"_1 = " + closure + " { rows: move _2 }", "_3 = " + other + " { rows: move _4 }",
                  "_5 = " + block + " { call: move _1 }"});
  CHECK(world.held(1) == ".rows MutexGuard u32");
  CHECK(world.held(3) == "none");
  CHECK(world.held(5) == ".call .rows MutexGuard u32");
}

TEST_CASE("another crate's type is known by the bodies of its own") {
  World world({{"app/src/lib.rs", ""}, {"store/src/lib.rs", "macro_rules! m { () => {} }"}});
  world.add_body({"store::Txn<'_>", "Txn<'_>"}, {});
  world.add_body({"Txn<'_>", StdGuard}, {"_1 = Txn::<'_> { rows: move _2 }"}, "store");
  CHECK(world.held(1) == "Txn.rows MutexGuard u32");
  CHECK(world.held(2) == "none");
}

TEST_CASE("odd sources and types say nothing and do no harm") {
  CHECK(held_in_source("struct Txn { a: Txn2, b: } struct Txn2 { a: Txn } use self::self; use a;",
                       "Txn") == "none");
  CHECK(held_in_source("use crate::a; use a::a as b; use super::super::Txn; type Txn = Txn;",
                       "Txn") == "none");
  CHECK(held_in_source("struct Txn(std::sync::MutexGuard<'static, u8>); #[cfg(x)] struct Txn;",
                       "Txn") == "none");
  std::string twice = "use std::sync::MutexGuard; struct S40<T>(MutexGuard<'static, T>);";
  for (int level = 0; level < 40; ++level) {
    twice +=
        "struct S" + std::to_string(level) + "<T>(S" + std::to_string(level + 1) + "<(T, T)>);";
  }
  CHECK(held_in_source(twice, "S0<u8>") == "none");
  CHECK(held_in_source(twice, "S38<u8>").starts_with("app::S38<u8>.0 app::S39<(u8, u8)>.0 "));
  std::string deep = "u8";
  for (int level = 0; level < 5000; ++level) {
    deep = "Option<" + deep + ">";
  }
  CHECK(held_in_source("struct Txn(" + deep + ");", "Txn") == "none");
}

}  // namespace
}  // namespace jaa::flow
