// edition:2021
use std::collections::BTreeMap;
use std::future::Future;
use std::pin::Pin;
use std::sync::{Arc, Mutex};

type Handler = Box<dyn Fn(u32) -> Pin<Box<dyn Future<Output = usize>>>>;

#[derive(Clone, Debug)]
struct Config {
    name: String,
}

async fn store(config: Config, seen: Arc<Mutex<Vec<u32>>>, item: u32) -> usize {
    seen.lock().unwrap().push(item);
    config.name.len() + item as usize
}

fn main() {
    let seen = Arc::new(Mutex::new(Vec::new()));
    let config = Config { name: "abc".into() };
    let mut table: BTreeMap<&str, Handler> = BTreeMap::new();
    let log = seen.clone();
    table.insert(
        "a",
        Box::new(move |item| {
            let config = config.clone();
            let log = log.clone();
            Box::pin(async move {
                let n = store(config, log, item).await;
//                            ^^^^^^ closure_moves_capture
                n * 2
            })
        }),
    );
    rt::block_on(async {
        println!("{}", table["a"](1).await);
        println!("{}", table["a"](2).await);
    });
    println!("{:?}", seen.lock().unwrap());
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
