// edition:2021
trait Visitor<'t> {
    async fn token(&mut self, token: &'t str) -> bool;
//           ^^^^^ async_trait_not_dyn
    async fn done(self: Box<Self>) -> Vec<&'t str>;
//           ---- so does this method
}

struct Collect<'t> {
    all: Vec<&'t str>,
}

impl<'t> Visitor<'t> for Collect<'t> {
    async fn token(&mut self, token: &'t str) -> bool {
        rt::tick().await;
        self.all.push(token);
        self.all.len() < 2
    }

    async fn done(self: Box<Self>) -> Vec<&'t str> {
        self.all
    }
}

async fn walk<'t>(text: &'t str, mut visitor: Box<dyn Visitor<'t> + 't>) -> Vec<&'t str> {
//                                                -------------------- here it has to be one type for all
    for token in text.split(' ') {
        if !visitor.token(token).await {
            break;
        }
    }
    visitor.done().await
}

fn main() {
    let text = String::from("a b c");
    println!("{:?}", rt::block_on(walk(&text, Box::new(Collect { all: vec![] }))));
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
