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
        let mut keys = Vec::new();
        for name in names.iter() {
            keys.push(score(name).await);
        }
        let mut keyed: Vec<_> = keys.into_iter().zip(names.drain(..)).collect();
        keyed.sort_by(|a, b| a.0.cmp(&b.0));
        names.extend(keyed.into_iter().map(|(_, item)| item));
//                        ^^^^^^^^^^^^^^^^^^ futures_in_iterator
        println!("{names:?}");
        let mut is_kept = Vec::new();
        for item in names.iter() {
            is_kept.push(is_short(item).await);
        }
        let mut is_kept = is_kept.into_iter();
        names.retain(|_| is_kept.next().unwrap_or(true));
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
