const HEADER: u8 = 0xA5;
const FRAME: usize = 6;

struct Uart {
    pending: Vec<u8>,
}

impl Uart {
    async fn read(&mut self, limit: usize) -> Vec<u8> {
        driver::sleep_ms(1).await;
        let take = limit.min(self.pending.len());
        self.pending.drain(..take).collect()
    }
}

/// Builds one frame: header, payload, check sum.
async fn build_frame(mut uart: Uart) -> Vec<u8> {
    let mut frame: Vec<u8> = Vec::with_capacity(FRAME);
    let base = frame.as_mut_ptr();
    // SAFETY: the vector has room for FRAME bytes and never grows beyond them.
    unsafe { base.write(HEADER) };

    let payload = uart.read(FRAME - 2).await;

    let sum = payload.iter().fold(HEADER, |sum, byte| sum ^ byte);
    // SAFETY: at most FRAME - 2 bytes of payload, so all of it fits.
    unsafe {
        base.add(1).copy_from(payload.as_ptr(), payload.len());
        base.add(1 + payload.len()).write(sum);
        frame.set_len(payload.len() + 2);
    }
    frame
}

fn main() {
    let uart = Uart {
        pending: vec![1, 2, 4, 8, 16],
    };
    let frame = driver::spawn(build_frame(uart)).join().unwrap();
    let text: Vec<String> = frame.iter().map(|b| format!("{b:02x}")).collect();
    println!("{}", text.join(" "));

    let empty = Uart { pending: Vec::new() };
    println!("{:?}", driver::block_on(build_frame(empty)));
}

mod driver {
    use std::future::Future;
    use std::pin::pin;
    use std::task::{Context, Poll, Waker};
    use std::thread;

    pub fn block_on<F: Future>(future: F) -> F::Output {
        let mut future = pin!(future);
        let mut cx = Context::from_waker(Waker::noop());
        loop {
            if let Poll::Ready(value) = future.as_mut().poll(&mut cx) {
                return value;
            }
            thread::yield_now();
        }
    }

    pub fn spawn<F>(future: F) -> thread::JoinHandle<F::Output>
    where
        F: Future + Send + 'static,
        F::Output: Send + 'static,
    {
        thread::spawn(move || block_on(future))
    }

    pub async fn sleep_ms(ms: u64) {
        let until = std::time::Instant::now() + std::time::Duration::from_millis(ms);
        std::future::poll_fn(|_| {
            if std::time::Instant::now() < until {
                Poll::Pending
            } else {
                Poll::Ready(())
            }
        })
        .await
    }
}
