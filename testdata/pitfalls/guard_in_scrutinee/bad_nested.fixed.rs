// edition:2021
use std::future::Future;
use std::sync::{Arc, Mutex};

fn spawn<F: Future + Send + 'static>(_future: F) {}

async fn leaf() {}

async fn serve(level: Arc<Mutex<u32>>) {
    for round in 0..3 {
        let value = *level.lock().unwrap();
        let word = match value {
        //                ^^^^^^^^^^^^^^^^^^^^^ guard_in_scrutinee
            0 => "idle",
            now if now > round => {
                {
                    leaf().await;
                    //     ----- still held at this await
                }
                "busy"
            }
            _ => "done",
        };
        println!("{word}");
    }
}

fn main() {
    spawn(serve(Arc::default()));
}
