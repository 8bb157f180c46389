// edition:2021
use std::future::Future;

// First borrowed, then captured.
fn report(title: String, lines: Vec<String>) -> impl Future<Output = String> {
    let widest = lines.iter().map(|line| line.len()).max().unwrap_or(0);
    let head = title.trim();
    //         ^^^^^ block_captures_local_reference
    // The first line stands alone.
    let first = &lines[0];
    println!("{} lines, {widest} wide", lines.len());
    async {
  //^^^^^ async_block_borrows_local
        rt::pause().await;
        format!("{head}: {first} ({widest})")
    }
}

fn main() {
    let lines = vec!["one".to_string(), "three".to_string()];
    println!("{}", rt::block_on(report(" t ".to_string(), lines)));
}

mod rt {
    use std::future::Future;
    use std::task::{Context, Poll, Waker};

    pub fn block_on<F: Future>(future: F) -> F::Output {
        let mut future = Box::pin(future);
        let mut context = Context::from_waker(Waker::noop());
        loop {
            if let Poll::Ready(output) = future.as_mut().poll(&mut context) {
                return output;
            }
        }
    }

    pub async fn pause() {
        let mut waited = false;
        std::future::poll_fn(|_| {
            if std::mem::replace(&mut waited, true) {
                return Poll::Ready(());
            }
            Poll::Pending
        })
        .await
    }
}
