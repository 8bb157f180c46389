// edition:2021
// What is moved out of a box is not borrowed.
use std::future::Future;

fn spawn<F: Future + Send + 'static>(_future: F) {}

struct Job {
    name: String,
}

async fn run(_name: String) {}

fn start(job: Box<Job>) {
    let name = job.name;
    spawn(async move { run(name).await });
}

fn main() {
    start(Box::new(Job { name: String::new() }));
}
