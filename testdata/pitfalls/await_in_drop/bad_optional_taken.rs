// edition:2021
struct Seat(u32);

async fn seat(number: u32) -> Option<Seat> {
    (number > 0).then_some(Seat(number))
}

async fn free(number: u32) {
    println!("{number} is free");
}

impl Drop for Seat {
    fn drop(&mut self) {
        free(self.0).await;
      //^^^^^^^^^^^^^^^^^^ await_in_drop
    }
}

// The first seat is left long before the block ends.
async fn change() {
    let mut mine = seat(1).await;
    mine.take();
    println!("no seat");
    println!("{}", mine.is_none());
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
    block_on(change());
}
