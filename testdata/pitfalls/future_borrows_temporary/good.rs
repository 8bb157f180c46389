// edition:2021
use std::future::Future;

async fn translate(text: &str) -> String {
    text.to_owned()
}


async fn join<A: Future, B: Future>(a: A, b: B) -> (A::Output, B::Output) {
    (a.await, b.await)
}

pub async fn awaited_on_the_spot(name: &str) -> String {
    translate(&format!("hello {name}")).await
}

pub async fn joined_on_the_spot(name: &str) -> String {
    join(translate(&format!("hello {name}")), translate("there")).await.0
}

pub async fn constant() -> String {
    let text = translate(&"hello");
    text.await
}

pub async fn named(name: &str) -> String {
    let text = format!("hello {name}");
    let text = translate(&text);
    text.await
}

pub async fn owned(name: &str) -> String {
    let text = async move { translate(&format!("hello {name}")).await };
    text.await
}

fn main() {
    drop(translate("a"));
}
