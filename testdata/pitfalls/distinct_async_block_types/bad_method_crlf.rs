// edition:2021
struct Client {
    base: String,
}

impl Client {
    async fn get(&self, path: &str) -> String {
        rt::pause().await;
        format!("GET {}{path}", self.base)
    }

    async fn post(&self, path: &str) -> String {
        format!("POST {}{path}", self.base)
    }

    async fn call(&self, is_write: bool, path: &str) -> usize {
        let answer = if is_write && !path.is_empty() {
            async {
                let answer = self.post(path).await;
                println!("{answer}");
                answer.len()
            }
        } else {
            // Reads are quiet.
            async { self.get(path).await.len() }
          //^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ distinct_async_block_types
        };
        let number = answer.await;
        number + 1
    }
}

fn main() {
    let client = Client {
        base: "/a".to_string(),
    };
    println!("{}", rt::block_on(client.call(true, "/b")));
    println!("{}", rt::block_on(client.call(false, "/c")));
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
