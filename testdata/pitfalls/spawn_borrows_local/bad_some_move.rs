// edition:2021
#[derive(Clone, Copy)]
struct Limits {
    most: usize,
}

fn start(limits: Limits, names: Vec<String>, in_order: bool) -> std::thread::JoinHandle<usize> {
    //   ------ belongs to this function
    if in_order {
        let count = names.len();
        rt::spawn(async {
            //    ^^^^^ spawn_borrows_local
            let names = names;
            names.len().min(limits.most).min(count)
        })
    } else {
        rt::spawn(async move { names.len().max(limits.most) })
    }
}

fn main() {
    let names = vec!["a".to_string(), "b".to_string()];
    println!("{}", start(Limits { most: 1 }, names, true).join().unwrap());
}

// A runtime that runs each task on a thread of its own.
mod rt {
    use std::future::Future;
    use std::pin::pin;
    use std::task::{Context, Poll, Waker};

    pub fn spawn<F>(future: F) -> std::thread::JoinHandle<F::Output>
    where
        F: Future + Send + 'static,
        F::Output: Send + 'static,
    {
        std::thread::spawn(move || block_on(future))
    }

    pub fn block_on<F: Future>(future: F) -> F::Output {
        let mut future = pin!(future);
        let mut context = Context::from_waker(Waker::noop());
        loop {
            if let Poll::Ready(value) = future.as_mut().poll(&mut context) {
                return value;
            }
            std::thread::yield_now();
        }
    }
}
