// edition:2021
use std::future::Future;
use std::sync::{Arc, RwLock};

fn spawn<F: Future + Send + 'static>(_future: F) {}

async fn call(path: &str) -> Result<usize, usize> {
    Err(path.len())
}

fn main() {
    let errors = Arc::new(RwLock::new(0));
    spawn(async move {
        //  ^^^^^ guard_across_await
        match call("/").await {
            Ok(length) => println!("{length}"),
            Err(code) => {
                let guard = errors.write();
                if let Ok(mut count) = guard {
                    *count += code;
                }
            }
        }
    });
}
