// edition:2021
use std::future::Future;
use std::pin::Pin;

type Task = Pin<Box<dyn Future<Output = String>>>;

async fn fetch(base: String, id: u32) -> String {
    format!("{base}/{id}")
}

fn main() {
    let base = "http://x".to_string();
    let tasks: Vec<Task> = (0..3)
        .map(move |id| -> Task {
            let base = base.clone();
            Box::pin(async move { fetch(base, id).await })
        })
//                                                           ^^^^ closure_moves_capture
        .collect();
    rt::block_on(async {
        for task in tasks {
            println!("{}", task.await);
        }
    });
}

mod rt {
    use std::future::Future;
    use std::pin::pin;
    use std::task::{Context, Poll, Waker};

    pub fn block_on<F: Future>(future: F) -> F::Output {
        let mut future = pin!(future);
        let mut context = Context::from_waker(Waker::noop());
        loop {
            if let Poll::Ready(value) = future.as_mut().poll(&mut context) {
                return value;
            }
        }
    }
}
