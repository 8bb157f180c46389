// edition:2021
struct File {
    lines: usize,
}

impl File {
    async fn flush(&mut self) -> Result<(), String> {
        rt::yield_now().await;
        println!("flushed {}", self.lines);
        Ok(())
    }
}

impl Drop for File {
    fn drop(&mut self) {
        if let Err(error) = self.flush().await {
        //                  ^^^^^^^^^^^^^^^^^^ await_in_drop
            eprintln!("{error}");
        }
    }
}

async fn log(n: usize) -> Result<usize, String> {
    let mut file = File { lines: 0 };
    if n == 0 {
        return Err(String::from("nothing"));
    }
    while file.lines < n {
        file.lines += 1;
    }
    Ok(file.lines)
}

fn main() {
    println!("{:?}", rt::block_on(log(3)));
    println!("{:?}", rt::block_on(log(0)));
}

mod rt {
    use std::future::Future;
    use std::task::{Context, Poll, Waker};

    pub fn block_on<F: Future>(future: F) -> F::Output {
        let mut future = std::pin::pin!(future);
        let mut cx = Context::from_waker(Waker::noop());
        loop {
            if let Poll::Ready(value) = future.as_mut().poll(&mut cx) {
                return value;
            }
        }
    }

    pub async fn yield_now() {
        let mut yielded = false;
        std::future::poll_fn(|cx| {
            if std::mem::replace(&mut yielded, true) {
                return Poll::Ready(());
            }
            cx.waker().wake_by_ref();
            Poll::Pending
        })
        .await
    }
}
