// edition:2024
// E0521: the argument's lifetime is too short for a task.
use std::sync::Mutex;

fn spawn<F: Future<Output = ()> + Send + 'static>(_: F) {}

async fn pause() {}

fn start(total: &Mutex<u32>) {
    spawn(async move {
        {
            let mut total = total.lock().unwrap();
            *total += 1;
        }
        pause().await;
    });
}

fn main() {
    start(&Mutex::new(0));
}
