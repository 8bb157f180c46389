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
    let mut collected = Vec::new();
    for name in names.iter().filter(|name| !name.starts_with('x')) {
        if !gate.opens(name).await {
            continue;
        }
        //              ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ futures_in_iterator
        collected.push(*name);
        if collected.len() == 2 {
            break;
        }
    }
    collected
}

async fn first_open(names: Vec<String>, gate: &mut Gate) -> Option<usize> {
    let mut first = None;
    for name_value in names.iter().enumerate().skip(1) {
        let (_, name) = &name_value;
        if !gate.opens(name).await {
            continue;
        }
        let (at, _) = name_value;
        first = Some(at);
        break;
    }
    first
//                                          ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ futures_in_iterator
}

async fn shut(mut names: Vec<String>, gate: &mut Gate) -> usize {
    let mut is_kept = Vec::new();
    for name in names.iter() {
        //               ^^^^^^^^^^^^^^ futures_in_iterator
                let opens = gate.opens(name).await;
        is_kept.push(!opens);
    }
    let mut is_kept = is_kept.into_iter();
    names.retain(|_| is_kept.next().unwrap_or(true));
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
