// edition:2021
async fn size(page: &str) -> u64 {
    page.len() as u64
}

async fn measure(pages: &[&str]) -> (Option<u64>, u64) {
    let largest = pages.iter().map(|page| size(page).await).reduce(|a, b| a.max(b));
//                                        ^^^^^^^^^^^^^^^^ await_in_sync_closure
    let long = pages
        .iter()
        .filter(|page| size(page).await > 1)
//                     ^^^^^^^^^^^^^^^^ await_in_sync_closure
        .map(|page| page.len() as u64)
        .reduce(u64::wrapping_add);
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
