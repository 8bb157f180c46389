// edition:2021
use std::future::Future;
use std::pin::Pin;

struct Permit(&'static str);

impl Drop for Permit {
    fn drop(&mut self) {
        println!("drop {}", self.0);
    }
}

trait Handler {
    fn handle<'a>(
        &'a self,
        permit: Permit,
        _other: Permit,
        request: &'a mut Vec<&'static str>,
    ) -> Pin<Box<dyn Future<Output = usize> + 'a>>;
//           ^^^^^^ async_trait_not_dyn
}

struct Echo;

impl Handler for Echo {
    fn handle<'a>(
        &'a self,
        _permit: Permit,
        other: Permit,
        request: &'a mut Vec<&'static str>,
    ) -> Pin<Box<dyn Future<Output = usize> + 'a>> {
        Box::pin(async move {
            let _permit = _permit;
            let other = other;
            println!("begin");
            rt::tick().await;
            request.push("x");
            println!("end {}", other.0);
            request.len()
        })
    }
}

struct Null;

impl Handler for Null {
    fn handle<'a>(
        &'a self,
        _argument: Permit,
        _argument2: Permit,
        _request: &'a mut Vec<&'static str>,
    ) -> Pin<Box<dyn Future<Output = usize> + 'a>> {
        Box::pin(async move {
            let _argument = _argument;
            let _argument2 = _argument2;
            println!("null");
            0
        })
    }
}

fn main() {
    let handlers: [&dyn Handler; 2] = [&Echo, &Null];
//                      ------- here it has to be one type for all
    let mut request = Vec::new();
    for handler in handlers {
        let n = rt::block_on(handler.handle(Permit("a"), Permit("b"), &mut request));
        println!("{n}");
    }
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
