#include "rewrite/boxed_method.h"

#include "rewrite/marked_edits_test.h"
#include "syntax/items.h"

namespace jaa::rewrite {
namespace {

// The text after all functions named `f` are boxed.
std::string boxed(std::string_view before, const BoxedForm& form = {}) {
  const MarkedTree source(before);
  const syntax::Items items({&source.tree});
  std::vector<BoxedMethod> methods;
  for (const syntax::Node& one : items.functions("f")) methods.push_back({&source.tree, one});
  ImportEdits imports;
  std::vector<base::Edit> edits = box_method(methods, form, imports);
  const std::vector<base::Edit> more = imports.take();
  if (!edits.empty()) edits.insert(edits.end(), more.begin(), more.end());
  return source.after(edits);
}

const std::string Uses = "use std::future::Future;\nuse std::pin::Pin;\n\n";

TEST_CASE("one elided lifetime is repeated, several get a name") {
  const auto head = [](const std::string& parameters) {
    return boxed("trait A {\n    async fn f(" + parameters + ") -> u8;\n}\n");
  };
  const auto to = [](const std::string& signature, const std::string& lifetime) {
    return Uses + "trait A {\n    fn " + signature + " -> Pin<Box<dyn Future<Output = u8>" +
           lifetime + ">>;\n}\n";
  };
  CHECK(head("&self") == to("f(&self)", " + '_"));
  CHECK(head("&self, n: u8") == to("f(&self, n: u8)", " + '_"));
  CHECK(head("self: Box<Self>") == to("f(self: Box<Self>)", ""));
  CHECK(head("&self, s: &'static str") == to("f(&self, s: &'static str)", " + '_"));
  CHECK(head("&self, k: &dyn Fn(&str)") == to("f<'a>(&'a self, k: &'a dyn Fn(&str))", " + 'a"));
  CHECK(head("&mut self, s: &str") == to("f<'a>(&'a mut self, s: &'a str)", " + 'a"));
}

TEST_CASE("what cannot be taken for shorter keeps its lifetime") {
  CHECK(boxed("trait A {\n    async fn f(&self, s: &mut Vec<&str>);\n}\n") ==
        Uses +
            "trait A {\n    fn f<'a, 'b, 'c, 'fut>(\n        &'a self,\n        s: &'b mut Vec<&'c "
            "str>,\n    ) -> Pin<Box<dyn Future<Output = ()> + 'fut>>\n    where\n        'a: "
            "'fut,\n        'b: 'fut,\n        'c: 'fut;\n}\n");
  // A type that may borrow; the implementation has to declare as many lifetimes.
  CHECK(boxed("trait A<T> {\n    async fn f(&self, t: T);\n}\nimpl A<u8> for S {\n    async fn "
              "f(&self, t: u8) {\n        g(t).await\n    }\n}\n") ==
        Uses +
            "trait A<T> {\n    fn f<'a>(&'a self, t: T) -> Pin<Box<dyn Future<Output = ()> + "
            "'a>>\n    where\n        Self: 'a,\n        T: 'a;\n}\nimpl A<u8> for S {\n    fn "
            "f<'a>(&'a self, t: u8) -> Pin<Box<dyn Future<Output = ()> + 'a>>\n    where\n        "
            "Self: 'a,\n    {\n        Box::pin(async move { g(t).await })\n    }\n}\n");
}

TEST_CASE("what is done before an `impl Future` stays at the call") {
  CHECK(
      boxed("use std::pin::Pin;\nimpl A for S {\n    fn f(&self) -> impl Future<Output = u8> + "
            "Send {\n        let n = self.n;\n        if n == 0 {\n            return ready(0);\n "
            "       }\n        ready(n)\n    }\n}\n") ==
      "use std::pin::Pin;\nimpl A for S {\n    fn f(&self) -> Pin<Box<dyn Future<Output = u8> + "
      "Send + '_>> {\n        let n = self.n;\n        if n == 0 {\n            return "
      "Box::pin(ready(0));\n        }\n        Box::pin(ready(n))\n    }\n}\n");
  // No future, or a macro's.
  CHECK(boxed("trait A {\n    fn f(&self) -> u8;\n}\n").empty());
  CHECK(boxed("m! { async fn f(&self) {} }").empty());
}

TEST_CASE("what is returned first says of what type the rest is") {
  BoxedForm form;
  form.edition = "2024";
  form.is_typed = true;
  const std::string text = boxed(
      "impl A for S {\n    async fn f(&self) -> Option<Box<dyn B>> {\n        if self.no {\n"
      "            return None;\n        }\n        Some(Box::new(C))\n    }\n}\n",
      form);
  CHECK(text.find("return None::<Box<dyn B>>;") != std::string::npos);
  CHECK(text.find("Some(Box::new(C))\n") != std::string::npos);
}

TEST_CASE("arguments with something to do are kept as long as before") {
  const auto body = [](const std::string& parameters, const std::string& text) {
    const std::string all = boxed("impl A for S {\n    async fn f(" + parameters + ") {\n        " +
                                  text + ";\n        h();\n    }\n}\n");
    const size_t begin = all.find("Box::pin(async move {");
    const size_t end = all.find(text);
    REQUIRE(begin < end);
    std::string between = all.substr(begin + 21, end - begin - 21);
    std::erase(between, '\n');
    while (between.find("  ") != std::string::npos) between.erase(between.find("  "), 1);
    return between;
  };
  CHECK(body("p: Permit", "g(p)") == " ");
  CHECK(body("p: Permit", "g()") == " let _p = p; ");
  CHECK(body("p: Permit", "g(p.0)") == " let p = p; ");
  CHECK(body("_: Permit", "g()") == " let _argument = _argument; ");
  CHECK(body("p: Permit, mut q: Permit", "g(q, p)") == " let p = p; let mut q = q; ");
  CHECK(body("p: String, q: Vec<u8>, n: u8", "g()") == " ");
}

}  // namespace
}  // namespace jaa::rewrite
