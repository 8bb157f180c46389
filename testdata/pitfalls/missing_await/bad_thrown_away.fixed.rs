// edition:2021
// It compiles, with a warning, and nothing is saved.
use std::future::Future;

async fn save(name: &str) {
    println!("saved {name}");
}

async fn send(name: &str) -> Result<(), String> {
    println!("sent {name}");
    Ok(())
}

pub async fn run() {
    save("one").await;
//  ^^^^^^^^^^^ missing_await
    save("two").await;
}

// What becomes of an error is not to be guessed.
pub async fn post() {
    send("one");
//  ^^^^^^^^^^^ missing_await
    send("two").await.unwrap();
}

// Nothing is lost: it is given away, or its name says that it is not wanted.
pub async fn keep() -> impl Future<Output = ()> {
    let _later = save("three");
    save("four")
}

fn main() {}
