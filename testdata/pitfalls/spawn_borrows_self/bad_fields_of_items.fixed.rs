// edition:2021
use std::collections::HashMap;

// It cannot be cloned as a whole, and the tasks need only its address.
struct Order {
    number: u32,
    address: String,
    paid: std::sync::Mutex<bool>,
}

#[derive(Default)]
struct Office {
    fees: HashMap<String, u32>,
    sent: u32,
}

async fn fee(address: &str, fees: &HashMap<String, u32>) -> u32 {
    fees.get(address).copied().unwrap_or(9)
}

impl Office {
    async fn send_all(&mut self, orders: &[Order]) -> Vec<(u32, u32)> {
        //            --------- belongs to the caller
        let tasks: Vec<_> = orders
            .iter()
            .filter(|order| *order.paid.lock().unwrap())
            .map(|order| {
                let fees_value = self.fees.clone();
                let address = order.address.clone();
                (order.number, rt::spawn(async move {
                    fee(&address, &fees_value).await
                }))
            })
            //                                    ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ spawn_borrows_self
            .collect();
        let mut fees = Vec::new();
        for (number, task) in tasks {
            self.sent += 1;
            fees.push((number, task.await));
        }
        fees
    }
}

fn main() {
    let orders = ["Rome", "Bonn", "Oslo"].map(|to| Order {
        number: to.bytes().map(u32::from).sum(),
        address: to.to_string(),
        paid: std::sync::Mutex::new(to != "Bonn"),
    });
    let mut office = Office { fees: HashMap::from([("Oslo".to_string(), 12)]), sent: 0 };
    println!("{:?}", rt::block_on(office.send_all(&orders)));
    println!("{} sent, {} waiting", office.sent, orders.len());
}

// A runtime that runs each task on a thread of its own.
mod rt {
    use std::future::Future;
    use std::pin::{pin, Pin};
    use std::sync::{Arc, Mutex};
    use std::task::{Context, Poll, Waker};

    pub struct Task<T>(Arc<Mutex<Option<T>>>);

    impl<T> Future for Task<T> {
        type Output = T;
        fn poll(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<T> {
            context.waker().wake_by_ref();
            self.0.lock().unwrap().take().map_or(Poll::Pending, Poll::Ready)
        }
    }

    pub fn spawn<F>(future: F) -> Task<F::Output>
    where
        F: Future + Send + 'static,
        F::Output: Send + 'static,
    {
        let slot = Arc::new(Mutex::new(None));
        let done = Arc::clone(&slot);
        std::thread::spawn(move || {
            let value = block_on(future);
            *done.lock().unwrap() = Some(value);
        });
        Task(slot)
    }

    pub fn block_on<F: Future>(future: F) -> F::Output {
        let mut future = pin!(future);
        let mut context = Context::from_waker(Waker::noop());
        loop {
            if let Poll::Ready(value) = future.as_mut().poll(&mut context) {
                return value;
            }
            std::thread::yield_now();
        }
    }
}
