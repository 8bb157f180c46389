// edition:2021
use std::future::Future;
use std::marker::PhantomData;

struct Route<F, Fut> {
    handler: F,
    future: PhantomData<Fut>,
}

impl<F, Fut> Route<F, Fut>
where
    F: Fn(&str) -> Fut,
    Fut: Future<Output = usize>,
{
    fn new(handler: F) -> Self {
        Route { handler, future: PhantomData }
    }

    async fn call(&self, path: &str) -> usize {
        (self.handler)(path).await
    }
}

async fn measure(word: &str) -> usize {
    word.len()
}

fn main() {
    let route = Route::new(|path| {
        let path = path.to_owned();
        async move { measure(&path).await }
    });
//                                ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ closure_returns_borrowing_future
    println!("{}", rt::block_on(route.call("abc")));
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
