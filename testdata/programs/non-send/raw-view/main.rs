use std::io::Write;

/// A window into a mapped file.
#[derive(Clone, Copy)]
struct RawView {
    data: *const u8,
    len: usize,
}

impl RawView {
    fn of(bytes: &[u8]) -> RawView {
        RawView {
            data: bytes.as_ptr(),
            len: bytes.len(),
        }
    }

    fn checksum(&self) -> u32 {
        // SAFETY: the view is only read while the mapped bytes are alive.
        let bytes = unsafe { std::slice::from_raw_parts(self.data, self.len) };
        bytes.iter().fold(7, |sum, byte| sum * 31 % 65521 + u32::from(*byte))
    }
}

async fn publish(name: &str, sum: u32) -> String {
    threads::yield_now().await;
    format!("{name}:{sum:08x}")
}

async fn fingerprint(name: &'static str, bytes: Vec<u8>) -> String {
    let view = RawView::of(&bytes);
    let sum = view.checksum();
    let line = publish(name, sum).await;
    format!("{line} ({} bytes)", view.len)
}

fn main() -> std::io::Result<()> {
    let lines = threads::block_on(async {
        let hosts = threads::spawn(fingerprint("hosts", b"127.0.0.1 localhost".to_vec()));
        let motd = threads::spawn(fingerprint("motd", b"hi".to_vec()));
        vec![hosts.await, motd.await]
    });
    let mut out = std::io::stdout().lock();
    for line in lines {
        writeln!(out, "{line}")?;
    }
    Ok(())
}

mod threads {
    use std::future::Future;
    use std::pin::{pin, Pin};
    use std::sync::{Arc, Mutex};
    use std::task::{Context, Poll, Wake, Waker};
    use std::thread;

    struct Unpark(thread::Thread);

    impl Wake for Unpark {
        fn wake(self: Arc<Self>) {
            self.0.unpark();
        }
    }

    pub fn block_on<F: Future>(future: F) -> F::Output {
        let mut future = pin!(future);
        let waker = Waker::from(Arc::new(Unpark(thread::current())));
        let mut cx = Context::from_waker(&waker);
        loop {
            match future.as_mut().poll(&mut cx) {
                Poll::Ready(value) => return value,
                Poll::Pending => thread::park(),
            }
        }
    }

    type Slot<T> = Arc<Mutex<(Option<T>, Option<Waker>)>>;

    pub struct JoinHandle<T>(Slot<T>);

    impl<T> Future for JoinHandle<T> {
        type Output = T;
        fn poll(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<T> {
            let mut cell = self.0.lock().unwrap();
            cell.1 = Some(cx.waker().clone());
            cell.0.take().map_or(Poll::Pending, Poll::Ready)
        }
    }

    pub fn spawn<F>(future: F) -> JoinHandle<F::Output>
    where
        F: Future + Send + 'static,
        F::Output: Send + 'static,
    {
        let cell: Slot<F::Output> = Arc::new(Mutex::new((None, None)));
        let done = Arc::clone(&cell);
        thread::spawn(move || {
            let value = block_on(future);
            let mut slot = done.lock().unwrap();
            slot.0 = Some(value);
            if let Some(waker) = slot.1.take() {
                waker.wake();
            }
        });
        JoinHandle(cell)
    }

    pub async fn yield_now() {
        let mut polled = false;
        std::future::poll_fn(|cx| {
            if std::mem::replace(&mut polled, true) {
                return Poll::Ready(());
            }
            cx.waker().wake_by_ref();
            Poll::Pending
        })
        .await
    }
}
