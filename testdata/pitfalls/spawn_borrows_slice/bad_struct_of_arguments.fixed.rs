// edition:2021
struct Order {
    customer: String,
    prices: Vec<u32>,
}

// What is billed of an order.
struct Bill {
    customer: String,
    prices: Vec<u32>,
}

impl<'o> From<&'o Order> for Bill {
    fn from(order: &'o Order) -> Bill {
        Bill { customer: order.customer.to_string(), prices: order.prices.to_vec() }
    }
}

async fn print(bill: Bill) -> String {
    let Bill { customer, prices } = bill;
    let name = match customer.split_once(' ') {
        Some((first, _)) => first,
        None => &customer,
    };
    format!("{name}: {}", prices.iter().sum::<u32>())
}

async fn print_all(orders: &[Order]) -> Vec<String> {
    //             ------ belongs to the caller
    let tasks: Vec<_> = orders.iter().map(|order| rt::spawn(print(order.into()))).collect();
    //                                                      ^^^^^^^^^^^^^^^^^^^ spawn_borrows_slice
    let mut lines = Vec::new();
    for task in tasks {
        lines.push(task.await);
    }
    lines
}

fn main() {
    let orders = [("Ida Moe", [3, 4]), ("Bo", [1, 1])]
        .map(|(name, prices)| Order { customer: name.to_string(), prices: prices.to_vec() });
    println!("{:?}", rt::block_on(print_all(&orders)));
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
