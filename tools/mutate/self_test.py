"""What each operator makes of a few lines, beside what it should."""

from generate import texts_after
from operators import OPERATORS
from published import say
from source import Source

# (operator, source, what its candidates make of it)
EXAMPLES = (
    ("drop_await", "async fn f() { /* a.await */ g(\"b.await\").await?; }",
     ["async fn f() { /* a.await */ g(\"b.await\")?; }"]),
    ("drop_await", "async fn f() {\n    g()\n        .h()\n        .await;\n}",
     ["async fn f() {\n    g()\n        .h();\n}"]),
    ("drop_await", "#[cfg(test)]\nmod tests {\n    async fn f() { g().await }\n}", []),
    ("drop_await", "macro_rules! m { () => { f().await } }", []),
    ("drop_async", "pub async fn f() { g(async move { 1 }); }",
     ["pub fn f() { g(async move { 1 }); }", "pub async fn f() { g({ 1 }); }"]),
    ("drop_move", "fn f<'a>() { spawn(async move { 'x' }); map(move |x| x); }",
     ["fn f<'a>() { spawn(async { 'x' }); map(move |x| x); }"]),
    ("drop_clone", "fn f() {\n    let tx = tx.clone();\n    spawn(async move { tx.send() });\n    let a = b.clone()\n}",
     ["fn f() {\n    spawn(async move { tx.send() });\n    let a = b.clone()\n}"]),
    ("drop_clone", "fn f() { let b = Arc::clone(&a.b); spawn(g(b, c.clone())); }",
     ["fn f() { let b = a.b; spawn(g(b, c.clone())); }", "fn f() { let b = Arc::clone(&a.b); spawn(g(b, c)); }"]),
    ("drop_box_pin", "fn f() -> F { Box::pin(async move { g().await }) }",
     ["fn f() -> F { async move { g().await } }"]),
    ("drop_box_pin", "fn f() { g().boxed() }", ["fn f() { g() }"]),
    ("drop_send", "fn f<T: Send>(a: Box<dyn A + Send + 'static>) where T: Send + Sync {}",
     ["fn f<T: Send>(a: Box<dyn A + 'static>) where T: Send + Sync {}",
      "fn f<T: Send>(a: Box<dyn A + Send + 'static>) where T: Sync {}"]),
    ("drop_static", "fn f(a: &'static str, b: impl A + 'static) {}", ["fn f(a: &'static str, b: impl A) {}"]),
    ("drop_owner", "fn f(a: &str) { let a = a.to_owned(); spawn(async move { a }); }",
     ["fn f(a: &str) { let a = a; spawn(async move { a }); }"]),
    ("drop_owner", "fn f(a: String, b: u8) { spawn(async move { a }); }",
     ["fn f(a: &String, b: u8) { spawn(async move { a }); }"]),
    ("drop_pin", "async fn f() { tokio::pin!(a); let b = pin!(c()); }",
     ["async fn f() { let b = pin!(c()); }", "async fn f() { tokio::pin!(a); let b = c(); }"]),
    ("arc_to_rc", "use std::sync::{Arc, Mutex};\nfn f() -> Arc<u8> {}",
     ["use std::rc::Rc;\nuse std::sync::{Mutex};\nfn f() -> Rc<u8> {}",
      "use std::sync::{Arc, Mutex};\nfn f() -> std::rc::Rc<u8> {}"]),
    ("std_mutex", "use tokio::sync::Mutex;\nstruct S { a: Mutex<u8> }\nasync fn f(s: S) { s.a.lock().await; }",
     ["use std::sync::Mutex;\nstruct S { a: Mutex<u8> }\nasync fn f(s: S) { s.a.lock().unwrap(); }",
      "use std::sync::Mutex;\nstruct S { a: Mutex<u8> }\nasync fn f(s: S) { s.a.lock().await; }",
      "use tokio::sync::Mutex;\nstruct S { a: std::sync::Mutex<u8> }\nasync fn f(s: S) { s.a.lock().unwrap(); }"]),
    ("guard_scope", "async fn f() {\n    m.lock().unwrap().push(1);\n    g().await;\n}",
     ["async fn f() {\n    let mut guard = m.lock().unwrap();\n    guard.push(1);\n    g().await;\n}"]),
    ("guard_scope", "async fn f() {\n    let n = g().await;\n    m.lock().unwrap().push(n);\n}",
     ["async fn f() {\n    let mut guard = m.lock().unwrap();\n    let n = g().await;\n    guard.push(n);\n}"]),
    ("guard_scope",
     "async fn f() {\n    let v = {\n        let g = m.lock();\n        g.len()\n    };\n    h(v).await\n}",
     ["async fn f() {\n    let mut guard = m.lock();\n    let v = {\n        let g = guard;\n        g.len()\n    };\n"
      "    h(v).await\n}",
      "async fn f() {\n    \n        let g = m.lock();\n        let v = g.len();\n    h(v).await\n}"]),
    ("guard_scope", "async fn f() {\n    let g = m.lock();\n    drop(g);\n    h().await;\n}",
     ["async fn f() {\n    let g = m.lock();\n    h().await;\n}"]),
)


def self_test(arguments):
    wrong = 0
    for operator, before, expected in EXAMPLES:
        source = Source("src/lib.rs", before)
        found = list(dict.fromkeys(texts_after({source.file: before}, edits).get(source.file)
                                   for edits in OPERATORS[operator]([source])))
        if sorted(found) != sorted(expected):
            wrong += 1
            say(f"{operator} made of\n{before}\n" + "".join(f"-- found\n{one}\n" for one in found)
                + "".join(f"-- expected\n{one}\n" for one in expected))
    print(f"{len(EXAMPLES) - wrong} passed, {wrong} failed")
    return 1 if wrong else 0
