#include "rewrite/change_type.h"

#include "rewrite/imports.h"
#include "rewrite/marked_edits_test.h"

namespace jaa::rewrite {
namespace {

std::vector<base::FixIt> changed(const MarkedTree& source, TypeChange change) {
  return change_type({&source.tree}, {}, source.tree.node_at(source.held.value), change);
}

// The largest candidate: over the whole crate.
std::string whole(const MarkedTree& source, TypeChange change) {
  const auto fixes = changed(source, change);
  for (const base::FixIt& fix : fixes) CHECK(source.after(fix.edits) != "the edits overlap");
  return fixes.empty() ? "" : source.after(fixes.back().edits);
}

void check_whole(TypeChange change, const std::vector<Row>& rows) {
  for (const Row& row : rows) {
    CAPTURE(row.before);
    const MarkedTree source(row.before);
    CHECK(whole(source, change) == row.after);
  }
}

// The same for the uses alone, of a type that is written in full.
void check_body(TypeChange change, const std::vector<Row>& rows) {
  for (const Row& row : rows) {
    CAPTURE(row.before);
    const MarkedTree source(in_function(row.before));
    CHECK(whole(source, change) == (row.after.empty() ? "" : in_function(row.after)));
  }
}

TEST_CASE("an import makes room for the other") {
  check_whole(
      TypeChange::RcToArc,
      {
          {"use std::rc::Rc;\nfn f() { let «a» = Rc::new(1); }\n",
           "use std::sync::Arc;\nfn f() { let a = Arc::new(1); }\n"},
          {"use std::fmt;\nuse std::rc::Rc;\n\nstruct S { «a»: Rc<u8> }\n",
           "use std::fmt;\nuse std::sync::Arc;\n\nstruct S { a: Arc<u8> }\n"},
          // It is there already.
          {"use std::rc::Rc;\nuse std::sync::Arc;\nstruct S { «a»: Rc<u8>, b: Arc<u8> }\n",
           "use std::sync::Arc;\nstruct S { a: Arc<u8>, b: Arc<u8> }\n"},
          {"use std::rc::Rc;\r\nuse std::sync::Arc;\r\nstruct S { «a»: Rc<u8>, b: Arc<u8> }\r\n",
           "use std::sync::Arc;\r\nstruct S { a: Arc<u8>, b: Arc<u8> }\r\n"},
          {"use std::{cell::Cell, rc::Rc};\nstruct S { «a»: Rc<u8>, b: Cell<u8> }\n",
           "use std::sync::Arc;\nuse std::cell::Cell;\nstruct S { a: Arc<u8>, b: Cell<u8> }\n"},
          {"use std::{rc::Rc, cell::Cell};\nstruct S { «a»: Rc<u8>, b: Cell<u8> }\n",
           "use std::sync::Arc;\nuse std::cell::Cell;\nstruct S { a: Arc<u8>, b: Cell<u8> }\n"},
          {"use std::rc::{Rc, Weak};\nstruct S { «a»: Rc<u8>, b: Weak<u8> }\n",
           "use std::sync::Arc;\nstruct S { a: Arc<u8>, b: std::sync::Weak<u8> }\n"},
          {"use std::rc::{Rc, /* back */ Weak};\nuse std::fmt;\nstruct S { «a»: Rc<u8>, b: "
           "Weak<u8> "
           "}\n",
           "use std::fmt;\nuse std::sync::Arc;\nstruct S { a: Arc<u8>, b: std::sync::Weak<u8> }\n"},
          {"use std::{fmt, rc::Rc, rc::Weak, /* one */ cell::Cell};\nstruct S { «a»: Rc<u8>, b: "
           "Weak<u8> }\n",
           "use std::sync::Arc;\nuse std::{fmt, cell::Cell};\nstruct S { a: Arc<u8>, b: "
           "std::sync::Weak<u8> }\n"},
          {"use std::rc::{Rc, Weak};\nstruct S { «a»: Rc<u8> }\n",
           "use std::rc::Weak;\nuse std::sync::Arc;\nstruct S { a: Arc<u8> }\n"},
          {"use std::{\n    cell::Cell,\n    rc::{Rc, Weak},\n};\nstruct S { «a»: Rc<u8>, b: "
           "Weak<Cell<u8>> }\n",
           "use std::sync::Arc;\nuse std::cell::Cell;\nstruct S { a: Arc<u8>, b: "
           "std::sync::Weak<Cell<u8>> }\n"},
          // An import in a block is not looked at.
          {"use std::fmt;\nfn f() {\n    use std::rc::Rc;\n    let «a» = Rc::new(1);\n}\n",
           "use std::fmt;\nuse std::sync::Arc;\nfn f() {\n    use std::rc::Rc;\n    let a = "
           "Arc::new(1);\n}\n"},
          {"use std::{rc::{self, Rc}, fmt};\nstruct S { «a»: Rc<rc::Weak<u8>> }\n",
           "use std::sync::Arc;\nuse std::{rc::{self}, fmt};\nstruct S { a: "
           "Arc<std::sync::Weak<u8>> "
           "}\n"},
          // Others take it from here.
          {"pub use std::rc::Rc;\nstruct S { «a»: Rc<u8> }\n",
           "pub use std::rc::Rc;\nuse std::sync::Arc;\nstruct S { a: Arc<u8> }\n"},
      });
}

TEST_CASE("attributes stay with their import") {
  check_whole(
      TypeChange::RcToArc,
      {{"#![allow(unused)]\n\n#[cfg(unix)]\n#[allow(x)]\nuse std::fmt;\nuse std::io;\nstruct S { "
        "«a»: std::cell::Cell<std::rc::Weak<Rc<u8>>> }\n",
        "#![allow(unused)]\n\n#[cfg(unix)]\n#[allow(x)]\nuse std::fmt;\nuse std::io;\nuse "
        "std::sync::Arc;\nstruct S { a: std::cell::Cell<std::sync::Weak<Arc<u8>>> }\n"},
       {"#[cfg(unix)]\nuse std::rc::Rc;\nuse std::fmt;\nstruct S { «a»: Rc<u8> }\n",
        "#[cfg(unix)]\nuse std::rc::Rc;\nuse std::fmt;\nuse std::sync::Arc;\nstruct S { a: Arc<u8> "
        "}\n"}});
}

TEST_CASE("what is spelled in full stays in full") {
  check_whole(
      TypeChange::RcToArc,
      {
          {"struct S { «a»: std::rc::Rc<u8> }\nfn f() -> S { S { a: std::rc::Rc::new(1) } }\n",
           "struct S { a: std::sync::Arc<u8> }\nfn f() -> S { S { a: std::sync::Arc::new(1) "
           "} }\n"},
          {"struct S { «a»: ::std::rc::Rc<u8> }\n", "struct S { a: std::sync::Arc<u8> }\n"},
          {"use std::rc;\nstruct S { «a»: rc::Rc<u8>, b: rc::Weak<u8> }\n",
           "use std::rc;\nstruct S { a: std::sync::Arc<u8>, b: std::sync::Weak<u8> }\n"},
      });
}

TEST_CASE("a use in full keeps no import") {
  check_whole(TypeChange::RcToArc,
              {{"use std::rc::Rc;\nstruct S { «a»: Rc<u8>, b: std::rc::Rc<u8> }\n",
                "use std::sync::Arc;\nstruct S { a: Arc<u8>, b: std::sync::Arc<u8> }\n"}});
}

TEST_CASE("a cell that is filled once") {
  check_whole(TypeChange::OnceCellToOnceLock,
              {{"use std::cell::{Cell, OnceCell};\nstruct S { «a»: OnceCell<u8>, b: Cell<u8> }\nfn "
                "f(s: &S) -> &u8 { s.a.get_or_init(|| 1) }\n",
                "use std::cell::Cell;\nuse std::sync::OnceLock;\nstruct S { a: OnceLock<u8>, b: "
                "Cell<u8> }\nfn f(s: &S) -> &u8 { s.a.get_or_init(|| 1) }\n"},
               {"use once_cell::unsync::OnceCell;\nstruct S { «a»: OnceCell<u8> }\n", ""}});
}

TEST_CASE("every way to spell a use") {
  constexpr TypeChange Rc = TypeChange::RcToArc;
  const auto check = [](std::string_view before, std::string_view after) {
    CAPTURE(before);
    const MarkedTree source("use std::rc::Rc;\n" + in_function(before));
    CHECK(whole(source, Rc) == "use std::sync::Arc;\n" + in_function(after));
  };
  check("let «a»: Rc<str> = Rc::from(\"x\");", "let a: Arc<str> = Arc::from(\"x\");");
  check("let «a» = Rc::<str>::from(\"x\");", "let a = Arc::<str>::from(\"x\");");
  check("let «a» = Rc::new(1);\nlet b = Rc::clone(&a);",
        "let a = Arc::new(1);\nlet b = Arc::clone(&a);");
  check("let «a» = list.map(Rc::new).collect::<Vec<Rc<u8>>>();",
        "let a = list.map(Arc::new).collect::<Vec<Arc<u8>>>();");
  check("let «a» = vec![Rc::new(1)];\nprintln!(\"{}\", Rc::strong_count(&a[0]));",
        "let a = vec![Arc::new(1)];\nprintln!(\"{}\", Arc::strong_count(&a[0]));");
  check("let «a» = Rc::new(1);\nlet n = Rc::try_unwrap(a).map_err(|e| Rc::downgrade(&e));",
        "let a = Arc::new(1);\nlet n = Arc::try_unwrap(a).map_err(|e| Arc::downgrade(&e));");
  check("let «a» = Rc::new_cyclic(|me: &std::rc::Weak<S>| S::new(me));",
        "let a = Arc::new_cyclic(|me: &std::sync::Weak<S>| S::new(me));");
  check("let «a» = Rc::new(1);\nassert!(std::rc::Rc::ptr_eq(&a, &a));",
        "let a = Arc::new(1);\nassert!(std::sync::Arc::ptr_eq(&a, &a));");
}

TEST_CASE("modules have their own imports") {
  check_whole(
      TypeChange::RcToArc,
      {
          {"use std::rc::Rc;\nstruct S { «a»: Rc<u8> }\nmod m {\n    use std::rc::Rc;\n    fn f(r: "
           "Rc<u8>) {}\n}\n",
           "use std::sync::Arc;\nstruct S { a: Arc<u8> }\nmod m {\n    use std::sync::Arc;\n    fn "
           "f(r: Arc<u8>) {}\n}\n"},
          {"use std::rc::Rc;\nstruct S { «a»: Rc<u8> }\nmod m {\n    use super::*;\n    fn f(r: "
           "Rc<u8>) {}\n}\n",
           "use std::sync::Arc;\nstruct S { a: Arc<u8> }\nmod m {\n    use "
           "super::*;\n    fn f(r: std::sync::Arc<u8>) {}\n}\n"},
          // One within that stays needs the import that it goes through.
          {"use std::rc::Rc;\nstruct S { «a»: Rc<u8> }\nmod m {\n    use super::Rc;\n    fn f(r: "
           "Rc<u8>) {}\n}\n",
           "use std::rc::Rc;\nuse std::sync::Arc;\nstruct S { a: Arc<u8> }\nmod m {\n    use "
           "super::Rc;\n    fn f(r: Rc<u8>) {}\n}\n"},
          // More stands in the line of the import.
          {"mod m { use std::fmt; use super::*; fn f(«a»: Rc<u8>) {\n} }\n",
           "mod m { use std::sync::Arc;\nuse std::fmt; use super::*; fn f(a: Arc<u8>) {\n} }\n"},
          {"mod m {\n    use std::fmt; // why\n    use super::*;\n    fn f(«a»: Rc<u8>) {}\n}\n",
           "mod m {\n    use std::fmt; // why\n    use std::sync::Arc;\n    use super::*;\n    fn "
           "f(a: "
           "Arc<u8>) {}\n}\n"},
          // A module of the file with a type of that name.
          {"use std::rc::Rc;\nstruct S { «a»: Rc<u8> }\nmod m {\n    use crate::shared::Rc;\n    "
           "fn "
           "f(r: Rc<u8>) {}\n}\n",
           "use std::sync::Arc;\nstruct S { a: Arc<u8> }\nmod m {\n    use crate::shared::Rc;\n    "
           "fn f(r: Rc<u8>) {}\n}\n"},
      });
}

TEST_CASE("another of the same name is left alone") {
  check_whole(
      TypeChange::RcToArc,
      {
          {"use crate::shared::Rc;\nstruct S { «a»: Rc<u8> }\n", ""},
          {"struct Rc<T>(T);\nstruct S { «a»: Rc<u8> }\n", ""},
          {"struct S { «a»: shared::Rc<u8> }\n", ""},
          {"struct S { «a»: c::Rc<u8> }\n", ""},
          {"use std::rc::Rc as R;\nstruct S { «a»: R<u8> }\n", ""},
          {"use std::rc::Rc;\nenum Kind { Rc, Arc }\nstruct S { «a»: Rc<u8>, k: Kind }\nfn "
           "f() -> Kind { Kind::Rc }\n",
           "use std::rc::Rc;\nuse std::sync::Arc;\nenum Kind { Rc, Arc }\nstruct S { a: Arc<u8>, "
           "k: Kind }\nfn f() -> Kind { Kind::Rc }\n"},
          {"use std::rc::Rc;\nstruct S { «a»: Rc<u8> }\nmod m {\n    struct Rc;\n    mod n {\n "
           "       use super::*;\n        fn f(r: Rc) {}\n    }\n}\n",
           "use std::sync::Arc;\nstruct S { a: Arc<u8> }\nmod m {\n    struct Rc;\n    mod n "
           "{\n        use super::*;\n        fn f(r: Rc) {}\n    }\n}\n"},
          {"use crate::rc;\nstruct S { «a»: rc::Rc<u8> }\n", ""},
          {"mod rc;\nstruct S { «a»: rc::Rc<u8> }\n", ""},
          {"use std::rc::Rc;\nfn f(«a»: Rc<u8>) { say!(crate::Rc::new(a)); }\n",
           "use std::rc::Rc;\nuse std::sync::Arc;\nfn f(a: Arc<u8>) { say!(crate::Rc::new(a)); "
           "}\n"},
          {"struct Arc;\nuse std::rc::Rc;\nstruct S { «a»: Rc<u8> }\n",
           "struct Arc;\nstruct S { a: std::sync::Arc<u8> }\n"},
          {"use triomphe::Arc;\nuse std::rc::Rc;\nstruct S { «a»: Rc<Arc<u8>> }\n",
           "use triomphe::Arc;\nstruct S { a: std::sync::Arc<Arc<u8>> }\n"},
      });
  check_whole(
      TypeChange::RefCellToMutex,
      {
          {"use std::cell::RefCell;\nuse tokio::sync::Mutex;\nstruct S { «a»: RefCell<u8>, b: "
           "Mutex<u8> }\n",
           "use tokio::sync::Mutex;\nstruct S { a: std::sync::Mutex<u8>, b: Mutex<u8> }\n"},
          {"use std::cell::RefCell;\nstruct Mutex;\nstruct S { «a»: RefCell<u8> }\n",
           "struct Mutex;\nstruct S { a: std::sync::Mutex<u8> }\n"},
          {"use std::cell::RefCell;\nuse std::sync::{Arc, Mutex};\nstruct S { «a»: RefCell<u8> }\n",
           "use std::sync::{Arc, Mutex};\nstruct S { a: Mutex<u8> }\n"},
      });
  check_whole(
      TypeChange::CellToAtomic,
      {{"use std::cell::Cell;\nuse std::cmp::Ordering;\nstruct S { «n»: Cell<u8> }\nfn f(s: "
        "&S) -> u8 { s.n.get() }\n",
        "use std::cmp::Ordering;\nuse std::sync::atomic::AtomicU8;\nstruct S { n: AtomicU8 "
        "}\nfn f(s: &S) -> u8 { s.n.load(std::sync::atomic::Ordering::Relaxed) }\n"}});
}

TEST_CASE("a borrow becomes a lock") {
  check_body(
      TypeChange::RefCellToMutex,
      {
          {"let «c» = std::cell::RefCell::new(1);\n*c.borrow_mut() += 1;",
           "let c = std::sync::Mutex::new(1);\n*c.lock().unwrap() += 1;"},
          {"let «c» = std::cell::RefCell::new(v);\nc.borrow().len();\nlet g = c.borrow();",
           "let c = std::sync::Mutex::new(v);\nc.lock().unwrap().len();\nlet g = "
           "c.lock().unwrap();"},
          {"let «c» = std::cell::RefCell::new(v);\nprintln!(\"{} {}\", c.borrow(), "
           "c.borrow_mut().len());",
           "let c = std::sync::Mutex::new(v);\nprintln!(\"{} {}\", c.lock().unwrap(), "
           "c.lock().unwrap().len());"},
          {"let «c» = std::rc::Rc::new(std::cell::RefCell::new(1));\nlet d = c.clone();\nrun(move "
           "|| "
           "*d.borrow());",
           "let c = std::rc::Rc::new(std::sync::Mutex::new(1));\nlet d = c.clone();\nrun(move || "
           "*d.lock().unwrap());"},
          // Not a call of a cell's.
          {"let «c» = std::cell::RefCell::new(1);\nx.borrow(2);",
           "let c = std::sync::Mutex::new(1);\nx.borrow(2);"},
          {"let «c» = 1;", ""},
      });
}

TEST_CASE("only the cell at hand changes where that is enough") {
  const MarkedTree source(
      "use std::cell::RefCell;\nstruct S { «a»: RefCell<u8>, b: RefCell<u8> }\nimpl S {\n    fn "
      "f(&self) { self.a.borrow(); self.b.borrow(); }\n}\n");
  const auto fixes = changed(source, TypeChange::RefCellToMutex);
  REQUIRE(fixes.size() == 2);
  CHECK(source.after(fixes[0].edits) ==
        "use std::cell::RefCell;\nuse std::sync::Mutex;\nstruct S { a: Mutex<u8>, b: RefCell<u8> "
        "}\nimpl S {\n    fn f(&self) { self.a.lock().unwrap(); self.b.borrow(); }\n}\n");
  CHECK(source.after(fixes[1].edits) ==
        "use std::sync::Mutex;\nstruct S { a: Mutex<u8>, b: Mutex<u8> }\nimpl S {\n    fn f(&self) "
        "{ self.a.lock().unwrap(); self.b.lock().unwrap(); }\n}\n");
  // One candidate where both are the same.
  CHECK(changed(MarkedTree("struct S { «a»: std::cell::RefCell<u8> }"), TypeChange::RefCellToMutex)
            .size() == 1);
}

TEST_CASE("a constructor of another type is not one of the same name here") {
  const MarkedTree source(
      "fn f(request: u8) { let «kept» = std::rc::Rc::new(request); }\n"
      "struct Other { hashes: Pair }\nstruct Pair(std::rc::Rc<u8>);\n"
      "impl Other { fn new(n: u8) -> Self { let held = std::rc::Rc::new(n); Other::of(held) }\n"
      "fn of(held: std::rc::Rc<u8>) -> Self { Other { hashes: Pair(held) } } }\n");
  const auto fixes = changed(source, TypeChange::RcToArc);
  REQUIRE(fixes.size() == 2);
  CHECK(fixes.front().edits.size() == 1);
  CHECK(fixes.back().edits.size() == 4);
}

TEST_CASE("tests of something else are no part of it") {
  const MarkedTree source(
      "fn f() { let «a» = std::rc::Rc::new(1); }\n"
      "#[cfg(test)]\nmod tests { struct S(std::rc::Rc<u8>); }\n");
  const auto fixes = changed(source, TypeChange::RcToArc);
  REQUIRE(fixes.size() == 2);
  CHECK(fixes.front().keeps_meaning);
  CHECK_FALSE(fixes.back().keeps_meaning);
}

TEST_CASE("a cell becomes an atomic") {
  const auto check = [](std::string_view before, std::string_view after) {
    CAPTURE(before);
    const MarkedTree source("use std::cell::Cell;\nfn f(«c»: &Cell<u32>) {\n" +
                            std::string(before) + "\n}\n");
    const std::string expected = "fn f(c: &AtomicU32) {\n" + std::string(after) + "\n}\n";
    const std::string imports = after.find("Ordering") == std::string_view::npos
                                    ? "use std::sync::atomic::AtomicU32;\n"
                                    : "use std::sync::atomic::AtomicU32;\nuse "
                                      "std::sync::atomic::Ordering;\n";
    CHECK(whole(source, TypeChange::CellToAtomic) == imports + expected);
  };
  check("let d = Cell::new(0);", "let d = AtomicU32::new(0);");
  check("let d = Cell::<u32>::new(0);", "let d = AtomicU32::new(0);");
  check("c.get() + 1", "c.load(Ordering::Relaxed) + 1");
  check("c.set(1);", "c.store(1, Ordering::Relaxed);");
  check("c.replace(1);", "c.swap(1, Ordering::Relaxed);");
  check("c.take();", "c.swap(0, Ordering::Relaxed);");
  // A read and a write of it are one step.
  check("c.set(c.get() + 1);", "c.fetch_add(1, Ordering::Relaxed);");
  check("match 1 { _ => c.set(c.get() + 1) }",
        "match 1 { _ => { c.fetch_add(1, Ordering::Relaxed); } }");
  check("c.set(c.get() - step);", "c.fetch_sub(step, Ordering::Relaxed);");
  check("let n = c.get();\nc.set(n + 1);\ng(n)",
        "let n = c.fetch_add(1, Ordering::Relaxed);\ng(n)");
  check("let n = c.get(); // the old one\n// Next.\nc.set(n + 1);",
        "let n = c.fetch_add(1, Ordering::Relaxed); // the old one\n// Next.");
  // Not the same cell, not a step of its own.
  check("c.set(d.len() + 1);", "c.store(d.len() + 1, Ordering::Relaxed);");
  check("c.set(c.get() * 2);", "c.store(c.load(Ordering::Relaxed) * 2, Ordering::Relaxed);");
  check("c.set(c.get() + g());", "c.store(c.load(Ordering::Relaxed) + g(), Ordering::Relaxed);");
  check("let n = c.get();\ng();\nc.set(n + 1);",
        "let n = c.load(Ordering::Relaxed);\ng();\nc.store(n + 1, Ordering::Relaxed);");
  check("println!(\"{}\", c.get());", "println!(\"{}\", c.load(Ordering::Relaxed));");
  check("map.get(1); map.get();", "map.get(1); map.load(Ordering::Relaxed);");
}

TEST_CASE("atomics there are") {
  const auto type = [](std::string_view inner) {
    const MarkedTree source("struct S { «c»: std::cell::Cell<" + std::string(inner) + "> }");
    return whole(source, TypeChange::CellToAtomic);
  };
  CHECK(type("bool") == "struct S { c: std::sync::atomic::AtomicBool }");
  CHECK(type("usize") == "struct S { c: std::sync::atomic::AtomicUsize }");
  CHECK(type("i64") == "struct S { c: std::sync::atomic::AtomicI64 }");
  CHECK(type("f64").empty());
  CHECK(type("Option<u8>").empty());
  CHECK(type("").empty());
  // Two in one crate are no matter where only one is connected.
  const MarkedTree source(
      "struct S { «c»: std::cell::Cell<u8>, d: std::cell::Cell<bool> }\nfn f(s: &S) { s.c.take(); "
      "}\n");
  const auto fixes = changed(source, TypeChange::CellToAtomic);
  REQUIRE(fixes.size() == 1);
  CHECK(source.after(fixes[0].edits) ==
        "struct S { c: std::sync::atomic::AtomicU8, d: std::cell::Cell<bool> }\nfn f(s: &S) { "
        "s.c.swap(0, std::sync::atomic::Ordering::Relaxed); }\n");
}

TEST_CASE("a read and a later write do not mean the same any more") {
  const auto keeps = [](std::string_view body, TypeChange change) {
    const MarkedTree source("fn f(«c»: &std::cell::Cell<u8>, r: &std::cell::RefCell<u8>) { " +
                            std::string(body) + " }");
    const auto fixes = changed(source, change);
    REQUIRE_FALSE(fixes.empty());
    return fixes.back().keeps_meaning;
  };
  CHECK(keeps("c.set(c.get() + 1);", TypeChange::CellToAtomic));
  CHECK(keeps("c.set(1);", TypeChange::CellToAtomic));
  CHECK_FALSE(keeps("c.set(c.get() * 2);", TypeChange::CellToAtomic));
  CHECK_FALSE(keeps("let n = c.get(); g(); c.set(n + 1);", TypeChange::CellToAtomic));
  CHECK(keeps("r.borrow_mut().push(1);", TypeChange::RefCellToMutex));
  CHECK(keeps("let g = r.borrow();", TypeChange::RefCellToMutex));
  CHECK_FALSE(keeps("let g = r.borrow(); r.borrow_mut().push(1);", TypeChange::RefCellToMutex));
  CHECK_FALSE(keeps("for x in r.borrow().iter() { r.borrow(); }", TypeChange::RefCellToMutex));
  CHECK_FALSE(keeps("say!(r.borrow(), r.borrow());", TypeChange::RefCellToMutex));
  CHECK_FALSE(keeps("f(r.borrow().len(), r.borrow().len());", TypeChange::RefCellToMutex));
  CHECK_FALSE(
      keeps("if r.borrow().is_empty() { r.borrow_mut().push(1); }", TypeChange::RefCellToMutex));
}

TEST_CASE("files of one crate change together, each with its own imports") {
  base::SourceFiles files;
  const auto one =
      files.add("/p/a.rs", "a.rs", "use std::rc::Rc;\npub struct S { pub a: Rc<u8> }\n");
  const auto two = files.add("/p/b.rs", "b.rs", "fn f(s: S) { g(std::rc::Rc::clone(&s.a)) }\n");
  const syntax::Tree first(files, one);
  const syntax::Tree second(files, two);
  syntax::Node place;
  syntax::walk(first.root(), [&](syntax::Node node) {
    if (node.is("field_identifier")) place = node;
    return syntax::Walk::Into;
  });
  const auto fixes = change_type({&first, &second}, {}, place, TypeChange::RcToArc);
  REQUIRE_FALSE(fixes.empty());
  CHECK(base::apply_edits(files, one, fixes.back().edits) ==
        "use std::sync::Arc;\npub struct S { pub a: Arc<u8> }\n");
  CHECK(base::apply_edits(files, two, fixes.back().edits) ==
        "fn f(s: S) { g(std::sync::Arc::clone(&s.a)) }\n");
  CHECK(change_type({}, {}, place, TypeChange::RcToArc).empty());
  CHECK(change_type({&first}, {}, {}, TypeChange::RcToArc).empty());
}

TEST_CASE("the one that first owns the value is found") {
  const auto owner = [](std::string_view text) {
    const MarkedTree source(text);
    return std::string(
        owner_of({&source.tree}, source.tree.node_at(source.held.value), TypeChange::RcToArc)
            .text());
  };
  CHECK(owner("struct S { a: Rc<u8> }\nfn f(s: S) { let «b» = s.a.clone(); }") == "Rc<u8>");
  CHECK(owner("fn f() { let a = Rc::new(1); let «b» = Rc::clone(&a); }") == "a");
  CHECK(owner("fn f() { let «b» = make(); }") == "b");
}

TEST_CASE("imports are read through lists") {
  const MarkedTree source(
      "use a::b;\nuse std::{self, rc::{Rc, Weak as W}, cell::*};\npub use c as d;\nmod m { use "
      "e::f; "
      "}\n");
  std::string found;
  for (const Import& import : imports_of(source.tree.root()))
    found += import.path + "=" + std::string(import.name.text()) + ";";
  CHECK(found == "a::b=b;std::rc::Rc=Rc;std::rc::Weak=W;c=d;");
  CHECK(imports_of({}).empty());
}

}  // namespace
}  // namespace jaa::rewrite
