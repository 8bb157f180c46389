// edition:2021
use std::future::Future;
use std::pin::Pin;

pub type Reply<'a, T> = Pin<Box<dyn Future<Output = T> + Send + 'a>>;

struct Cache {
    slots: Vec<Option<String>>,
}

struct Waiting {
    replies: Vec<Reply<'static, u32>>,
}

trait Load {
    fn load(&self, at: usize) -> Reply<'_, Option<String>>;
}

impl Load for Cache {
    fn load(&self, at: usize) -> Reply<'_, Option<String>> {
    //                           ^^^^^^^^^^^^^^^^^^^^^ boxed_future_lifetime
        Box::pin(async move {
            rt::pause().await;
            self.slots[at].clone()
        })
    }
}

fn done() -> Reply<'static, u32> {
    Box::pin(async { 1 })
}

fn main() {
    let mut cache = Cache {
        slots: vec![Some("a".to_string())],
    };
    let mut waiting = Waiting {
        replies: Vec::new(),
    };
    waiting.replies.push(done());
    println!("{:?}", rt::block_on(cache.load(0)));
    for reply in waiting.replies {
        println!("{}", rt::block_on(reply));
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
