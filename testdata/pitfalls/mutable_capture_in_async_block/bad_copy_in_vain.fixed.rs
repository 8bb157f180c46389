// edition:2021
// The compiler says that nobody reads what the block does to its copy of `sent`: so it is
// the variable that was to be changed.

async fn each_line<F>(lines: &[&str], mut take: F)
where
    F: AsyncFnMut(usize) -> bool,
{
    for line in lines {
        if !take(line.len()).await {
            break;
        }
    }
}

async fn send(outbox: &mut Vec<usize>, length: usize) -> bool {
    rt::yield_now().await;
    outbox.push(length);
    length > 1
}

async fn send_all(outbox: &mut Vec<usize>) -> usize {
    let mut sent = 0;
    each_line(&["one", "three", "i", "none"], async |length| {
//                                                     ^^^^^^^^^^^^ mutable_capture_in_async_block
        sent += length;
        send(outbox, length).await
    })
    .await;
    sent
}

fn main() {
    let mut outbox = vec![];
    println!("{}", rt::block_on(send_all(&mut outbox)));
    println!("{outbox:?}");
}

mod rt {
    use std::future::Future;
    use std::pin::{pin, Pin};
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

    pub async fn yield_now() {
        struct Yield(bool);
        impl Future for Yield {
            type Output = ();
            fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<()> {
                if self.0 {
                    return Poll::Ready(());
                }
                self.0 = true;
                context.waker().wake_by_ref();
                Poll::Pending
            }
        }
        Yield(false).await;
    }
}
