// edition:2021
use std::sync::{Arc, Mutex};

#[derive(Clone, Default)]
struct Log(Arc<Mutex<Vec<String>>>);

impl Log {
    fn add(&self, line: impl Into<String>) {
        self.0.lock().unwrap().push(line.into());
    }
}

struct Span {
    log: Log,
    name: &'static str,
}

/// Ends the span.
impl Drop for Span {
    // Called at the end.
    fn drop(&mut self) {
        end(&self.log, self.name).await;
      //^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ await_in_drop
    }
}

async fn end(log: &Log, name: &str) {
    rt::yield_now().await;
    log.add(format!("end {name}"));
}

fn span(log: &Log, name: &'static str) -> Span {
    log.add(format!("start {name}"));
    Span { log: log.clone(), name }
}

fn main() {
    let log = Log::default();
    rt::block_on(async {
        let _all = span(&log, "all");
        for step in 0..3 {
            let _step = span(&log, "step");
            if step == 0 {
                log.add("skip");
                continue;
            }
            {
                let _inner = span(&log, "inner");
                log.add("work");
            }
        }
        log.add("end of all");
    });
    println!("{}", log.0.lock().unwrap().join(", "));
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
