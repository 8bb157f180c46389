// edition:2021
use std::collections::BTreeMap;
use std::future::Future;
use std::pin::Pin;

type Answer = Pin<Box<dyn Future<Output = Result<f64, String>> + Send>>;
type Action = Box<dyn Fn(f64, f64) -> Answer + Send + Sync>;

async fn power(base: f64, exponent: f64) -> Result<f64, String> {
    rt::pause().await;
    Ok(base.powf(exponent))
}

fn actions() -> BTreeMap<&'static str, Action> {
    let mut actions: BTreeMap<&'static str, Action> = BTreeMap::new();
    let negate = |a: f64, _b: f64| async move { Ok(-a) };
    //                             ^^^^^^^^^^^^^^^^^^^^^ boxed_future_expected
    actions.insert(
        "add",
        Box::new(|a, b| async move {
        //              ^^^^^^^^^^^^ boxed_future_expected
            rt::pause().await;
            Ok(a + b)
        }),
    );
    actions.insert(
        "div",
        Box::new(|a, b| async move {
            // Would be infinite.
            if b == 0.0 {
                return Err("by zero".to_string());
            }
            Ok(a / b)
        }),
    );
    actions.insert("pow", Box::new(power));
    actions.insert("neg", Box::new(negate));
    actions
}

fn main() {
    for (name, action) in actions() {
        println!("{name} {:?}", rt::block_on(action(6.0, 2.0)));
    }
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
