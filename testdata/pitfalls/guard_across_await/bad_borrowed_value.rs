// edition:2021
use std::collections::HashMap;
use std::future::Future;
use std::sync::{Arc, RwLock};

fn spawn<F: Future + Send + 'static>(_future: F) {}

#[derive(Clone)]
enum Task {
    Idle,
    Busy { job: u32 },
}

async fn wake(job: u32) -> bool {
    job > 0
}

async fn poke(tasks: Arc<RwLock<HashMap<u32, Task>>>, id: u32) -> Option<bool> {
    let map = tasks.read().unwrap();
    //  ^^^ guard_across_await
    let task = map.get(&id)?;
    match task {
        Task::Idle => None,
        Task::Busy { job } => Some(wake(*job).await),
        //                                    ----- still held at this await
    }
}

fn main() {
    spawn(poke(Arc::default(), 1));
}
