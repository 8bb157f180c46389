#include "flow/auto_traits.h"

#include <doctest/doctest.h>

#include <string>

#include "mir/reader.h"

namespace jaa::flow {
namespace {

// A program of one crate `k`, put together from texts.
class Program {
 public:
  Program() { table_.crate = "k"; }

  rustc::RustdocTable& table() { return table_; }

  // An async function with these generics (`<T>`), arguments (`_1: u8`), and a local `_3`
  // that is borrowed and so lives across its await. `before` are statements and the end of
  // a block that goes on at `bb1`.
  void async_fn(const std::string& name, const std::string& generics, const std::string& arguments,
                const std::string& saved, const std::string& before = "goto -> bb1;") {
    rustc::RustdocFunction& function = table_.functions.emplace_back();
    function.name = name;
    function.path = "k::" + name;
    function.is_async = true;
    function.output = "()";
    if (generics.size() > 2) {
      function.generics.params.push_back(generics.substr(1, generics.size() - 2));
    }
    body(name, "fn " + name + "(" + arguments +
                   ") -> impl std::future::Future<Output = ()> {\n"
                   "    let mut _0: impl std::future::Future<Output = ()>;\n\n    bb0: {\n"
                   "        _0 = {coroutine@a.rs:1:1: 1:9 (#0)};\n        return;\n    }\n}\n");
    body(name + "::{closure#0}",
         "fn " + name + "::{closure#0}(_1: {async fn body of " + name + generics +
             "()}, _2: std::future::ResumeTy) -> ()\nyields ()\n {\n"
             "    let mut _0: ();\n    let _3: " +
             saved + ";\n    let _4: &" + saved +
             ";\n"
             "    let mut _5: impl std::future::Future<Output = ()>;\n\n"
             "    bb0: {\n        StorageLive(_3);\n        " +
             before +
             "\n    }\n\n"
             "    bb1: {\n        _4 = &_3;\n"
             "        _2 = yield(const ()) -> [resume: bb2, drop: bb3];\n    }\n\n"
             "    bb2: {\n        StorageDead(_3);\n        return;\n    }\n\n"
             "    bb3: {\n        coroutine_drop;\n    }\n}\n");
  }

  void body(const std::string& name, const std::string& text) {
    std::string path = name;
    for (size_t at = path.find("::"); at != std::string::npos; at = path.find("::")) {
      path.replace(at, 2, "-");
    }
    reader_.read({"// MIR for `" + name + "` after built\n\n" + text,
                  "k." + path + ".1-1-000.built.after.mir", 1});
  }

  // Of the coroutine that was added last.
  Verdict is_send() {
    module_ = reader_.finish();
    REQUIRE(module_.opaque_lines == 0);
    auto_traits_.add(table_);
    auto_traits_.add(module_, "k");
    REQUIRE_FALSE(auto_traits_.coroutines().empty());
    return auto_traits_.is_send(auto_traits_.coroutines().back());
  }

 private:
  rustc::RustdocTable table_;
  mir::Reader reader_;
  mir::Module module_;
  AutoTraits auto_traits_;
};

rustc::RustdocType struct_of(const std::string& path, const std::string& field) {
  rustc::RustdocType type;
  type.path = path;
  type.fields.push_back({"f", field});
  return type;
}

TEST_CASE("what is saved across an await counts") {
  Program good;
  good.async_fn("f", "", "", "std::cell::Cell<u8>");
  CHECK(good.is_send().answer == Answer::Yes);
  Program bad;
  bad.async_fn("f", "", "", "std::rc::Rc<u8>");
  const Verdict verdict = bad.is_send();
  CHECK(verdict.answer == Answer::No);
  REQUIRE(verdict.why.size() >= 2);
  CHECK(verdict.why.back() == "`std::rc::Rc<u8>` is not `Send`");
}

TEST_CASE("an argument counts even if it is not used") {
  Program program;
  program.async_fn("f", "", "_1: std::rc::Rc<u8>", "u8");
  const Verdict verdict = program.is_send();
  CHECK(verdict.answer == Answer::No);
  REQUIRE_FALSE(verdict.why.empty());
  CHECK(verdict.why.front().starts_with("captures"));
}

TEST_CASE("a parameter is what its bounds say, and their supertraits") {
  for (const auto& [bound, answer] :
       {std::pair("core::clone::Clone", Answer::No), std::pair("core::marker::Send", Answer::Yes),
        std::pair("k::Sub", Answer::Yes), std::pair("elsewhere::Tr", Answer::Unknown)}) {
    Program program;
    program.async_fn("f", "<T>", "_1: T", "u8");
    program.table().functions.back().generics.predicates.push_back({"T", {bound}});
    rustc::RustdocTrait sub;
    sub.path = "k::Sub";
    sub.generics.predicates.push_back({"Self", {"core::marker::Send"}});
    program.table().traits.push_back(sub);
    CAPTURE(bound);
    CHECK(program.is_send().answer == answer);
  }
}

TEST_CASE("a projection is what an impl assigns, or what its trait demands") {
  rustc::RustdocTrait trait;
  trait.path = "k::Tr";
  trait.types.push_back({"Out", {"core::marker::Send"}, ""});
  rustc::RustdocImpl impl;
  impl.trait = "k::Tr";
  impl.self_type = "k::S<T>";
  impl.generics.params = {"T"};
  impl.assignments.push_back({"Out", "alloc::vec::Vec<T>"});
  for (const auto& [saved, answer] :
       {std::pair("<T as Tr>::Out", Answer::Yes), std::pair("<S<u8> as Tr>::Out", Answer::Yes),
        std::pair("<S<*const u8> as Tr>::Out", Answer::No)}) {
    Program program;
    program.async_fn("f", "<T>", "", saved);
    program.table().functions.back().generics.predicates.push_back({"T", {"k::Tr"}});
    trait.types.back().bounds = {"core::marker::Send", "core::marker::Sync"};
    program.table().traits.push_back(trait);
    program.table().impls.push_back(impl);
    program.table().types.push_back(struct_of("k::S", "T"));
    CAPTURE(saved);
    CHECK(program.is_send().answer == answer);
  }
}

TEST_CASE("a type is what its fields are, unless an impl says otherwise") {
  for (const auto& [field, is_unsafe, answer] :
       {std::tuple("u8", false, Answer::Yes), std::tuple("*const u8", false, Answer::No),
        std::tuple("*const u8", true, Answer::Yes),
        std::tuple("elsewhere::S", false, Answer::Unknown)}) {
    Program program;
    program.async_fn("f", "", "", "m::S");
    program.table().modules.push_back("k::m");
    program.table().types.push_back(struct_of("k::inner::S", field));
    program.table().reexports.push_back({"k::m", "S", "k::inner::S"});
    for (const char* trait : {"core::marker::Send", "core::marker::Sync"}) {
      if (is_unsafe) {
        rustc::RustdocImpl impl;
        impl.trait = trait;
        impl.self_type = "k::inner::S";
        program.table().impls.push_back(impl);
      }
    }
    CAPTURE(field);
    CHECK(program.is_send().answer == answer);
  }
}

TEST_CASE("an awaited future is that of the function that was called, with its arguments") {
  for (const auto& [argument, answer] :
       {std::pair("u8", Answer::Yes), std::pair("std::rc::Rc<u8>", Answer::No)}) {
    Program program;
    program.async_fn("inner", "<T>", "_1: T", "u8");
    program.async_fn("f", "", "", "impl std::future::Future<Output = ()>",
                     std::string("_3 = inner::<") + argument +
                         ">(const 1_u8) -> [return: bb1, unwind continue];");
    CAPTURE(argument);
    CHECK(program.is_send().answer == answer);
  }
}

TEST_CASE("a future that holds itself is Send if nothing speaks against it") {
  Program program;
  program.async_fn("f", "", "", "std::boxed::Box<impl std::future::Future<Output = ()>>",
                   "_5 = f() -> [return: bb1, unwind continue];");
  CHECK(program.is_send().answer == Answer::Yes);
}

TEST_CASE("what is not known is no verdict") {
  Program program;
  program.async_fn("f", "", "", "elsewhere::Thing");
  CHECK(program.is_send().answer == Answer::Unknown);
  Program empty;
  empty.body("f::{closure#0}",
             "fn f::{closure#0}(_1: {async fn body of f()}, _2: std::future::ResumeTy) -> ()\n"
             "yields ()\n {\n    let mut _0: ();\n\n    bb0: {\n        unreachable;\n    }\n}\n");
  CHECK(empty.is_send().answer == Answer::Unknown);
}

TEST_CASE("types of the standard library, under the names of either source") {
  AutoTraits auto_traits;
  const auto is_send = [&](const char* type) {
    return auto_traits.has(AutoTrait::Send, type).answer;
  };
  CHECK(is_send("std::sync::poison::mutex::MutexGuard<'_, u8>") == Answer::No);
  CHECK(is_send("std::sync::Arc<std::sync::Mutex<u8>>") == Answer::Yes);
  CHECK(is_send("std::sync::Arc<std::cell::RefCell<u8>>") == Answer::No);
  CHECK(is_send("&std::cell::Cell<u8>") == Answer::No);
  CHECK(is_send("std::array::IntoIter<u8, 2>") == Answer::Yes);
  CHECK(is_send("dyn std::any::Any + std::marker::Send") == Answer::Yes);
  CHECK(is_send("<std::pin::Pin<std::boxed::Box<dyn std::future::Future<Output = u8>>> as "
                "std::future::Future>::Output") == Answer::Yes);
  CHECK(auto_traits.has(AutoTrait::Sync, "std::cell::Cell<u8>").answer == Answer::No);
  std::string deep;
  for (int depth = 0; depth < 5000; ++depth) {
    deep += "(";
  }
  CHECK(is_send(deep.c_str()) == Answer::Unknown);
}

}  // namespace
}  // namespace jaa::flow
