use std::cell::RefCell;
use std::collections::BTreeMap;
use std::rc::Rc;

#[derive(Default)]
struct Totals {
    rows: usize,
    by_country: BTreeMap<String, f64>,
}

fn record(totals: &Rc<RefCell<Totals>>, country: &str, amount: f64) {
    let mut totals = totals.borrow_mut();
    totals.rows += 1;
    *totals.by_country.entry(country.to_string()).or_default() += amount;
}

fn summary(totals: &Rc<RefCell<Totals>>) -> String {
    let totals = totals.borrow();
    let mut text = format!("{} rows", totals.rows);
    for (country, amount) in &totals.by_country {
        text += &format!(", {country}={amount:.1}");
    }
    text
}

async fn import_page(totals: Rc<RefCell<Totals>>, page: u32) {
    tokio::task::yield_now().await;
    for n in 0..page {
        let country = if n % 2 == 0 { "NO" } else { "DK" };
        record(&totals, country, f64::from(n) * 1.5);
    }
}

async fn import(pages: u32) -> String {
    let totals = Rc::new(RefCell::new(Totals::default()));
    for page in 1..=pages {
        import_page(totals.clone(), page).await;
    }
    summary(&totals)
}

fn main() {
    let text = tokio::runtime::block_on(async {
        let job = tokio::task::spawn(import(3));
        job.await.unwrap()
    });
    println!("{text}");
}

// Just enough of the real crate to run this file on its own.
mod tokio {
    pub mod task {
        use std::future::Future;
        use std::pin::Pin;
        use std::sync::mpsc::{channel, Receiver, TryRecvError};
        use std::task::{Context, Poll};

        pub struct JoinHandle<T>(Receiver<T>);

        impl<T> Future for JoinHandle<T> {
            type Output = Result<T, TryRecvError>;
            fn poll(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Self::Output> {
                match self.0.try_recv() {
                    Err(TryRecvError::Empty) => {
                        cx.waker().wake_by_ref();
                        Poll::Pending
                    }
                    other => Poll::Ready(other),
                }
            }
        }

        pub fn spawn<F>(future: F) -> JoinHandle<F::Output>
        where
            F: Future + Send + 'static,
            F::Output: Send + 'static,
        {
            let (tx, rx) = channel();
            std::thread::spawn(move || tx.send(super::runtime::block_on(future)));
            JoinHandle(rx)
        }

        pub async fn yield_now() {
            let mut first = true;
            std::future::poll_fn(|_| match std::mem::take(&mut first) {
                true => Poll::Pending,
                false => Poll::Ready(()),
            })
            .await
        }
    }

    pub mod runtime {
        use std::future::Future;
        use std::task::{Context, Poll, Waker};

        pub fn block_on<F: Future>(future: F) -> F::Output {
            let mut future = Box::pin(future);
            let mut cx = Context::from_waker(Waker::noop());
            loop {
                if let Poll::Ready(value) = future.as_mut().poll(&mut cx) {
                    return value;
                }
                std::thread::yield_now();
            }
        }
    }
}
