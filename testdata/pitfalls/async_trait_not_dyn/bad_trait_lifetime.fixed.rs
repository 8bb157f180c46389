// edition:2021
use std::future::Future;
use std::pin::Pin;

trait Visitor<'t> {
    fn token<'a, 'fut>(&'a mut self, token: &'t str) -> Pin<Box<dyn Future<Output = bool> + 'fut>>
    where
        't: 'fut,
        'a: 'fut,
        Self: 'fut;
//           ^^^^^ async_trait_not_dyn
    fn done<'fut>(self: Box<Self>) -> Pin<Box<dyn Future<Output = Vec<&'t str>> + 'fut>>
    where
        Self: 'fut;
//           ---- so does this method
}

struct Collect<'t> {
    all: Vec<&'t str>,
}

impl<'t> Visitor<'t> for Collect<'t> {
    fn token<'a, 'fut>(&'a mut self, token: &'t str) -> Pin<Box<dyn Future<Output = bool> + 'fut>>
    where
        't: 'fut,
        'a: 'fut,
        Self: 'fut,
    {
        Box::pin(async move {
            rt::tick().await;
            self.all.push(token);
            self.all.len() < 2
        })
    }

    fn done<'fut>(self: Box<Self>) -> Pin<Box<dyn Future<Output = Vec<&'t str>> + 'fut>>
    where
        Self: 'fut,
    {
        Box::pin(async move { self.all })
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
