// edition:2021
// As a part of what the future takes.
use std::future::Future;
use std::sync::Arc;

fn spawn<F: Future + Send + 'static>(_future: F) {}

struct Worker {
    id: u32,
    names: Arc<[String]>,
}

impl Worker {
    async fn run(self) {
        println!("{} {}", self.id, self.names.len());
    }
}

struct Pool {
    names: Arc<[String]>,
}

impl Pool {
    fn start(&self, id: u32) {
        let worker = Worker { id, names: Arc::clone(&self.names) };
        //                               ^^^^^^^^^^ moved_out_of_borrow
        spawn(worker.run());
    }
}

fn main() {
    Pool { names: Arc::from([]) }.start(1);
}
