use std::cell::Cell;

struct Connection {
    peer: String,
    frames: Vec<Option<String>>,
    closed: Cell<bool>,
}

impl Connection {
    fn open(peer: &str, frames: Vec<Option<String>>) -> Connection {
        Connection {
            peer: peer.into(),
            frames,
            closed: Cell::new(false),
        }
    }

    async fn read(&self, at: usize) -> Option<&str> {
        net::pause().await;
        let frame = self.frames.get(at).and_then(|f| f.as_deref());
        if frame.is_none() {
            self.closed.set(true);
        }
        frame
    }

    async fn pump(&self) -> usize {
        let mut bytes = 0;
        let mut at = 0;
        while !self.closed.get() {
            if let Some(frame) = self.read(at).await {
                bytes += frame.len();
            }
            at += 1;
        }
        bytes
    }
}

async fn serve(peer: &'static str, frames: Vec<&'static str>) -> String {
    let frames = frames.into_iter().map(|f| Some(f.to_string())).collect();
    let connection = Connection::open(peer, frames);
    let bytes = connection.pump().await;
    format!("{} sent {} bytes", connection.peer, bytes)
}

fn main() {
    let first = net::require_send(serve("10.0.0.4", vec!["HELO", "QUIT"]));
    let second = net::require_send(serve("10.0.0.9", vec![]));
    for task in [net::block_on(first), net::block_on(second)] {
        println!("{task}");
    }
}

mod net {
    use std::future::Future;
    use std::pin::pin;
    use std::task::{Context, Poll, Waker};

    pub fn block_on<F: Future>(future: F) -> F::Output {
        let mut future = pin!(future);
        let mut cx = Context::from_waker(Waker::noop());
        loop {
            if let Poll::Ready(value) = future.as_mut().poll(&mut cx) {
                return value;
            }
            std::thread::yield_now();
        }
    }

    pub fn require_send<T: Send>(value: T) -> T {
        value
    }

    pub async fn pause() {
        let mut turns = 1;
        std::future::poll_fn(|_| {
            if turns == 0 {
                return Poll::Ready(());
            }
            turns -= 1;
            Poll::Pending
        })
        .await
    }
}
