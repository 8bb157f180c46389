// edition:2021
struct Conn(u32);

impl Conn {
    async fn open(n: u32) -> Result<Conn, String> {
        rt::yield_now().await;
        if n == 9 {
            return Err("nine".into());
        }
        Ok(Conn(n))
    }
    async fn ping(&self) -> Result<u32, String> {
        if self.0 == 3 { Err("three".into()) } else { Ok(self.0) }
    }
}

impl Drop for Conn {
    fn drop(&mut self) {
        rt::yield_now().await;
      //^^^^^^^^^^^^^^^^^^^^^ await_in_drop
        println!("closed {}", self.0);
    }
}

async fn ping_all(ids: &[u32]) -> Result<u32, String> {
    let main = Conn::open(0).await?;
    let mut sum = main.ping().await?;
    for id in ids {
        // One at a time.
        let conn = Conn::open(*id).await?;
        let pong = conn.ping().await?;
        if pong > 1 {
            sum += pong;
        }
    }
    Ok(sum)
}

fn main() {
    println!("{:?}", rt::block_on(ping_all(&[1, 2])));
    println!("{:?}", rt::block_on(ping_all(&[1, 3, 4])));
    println!("{:?}", rt::block_on(ping_all(&[9])));
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
