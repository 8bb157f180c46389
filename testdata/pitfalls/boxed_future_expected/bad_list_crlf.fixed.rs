// edition:2021
use std::future::Future;
use std::pin::Pin;
type Fut = Pin<Box<dyn Future<Output = u32>>>;
struct Job {
    name: &'static str,
    run: Fut,
}
fn main() {
    let v: Vec<Fut> = vec![Box::pin(async { 1 }), Box::pin(async { 2 })];
    //                     ^^^^^^^^^^^ boxed_future_expected
    let j = Job {
        name: "x",
        run: Box::pin(async { 3 }),
    };
    let mut w: Vec<Fut> = Vec::new();
    w.push(Box::pin(async {
        rt::pause().await;
        4
    }));
    let l: Fut = Box::pin(async { 5 });
    for f in v.into_iter().chain(w) {
        println!("{}", rt::block_on(f));
    }
    println!("{} {} {}", j.name, rt::block_on(j.run), rt::block_on(l));
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
