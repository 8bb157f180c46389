// edition:2021
use std::future::Future;
use std::sync::{Arc, Mutex};

fn spawn<F: Future + Send + 'static>(_future: F) {}

#[derive(Default)]
struct Log {
    steps: u32,
    lines: Vec<String>,
}

async fn step(number: u32) -> String {
    number.to_string()
}

async fn run(log: Arc<Mutex<Log>>) {
    for number in 0..3 {
        let mut guard = log.lock().unwrap();
        //  ^^^^^^^^^ guard_across_await
        guard.steps += 1;
        let line = step(number).await;
        //                      ----- still held at this await
        guard.lines.push(line);
    }
}

fn main() {
    spawn(run(Arc::default()));
}
