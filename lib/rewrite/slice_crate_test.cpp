#include "rewrite/slice_crate.h"

#include <doctest/doctest.h>

#include <algorithm>

namespace jaa::rewrite {
namespace {

// The lines of the files in which something is left; blanks in a row as one.
std::string sliced(const std::vector<std::string_view>& files) {
  const std::vector<std::string> wanted = {"wanted"};
  const auto texts = slice_crate(files, wanted);
  if (texts.empty()) {
    return "none";
  }
  std::string result;
  for (size_t file = 0; file < files.size(); ++file) {
    const std::string text = texts[file].value_or("whole\n");
    size_t lines = 0;
    for (size_t at = 0; at < text.size();) {
      const size_t end = std::min(text.find('\n', at), text.size());
      std::string line = text.substr(at, end - at);
      line.erase(std::unique(line.begin(), line.end(),
                             [](char a, char b) { return a == ' ' && b == ' '; }),
                 line.end());
      line.resize(line.find_last_not_of(' ') + 1);
      result += line.empty() ? "" : line + "\n";
      ++lines;
      at = end + 1;
    }
    if (texts[file]) {
      CHECK(lines == static_cast<size_t>(std::count(files[file].begin(), files[file].end(), '\n')));
    }
  }
  return result;
}

TEST_CASE("what the function names is kept, what that names, and nothing else") {
  CHECK(sliced({"fn wanted(a: &A) { a.get(); used(); }\n"
                "fn used() -> B { loop { something(); } }\n"
                "fn something() {}\n"
                "struct A { c: C }\n"
                "struct B;\n"
                "struct C;\n"
                "struct D { a: A }\n"
                "impl A {\n"
                "    fn get(&self) -> u8 { self.c.value(); 1 }\n"
                "    fn set(&self, d: D) {}\n"
                "}\n"}) ==
        "fn wanted(a: &A) { a.get(); used(); }\n"
        "fn used() -> B {loop{} }\n"
        "struct A { c: C }\n"
        "struct B;\n"
        "struct C;\n"
        "impl A {\n"
        " fn get(&self) -> u8 {loop{} }\n"
        "}\n");
}

TEST_CASE("impls stay where their trait and their type are") {
  CHECK(sliced({"fn wanted(a: A) { a.go(); }\n"
                "struct A;\n"
                "struct B;\n"
                "trait Go { fn go(&self) { default_of(self); } }\n"
                "trait Stop { fn stop(&self); }\n"
                "impl Go for A { fn go(&self) {} }\n"
                "impl Go for B { fn go(&self) {} }\n"
                "impl Stop for A { fn stop(&self) {} }\n"
                "impl Drop for A { fn drop(&mut self) { self.close(); } }\n"
                "impl<T: Stop> Go for Vec<T> { fn go(&self) {} }\n"
                "impl From<B> for A { fn from(b: B) -> A { A } }\n"}) ==
        "fn wanted(a: A) { a.go(); }\n"
        "struct A;\n"
        "struct B;\n"
        "trait Go { fn go(&self) {loop{} } }\n"
        "trait Stop { fn stop(&self); }\n"
        "impl Go for A { fn go(&self) {} }\n"
        "impl Go for B { fn go(&self) {} }\n"
        "impl Stop for A { fn stop(&self) {} }\n"
        "impl Drop for A { fn drop(&mut self) {loop{} } }\n"
        "impl<T: Stop> Go for Vec<T> { fn go(&self) {} }\n"
        "impl From<B> for A { fn from(b: B) -> A { A } }\n");
  // Of a type of other crates, what it is given decides.
  CHECK(sliced({"fn wanted(a: A) { a.go(); }\n"
                "struct A;\n"
                "struct B;\n"
                "impl From<A> for Vec<u8> {}\n"
                "impl From<B> for Vec<u8> {}\n"
                "impl Go for B {}\n"
                "impl<T> Fetch<T> for B where A: X {}\n"
                "trait Fetch<T> {}\n"}) ==
        "fn wanted(a: A) { a.go(); }\n"
        "struct A;\n"
        "impl From<A> for Vec<u8> {}\n");
}

TEST_CASE("bodies that others need stay, and so does what they name") {
  CHECK(sliced({"fn wanted() { stream(); N; short(); }\n"
                "fn stream() -> impl Iterator { inner_of_stream() }\n"
                "fn inner_of_stream() {}\n"
                "const N: usize = size();\n"
                "const fn size() -> usize { BASE }\n"
                "const BASE: usize = 3;\n"
                "fn short() -> u8 { X }\n"
                "const X: u8 = 1;\n"
                "fn around() { impl Trait for u8 {} }\n"
                "trait Trait {}\n"
                "fn main() { run_the_program(); }\n"}) ==
        "fn wanted() { stream(); N; short(); }\n"
        "fn stream() -> impl Iterator { inner_of_stream() }\n"
        "fn inner_of_stream() {}\n"
        "const N: usize = size();\n"
        "const fn size() -> usize { BASE }\n"
        "const BASE: usize = 3;\n"
        "fn short() -> u8 { X }\n"
        "const X: u8 = 1;\n"
        "fn around() { impl Trait for u8 {} }\n"
        "trait Trait {}\n"
        "fn main() {loop{} }\n");
}

TEST_CASE("imports keep what is there, and what the crate does not have") {
  CHECK(sliced({"use crate::a::{A, B, c::{D, E}};\n"
                "use crate::a::{B};\n"
                "use crate::a::B as Other;\n"
                "use crate::a::B as F;\n"
                "use crate::a::Ext as _;\n"
                "use std::collections::HashMap;\n"
                "use Kind::{One, Two};\n"
                "fn wanted(a: A) { a.extend_it(); F; Two; }\n"
                "enum Kind { One, Two }\n",
                "pub struct A;\n"
                "pub struct B;\n"
                "pub trait Ext { fn extend_it(&self); }\n"
                "pub trait Unused { fn unused(&self); }\n"
                "pub mod c {\n"
                "    use super::Unused;\n"
                "    pub struct D;\n"
                "    pub struct E;\n"
                "}\n"}) ==
        "use crate::a::{A, B, };\n"
        "use crate::a::{B};\n"
        "use crate::a::B as F;\n"
        "use crate::a::Ext as _;\n"
        "use std::collections::HashMap;\n"
        "use Kind::{One, Two};\n"
        "fn wanted(a: A) { a.extend_it(); F; Two; }\n"
        "enum Kind { One, Two }\n"
        "pub struct A;\n"
        "pub struct B;\n"
        "pub trait Ext { fn extend_it(&self); }\n"
        "pub mod c {\n"
        "}\n");
}

TEST_CASE("a name means the file's own item, where nothing before it says otherwise") {
  const char* other =
      "pub struct A;\n"
      "impl A { fn go(&self) {} }\n"
      "pub fn used() {}\n";
  CHECK(sliced({"fn wanted(a: A) { a.go(); used(); }\n"
                "struct A;\n"
                "impl A { fn go(&self) {} }\n"
                "fn used() {}\n",
                other}) ==
        "fn wanted(a: A) { a.go(); used(); }\n"
        "struct A;\n"
        "impl A { fn go(&self) {} }\n"
        "fn used() {}\n");
  CHECK(sliced({"fn wanted(a: other::A) { a.go(); }\n"
                "struct A;\n",
                other}) ==
        "fn wanted(a: other::A) { a.go(); }\n"
        "struct A;\n"
        "pub struct A;\n"
        "impl A { fn go(&self) {} }\n");
  // An import beside an inner module's item, and what a macro may put anywhere.
  CHECK(sliced({"use other::A;\n"
                "fn wanted(a: A) { a.go(); }\n"
                "mod inner { struct A; }\n",
                other}) ==
        "use other::A;\n"
        "fn wanted(a: A) { a.go(); }\n"
        "mod inner { struct A; }\n"
        "pub struct A;\n"
        "impl A { fn go(&self) {} }\n");
  CHECK(sliced({"fn wanted() { call!(); }\n"
                "macro_rules! call { () => { used() } }\n"
                "fn used() {}\n",
                other}) ==
        "fn wanted() { call!(); }\n"
        "macro_rules! call { () => { used() } }\n"
        "fn used() {}\n"
        "pub fn used() {}\n");
}

TEST_CASE("macros and what they are given stay whole") {
  CHECK(sliced({"make! { struct A { b: B } }\n"
                "macro_rules! make { ($($t:tt)*) => { $($t)* } }\n"
                "macro_rules! other { () => {} }\n"
                "struct B;\n"
                "#[derive(Debug)] #[with(\"helper\")] struct Used;\n"
                "fn helper() {}\n"
                "fn wanted(u: Used) {}\n"}) ==
        "make! { struct A { b: B } }\n"
        "macro_rules! make { ($($t:tt)*) => { $($t)* } }\n"
        "struct B;\n"
        "#[derive(Debug)] #[with(\"helper\")] struct Used;\n"
        "fn helper() {}\n"
        "fn wanted(u: Used) {}\n");
}

TEST_CASE("a function within another, in a trait, in an impl") {
  CHECK(sliced({"fn outer() { async fn wanted() { used() } }\nfn used() {}\nfn not_used() {}\n"}) ==
        "fn outer() { async fn wanted() { used() } }\nfn used() {}\n");
  CHECK(sliced({"struct A;\nimpl A {\n    fn wanted(&self) { used() }\n    fn other() {}\n}\n"}) ==
        "struct A;\nimpl A {\n fn wanted(&self) { used() }\n}\n");
  CHECK(sliced({"trait A {\n    fn wanted(&self) { used() }\n    fn other();\n}\n"}) ==
        "trait A {\n fn wanted(&self) { used() }\n fn other();\n}\n");
}

TEST_CASE("what has no outline stays, and a function that is nowhere gives nothing") {
  CHECK(sliced({"fn other() {}\n"}) == "none");
  CHECK(sliced({"make! { fn wanted() {} }\n"}) == "none");
  CHECK(sliced({"fn wanted() { used() }\nfn used() {}\nfn a() {}\n", "1 + a\n"}) ==
        "fn wanted() { used() }\nfn used() {}\nfn a() {}\nwhole\n");
}

TEST_CASE("a letter of several bytes becomes one blank") {
  const auto texts = slice_crate({"fn é() {}fn wanted() {}"}, {"wanted"});
  REQUIRE(texts.size() == 1);
  CHECK(*texts.front() == std::string(9, ' ') + "fn wanted() {}");
}

}  // namespace
}  // namespace jaa::rewrite
