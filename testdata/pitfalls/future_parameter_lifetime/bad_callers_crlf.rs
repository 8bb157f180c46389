// edition:2021
use std::fmt::Display;
use std::future::Future;
use std::pin::Pin;

type Boxed<'a, T> = Pin<Box<dyn Future<Output = T> + Send + 'a>>;

struct Queue {
    limit: usize,
}

impl Queue {
    fn run<F, Fut>(&self, job: F) -> Boxed<'_, usize>
    //     ^ future_parameter_lifetime
    where
        F: FnOnce(usize) -> Fut + Send,
        Fut: Future<Output = usize> + Send,
    {
        Box::pin(async move { job(self.limit).await })
    }

    fn show<T: Display + Send>(&self, value: T) -> Boxed<'static, String> {
    //      ^^^^^^^^^^^^^^^^^ future_parameter_lifetime
        let limit = self.limit;
        Box::pin(async move {
            rt::pause().await;
            format!("{value} of {limit}")
        })
    }
}

fn show_all<T: Display + Send>(queue: &Queue, values: Vec<T>) -> Vec<Boxed<'static, String>> {
    values.into_iter().map(|value| queue.show(value)).collect()
}

fn main() {
    let queue = Queue { limit: 3 };
    println!(
        "{}",
        rt::block_on(queue.run(|limit| async move { limit + 1 }))
    );
    for shown in show_all(&queue, vec![1, 2]) {
        println!("{}", rt::block_on(shown));
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
