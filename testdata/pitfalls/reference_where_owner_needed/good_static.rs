// edition:2021
// What lives for ever may be borrowed by any task.
use std::future::Future;

fn spawn<F: Future + Send + 'static>(_future: F) {}

static NAMES: [&str; 2] = ["ada", "bob"];

async fn show(names: &[&str]) {
    println!("{}", names.len());
}

fn start(names: &'static [&'static str]) {
    spawn(async move { show(names).await });
}

fn main() {
    start(&NAMES);
}
