// edition:2021
use std::future::Future;

struct Parser<'t> {
    text: &'t str,
}

impl<'t> Parser<'t> {
    fn new(text: &'t str) -> Self {
        println!("parsing");
        Parser { text }
    }
}

fn parse(text: String) -> impl Future<Output = usize> {
    let parser = Parser::new(&text);
    //                       ^^^^^ block_captures_local_reference
    println!("parsed");
    async move {
        rt::pause().await;
        parser.text.len()
    }
}

fn main() {
    println!("{}", rt::block_on(parse("ab".to_string())));
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
