// edition:2021
// As a part of what the task takes, by the field's own name.
use std::future::Future;
use std::sync::Arc;

fn spawn<F: Future + Send + 'static>(_future: F) {}

struct Worker {
    id: u32,
    names: Arc<[String]>,
}

async fn run(worker: Worker) {
    println!("{} {}", worker.id, worker.names.len());
}

fn main() {
    let names: Arc<[String]> = Arc::from([]);
    for id in 0..2 {
        let worker = Worker { id, names: Arc::clone(&names) };
        spawn(async move { run(worker).await });
        //    ^^^^^^^^^^ moved_into_task
    }
}
