// edition:2021
use std::cell::RefCell;
use std::sync::Mutex;

async fn scan(code: u32, basket: &RefCell<Vec<u32>>) {
    rt::tick().await;
    basket.borrow_mut().push(code);
}

async fn count(codes: &[u32]) -> usize {
    let basket = RefCell::new(Vec::new());
    for &code in codes {
        scan(code, &basket).await;
    }
    let len = basket.borrow().len();
    len
//  ^^^^^^^^^^^^^^^ tail_temporary_outlives_local
}

async fn total(codes: &[u32]) -> u32 {
    let sum = async {
        let basket = Mutex::new(codes.to_vec());
        rt::tick().await;
        let sum_value = basket
    //  ^^^^^^ tail_temporary_outlives_local
            .lock()
            .unwrap()
            .iter()
            .sum::<u32>(); // of all
        sum_value
    };
    sum.await + 1
}

async fn first(codes: &[u32]) -> Option<u32> {
    let last = async { let basket = RefCell::new(codes.to_vec()); rt::tick().await; let last_value = basket.borrow().last().copied(); last_value };
    //                                                                              ^^^^^^^^^^^^^^^ tail_temporary_outlives_local
    last.await
}

async fn cheapest(codes: &[u32]) -> &'static str {
    let basket = RefCell::new(codes.to_vec());
    rt::tick().await;
    let value = match basket.borrow().iter().min() {
    //    ^^^^^^^^^^^^^^^ tail_temporary_outlives_local
        Some(0) => "free",
        _ => "not free",
    };
    value
}

// Its value is nothing, and needs no name.
async fn clear(codes: &[u32]) {
    let basket = RefCell::new(codes.to_vec());
    scan(1, &basket).await;
    basket.borrow_mut().clear();
//  ^^^^^^^^^^^^^^^^^^^ tail_temporary_outlives_local
}

fn main() {
    println!("{}", rt::block_on(count(&[4, 5])));
    println!("{}", rt::block_on(total(&[4, 5])));
    println!("{:?}", rt::block_on(first(&[4, 5])));
    println!("{}", rt::block_on(cheapest(&[4, 0])));
    rt::block_on(clear(&[4]));
}

// A runtime that polls one future until it is done.
mod rt {
    use std::future::Future;
    use std::pin::{pin, Pin};
    use std::task::{Context, Poll, Waker};

    struct Yield(bool);

    impl Future for Yield {
        type Output = ();
        fn poll(mut self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<()> {
            let done = std::mem::replace(&mut self.0, true);
            if done { Poll::Ready(()) } else { Poll::Pending }
        }
    }

    pub async fn tick() {
        Yield(false).await;
    }

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
