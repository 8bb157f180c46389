// edition:2021
async fn score(name: &String) -> usize {
    name.len()
}

async fn is_short(name: &String) -> bool {
    name.len() < 4
}

fn main() {
    let mut names: Vec<String> = ["caesar", "bo", "al", "eve"].map(String::from).to_vec();
    rt::block_on(async {
        names.sort_by_key(|name| score(name));
//                        ^^^^^^^^^^^^^^^^^^ futures_in_iterator
        println!("{names:?}");
        names.retain(is_short);
//                   ^^^^^^^^ futures_in_iterator
    });
    println!("{names:?}");
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
