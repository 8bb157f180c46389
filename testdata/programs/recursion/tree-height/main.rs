#[derive(Default)]
struct Node {
    key: u32,
    left: Option<Box<Node>>,
    right: Option<Box<Node>>,
}

impl Node {
    fn insert(slot: &mut Option<Box<Node>>, key: u32) {
        match slot {
            None => {
                *slot = Some(Box::new(Node { key, ..Node::default() }));
            }
            Some(node) if key < node.key => Node::insert(&mut node.left, key),
            Some(node) => Node::insert(&mut node.right, key),
        }
    }
}

async fn visit(node: &Node, visited: &mut Vec<u32>) {
    visited.push(node.key);
    tokio::task::yield_now().await;
}

async fn height(root: Option<&Node>) -> u32 {
    let Some(node) = root else { return 0 };
    1 + height(node.left.as_deref()).await.max(height(node.right.as_deref()).await)
}

async fn report(keys: Vec<u32>) -> String {
    let mut root = None;
    let mut visited = Vec::new();
    for key in keys {
        Node::insert(&mut root, key);
    }
    if let Some(root) = &root {
        visit(root, &mut visited).await;
    }
    let levels = height(root.as_deref()).await;
    format!("root {visited:?}, {levels} levels")
}

fn main() {
    tokio::runtime::block_on(async {
        let small = tokio::task::spawn(report(vec![5, 2, 8, 1, 3, 0]));
        let empty = tokio::task::spawn(report(vec![]));
        println!("{}", small.await.unwrap());
        println!("{}", empty.await.unwrap());
    });
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
