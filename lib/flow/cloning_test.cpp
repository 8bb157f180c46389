#include "flow/cloning.h"

#include <doctest/doctest.h>

namespace jaa::flow {
namespace {

struct World {
  World()
      : tree(files, files.add("/p/a.rs", "a.rs", R"(
#[derive(Clone, Copy)]
struct Id(u32);
#[derive(Debug, Clone)]
struct Named { id: Id, name: String }
#[derive(Clone)]
struct Client { base: Arc<str>, log: Arc<Mutex<Vec<String>>> }
#[derive(Clone)]
struct Counted { hits: std::cell::Cell<u32> }
struct Config { limits: Vec<u32> }
#[derive(Clone)]
struct Noisy(String);
impl Drop for Noisy { fn drop(&mut self) {} }
struct Handle(*const u8);
impl Clone for Handle { fn clone(&self) -> Self { todo!() } }
impl Drop for Handle { fn drop(&mut self) {} }
#[derive(Clone)]
struct Outlet { out: mpsc::Sender<u32> }
#[derive(Clone)]
struct List { next: Option<Box<List>> }
struct Post { kind: Kind, open: Arc<bool> }
struct Kind(mpsc::Sender<u32>);
impl Clone for Post { fn clone(&self) -> Self { todo!() } }
)")),
        items({&tree}) {}

  base::SourceFiles files;
  syntax::Tree tree;
  syntax::Items items;
};

TEST_CASE("whether a clone can be told from the value") {
  const World world;
  const auto cloning = [&world](std::string_view type) { return cloning_of(world.items, type); };
  CHECK(cloning("u32") == Cloning::Copies);
  CHECK(cloning("(bool, [u8; 4])") == Cloning::Copies);
  CHECK(cloning("&'a Mutex<u32>") == Cloning::Copies);
  CHECK(cloning("Id") == Cloning::Copies);
  CHECK(cloning("std::string::String") == Cloning::Duplicates);
  CHECK(cloning("std::collections::HashMap<u32, Named>") == Cloning::Duplicates);
  CHECK(cloning("Named") == Cloning::Duplicates);
  CHECK(cloning("List") == Cloning::Duplicates);
  CHECK(cloning("std::sync::Arc<std::sync::Mutex<u32>>") == Cloning::Shares);
  CHECK(cloning("Handle") == Cloning::Shares);
  CHECK(cloning("Client") == Cloning::Duplicates);
  CHECK(cloning("T") == Cloning::Unknown);
  CHECK(cloning("Post") == Cloning::Unknown);
  CHECK(cloning("Kind") == Cloning::Impossible);
  CHECK(cloning("") == Cloning::Unknown);
  CHECK(cloning("Counted") == Cloning::SplitsState);
  CHECK(cloning("Config") == Cloning::Impossible);
  CHECK(cloning("Noisy") == Cloning::Impossible);
  CHECK(cloning("Vec<std::sync::atomic::AtomicU32>") == Cloning::Impossible);
  CHECK(cloning("Box<dyn Handler>") == Cloning::Impossible);
  CHECK(cloning("&mut Vec<u8>") == Cloning::Impossible);
}

TEST_CASE("whose end someone may wait for") {
  const World world;
  CHECK(tells_its_end(world.items, "std::sync::mpsc::Sender<u32>"));
  CHECK(tells_its_end(world.items, "Outlet"));
  CHECK(tells_its_end(world.items, "Handle"));
  CHECK_FALSE(tells_its_end(world.items, "Named"));
  CHECK_FALSE(tells_its_end(world.items, ""));
}

}  // namespace
}  // namespace jaa::flow
