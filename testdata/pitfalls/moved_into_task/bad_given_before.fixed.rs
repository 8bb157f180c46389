// edition:2021
// A variable got it, and the task wants it as well.
use std::future::Future;

fn spawn<F: Future + Send + 'static>(_future: F) {}

async fn run(name: String) {
    println!("{name}");
}

fn start(name: String) -> String {
    let label = name.clone();
    spawn(async move { run(name).await });
    //    ^^^^^^^^^^ moved_into_task
    format!("<{label}>")
}

fn main() {
    println!("{}", start("job".to_string()));
}
