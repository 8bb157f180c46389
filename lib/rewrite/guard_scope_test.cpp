#include "rewrite/guard_scope.h"

#include "rewrite/support_test.h"

namespace jaa::rewrite {
namespace {

TEST_CASE("the scope ends before the await") {
  check_rows(
      end_scope_before_await,
      {
          {"let mut «g» = m.lock().unwrap();\ng.push(1);\n‹h().await›;",
           "{\n    let mut g = m.lock().unwrap();\n    g.push(1);\n}\nh().await;"},
          {"// Take it.\nlet «g» = m.lock().unwrap();\nlet n: usize = g.len(); // how many\n\nlet "
           "r = ‹h(n).await›;",
           "// Take it.\nlet n: usize = {\n    let g = m.lock().unwrap();\n    g.len() // how "
           "many\n};\n\nlet r = h(n).await;"},
          {"let «g» = m.lock();\nlet mut v = g.list();\n‹h().await›;\nv = 3;",
           "let mut v = {\n    let g = m.lock();\n    g.list()\n};\nh().await;\nv = 3;"},
          {"let «g» = m.lock();\nlet a = g.a;\nlet mut b = g.b;\nb += "
           "g.c;\n‹h(a).await›;\nuse_it(&mut b);",
           "let (a, mut b) = {\n    let g = m.lock();\n    let a = g.a;\n    let mut b = g.b;\n    "
           "b += g.c;\n    (a, b)\n};\nh(a).await;\nuse_it(&mut b);"},
          {"let «g» = m.lock();\nlet mut sum = 0;\nfor x in g.iter() {\n    sum += "
           "x;\n}\n‹h(sum).await›;",
           "let sum = {\n    let g = m.lock();\n    let mut sum = 0;\n    for x in g.iter() {\n    "
           "    sum += x;\n    }\n    sum\n};\nh(sum).await;"},
          {"let mut «g» = m.lock();\ng.n += 1;\n¤drop(g)¤;\nfor i in 0..3 {\n    ‹h(i).await›;\n}",
           "{\n    let mut g = m.lock();\n    g.n += 1;\n    drop(g);\n}\nfor i in 0..3 {\n    "
           "h(i).await;\n}"},
          {"let Ok(«g») = m.lock() else {\n    return;\n};\nlet n = "
           "g.len();\nprintln!(\"{n}\");\n‹h().await›",
           "let n = {\n    let Ok(g) = m.lock() else {\n        return;\n    };\n    "
           "g.len()\n};\nprintln!(\"{n}\");\nh().await"},
          {"let «g» = m.lock();\nlog(\"a\n  b\", g.n);\n‹h().await›;",
           "{\n    let g = m.lock();\n    log(\"a\n  b\", g.n);\n}\nh().await;"},
          {"let «_g» = m.lock();\ncritical();\n‹h().await›;",
           "{\n    let _g = m.lock();\n    critical();\n}\nh().await;"},
          {"let «g» = m.lock(); let n = g.n; ‹h(n).await›;",
           "let n = {\n    let g = m.lock(); g.n\n};\nh(n).await;"},
          {"spawn(async move {\n    let «g» = m.lock();\n    g.run();\n    ‹h().await›;\n});",
           "spawn(async move {\n    {\n        let g = m.lock();\n        g.run();\n    }\n    "
           "h().await;\n});"},
          {"let «g» = m.lock();\nlet g = g.len();\n‹h(g).await›;",
           "let g = {\n    let g = m.lock();\n    g.len()\n};\nh(g).await;"},
          {"let «g» = m.lock();\nlet n =\n    g.len();\n‹h(n).await›;",
           "let n = {\n    let g = m.lock();\n    g.len()\n};\nh(n).await;"},
          {"let «a» = m.lock();\nlet b = k.lock().unwrap();\nlet n = a.x + b.y;\n‹h(n).await›;",
           "let n = {\n    let a = m.lock();\n    let b = k.lock().unwrap();\n    a.x + "
           "b.y\n};\nh(n).await;"},
          {"let «g» = m.lock();\nlet _permit = s.take();\ng.run();\n‹h().await›;",
           "let _permit = {\n    let g = m.lock();\n    let _permit = s.take();\n    g.run();\n    "
           "_permit\n};\nh().await;"},
          {"let «g» = m.lock();\nuse std::mem::swap;\nswap(&mut a, &mut g.b());\n‹h().await›;",
           "{\n    let g = m.lock();\n    use std::mem::swap;\n    swap(&mut a, &mut "
           "g.b());\n}\nh().await;"},
      });
}

TEST_CASE("the scope does not end where that would change the meaning") {
  check_rows(end_scope_before_await,
             {
                 {"let «g» = m.lock();\nh().x;\n‹h(g.n).await›;", ""},
                 {"let «g» = m.lock();\ng.run();\n‹h().await›;\ng.run();", ""},
                 {"let «g» = m.lock();\ng.run();\n‹h().await›;\nprintln!(\"{g:?}\");", ""},
                 {"let «g» = m.lock();\nif c {\n    g.run();\n    ‹h().await›;\n}", ""},
                 {"if let Ok(«g») = m.lock() {\n    g.run();\n    ‹h().await›;\n}", ""},
                 {"match m.lock() {\n    Ok(«g») => ‹h().await›,\n    _ => (),\n}", ""},
                 {"let «g» = m.lock();\n‹h().await›;", ""},
                 // A macro of unknown make may declare `x`.
                 {"let x = 1;\nlet «g» = m.lock();\nbind!(x, g.n);\n‹h(x).await›;", ""},
                 // The guard lives on under another name.
                 {"let «g» = m.lock();\nlet k = g;\n‹h().await›;\nk.run();", ""},
                 {"let «g» = m.lock();\nlet t = async move { g.run() };\n‹h().await›;\nt.x;", ""},
                 {"let «g» = m.lock();\nlet v = vec![g];\n‹h().await›;\nv.run();", ""},
                 // Items and imports seen from outside.
                 {"let «g» = m.lock();\nfn k() {}\ng.run();\n‹h(k).await›;", ""},
                 {"let «g» = m.lock();\nuse std::io::*;\ng.run();\n‹h().await›;", ""},
                 {"#[cfg(a)]\nlet «g» = m.lock();\ng.run();\n‹h().await›;", ""},
                 {"let «g» = m.lock();\n#[cfg(a)]\nlet n = g.n;\n‹h(n).await›;", ""},
                 {"macro_rules! k { () => { let «g» = m.lock(); ‹h().await› } }", ""},
                 {"let «g» = ‹m.lock().await›;\ng.run();", ""},
                 {"let «g» = m.lock();\ng.run(;\n‹h().await›;", ""},
             });
}

TEST_CASE("values that end earlier are told of") {
  const auto fix = [](std::string_view body) {
    const Marked marked(in_function(body));
    const syntax::Tree tree(marked.files, marked.file);
    const auto fixes = end_scope_before_await(tree, marked.held);
    REQUIRE_FALSE(fixes.empty());
    return fixes.front();
  };
  const base::FixIt plain = fix("let «g» = m.lock();\nlet n = vec![1];\ng.run(&n);\n‹h().await›;");
  CHECK(plain.keeps_meaning);
  CHECK(plain.trade_off.empty());
  const base::FixIt early =
      fix("let «g» = m.lock();\nlet dir = tempdir()?;\ng.run(&dir);\n‹h().await›;");
  CHECK_FALSE(early.keeps_meaning);
  CHECK(early.trade_off == "`dir` is dropped before the await as well");
  const base::FixIt both = fix("let «g» = m.lock();\nlet k = l.lock();\ng.run(&k);\n‹h().await›;");
  CHECK(both.title == "end the scope of `g` and `k` before the await");
  CHECK_FALSE(fix("let «_g» = m.lock();\nrun();\n‹h().await›;").keeps_meaning);
}

TEST_CASE("line ends and tabs are kept") {
  const auto found = outcomes(
      end_scope_before_await,
      Marked(
          "async fn f() {\r\n\tlet «g» = m.lock();\r\n\tg.run(); // é\r\n\t‹h().await›;\r\n}\r\n"));
  REQUIRE(found.size() == 1);
  CHECK(found[0] ==
        "async fn f() {\r\n\t{\r\n\t\tlet g = m.lock();\r\n\t\tg.run(); // "
        "é\r\n\t}\r\n\th().await;\r\n}\r\n");
}

TEST_CASE("what only the compiler knows becomes a second candidate") {
  const auto found = outcomes(
      end_scope_before_await,
      Marked(in_function("let «g» = m.lock();\nlet mut v = g.list();\n‹h().await›;\nv.custom();")));
  REQUIRE(found.size() == 4);
  CHECK(found[0].find("let v = {") != std::string::npos);
  CHECK(found[1].find("let mut v = {") != std::string::npos);
  CHECK(found[2].find("let mut v = g.list();\n        v\n    };") != std::string::npos);
}

TEST_CASE("what the awaiting statement reads is copied out") {
  check_rows(
      copy_out_before_await,
      {
          {"let «g» = m.lock();\n‹h(g.token).await›;",
           "let token = {\n    let g = m.lock();\n    g.token\n};\nh(token).await;"},
          {"let «g» = m.lock();\nlet r = ‹h(*g).await›?;",
           "let value = {\n    let g = m.lock();\n    *g\n};\nlet r = h(value).await?;"},
          {"let «g» = m.lock();\ng.run();\n‹h(&g.list, g.name.clone()).await›;",
           "let (list, name) = {\n    let g = m.lock();\n    g.run();\n    (g.list, "
           "g.name.clone())\n};\nh(&list, name).await;"},
          {"let «g» = m.lock();\nlet token = 1;\nif ‹h(g.token, token).await› {\n    k();\n}",
           "let (token, token_value) = {\n    let g = m.lock();\n    let token = 1;\n    (token, "
           "g.token)\n};\nif h(token_value, token).await {\n    k();\n}"},
          {"let «g» = m.lock();\n‹h(g.iter().sum::<u32>()).await›;",
           "let sum = {\n    let g = m.lock();\n    g.iter().sum::<u32>()\n};\nh(sum).await;"},
          {"let «g» = m.lock();\n‹g.client.fetch(1).await›;",
           "let value = {\n    let g = m.lock();\n    g.client.fetch(1)\n};\nvalue.await;"},
          {"let «g» = m.lock();\n‹h(next(), g.id).await›;",
           "let id = {\n    let g = m.lock();\n    g.id\n};\nh(next(), id).await;"},
          {"let «g» = m.lock();\nlet r = g.id + ‹h().await›;",
           "let id = {\n    let g = m.lock();\n    g.id\n};\nlet r = id + h().await;"},
      });
  check_rows(copy_out_before_await,
             {
                 {"let «g» = m.lock();\n‹h(&g).await›;",
                  "let value = {\n    let g = m.lock();\n    g.clone()\n};\nh(&value).await;"},
                 {"let «g» = m.lock();\n‹g.client.fetch(1).await›;",
                  "let client = {\n    let g = m.lock();\n    "
                  "g.client.clone()\n};\nclient.fetch(1).await;"},
                 {"let «g» = m.lock();\nif ‹h(g.first()).await› {}",
                  "let first = {\n    let g = m.lock();\n    g.first().cloned()\n};\nif "
                  "h(first).await {}"},
                 {"let «g» = m.lock();\nfor x in &g.list {\n    ‹h(x).await›;\n}",
                  "let list = {\n    let g = m.lock();\n    g.list.clone()\n};\nfor x in &list {\n "
                  "   h(x).await;\n}"},
                 {"let «g» = m.lock();\n‹h(&*g, &g.x).await›;",
                  "let (value, x) = {\n    let g = m.lock();\n    (g.clone(), "
                  "g.x.clone())\n};\nh(&value, &x).await;"},
             },
             1);
}

TEST_CASE("nothing is copied out where a copy would not do") {
  check_rows(copy_out_before_await,
             {
                 {"let «g» = m.lock();\n‹h(&mut g.list).await›;", ""},
                 {"let «g» = m.lock();\n‹h(g).await›;", ""},
                 {"let «g» = m.lock();\ng.push(‹h().await›);", ""},
                 {"let «g» = m.lock();\ng.x = ‹h().await›;", ""},
                 {"let «g» = m.lock();\n‹h(g.x).await›;\ng.run();", ""},
                 {"let «g» = m.lock();\nlet r = ‹h().await› + g.x;", ""},
                 {"let «g» = m.lock();\nc && ‹h(g.x).await›;", ""},
                 {"let «g» = m.lock();\nwhile ‹h(g.x).await› {}", ""},
                 {"let «g» = m.lock();\n‹h(next(), g.pop()).await›;", ""},
                 {"let «g» = m.lock();\n‹h(n, g.fill(&mut n)).await›;", ""},
                 {"let «g» = m.lock();\n‹h(format!(\"{}\", g.x)).await›;", ""},
                 {"let «g» = m.lock();\n‹h(g.x /* why */ .y).await›;", ""},
                 {"let «g» = m.lock();\n‹h(|| g.x).await›;", ""},
                 {"let «g» = m.lock();\n‹h().await›;", ""},
                 {"let «g» = m.lock();\nmatch g.x {\n    A(ref mut n) => ‹h(n).await›,\n}", ""},
             });
}

TEST_CASE("the lock is taken after the await") {
  check_rows(acquire_after_await,
             {
                 {"// Ours.\nlet mut «g» = m.lock().unwrap(); // now\nlet v = ‹h().await›; // "
                  "slow\ng.push(v);",
                  "let v = h().await; // slow\n// Ours.\nlet mut g = m.lock().unwrap(); // "
                  "now\ng.push(v);"},
                 {"let mut «g» = self.m.lock();\ng.push(‹h(1).await›?);",
                  "let value = h(1).await?;\nlet mut g = self.m.lock();\ng.push(value);"},
                 {"let mut «g» = m.lock();\nlog();\n*g += ‹h().await›;\ng.run();",
                  "log();\nlet value = h().await;\nlet mut g = m.lock();\n*g += value;\ng.run();"},
                 {"let mut «g» = m.lock();\ng.x = ‹h().await›;",
                  "let value = h().await;\nlet mut g = m.lock();\ng.x = value;"},
                 {"«m.lock().unwrap()».insert(key, ‹h(&x).await›);",
                  "let value = h(&x).await;\nm.lock().unwrap().insert(key, value);"},
                 {"«m.lock()».entry(k.clone()).or_insert(‹h().await›);",
                  "let value = h().await;\nm.lock().entry(k.clone()).or_insert(value);"},
                 {"let «g» = m.lock();\ng.entry(k).or_insert(‹h().await›);",
                  "let value = h().await;\nlet g = m.lock();\ng.entry(k).or_insert(value);"},
                 {"return «self.m.write()».a.push(‹h().await›);",
                  "let value = h().await;\nreturn self.m.write().a.push(value);"},
             });
}

TEST_CASE("the lock is not moved where order matters") {
  check_rows(acquire_after_await,
             {
                 {"let «g» = m.lock();\nlet m = ‹h().await›;\ng.push(m);", ""},
                 {"let «g» = m.lock();\nbind!(m);\n‹h().await›;\ng.push(1);", ""},
                 {"let «g» = m.lock();\nm = k();\n‹h().await›;\ng.push(1);", ""},
                 {"let «g» = a[i].lock();\ni = ‹h().await›;\ng.push(i);", ""},
                 {"let «g» = pick(1).lock();\nlet v = ‹h().await›;\ng.push(v);", ""},
                 {"let «g» = m.lock();\ng.run();\n‹h().await›;\ng.run();", ""},
                 {"let «g» = m.lock();\n‹h().await›;", ""},
                 {"let «g» = m.lock();\ng.push(next(), ‹h().await›);", ""},
                 {"let «g» = m.lock();\ng.push(g.len(), ‹h().await›);", ""},
                 {"let «g» = m.lock();\ng.run(k).or_insert(‹h().await›);", ""},
                 {"let «g» = m.lock();\ng.entry(take(k)).or_insert(‹h().await›);", ""},
                 {"let «g» = m.lock();\ng.push(n, ‹h(&mut n).await›);", ""},
                 {"let «g» = m.lock();\ng.push(c && ‹h().await›);", ""},
                 {"let «g» = m.lock();\ng.push(‹h(g.len()).await›);", ""},
                 {"k(«m.lock()».x, ‹h().await›);", ""},
                 {"«m.lock()».entry(q.pop()).or_insert(‹h().await›);", ""},
                 {"«m.lock()».get(k)?.push(‹h().await›);", ""},
                 {"«m.lock()».push(next(), ‹h().await›);", ""},
                 {"say!(«m.lock()».push(‹h().await›));", ""},
             });
}

TEST_CASE("the await comes before the lock") {
  check_rows(
      await_before_lock,
      {
          {"let mut «g» = m.lock();\nlet n = g.len();\nlet v = ‹h(k).await›;\ng.push(v + n);",
           "let v = h(k).await;\nlet mut g = m.lock();\nlet n = g.len();\ng.push(v + n);"},
          {"let mut «g» = m.lock();\ng.n += 1;\ng.push(‹h(k).await›);",
           "let value = h(k).await;\nlet mut g = m.lock();\ng.n += 1;\ng.push(value);"},
          // It needs what is done under the lock, or the other way round.
          {"let mut «g» = m.lock();\nlet n = g.len();\nlet v = ‹h(n).await›;\ng.push(v);", ""},
          {"let mut «g» = m.lock();\ng.run(v);\nlet v = ‹h(k).await›;\ng.push(v);", ""},
          {"let mut «g» = m.lock();\nk += g.n;\nlet v = ‹h(k).await›;\ng.push(v);", ""},
          {"let mut «g» = m.lock();\ng.run(k);\nlet v = ‹h(&mut k).await›;\ng.push(v);", ""},
          {"let mut «g» = m.lock();\ng.run();\n‹h().await›;", ""},
          {"let mut «g» = m.lock();\ng.run();\n‹h().await›;\nk().await;\ntake(g);\n‹l().await›;",
           ""},
      });
  const auto keeps = [](std::string_view between, std::string_view await) {
    const Marked marked(in_function("let mut «g» = m.lock();\n" + std::string(between) +
                                    "\nlet v = ‹" + std::string(await) + ";\ng.push(v);"));
    const auto fixes = await_before_lock(syntax::Tree(marked.files, marked.file), marked.held);
    REQUIRE(fixes.size() == 1);
    CHECK(fixes[0].keeps_meaning == fixes[0].trade_off.empty());
    return fixes[0].keeps_meaning;
  };
  CHECK(keeps("let n = g.len();", "h().await›"));
  CHECK_FALSE(keeps("let n = g.len();", "h().await›?"));
  CHECK_FALSE(keeps("g.push(1);", "h().await›"));
  CHECK_FALSE(keeps("g.n += 1;", "h().await›"));
  CHECK_FALSE(keeps("let n = g.pop();", "h().await›"));
  CHECK_FALSE(keeps("if g.is_empty() { return; }", "h().await›"));
}

TEST_CASE("what is borrowed from the guard becomes a value") {
  const auto owned = [](std::string_view type, Likeness likeness, std::string_view body) {
    Marked marked(in_function(body));
    marked.held.type_of = [&](const base::Span& place) {
      const std::string_view text = marked.files.text(place);
      return std::string(text == "g.get(k)" || text == "&g.x" ? type : "");
    };
    marked.held.likeness_of = [=](const std::string&) { return likeness; };
    const auto found = outcomes(own_borrow_before_await, marked);
    return found.empty() ? std::string() : found[0];
  };
  const std::string_view question =
      "let «g» = m.lock();\nlet v = g.get(k)?;\n‹h(v, v.x, *v).await›;";
  CHECK(owned("std::option::Option<&T>", Likeness::Alike, question) ==
        in_function("let v = {\n    let g = m.lock();\n    g.get(k).cloned()?\n};\nh(&v, v.x, "
                    "v).await;"));
  CHECK(owned("Option<&'_ u32>", Likeness::Copied, question).find("g.get(k).copied()?") !=
        std::string::npos);
  CHECK(owned("Option<&T>", Likeness::Apart, question).empty());
  CHECK(owned("Option<&mut T>", Likeness::Alike, question).empty());
  CHECK(owned("Option<T>", Likeness::Alike, question).empty());
  CHECK(
      owned("&T", Likeness::Alike, "let «g» = m.lock();\nlet v = &g.x;\n‹h(S { v }).await›;") ==
      in_function("let v = {\n    let g = m.lock();\n    g.x.clone()\n};\nh(S { v: &v }).await;"));
  // Bound anew, it is another value.
  CHECK(owned("&T", Likeness::Alike,
              "let «g» = m.lock();\nlet v = &g.x;\n‹h(v).await›;\nif let Some(v) = k { v; }")
            .empty());
}

TEST_CASE("lets that have nothing to do with the guard stay outside") {
  check_rows(end_scope_before_await,
             {{"let «g» = m.lock();\nlet n = Cell::new(0);\nlet f = |x| n.set(x);\nf(g.n);\n"
               "‹h().await›;\nf(1);",
               "let n = Cell::new(0);\nlet f = |x| n.set(x);\n{\n    let g = m.lock();\n    "
               "f(g.n);\n}\nh().await;\nf(1);"}},
             1);
  const auto found = outcomes(
      end_scope_before_await,
      Marked(in_function("let «g» = take(&mut k);\nlet n = k;\nrun(g.n);\n‹h(n).await›;")));
  CHECK(found.size() == 1);
}

TEST_CASE("the guard is released and taken again") {
  check_rows(
      reacquire_after_await,
      {
          {"let mut «g» = m.lock().unwrap();\ng.push(1);\n‹h().await›;\ng.push(2);",
           "{\n    let mut g = m.lock().unwrap();\n    g.push(1);\n}\nh().await;\nlet mut g = "
           "m.lock().unwrap();\ng.push(2);"},
          {"let mut «g» = m.lock().unwrap();\nlet n = g.len();\nlet v = ‹h(n).await›;\ng.push(v);",
           "let n = {\n    let g = m.lock().unwrap();\n    g.len()\n};\nlet v = h(n).await;\nlet "
           "mut g = m.lock().unwrap();\ng.push(v);"},
          {"let mut «g» = m.lock();\nlet v = ‹h(g.id).await›;\ng.push(v);",
           "let id = {\n    let g = m.lock();\n    g.id\n};\nlet v = h(id).await;\nlet mut g = "
           "m.lock();\ng.push(v);"},
          {"let mut «g» = m.lock();\ng.n = 1;\n*g += ‹h().await›;",
           "{\n    let mut g = m.lock();\n    g.n = 1;\n}\nlet value = h().await;\nlet mut g = "
           "m.lock();\n*g += value;"},
          {"let mut «g» = m.lock();\ng.push(‹h(g.len()).await›);",
           "let len = {\n    let g = m.lock();\n    g.len()\n};\nlet value = h(len).await;\nlet "
           "mut g = m.lock();\ng.push(value);"},
          {"let mut «g» = "
           "m.lock();\ng.push(1);\n‹h().await›;\nlog();\ng.push(2);\n‹k().await›;\ng.len();",
           "{\n    let mut g = m.lock();\n    g.push(1);\n}\nh().await;\nlog();\n{\n    let mut g "
           "= m.lock();\n    g.push(2);\n}\nk().await;\nlet g = m.lock();\ng.len();"},
      });
  check_rows(
      reacquire_after_await,
      {
          {"let «g» = m.lock();\ng.run();\nlet m = ‹h().await›;\ng.push(m);", ""},
          {"let «g» = make().lock();\ng.run();\n‹h().await›;\ng.run();", ""},
          {"let «g» = m.lock();\ng.run();\nif c {\n    g.run();\n    ‹h().await›;\n}\ng.run();",
           ""},
          {"let «g» = m.lock();\ng.run();\n‹h().await›;\ntake(g);", ""},
          {"let Ok(«g») = m.lock() else { return };\ng.run();\n‹h().await›;\ng.run();", ""},
          {"let «g» = m.lock();\ng.run();\n‹h().await›;", ""},
          {"let «g» = m.lock();\n‹h().await›;\ng.run();", ""},
      });
}

TEST_CASE("a use after the await that no spelling shows is heeded") {
  Marked marked(in_function("let «g» = m.lock();\ng.run();\n‹h().await›;\nk();"));
  CHECK(outcomes(end_scope_before_await, marked).size() == 1);
  const auto at = static_cast<uint32_t>(marked.files.text(marked.file).find("k()"));
  marked.held.uses.push_back({{marked.file, at, at + 3}, false, true});
  CHECK(outcomes(end_scope_before_await, marked).empty());
}

TEST_CASE("foreign spans are refused") {
  Marked marked(in_function("let «g» = m.lock();\ng.run();\n‹h().await›;\n"));
  const syntax::Tree tree(marked.files, marked.file);
  for (const base::Span bad :
       {base::Span{}, base::Span{base::FileId(7), 0, 4}, base::Span{base::FileId(0), 9, 9000},
        base::Span{base::FileId(0), 9, 3}}) {
    Held held = marked.held;
    held.awaits = {bad};
    Held other = marked.held;
    other.value = bad;
    Held nameless = other;
    nameless.name.clear();
    for (const Held& each : {held, other, nameless})
      for (const Rewrite rewrite :
           {end_scope_before_await, copy_out_before_await, bind_value_first, acquire_after_await,
            reacquire_after_await, own_borrow_before_await, await_before_lock, change_value_first})
        CHECK(rewrite(tree, each).empty());
  }
}

}  // namespace
}  // namespace jaa::rewrite
