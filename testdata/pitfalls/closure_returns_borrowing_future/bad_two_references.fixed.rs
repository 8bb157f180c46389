// edition:2024
async fn fold<A, F>(items: &[String], mut acc: A, mut f: F) -> A
where
    F: AsyncFnMut(&mut A, &str),
{
    for item in items {
        f(&mut acc, item).await;
    }
    acc
}

async fn len(item: &str) -> usize {
    item.len()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn folds() {
        let items = ["a".to_string()];
        let sum = rt::block_on(fold(&items, 0, async |sum, item| {
            *sum += len(item).await;
        }));
        assert_eq!(sum, 1);
    }
}

fn main() {
    let items = ["a".to_string(), "bc".to_string()];
    let sum = rt::block_on(fold(&items, 0, async |sum, item| {
//                                                     ^^^^^^^^^^^^ closure_returns_borrowing_future
        *sum += len(item).await;
    }));
    println!("{sum}");
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
