use std::rc::Rc;

#[derive(Clone, Copy, PartialEq)]
enum Check {
    Length,
    Digits,
}

fn passes(check: Check, name: &str) -> bool {
    match check {
        Check::Length => name.len() >= 4,
        Check::Digits => !name.chars().any(|c| c.is_ascii_digit()),
    }
}

fn main() {
    let names: Rc<Vec<String>> = Rc::new(
        ["anna", "bo", "r2d2", "charles"]
            .iter()
            .map(|name| name.to_string())
            .collect(),
    );

    let rejected = tokio::runtime::block_on(async {
        let mut handles = Vec::new();
        for check in [Check::Length, Check::Digits] {
            let names = Rc::clone(&names);
            handles.push(tokio::task::spawn(async move {
                let bad = names.iter().position(|name| !passes(check, name));
                bad.map(|at| names[at].len())
            }));
        }
        let mut rejected = Vec::new();
        for handle in handles {
            rejected.push(handle.await.unwrap());
        }
        rejected
    });
    println!("{} names, first bad lengths {:?}", names.len(), rejected);
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
