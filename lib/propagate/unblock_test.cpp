#include "propagate/unblock.h"

#include <doctest/doctest.h>

namespace jaa::propagate {
namespace {

// The first function, when it has become async.
std::string unblocked(const std::string& body) {
  base::SourceFiles files;
  const base::FileId file =
      files.add("/p/a.rs", "a.rs",
                "fn f() { " + body + " }\n" +
                    "fn run<F: Future>(future: F) -> F::Output { loop { future.poll() } }\n"
                    "fn timed<F: Future>(future: F) -> F::Output { count(); run(future) }\n");
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
  CHECK(unblocked("run(async { 1 })") == "async { 1 }.await");
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
        "let c = block_on;", "walk(load());", "timed(load());", "vec.iter().map(run);"}) {
    CHECK(unblocked(body) == body);
  }
}

}  // namespace
}  // namespace jaa::propagate
