#include "flow/inner_functions.h"

#include <doctest/doctest.h>

#include "base/source_files.h"

namespace jaa::flow {
namespace {

// `name | path: T A+B` of each, where the source has these outer functions by line.
std::string found(const std::string& source,
                  const std::vector<std::pair<std::string, uint32_t>>& outer) {
  base::SourceFiles files;
  const syntax::Tree tree(files, files.add("/p/a.rs", "a.rs", source));
  rustc::RustdocTable table;
  table.crate = "app";
  for (const auto& [name, line] : outer) {
    rustc::RustdocFunction& function = table.functions.emplace_back();
    function.name = name;
    function.path = "app::" + name;
    function.span = {"/p/a.rs", line, 1, line + 20, 1};
    function.has_body = true;
  }
  std::string text;
  for (const rustc::RustdocFunction& inner : inner_functions(tree, "/p/a.rs", table)) {
    text += inner.name + " | " + inner.path + ":";
    for (const std::string& param : inner.generics.params) {
      text += " " + param;
    }
    for (const rustc::RustdocPredicate& predicate : inner.generics.predicates) {
      text += " [" + predicate.subject;
      for (const std::string& bound : predicate.bounds) {
        text += " " + bound;
      }
      text += "]";
    }
    text += "\n";
  }
  return text;
}

TEST_CASE("a function in another one's body has its own parameters and their bounds") {
  CHECK(found("use crate::io::{Read, Write as W};\n"
              "fn outer<X>() {\n"
              "    fn inner<'a, A: Read + Unpin + 'a, B, C: ?Sized>() where B: W + dep::Seek {}\n"
              "}\n",
              {{"outer", 2}}) ==
        "outer::inner | app::outer::inner: A B C [A app::io::Read std::marker::Unpin] "
        "[B app::io::Write dep::Seek]\n");
}

TEST_CASE("what stands in an async fn is in its first closure") {
  CHECK(found("async fn outer() {\n    async fn inner<T: Send>(t: T) { fn deep() {} }\n}\n",
              {{"outer", 1}}) ==
        "outer::{closure#0}::inner | app::outer::{closure#0}::inner: T [T std::marker::Send]\n"
        "outer::{closure#0}::inner::{closure#0}::deep | "
        "app::outer::{closure#0}::inner::{closure#0}::deep:\n");
}

TEST_CASE("what is not certain is left out") {
  // A trait that is not known, one with arguments, and a bound of something else.
  CHECK(found("fn outer() {\n    fn a<T: Local>() {}\n    fn b<T: Into<u8>>() {}\n"
              "    fn c<T>() where Vec<T>: Send {}\n    fn d<const N: usize>() {}\n}\n",
              {{"outer", 1}}) == "");
  // In a closure whose number is not known, in an impl, and of a function that is not listed.
  CHECK(found("fn outer() {\n    let f = || { fn a() {} };\n    impl S { fn b() {} }\n}\n"
              "fn other() {\n    fn c() {}\n}\n",
              {{"outer", 1}}) == "");
  CHECK(found("use super::Read;\nfn outer() {\n    fn a<T: Read>() {}\n}\n", {{"outer", 2}}) == "");
}

}  // namespace
}  // namespace jaa::flow
