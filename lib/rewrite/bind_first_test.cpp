#include "rewrite/guard_scope.h"
#include "rewrite/support_test.h"

namespace jaa::rewrite {
namespace {

TEST_CASE("a scrutinee is bound before its statement") {
  check_rows(
      bind_value_first,
      {
          {"match «m.lock().unwrap()».pop() {\n    Some(x) => ‹h(x).await›,\n    None => {}\n}",
           "let value = m.lock().unwrap().pop();\nmatch value {\n    Some(x) => h(x).await,\n    "
           "None => {}\n}"},
          {"// Why.\nlet r = if let Some(x) = «m.lock()».pop() {\n    ‹h(x).await›\n} else {\n    "
           "0\n};",
           "let value = m.lock().pop();\n// Why.\nlet r = if let Some(x) = value {\n    "
           "h(x).await\n} else {\n    0\n};"},
          {"match «m.lock()».state {\n    A => ‹h().await›,\n}",
           "let state = m.lock().state;\nmatch state {\n    A => h().await,\n}"},
          {"while let Some(x) = «m.lock()».pop() {\n    ‹h(x).await›;\n}",
           "while let Some(x) = { let value = m.lock().pop(); value } {\n    h(x).await;\n}"},
          {"if c {\n    k();\n} else if let Some(x) = «m.lock()».pop() {\n    ‹h(x).await›;\n}",
           "if c {\n    k();\n} else if let Some(x) = { let value = m.lock().pop(); value } {\n    "
           "h(x).await;\n}"},
          {"k(next(), match «m.lock()».pop() {\n    _ => ‹h().await›,\n});",
           "k(next(), match { let value = m.lock().pop(); value } {\n    _ => h().await,\n});"},
          {"for x in «m.lock().unwrap()».iter() {\n    ‹h(x).await›;\n}",
           "let value = m.lock().unwrap().clone();\nfor x in value.iter() {\n    h(x).await;\n}"},
          {"for x in &«m.lock()».items {\n    ‹h(x).await›;\n}",
           "let items = m.lock().items.clone();\nfor x in &items {\n    h(x).await;\n}"},
          {"for x in «m.lock()».drain(..) {\n    ‹h(x).await›;\n}",
           "let value = m.lock().drain(..).collect::<Vec<_>>();\nfor x in value {\n    "
           "h(x).await;\n}"},
          {"if let Some(x) = «m.lock()».pop() && c {\n    ‹h(x).await›;\n}",
           "let value = m.lock().pop();\nif let Some(x) = value && c {\n    h(x).await;\n}"},
          {"if c && let Some(x) = «m.lock()».pop() {\n    ‹h(x).await›;\n}",
           "if c && let Some(x) = { let value = m.lock().pop(); value } {\n    h(x).await;\n}"},
      });
  check_rows(bind_value_first,
             {{"match *«m.lock().unwrap()» {\n    A => ‹h().await›,\n}",
               "let value = m.lock().unwrap().clone();\nmatch value {\n    A => h().await,\n}"}},
             1);
}

// First comes the value as it is, which may borrow from something else.
TEST_CASE("the scrutinee's type decides how its value is kept if it is the guard's") {
  const auto otherwise = [](std::string_view type, std::string_view body) {
    Marked marked(in_function(body));
    marked.held.scrutinee_type = type;
    const auto found = outcomes(bind_value_first, marked);
    return found.size() < 2 ? std::string() : found[1];
  };
  const std::string_view body = "match «m.lock()».get(k) {\n    _ => ‹h().await›,\n}";
  CHECK(
      otherwise("std::option::Option<&'_ u32>", body) ==
      in_function("let value = m.lock().get(k).cloned();\nmatch value {\n    _ => h().await,\n}"));
  CHECK(otherwise("&'_ str", body) == in_function("let value = m.lock().get(k).to_owned();\nmatch "
                                                  "value.as_str() {\n    _ => h().await,\n}"));
  CHECK(
      otherwise("&T", body) ==
      in_function("let value = m.lock().get(k).clone();\nmatch &value {\n    _ => h().await,\n}"));
  CHECK(otherwise("std::option::Option<&'_ str>", body) ==
        in_function("let value = m.lock().get(k).map(str::to_owned);\nmatch value.as_deref() {\n   "
                    " _ => h().await,\n}"));
  CHECK(otherwise("std::sync::MutexGuard<'_, u32>", body).empty());
}

TEST_CASE("what writes through the guard is not copied") {
  check_rows(bind_value_first,
             {
                 {"match «m.lock()».state {\n    A(ref mut x) => ‹h(x).await›,\n}", ""},
                 {"match &mut *«m.lock()» {\n    x => ‹h(x).await›,\n}", ""},
                 {"match &mut «m.lock()».state {\n    x => ‹h(x).await›,\n}", ""},
                 {"if let Ok(g) = «m.lock()» {\n    ‹h().await›;\n}", ""},
                 {"match «m.lock()».pop() /* c */ .x {\n    _ => ‹h().await›,\n}", ""},
                 {"say!(match «m.lock()».pop() { _ => ‹h().await› });", ""},
             });
  const auto found = outcomes(
      bind_value_first,
      Marked(in_function("if let Some(x) = «m.lock()».get_mut(k) {\n    ‹h(x).await›;\n}")));
  CHECK(found.size() == 1);
}

TEST_CASE("what changes the value comes before the statement") {
  const auto changed = [](std::string_view body) {
    Marked marked(in_function(body));
    marked.held.scrutinee_type = "std::option::Option<&'_ mut T>";
    marked.held.likeness_of = [](const std::string&) { return Likeness::Alike; };
    const auto found = outcomes(change_value_first, marked);
    return found.empty() ? std::string() : found[0];
  };
  CHECK(changed("if let Some(x) = «m.lock()».get_mut(k) {\n    x.n += 1;\n    ‹h(x).await›;\n}") ==
        in_function("let value = m.lock().get_mut(k).map(|x| {\n    x.n += 1;\n    "
                    "x.clone()\n});\nif let Some(x) = value {\n    h(&x).await;\n}"));
  CHECK(changed("if let Some(x) = «m.lock()».get_mut(k) {\n    ‹h(x).await›;\n}") ==
        in_function("let value = m.lock().get_mut(k).cloned();\nif let Some(x) = value {\n    "
                    "h(&x).await;\n}"));
  // It changes later, leaves from within, or needs what was declared there.
  CHECK(changed("if let Some(x) = «m.lock()».get_mut(k) {\n    ‹h(x).await›;\n    x.n += 1;\n}")
            .empty());
  CHECK(changed("if let Some(x) = «m.lock()».get_mut(k) {\n    x.run()?;\n    ‹h(x).await›;\n}")
            .empty());
  CHECK(changed("if let Some(x) = «m.lock()».get_mut(k) {\n    let n = x.n;\n    ‹h(n).await›;\n}")
            .empty());
}

TEST_CASE("an operand is bound before the statement that awaits") {
  check_rows(
      bind_value_first,
      {
          {"‹h(«m.lock().unwrap()».token.clone()).await›?;",
           "let token = m.lock().unwrap().token.clone();\nh(token).await?;"},
          {"let v = «m.lock()».x + ‹h().await›;", "let x = m.lock().x;\nlet v = x + h().await;"},
          {"k(next(), «m.lock()».id, ‹h().await›);",
           "k(next(), { let id = m.lock().id; id }, h().await);"},
          {"c && ‹h(«m.lock()».id).await›;", "c && h({ let id = m.lock().id; id }).await;"},
          {"«m.lock()».push(‹h().await›);", ""},
          {"‹h(&mut «m.lock()».list).await›;", ""},
          {"let r = ‹h().await› + «m.lock()».x;", ""},
      });
  check_rows(
      bind_value_first,
      {{"‹h(&«m.lock()».list).await›;", "let list = m.lock().list.clone();\nh(&list).await;"}}, 1);
}

}  // namespace
}  // namespace jaa::rewrite
