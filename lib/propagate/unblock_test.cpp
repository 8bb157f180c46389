#include "propagate/unblock.h"

#include <doctest/doctest.h>

namespace jaa::propagate {
namespace {

// The first function, when it has become async.
std::string unblocked(const std::string& body, const std::string& others = {}) {
  base::SourceFiles files;
  const base::FileId file =
      files.add("/p/a.rs", "a.rs",
                "fn f() { " + body + " }\nfn run<F: Future>(mut future: F) -> F::Output { " +
                    "let mut future = unsafe { Pin::new_unchecked(&mut future) }; loop { match " +
                    "future.as_mut().poll(&mut Context::from_waker(Waker::noop())) { "
                    "Poll::Ready(output) => " +
                    "return output, Poll::Pending => std::thread::yield_now() } } }\n" + others);
  const syntax::TreeCache trees(files);
  flow::FactsInput input;
  input.files = &files;
  input.trees = &trees;
  input.crates = {{"/p/a.rs", {file}}};
  const flow::Facts facts(input);
  const syntax::Node function = trees.tree(file).root().named_children().front();
  const std::string text =
      base::apply_edits(files, file, await_where_it_blocks(facts, function)).value_or("overlap");
  return text.substr(9, text.find(" }\nfn run") - 9);
}

TEST_CASE("what a function waits for is awaited") {
  CHECK(unblocked("let a = block_on(load(1));") == "let a = load(1).await;");
  CHECK(unblocked("run(load());") == "load().await;");
  CHECK(unblocked("run(async { 1; })") == "async { 1; }.await");
  CHECK(unblocked("run(async { a()? })") == "async { a()? }.await");
  CHECK(unblocked("g(run(async move { a().await + 1 }));") == "g(a().await + 1);");
  CHECK(unblocked("run(async { a().await + 1 }) * 2;") == "async { a().await + 1 }.await * 2;");
  CHECK(unblocked("run(async { a().await.len() }) * 2;") == "a().await.len() * 2;");
  CHECK(unblocked("smol::block_on(&mut task);") == "(&mut task).await;");
  CHECK(unblocked("Runtime::new().unwrap().block_on(load());") == "load().await;");
  CHECK(unblocked("block_on(/* one */ load() /* two */,);") == "/* one */ load() /* two */.await;");
  CHECK(unblocked("println!(\"{} {}\", block_on(load()), 1);") ==
        "println!(\"{} {}\", load().await, 1);");
}

TEST_CASE("waits of others stay") {
  for (const char* body :
       {"spawn(|| block_on(load()));", "let b = async { block_on(load()) };",
        "runtime.block_on(load());", "self.runtime.block_on(load());", "block_on(a, b);",
        "let c = block_on;", "walk(load());", "vec.iter().map(run);"}) {
    CHECK(unblocked(body) == body);
  }
}

TEST_CASE("a function of the program that does more than run its future is still called") {
  const std::string head = "fn more<F: Future<Output = u8>>(future: F) -> F::Output ";
  CHECK(unblocked("more(load());", head + "{ block_on(future) }\n") == "load().await;");
  for (const char* body :
       {"{ block_on(future) * 2 }", "{ count(); block_on(future) }", "{ N.add(1); future.poll() }",
        "{ println!(); future.poll() }", "{ n += 1; future.poll() }", "{ loop {} }",
        "{ let output = run(future); next(); output }"}) {
    CHECK(unblocked("more(load());", head + body) == "more(load());");
  }
  // By that name as well.
  CHECK(unblocked("rt::block_on(load());",
                  "mod rt { pub fn block_on<F: Future>(f: F) -> F::Output "
                  "{ N.add(1); f.poll() } }\n") == "rt::block_on(load());");
}

}  // namespace
}  // namespace jaa::propagate
