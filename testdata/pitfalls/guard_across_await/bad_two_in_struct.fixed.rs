// edition:2021
use std::future::Future;
use std::sync::{Arc, Mutex, MutexGuard};

fn spawn<F: Future + Send + 'static>(_future: F) {}

async fn leaf() {}

struct Both<'a>(MutexGuard<'a, u32>, MutexGuard<'a, u32>);

async fn exchange(left: Arc<Mutex<u32>>, right: Arc<Mutex<u32>>) {
    {
        let mut both = Both(left.lock().unwrap(), right.lock().unwrap());
        //  ^^^^^^^^ guard_across_await
        std::mem::swap(&mut *both.0, &mut *both.1);
    }
    leaf().await;
    //     ----- still held at this await
}

fn main() {
    spawn(exchange(Arc::default(), Arc::default()));
}
