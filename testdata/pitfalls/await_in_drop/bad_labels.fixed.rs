// edition:2021
struct Lease {
    slot: usize,
}

impl Lease {
    async fn take(slot: usize) -> Lease {
        rt::yield_now().await;
        Lease { slot }
    }
}

impl Lease {
    async fn close(self) {
    //       ^^^^ await_in_drop
        rt::yield_now().await;
        println!("release {}", self.slot);
    }
}

async fn search(rows: &[&[i32]], wanted: i32) -> Option<(usize, usize)> {
    let mut found = None;
    'rows: for (y, row) in rows.iter().enumerate() {
        let lease = Lease::take(y).await;
        for (x, value) in row.iter().enumerate() {
            if *value == wanted {
                found = Some((x, lease.slot));
                lease.close().await;
                break 'rows;
            }
            if *value < 0 {
                lease.close().await;
                continue 'rows;
            }
        }
        println!("row {y} done");
        lease.close().await;
    }
    found
}

async fn first_positive(values: &[i32]) -> i32 {
    let lease = Lease::take(9).await;
    for value in values {
        if *value > 0 {
            lease.close().await;
            return *value;
        }
    }
    let result = -(lease.slot as i32);
    lease.close().await;
    result
}

fn main() {
    println!("{:?}", rt::block_on(search(&[&[1, 2], &[-1, 5], &[3, 4, 5]], 4)));
    println!("{}", rt::block_on(first_positive(&[-1, 4])));
    println!("{}", rt::block_on(first_positive(&[-1])));
}

mod rt {
    use std::future::Future;
    use std::task::{Context, Poll, Waker};

    pub fn block_on<F: Future>(future: F) -> F::Output {
        let mut future = std::pin::pin!(future);
        let mut cx = Context::from_waker(Waker::noop());
        loop {
            if let Poll::Ready(value) = future.as_mut().poll(&mut cx) {
                return value;
            }
        }
    }

    pub async fn yield_now() {
        let mut yielded = false;
        std::future::poll_fn(|cx| {
            if std::mem::replace(&mut yielded, true) {
                return Poll::Ready(());
            }
            cx.waker().wake_by_ref();
            Poll::Pending
        })
        .await
    }
}
