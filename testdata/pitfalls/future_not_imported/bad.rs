// edition:2021
use std::task::Poll;

struct Twice<F>(Pin<Box<F>>);
//              ^^^ future_not_imported

impl<F: Future<Output = u32>> Future for Twice<F> {
    type Output = u32;
    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<u32> {
        self.0.as_mut().poll(context).map(|number| number * 2)
    }
}

fn twice<F: Future<Output = u32>>(future: F) -> Twice<F> {
    Twice(Box::pin(future))
}

mod runtime {
    //! What runs them.

    /// Polls until it is done.
    pub fn block_on<F: Future>(future: F) -> F::Output {
        //             ^^^^^^ future_not_imported
        let mut future = pin!(future);
        let mut context = std::task::Context::from_waker(Waker::noop());
        loop {
            if let Poll::Ready(value) = future.as_mut().poll(&mut context) {
                return value;
            }
        }
    }
}

fn main() {
    println!("{}", runtime::block_on(twice(async { 3 })));
}
