// edition:2021
// One share for the task, one for the caller.
use std::future::Future;
use std::sync::{Arc, Mutex};

fn spawn<F: Future + Send + 'static>(_future: F) {}

struct Shared {
    names: Mutex<Vec<String>>,
}

struct Db {
    shared: Arc<Shared>,
}

async fn purge(shared: Arc<Shared>) {
    shared.names.lock().unwrap().clear();
}

fn open() -> Db {
    let shared = Arc::new(Shared {
    //  ^^^^^^ shared_without_arc
        names: Mutex::new(Vec::new()),
    });
    spawn(purge(shared.clone()));
    Db { shared }
}

fn main() {
    drop(open().shared);
}
