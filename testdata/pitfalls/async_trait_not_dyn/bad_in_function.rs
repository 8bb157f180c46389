// edition:2021
fn main() {
    trait Op {
        async fn apply(&self, x: i64) -> i64;
//               ^^^^^ async_trait_not_dyn
    }

    struct Add(i64);
    impl Op for Add {
        async fn apply(&self, x: i64) -> i64 {
            x + self.0
        }
    }
    struct Mul(i64);
    impl Op for Mul {
        async fn apply(&self, x: i64) -> i64 {
            rt::tick().await;
            x * self.0
        }
    }

    let ops: &[&dyn Op] = &[&Add(2), &Mul(5)];
//                  -- here it has to be one type for all
    let result = rt::block_on(async {
        let mut x = 1;
        for op in ops {
            x = op.apply(x).await;
        }
        x
    });
    println!("{result}");
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
