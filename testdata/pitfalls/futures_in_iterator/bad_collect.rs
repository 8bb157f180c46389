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
    let heads: Vec<String> = mirrors.iter().map(|mirror| mirror.head("disk.img")).collect();
//                                              ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ futures_in_iterator
    let names = (1..4).map(name).collect::<Vec<String>>().join(", ");
//                         ^^^^ futures_in_iterator
    let by_id: BTreeMap<u32, String> = (1..3).map(|id| (id, name(id))).collect();
//                                                ^^^^^^^^^^^^^^^^^^^ futures_in_iterator
    let loud: Vec<String> = (5..7)
        .map(|id| async move {
//           ^^^^^^^^^^^^^^^^^ futures_in_iterator
            let name = name(id).await;
            name.to_uppercase()
        })
        .collect();
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
