// edition:2021
async fn read(line: u32) -> Option<u32> {
    (line < 3).then_some(line)
}

struct Lines {
    at: u32,
}

impl Lines {
    async fn next(&mut self) -> Option<u32> {
        self.at += 1;
        read(self.at).await
    }
}

// Has the trait as well, for what is there already.
struct Numbers(u32);

impl Numbers {
    async fn refill(&mut self) {
        self.0 += read(1).await.unwrap_or(0);
    }
}

impl Iterator for Numbers {
    type Item = u32;

    fn next(&mut self) -> Option<u32> {
        self.0 = self.0.checked_sub(1)?;
        Some(self.0)
    }
}

fn main() {
    block_on(async {
        let mut lines = Lines { at: 0 };
        while let Some(line) = lines.next().await {
            println!("{line}");
        }
        let mut numbers = Numbers(2);
        numbers.refill().await;
        println!("{:?}", numbers.collect::<Vec<_>>());
    });
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
