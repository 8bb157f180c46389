// edition:2021
use std::collections::HashMap;
use std::future::Future;

async fn stream<F, Fut>(lines: &[&'static str], mut on_line: F)
where
    F: FnMut(&'static str) -> Fut + Send,
    Fut: Future<Output = ()>,
{
    for line in lines {
        on_line(line).await;
    }
}

async fn word(line: &str) -> String {
    line.to_lowercase()
}

fn main() {
    let mut counts: HashMap<String, u32> = HashMap::new();
    rt::block_on(async {
        stream(&["A", "b", "a"], |line| {
            let counts = &mut counts;
            async move {
//          ^^^^^^^^^^^^ mutable_capture_in_async_block
                *counts.entry(word(line).await).or_default() += 1;
            }
        })
        .await;
    });
    let mut counts: Vec<_> = counts.into_iter().collect();
    counts.sort();
    println!("{counts:?}");
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
