// edition:2021
trait Codec {
    fn name(&self) -> &'static str;
    async fn encode<T: std::fmt::Debug>(&self, value: &T) -> String;
//           ^^^^^^ async_trait_not_dyn
    async fn finish(&self);
//           ------ so does this method
}

struct Text;
impl Codec for Text {
    fn name(&self) -> &'static str { "text" }
    async fn encode<T: std::fmt::Debug>(&self, value: &T) -> String {
        rt::tick().await;
        format!("{value:?}")
    }
    async fn finish(&self) {}
}

fn names(all: &[Box<dyn Codec>]) -> Vec<&'static str> {
//                  --------- here it has to be one type for all
    all.iter().map(|codec| codec.name()).collect()
}

fn main() {
    let all: Vec<Box<dyn Codec>> = vec![Box::new(Text)];
    println!("{:?}", names(&all));
    rt::block_on(async {
        println!("{}", Text.encode(&vec![1, 2]).await);
        Text.finish().await;
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
