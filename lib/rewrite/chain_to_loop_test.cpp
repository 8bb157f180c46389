#include "rewrite/chain_to_loop.h"

#include <doctest/doctest.h>

#include "rewrite/in_place.h"
#include "rewrite/join_all.h"
#include "rewrite/marked_edits_test.h"
#include "rewrite/match_combinator.h"
#include "syntax/items.h"

namespace jaa::rewrite {
namespace {

// The texts after each candidate for the marked closure, with `body` in a function.
std::vector<std::string> loops(std::string_view body, bool returns_future = false) {
  const MarkedTree source(in_function(body));
  const syntax::Items items({&source.tree});
  ChainRequest request;
  request.tree = &source.tree;
  request.items = &items;
  request.first = source.marked_node();
  if (returns_future) request.futures = {request.first};
  std::vector<std::string> result;
  for (const auto& edits : chain_to_loop(request)) result.push_back(source.after(edits));
  return result;
}

void check(const std::vector<std::string>& found, std::string_view body) {
  REQUIRE(!found.empty());
  CHECK(found.front() == in_function(body));
}

TEST_CASE("what comes before the closure stays an iterator") {
  check(loops("let a: Vec<u32> = v.iter().skip(1).map(«|x| f(x).await»).collect();\n"),
        "let mut a: Vec<u32> = Vec::new();\n"
        "for x in v.iter().skip(1) {\n"
        "    a.push(f(x).await);\n"
        "}\n");
}

TEST_CASE("an iterator that has given enough is not asked again") {
  // A literal count: the item that fills the list ends the loop.
  check(loops("let a: Vec<_> = v.into_iter().filter(«|x| f(x).await»).take(2).collect();\n"),
        "let mut a: Vec<_> = Vec::new();\n"
        "for x in v {\n"
        "    if !f(&x).await {\n"
        "        continue;\n"
        "    }\n"
        "    a.push(x);\n"
        "    if a.len() == 2 {\n"
        "        break;\n"
        "    }\n"
        "}\n");
  // A variable may be zero, and a filter behind may drop the last one.
  check(loops("let a: Vec<_> = v.into_iter().map(«|x| f(x).await»).take(n).collect();\n"),
        "let mut items = v.into_iter();\n"
        "let mut taken = 0;\n"
        "let mut a: Vec<_> = Vec::new();\n"
        "while taken < n {\n"
        "    let Some(x) = items.next() else {\n"
        "        break;\n"
        "    };\n"
        "    let value = f(x).await;\n"
        "    taken += 1;\n"
        "    a.push(value);\n"
        "}\n");
}

TEST_CASE("a value in the middle of an expression comes before the statement") {
  check(loops("print(1, v.iter().map(«|x| f(x).await»).collect::<Vec<_>>().join(sep));\n"),
        "let mut collected = Vec::new();\n"
        "for x in v.iter() {\n"
        "    collected.push(f(x).await);\n"
        "}\n"
        "print(1, collected.join(sep));\n");
  // Not before what has an effect.
  check(loops("print(next(), v.iter().any(«|x| f(x).await»));\n"),
        "print(next(), {\n"
        "    let mut found = false;\n"
        "    for x in v.iter() {\n"
        "        if f(x).await {\n"
        "            found = true;\n"
        "            break;\n"
        "        }\n"
        "    }\n"
        "    found\n"
        "});\n");
}

TEST_CASE("a name that means something else further on is not taken") {
  check(loops("let a: Vec<u32> = v.iter().map(«|x| f(x).await»).map(|y| y + x).collect();\n"),
        "let mut a: Vec<u32> = Vec::new();\n"
        "for item in v.iter() {\n"
        "    let y = f(item).await;\n"
        "    a.push(y + x);\n"
        "}\n");
}

TEST_CASE("what a return or ? in the closure ends is the item, not the function") {
  check(loops("v.iter().for_each(«|x| { if x.is_old() { return; } f(x).await; }»);\n"),
        "for x in v.iter() {\n"
        "    if x.is_old() { continue; }\n"
        "    f(x).await;\n"
        "}\n");
  check(loops("let n = v.iter().filter_map(«|x| Some(f(x).await? + 1)»).count();\n"),
        "let mut n: usize = 0;\n"
        "for x in v.iter() {\n"
        "    let Some(value) = async { Some(f(x).await? + 1) }.await else {\n"
        "        continue;\n"
        "    };\n"
        "    n += 1;\n"
        "}\n");
}

TEST_CASE("a closure that may end the function says so where it does") {
  check(loops("v.iter().try_for_each(«|x| { if x.is_old() { return Ok(()); } f(x).await?; "
              "if x.is_bad() { return Err(bad()); } Ok(()) }»)?;\n"),
        "for x in v.iter() {\n"
        "    if x.is_old() { continue; }\n"
        "    f(x).await?;\n"
        "    if x.is_bad() { return Err(bad()); }\n"
        "}\n");
  check(loops("let r = v.iter().try_for_each(«|x| f(x).await»);\n"),
        "let mut failure = None;\n"
        "for x in v.iter() {\n"
        "    if let Err(error) = f(x).await {\n"
        "        failure = Some(error);\n"
        "        break;\n"
        "    }\n"
        "}\n"
        "let r = match failure {\n"
        "    Some(error) => Err(error),\n"
        "    None => Ok(()),\n"
        "};\n");
  // Another error type may be converted to first, and a `take` counts at the end of the body.
  for (const std::string_view body : {
           "v.iter().try_for_each(«|x| { f(x).await?; Ok::<(), Own>(()) }»)?;\n",
           "v.iter().try_for_each(«|x| { f(x).await?; g(x) }»)?;\n",
           "v.iter().map(«|x| f(x).await»).take(2).for_each(|x| { if x { return; } g(x); });\n",
       }) {
    CAPTURE(body);
    const std::vector<std::string> found = loops(body);
    REQUIRE(!found.empty());
    CHECK(found.front().find("async {") != std::string::npos);
  }
}

TEST_CASE("what is carried in parts, or as one of the items") {
  check(loops("let (n, m) = v.iter().fold((0, 1), «|(a, b), x| (a + f(x).await, b)»);\n"),
        "let mut folded = (0, 1);\n"
        "for x in v.iter() {\n"
        "    let (a, b) = folded;\n"
        "    folded = (a + f(x).await, b);\n"
        "}\n"
        "let (n, m) = folded;\n");
  check(loops("let m = v.iter().map(«|x| f(x).await»).reduce(|a, b| a.max(b));\n"),
        "let mut m = None;\n"
        "for x in v.iter() {\n"
        "    let b = f(x).await;\n"
        "    let Some(a) = m else {\n"
        "        m = Some(b);\n"
        "        continue;\n"
        "    };\n"
        "    m = Some(a.max(b));\n"
        "}\n");
}

TEST_CASE("futures that nobody awaits are awaited") {
  check(loops("let n: u32 = v.iter().map(«cost»).sum();\n", true),
        "let mut n: u32 = 0;\n"
        "for item in v.iter() {\n"
        "    n += cost(item).await;\n"
        "}\n");
}

TEST_CASE("what is not known is left alone") {
  for (const std::string_view body : {
           "let a = v.iter().map(«|x| f(x).await»).peekable();\n",
           "let a = v.iter().map(«|x| f(x).await»);\n",
           "let a: Vec<_> = v.iter().map(«move |x| { n += 1; f(x).await }»).collect();\n",
           "let a: Vec<_> = v.iter().map(«|x| f(x).await»).scan(0, g).collect();\n",
           "v.iter().map(«|x f(»);\n",
       }) {
    CAPTURE(body);
    CHECK(loops(body).empty());
  }
}

TEST_CASE("methods of options become a match") {
  const auto first = [](std::string_view body) {
    const MarkedTree source(in_function(body));
    const auto all = match_for_combinator(source.tree, source.marked_node(), {});
    return all.empty() ? "" : source.after(all.front());
  };
  CHECK(first("let p = c.get(k).copied().unwrap_or_else(«|| f(k).await»);\n") ==
        in_function("let p = match c.get(k).copied() {\n"
                    "    Some(p) => p,\n"
                    "    None => f(k).await,\n"
                    "};\n"));
  CHECK(first("o.map(«|x| f(x).await»);\n") == in_function("if let Some(x) = o {\n"
                                                           "    f(x).await;\n"
                                                           "}\n"));
  // `unwrap_or` has its argument evaluated in any case.
  CHECK(first("let p = o.map(«|x| f(x).await»).unwrap_or(next());\n") ==
        in_function("let value = match o {\n"
                    "    Some(x) => Some(f(x).await),\n"
                    "    None => None,\n"
                    "};\n"
                    "let p = value.unwrap_or(next());\n"));
  CHECK(first("let p = b.then(«|| f().await»).unwrap_or(0);\n") == in_function("let p = if b {\n"
                                                                               "    f().await\n"
                                                                               "} else {\n"
                                                                               "    0\n"
                                                                               "};\n"));
  CHECK(first("let p = o.filter(«|x| f(x).await»);\n") == in_function("let p = match o {\n"
                                                                      "    Some(value) => {\n"
                                                                      "        let x = &value;\n"
                                                                      "        if f(x).await {\n"
                                                                      "            Some(value)\n"
                                                                      "        } else {\n"
                                                                      "            None\n"
                                                                      "        }\n"
                                                                      "    }\n"
                                                                      "    None => None,\n"
                                                                      "};\n"));
  CHECK(first("let p = o.map(«|_| format!(\"{}\", f().await)»);\n") ==
        in_function("let p = match o {\n"
                    "    Some(_) => Some(format!(\"{}\", f().await)),\n"
                    "    None => None,\n"
                    "};\n"));
  CHECK(first("let p = o.xor_with(«|x| f(x).await»);\n").empty());
}

TEST_CASE("a parameter that is ignored has no variable, but for a value that lives on") {
  check(loops("let a: Vec<u32> = v.iter().map(«|_| f().await»).collect();\n"),
        "let mut a: Vec<u32> = Vec::new();\n"
        "for _ in v.iter() {\n"
        "    a.push(f().await);\n"
        "}\n");
  check(loops("let n = v.iter().filter(«|_| f().await»).count();\n"),
        "let mut n: usize = 0;\n"
        "for _item in v.iter() {\n"
        "    if f().await {\n"
        "        n += 1;\n"
        "    }\n"
        "}\n");
  check(loops("let s = (0..9).fold(g() + 1, «|s, _| f(s).await»);\n"),
        "let items = 0..9;\n"
        "let mut s = g() + 1;\n"
        "for _ in items {\n"
        "    s = f(s).await;\n"
        "}\n");
}

TEST_CASE("what a fold carries has the type that its closure says") {
  check(
      loops("let m = v.iter().fold(new(), «|mut m: Map<u8, u8>, x| { m.add(f(x).await); m }»);\n"),
      "let mut m: Map<u8, u8> = new();\n"
      "for x in v.iter() {\n"
      "    m.add(f(x).await);\n"
      "}\n");
}

TEST_CASE("answers that a list asks for are computed first, and are there when it is cancelled") {
  const MarkedTree source(in_function("v.retain(«|x| f(x).await»);\n"));
  CHECK(source.after(answer_first(source.tree, source.marked_node(), false)) ==
        in_function("let mut is_kept = Vec::new();\n"
                    "for x in v.iter() {\n"
                    "    is_kept.push(f(x).await);\n"
                    "}\n"
                    "let mut is_kept = is_kept.into_iter();\n"
                    "v.retain(|_| is_kept.next().unwrap_or(true));\n"));
}

TEST_CASE("a comparison that asks the same of both sides is one of keys") {
  const auto sorted = [](std::string_view body) {
    const MarkedTree source(in_function(body));
    const auto edits = answer_first(source.tree, source.marked_node(), false);
    return edits.empty() ? "" : source.after(edits);
  };
  CHECK(sorted("v.sort_by(«|a, b| f(b).await.total_cmp(&f(a).await).reverse()»);\n") ==
        in_function("let mut keys = Vec::new();\n"
                    "for b in v.iter() {\n"
                    "    keys.push(f(b).await);\n"
                    "}\n"
                    "let mut keyed: Vec<_> = keys.into_iter().zip(v.drain(..)).collect();\n"
                    "keyed.sort_by(|a, b| b.0.total_cmp(&a.0).reverse());\n"
                    "v.extend(keyed.into_iter().map(|(_, item)| item));\n"));
  for (const std::string_view body : {
           "v.sort_by(«|a, b| f(a).await.cmp(&g(b).await)»);\n",
           "v.sort_by(«|a, b| f(a, b).await.cmp(&f(b, a).await)»);\n",
           "v.sort_by(«|a, b| f(a).await.cmp(&f(b).await).then(a.n.cmp(&b.n))»);\n",
       }) {
    CAPTURE(body);
    CHECK(sorted(body).empty());
  }
}

TEST_CASE("futures are joined only where the closure is nothing but one") {
  const MarkedTree one(in_function("let a: Vec<_> = v.iter().map(«|x| f(x).await»).collect();\n"));
  CHECK(one.after(join_chain(one.tree, one.marked_node(), "join_all")) ==
        in_function("let a: Vec<_> = join_all(v.iter().map(|x| f(x))).await;\n"));
  const MarkedTree sum(
      in_function("let a: Vec<_> = v.iter().map(«|x| f(x).await + 1»).collect();\n"));
  CHECK(join_chain(sum.tree, sum.marked_node(), "join_all").empty());
}

}  // namespace
}  // namespace jaa::rewrite
