use std::rc::Rc;

struct Session {
    user: Rc<str>,
    commands: Vec<&'static str>,
    log: Vec<String>,
}

impl Session {
    fn new(user: &str, commands: &[&'static str]) -> Self {
        Session {
            user: Rc::from(user),
            commands: commands.to_vec(),
            log: Vec::new(),
        }
    }

    async fn execute(&mut self, command: &str) {
        tokio::task::yield_now().await;
        self.log.push(format!("{}> {}", self.user, command));
    }

    async fn run(mut self) -> Vec<String> {
        for command in self.commands.clone() {
            if command == "quit" {
                break;
            }
            self.execute(command).await;
        }
        self.log
    }
}

fn main() {
    let log = tokio::runtime::block_on(async {
        let ann = Session::new("ann", &["ls", "pwd", "quit", "rm"]);
        let bob = Session::new("bob", &["whoami"]);
        let ann = tokio::task::spawn(ann.run());
        let bob = tokio::task::spawn(bob.run());
        let mut log = ann.await.unwrap();
        log.extend(bob.await.unwrap());
        log
    });
    println!("{}", log.join("\n"));
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
