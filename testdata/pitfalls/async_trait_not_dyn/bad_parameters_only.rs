// edition:2018
trait Greeter {
    async fn greet(&self, name: &str) -> String;
//           ^^^^^ async_trait_not_dyn
}

struct Plain;
struct Loud;

impl Greeter for Plain {
    async fn greet(&self, name: &str) -> String { format!("hello {name}") }
}

impl Greeter for Loud {
    async fn greet(&self, name: &str) -> String {
        rt::tick().await;
        name.to_uppercase()
    }
}

async fn show(greeter: &dyn Greeter) {
//                      ----------- here it has to be one type for all
    println!("{}", greeter.greet("bob").await);
}

fn main() {
    rt::block_on(async {
        show(&Plain).await;
        show(&Loud).await;
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
