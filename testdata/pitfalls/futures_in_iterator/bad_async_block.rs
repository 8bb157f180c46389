// edition:2021
// The closures give async blocks, which borrow and change what is around.
struct Gate {
    asked: u32,
}

impl Gate {
    async fn opens(&mut self, name: &str) -> bool {
        self.asked += 1;
        rt::tick().await;
        name.len() > 2
    }
}

async fn pass<'a>(names: &[&'a str], gate: &mut Gate) -> Vec<&'a str> {
    names
        .iter()
        .filter(|name| !name.starts_with('x'))
        .filter(|name| async { gate.opens(name).await })
//              ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ futures_in_iterator
        .map(|name| *name)
        .take(2)
        .collect()
}

async fn first_open(names: Vec<String>, gate: &mut Gate) -> Option<usize> {
    names.iter().enumerate().skip(1).filter(|(_, name)| async { gate.opens(name).await }).map(|(at, _)| at).next()
//                                          ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ futures_in_iterator
}

async fn shut(mut names: Vec<String>, gate: &mut Gate) -> usize {
    names.retain(|name| async {
//               ^^^^^^^^^^^^^^ futures_in_iterator
        let opens = gate.opens(name).await;
        !opens
    });
    names.len()
}

fn main() {
    let mut gate = Gate { asked: 0 };
    rt::block_on(async {
        println!("{:?}", pass(&["xyz", "ab", "abc", "abcd", "abcde"], &mut gate).await);
        let names = ["door", "a", "wall"].map(String::from).to_vec();
        println!("{:?}", first_open(names.clone(), &mut gate).await);
        println!("{}", shut(names, &mut gate).await);
        println!("{}", gate.asked);
    });
}

mod rt {
    use std::future::Future;
    use std::pin::pin;
    use std::task::{Context, Poll, Waker};

    pub fn block_on<F: Future>(future: F) -> F::Output {
        let mut future = pin!(future);
        let mut cx = Context::from_waker(Waker::noop());
        loop {
            if let Poll::Ready(out) = future.as_mut().poll(&mut cx) {
                return out;
            }
        }
    }

    pub async fn tick() {
        let mut done = false;
        std::future::poll_fn(|cx| {
            if std::mem::replace(&mut done, true) {
                return Poll::Ready(());
            }
            cx.waker().wake_by_ref();
            Poll::Pending
        })
        .await
    }
}
