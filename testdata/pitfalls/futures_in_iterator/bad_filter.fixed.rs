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
    let mut any = false;
    for door in doors.iter() {
        if is_open(door).await {
            any = true;
            break;
        }
    }
//                             ^^^^^^^^^^^^^^^^^^^^ futures_in_iterator
    let mut keys: Vec<u32> = Vec::new();
    for door in doors.iter() {
        let Some(value) = key_of(*door).await else {
            continue;
        };
        keys.push(value);
    }
//                                               ^^^^^^^^^^^^^^^^^^^^ futures_in_iterator
    let mut behind: Vec<u32> = Vec::new();
    'items: for door in doors.iter() {
        for value in rooms(*door).await {
            behind.push(value);
            if behind.len() == 3 {
                break 'items;
            }
        }
    }
//                                               ^^^^^^^^^^^^^^^^^^^ futures_in_iterator
    let mut open: Vec<u32> = Vec::new();
    for door in doors {
        if !is_open(&door).await {
            continue;
        }
        open.push(door);
        if open.len() == 1 {
            break;
        }
    }
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
