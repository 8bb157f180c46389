// edition:2021
struct Door {
    open: bool,
}

impl Door {
    async fn is_open(&self) -> bool {
        self.open
    }
}

async fn enter(door: &Door) -> &'static str {
    assert!(door.is_open(), "the door is shut");
    //      ^^^^^^^^^^^^^^ missing_await
    "in"
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
    println!("{}", block_on(enter(&Door { open: true })));
}
