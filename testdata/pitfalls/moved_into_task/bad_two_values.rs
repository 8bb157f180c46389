// edition:2024
#[derive(Clone, Debug)]
struct Report {
    title: String,
    lines: Vec<String>,
}

async fn save(report: Report) -> usize {
    report.lines.len()
}

async fn mail(to: &str, report: &Report) -> String {
    format!("{to}: {}", report.title)
}

async fn finish(report: Report, to: String) -> (usize, String, usize) {
//              ------ there is only one
//                              -- there is only one
    let saved = rt::spawn(save(report));
    //                    ^^^^^^^^^^^^ moved_into_task
    let mailed = rt::spawn(async move { mail(&to, &report).await });
    //                     ---------- and so does this task
    //                     --------------------------------------- used again here
    (saved.await, mailed.await, to.len())
}

fn main() {
    println!(
        "{:?}",
        rt::block_on(finish(
            Report {
                title: "t".into(),
                lines: vec!["x".into()]
            },
            "bob".into()
        ))
    );
}

// A runtime that runs each task on a thread of its own.
mod rt {
    use std::future::Future;
    use std::pin::{Pin, pin};
    use std::sync::{Arc, Mutex};
    use std::task::{Context, Poll, Waker};

    pub struct Task<T>(Arc<Mutex<Option<T>>>);

    impl<T> Future for Task<T> {
        type Output = T;
        fn poll(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<T> {
            context.waker().wake_by_ref();
            self.0
                .lock()
                .unwrap()
                .take()
                .map_or(Poll::Pending, Poll::Ready)
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
