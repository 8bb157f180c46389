// edition:2021
async fn is_open(door: &u32) -> bool {
    println!("is {door} open?");
    door % 2 == 1
}

async fn key_of(door: u32) -> Option<u32> {
    (door > 2).then_some(door * 11)
}

async fn rooms(door: u32) -> Vec<u32> {
    vec![door; 2]
}

async fn run(doors: Vec<u32>) {
    let any = doors.iter().any(|door| is_open(door));
//                             ^^^^^^^^^^^^^^^^^^^^ futures_in_iterator
    let keys: Vec<u32> = doors.iter().filter_map(|door| key_of(*door)).collect();
//                                               ^^^^^^^^^^^^^^^^^^^^ futures_in_iterator
    let behind: Vec<u32> = doors.iter().flat_map(|door| rooms(*door)).take(3).collect();
//                                               ^^^^^^^^^^^^^^^^^^^ futures_in_iterator
    let open: Vec<u32> = doors.into_iter().filter(|door| is_open(door)).take(1).collect();
//                                                ^^^^^^^^^^^^^^^^^^^^ futures_in_iterator
    println!("{any} {keys:?} {behind:?} {open:?}");
}

fn main() {
    rt::block_on(run(vec![2, 3, 5]));
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
