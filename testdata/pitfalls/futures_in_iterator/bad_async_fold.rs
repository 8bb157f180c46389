// edition:2021
// Nothing tells the types in an async closure whose future is kept as the value itself.
use std::collections::HashMap;

async fn worth(name: &str) -> u32 {
    rt::tick().await;
    name.len() as u32
}

async fn totals(names: &[&str]) -> HashMap<u32, Vec<String>> {
    names.iter().fold(HashMap::new(), async |mut by_worth, name| {
//                                    ^^^^^^^^^^^^^^^^^^^^^^^^^^^^ futures_in_iterator
        let key = worth(name).await;
        let entry: &mut Vec<String> = by_worth.entry(key).or_default();
        entry.push(name.to_string());
        by_worth
    })
}

async fn longest(names: Vec<String>) -> (u32, Vec<char>) {
    let (most, firsts) = names.into_iter().filter(|name| !name.is_empty()).fold(
        (0, Vec::new()),
        async |(most, mut firsts), name: String| {
//      ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ futures_in_iterator
            let worth = worth(&name).await;
            if worth > most {
                firsts.retain(|first| *first != 'x');
            }
            firsts.extend(name.chars().next());
            (worth.max(most), firsts)
        },
    );
    (most, firsts)
}

fn main() {
    let names = ["fold", "map", "zip", "x"];
    rt::block_on(async {
        let mut all: Vec<_> = totals(&names).await.into_iter().collect();
        all.sort();
        println!("{all:?}");
        println!("{:?}", longest(names.map(String::from).to_vec()).await);
    });
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
