use std::future::Future;

trait Buffer {
    fn push(&mut self, line: &str);
    fn flush(&mut self) -> impl Future<Output = usize>;
}

#[derive(Default)]
struct Memory {
    lines: Vec<String>,
    flushed: usize,
}

impl Buffer for Memory {
    fn push(&mut self, line: &str) {
        self.lines.push(line.to_uppercase());
    }

    async fn flush(&mut self) -> usize {
        let count = self.lines.len();
        executor::sleep_ms(1).await;
        self.lines.clear();
        self.flushed += count;
        self.flushed
    }
}

struct Null;

impl Buffer for Null {
    fn push(&mut self, _line: &str) {}

    fn flush(&mut self) -> impl Future<Output = usize> {
        std::future::ready(0)
    }
}

fn write_behind<B>(mut buffer: B, chunks: Vec<Vec<&'static str>>) -> std::thread::JoinHandle<usize>
where
    B: Buffer + Send + 'static,
{
    executor::spawn(async move {
        let mut total = 0;
        for chunk in chunks {
            chunk.iter().for_each(|line| buffer.push(line));
            total = buffer.flush().await;
        }
        total
    })
}

fn main() {
    let chunks = || vec![vec!["a", "b"], vec![], vec!["c"]];
    let memory = write_behind(Memory::default(), chunks());
    let null = write_behind(Null, chunks());
    println!("{} {}", memory.join().unwrap(), null.join().unwrap());
}

mod executor {
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
