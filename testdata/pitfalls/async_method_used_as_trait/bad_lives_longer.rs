// edition:2021
async fn read(line: u32) -> Option<u32> {
    (line < 3).then_some(line)
}

struct Lines {
    at: u32,
}

impl Drop for Lines {
    fn drop(&mut self) {
        println!("closed at {}", self.at);
    }
}

impl Lines {
    async fn next(&mut self) -> Option<u32> {
        self.at += 1;
        read(self.at).await
    }
}

// The loop would close the lines, its block does it later.
async fn show() {
    for line in (Lines { at: 0 }) {
        //      ^^^^^^^^^^^^^^^^^ async_method_used_as_trait
        println!("{line}");
    }
    println!("done");
}

fn main() {
    block_on(show());
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
