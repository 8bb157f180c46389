// edition:2024
async fn longest(words: &[String]) -> usize {
    words.iter().map(String::len).max().unwrap_or(0)
}

async fn parallel_longest(words: &[String], workers: usize) -> usize {
    let size = words.len().div_ceil(workers).max(1);
    let mut tasks = Vec::new();
    for part in words.chunks(size) {
        tasks.push(rt::spawn(async move { longest(part).await }));
        //                   ^^^^^^^^^^ spawn_borrows_slice
    }
    let mut most = 0;
    for task in tasks {
        most = most.max(task.await);
    }
    most
}

fn main() {
    let words = ["a", "bcd", "ef"].map(str::to_string);
    println!("{}", rt::block_on(parallel_longest(&words, 2)));
}

mod rt {
    use std::pin::pin;
    use std::task::{Context, Poll, Waker};

    pub fn spawn<F: Future + Send + 'static>(future: F) -> F {
        future
    }

    pub fn block_on<F: Future>(future: F) -> F::Output {
        let mut future = pin!(future);
        let mut context = Context::from_waker(Waker::noop());
        loop {
            if let Poll::Ready(output) = future.as_mut().poll(&mut context) {
                return output;
            }
        }
    }
}
