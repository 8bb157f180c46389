// edition:2021
#![deny(unused_must_use)]

#[derive(Default)]
struct Journal {
    buffer: Vec<u32>,
    written: u32,
}

impl Journal {
    async fn flush(&mut self) {
        self.written += self.buffer.len() as u32;
        self.buffer.clear();
    }

    async fn append(&mut self, entry: u32) {
        self.buffer.push(entry);
        if self.buffer.len() == 2 {
            self.flush().await;
//          ^^^^^^^^^^^^ missing_await
        }
    }
}

fn block_on<F: std::future::Future>(future: F) -> F::Output {
    let mut future = std::pin::pin!(future);
    let mut context = std::task::Context::from_waker(std::task::Waker::noop());
    loop {
        if let std::task::Poll::Ready(output) = future.as_mut().poll(&mut context) {
            return output;
        }
    }
}

fn main() {
    let mut journal = Journal::default();
    block_on(async {
        for entry in 0..5 {
            journal.append(entry).await;
        }
    });
    println!("{} {}", journal.written, journal.buffer.len());
}
