// edition:2021
async fn size(page: &str) -> u64 {
    page.len() as u64
}

async fn measure(pages: &[&str]) -> (Option<u64>, u64) {
    let mut largest = None;
    for page in pages.iter() {
        let b = size(page).await;
        let Some(a) = largest else {
            largest = Some(b);
            continue;
        };
        largest = Some(a.max(b));
    }
//                                        ^^^^^^^^^^^^^^^^ await_in_sync_closure
    let mut long = None;
    for page in pages.iter() {
        if !(size(page).await > 1) {
            continue;
        }
        //                     ^^^^^^^^^^^^^^^^ await_in_sync_closure
        let value = page.len() as u64;
        let Some(so_far) = long else {
            long = Some(value);
            continue;
        };
        long = Some(u64::wrapping_add(so_far, value));
    }
    (largest, long.unwrap_or(0))
}

fn main() {
    println!("{:?}", rt::block_on(measure(&["a", "bcd", "ef"])));
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
