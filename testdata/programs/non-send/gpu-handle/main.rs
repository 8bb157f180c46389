mod gpu {
    use std::cell::Cell;
    use std::marker::PhantomData;

    thread_local!(static UPLOADED: Cell<usize> = const { Cell::new(0) });

    /// The current thread's GPU context.
    pub struct Context {
        limit: usize,
        _thread_bound: PhantomData<*const ()>,
    }

    pub fn current(limit: usize) -> Context {
        Context { limit, _thread_bound: PhantomData }
    }

    impl Context {
        pub fn upload(&self, texels: &[u8]) -> usize {
            let size = texels.len().min(self.limit);
            UPLOADED.set(UPLOADED.get() + size);
            size
        }
        pub fn uploaded(&self) -> usize {
            UPLOADED.get()
        }
    }
}

async fn decode(name: &str) -> Vec<u8> {
    tokio::task::yield_now().await;
    name.bytes().rev().collect()
}

async fn load_textures(names: Vec<&'static str>) -> usize {
    let ctx = gpu::current(8);
    let blank = ctx.upload(&[0; 4]);
    println!("blank texture: {blank}");
    for name in names {
        let texels = decode(name).await;
        let size = ctx.upload(&texels);
        println!("{name}: {size}");
    }
    ctx.uploaded()
}

fn main() {
    let total = tokio::runtime::block_on(async {
        let load = tokio::task::spawn(load_textures(vec!["grass", "cobblestone"]));
        load.await
    });
    println!("{} bytes", total.unwrap());
}

// Just enough of the real crate to run this file on its own.
mod tokio {
    pub mod task {
        use std::future::Future;
        use std::pin::Pin;
        use std::sync::mpsc::{channel, Receiver, TryRecvError};
        use std::task::{Context, Poll};

        pub struct JoinHandle<T>(Receiver<T>);

        impl<T> Future for JoinHandle<T> {
            type Output = Result<T, TryRecvError>;
            fn poll(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Self::Output> {
                match self.0.try_recv() {
                    Err(TryRecvError::Empty) => {
                        cx.waker().wake_by_ref();
                        Poll::Pending
                    }
                    other => Poll::Ready(other),
                }
            }
        }

        pub fn spawn<F>(future: F) -> JoinHandle<F::Output>
        where
            F: Future + Send + 'static,
            F::Output: Send + 'static,
        {
            let (tx, rx) = channel();
            std::thread::spawn(move || tx.send(super::runtime::block_on(future)));
            JoinHandle(rx)
        }

        pub async fn yield_now() {
            let mut first = true;
            std::future::poll_fn(|_| match std::mem::take(&mut first) {
                true => Poll::Pending,
                false => Poll::Ready(()),
            })
            .await
        }
    }

    pub mod runtime {
        use std::future::Future;
        use std::task::{Context, Poll, Waker};

        pub fn block_on<F: Future>(future: F) -> F::Output {
            let mut future = Box::pin(future);
            let mut cx = Context::from_waker(Waker::noop());
            loop {
                if let Poll::Ready(value) = future.as_mut().poll(&mut cx) {
                    return value;
                }
                std::thread::yield_now();
            }
        }
    }
}
