// edition:2021
use std::future::Future;
use std::sync::{Arc, Mutex};

fn spawn<F: Future + Send + 'static>(_future: F) {}

async fn send(_value: u32) {}

async fn scoped(state: Arc<Mutex<u32>>) {
    let now = {
        let mut seen = state.lock().unwrap();
        *seen += 1;
        *seen
    };
    send(now).await;
}

async fn copied(state: Arc<Mutex<u32>>) {
    let now = *state.lock().unwrap();
    send(now).await;
}

async fn after(state: Arc<Mutex<u32>>) {
    send(1).await;
    let mut seen = state.lock().unwrap();
    *seen += 1;
}

async fn between(state: Arc<Mutex<u32>>) {
    *state.lock().unwrap() += 1;
    send(1).await;
    *state.lock().unwrap() += 1;
}

async fn returns_early(state: Arc<Mutex<u32>>, stop: bool) {
    if stop {
        let mut seen = state.lock().unwrap();
        *seen += 1;
        return;
    }
    send(1).await;
}

fn main() {
    spawn(scoped(Arc::default()));
    spawn(copied(Arc::default()));
    spawn(after(Arc::default()));
    spawn(between(Arc::default()));
    spawn(returns_early(Arc::default(), true));
}
