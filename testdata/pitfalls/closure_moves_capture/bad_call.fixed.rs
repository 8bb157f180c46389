// edition:2021
use std::future::Future;
use std::sync::Arc;

async fn retry<F, Fut>(f: F) -> Option<u32>
where
    F: Fn() -> Fut,
    Fut: Future<Output = Option<u32>>,
{
    for _ in 0..3 {
        if let Some(value) = f().await {
            return Some(value);
        }
    }
    None
}

struct Client {
    name: String,
}

async fn get(client: Arc<Client>, url: String) -> Option<u32> {
    (client.name.len() > url.len()).then_some(1)
}

async fn load(client: Arc<Client>, url: String) -> Option<u32> {
    retry(move || get(client.clone(), url.clone())).await
//                    ^^^^^^ closure_moves_capture
}

async fn load_again(client: Arc<Client>, url: String) -> Option<u32> {
    retry(|| async { get(client.clone(), url.clone()).await }).await
//                       ^^^^^^ closure_moves_capture
}

fn main() {
    let client = Arc::new(Client { name: "abc".into() });
    println!("{:?}", rt::block_on(load(client.clone(), "u".into())));
    println!("{:?}", rt::block_on(load_again(client, "u".into())));
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
