// edition:2021
struct Ticket(u32);

async fn once(f: impl AsyncFnOnce() -> u32) -> u32 {
    f().await
}

async fn redeem(ticket: Ticket) -> u32 {
    ticket.0
}

fn main() {
    let ticket = Ticket(4);
    let value = rt::block_on(once(async || redeem(ticket).await));
//                                                ^^^^^^ closure_moves_capture
    println!("{value}");
}

mod rt {
    use std::future::Future;
    use std::pin::pin;
    use std::task::{Context, Poll, Waker};

    pub fn block_on<F: Future>(future: F) -> F::Output {
        let mut future = pin!(future);
        let mut context = Context::from_waker(Waker::noop());
        loop {
            if let Poll::Ready(value) = future.as_mut().poll(&mut context) {
                return value;
            }
        }
    }
}
