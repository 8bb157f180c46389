// edition:2024
// Async functions in a table whose type is that of a function pointer.
use std::collections::HashMap;

async fn length(text: &str) -> usize {
    rt::tick().await;
    text.len()
}

async fn words(text: &str) -> usize {
    text.split(' ').count()
}

fn table() -> HashMap<&'static str, fn(&str) -> dyn Future<Output = usize>> {
//                                              ^^^^^^^^^^^^^^^^^^^^^^^^^^ bare_future_in_function_type
    let mut table = HashMap::new();
    table.insert("length", length);
    table.insert("words", words);
    table
}

struct Watch {
    on_change: Option<fn(&str) -> dyn Future<Output = usize>>,
}

async fn ask(watch: &Watch, text: &str) -> usize {
    let mut sum = 0;
    for name in ["length", "words"] {
        if let Some(count) = table().get(name) {
            sum += count(text).await;
        }
    }
    match watch.on_change {
        Some(change) => sum * change(text).await,
        None => sum,
    }
}

fn main() {
    let watch = Watch { on_change: Some(words) };
    println!("{}", rt::block_on(ask(&watch, "a box for each")));
}

mod rt {
    use std::future::Future;
    use std::pin::pin;
    use std::task::{Context, Poll, Waker};

    pub fn block_on<F: Future>(future: F) -> F::Output {
        let mut future = pin!(future);
        let mut cx = Context::from_waker(Waker::noop());
        loop {
            if let Poll::Ready(out) = future.as_mut().poll(&mut cx) {
                return out;
            }
        }
    }

    pub async fn tick() {
        let mut done = false;
        std::future::poll_fn(|cx| {
            if std::mem::replace(&mut done, true) {
                return Poll::Ready(());
            }
            cx.waker().wake_by_ref();
            Poll::Pending
        })
        .await
    }
}
