// edition:2021
async fn name(id: u32) -> String {
    println!("name of {id}");
    format!("n{id}")
}

async fn sorted(count: u32) -> Vec<String> {
    let mut names: Vec<_> = Vec::new();
    for id in 0..count {
        names.push(name(id).await);
    }
//                                     ^^^^^^^^^^^^^ futures_in_iterator
    names
}

fn main() {
    rt::block_on(async {
        let mut names = Vec::new();
        for id in 1..3 {
            names.push(name(id).await);
        }
//                             ^^^^^^^^^^^^^ futures_in_iterator
        for name in &names {
            println!("{name}");
        }
        println!("{}", names.join(", "));
        println!("{:?}", sorted(2).await);
    });
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
