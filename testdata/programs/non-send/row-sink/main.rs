use std::sync::Mutex;

trait Sink {
    fn put(&self, row: &str);
    fn rows(&self) -> usize;
}

#[derive(Default)]
struct CsvSink {
    text: Mutex<String>,
}

impl Sink for CsvSink {
    fn put(&self, row: &str) {
        let mut text = self.text.lock().unwrap();
        text.push_str(&row.replace('\t', ","));
        text.push('\n');
    }
    fn rows(&self) -> usize {
        self.text.lock().unwrap().lines().count()
    }
}

async fn export(sink: &dyn Sink, pages: &[Vec<&str>]) -> usize {
    for page in pages {
        for row in page {
            sink.put(row);
        }
        work::sleep_ms(1).await;
    }
    sink.rows()
}

async fn nightly_export() -> (usize, String) {
    let sink = CsvSink::default();
    let pages = vec![vec!["id\tname", "1\tann"], vec!["2\tbob"]];
    let rows = export(&sink, &pages).await;
    (rows, sink.text.into_inner().unwrap())
}

fn main() {
    let job = work::spawn(nightly_export());
    let (rows, text) = job.join().unwrap();
    print!("{text}");
    println!("-- {rows} rows");
}

mod work {
    use std::future::Future;
    use std::pin::pin;
    use std::task::{Context, Poll, Waker};
    use std::thread;

    pub fn block_on<F: Future>(future: F) -> F::Output {
        let mut future = pin!(future);
        let mut cx = Context::from_waker(Waker::noop());
        loop {
            if let Poll::Ready(value) = future.as_mut().poll(&mut cx) {
                return value;
            }
            thread::yield_now();
        }
    }

    pub fn spawn<F>(future: F) -> thread::JoinHandle<F::Output>
    where
        F: Future + Send + 'static,
        F::Output: Send + 'static,
    {
        thread::spawn(move || block_on(future))
    }

    pub async fn sleep_ms(ms: u64) {
        let until = std::time::Instant::now() + std::time::Duration::from_millis(ms);
        std::future::poll_fn(|_| {
            if std::time::Instant::now() < until {
                Poll::Pending
            } else {
                Poll::Ready(())
            }
        })
        .await
    }
}
