// edition:2024
use std::collections::BTreeMap;

struct Mirror {
    host: &'static str,
}

impl Mirror {
    async fn head(&self, file: &str) -> String {
        format!("{}/{file}", self.host)
    }
}

async fn name(id: u32) -> String {
    println!("name of {id}");
    format!("n{id}")
}

async fn run(mirrors: &[Mirror]) {
    let mut heads: Vec<String> = Vec::new();
    for mirror in mirrors.iter() {
        heads.push(mirror.head("disk.img").await);
    }
//                                              ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ futures_in_iterator
    let mut collected: Vec<String> = Vec::new();
    for item in 1..4 {
        collected.push(name(item).await);
    }
    let names = collected.join(", ");
//                         ^^^^ futures_in_iterator
    let mut by_id: BTreeMap<u32, String> = BTreeMap::new();
    for id in 1..3 {
        by_id.insert(id, name(id).await);
    }
//                                                ^^^^^^^^^^^^^^^^^^^ futures_in_iterator
    let mut loud: Vec<String> = Vec::new();
    for id in 5..7 {
        //           ^^^^^^^^^^^^^^^^^ futures_in_iterator
                    let name = name(id).await;
        loud.push(name.to_uppercase());
    }
    println!("{heads:?} {names} {by_id:?} {loud:?}");
}

fn main() {
    rt::block_on(run(&[Mirror { host: "eu" }, Mirror { host: "us" }]));
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
