// edition:2021
// Without the next line it compiles, with a warning, and nothing is saved.
#![deny(unused_must_use)]

use std::future::Future;

async fn save(name: &str) {
    println!("saved {name}");
}

pub async fn run() {
    save("one").await;
//  ^^^^^^^^^^^ missing_await
    save("two").await;
}

// Nothing is lost: it is given away, or its name says that it is not wanted.
pub async fn keep() -> impl Future<Output = ()> {
    let _later = save("three");
    save("four")
}

fn main() {}
