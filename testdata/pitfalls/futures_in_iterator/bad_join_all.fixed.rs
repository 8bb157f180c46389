// edition:2021
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

    pub async fn join_all<F: Future>(futures: impl IntoIterator<Item = F>) -> Vec<F::Output> {
        let mut values = Vec::new();
        for future in futures {
            values.push(future.await);
        }
        values
    }
}

async fn name(id: u32) -> String {
    format!("n{id}")
}

fn main() {
    let names = rt::block_on(async {
        let mut names: Vec<String> = Vec::new();
        for id in 1..4 {
            names.push(name(id).await);
        }
//                                          ^^^^^^^^^^^^^ futures_in_iterator
        names.join(" ")
    });
    println!("{names} {}", rt::block_on(rt::join_all([name(7)])).len());
}
