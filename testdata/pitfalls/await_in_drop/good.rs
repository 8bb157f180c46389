// edition:2021
use std::future::Future;
use std::sync::mpsc::{channel, Sender};

// Nothing to wait for.
struct Counter(u32);

impl Drop for Counter {
    fn drop(&mut self) {
        println!("counted to {}", self.0);
    }
}

// The owner awaits what takes time.
struct Connection {
    id: u32,
}

impl Connection {
    async fn close(self) {
        println!("closed {}", self.id);
    }
}

// What is left goes to somebody who can wait.
struct Job {
    queue: Sender<std::pin::Pin<Box<dyn Future<Output = ()>>>>,
}

impl Drop for Job {
    fn drop(&mut self) {
        let last = async { Connection { id: 2 }.close().await };
        let _ = self.queue.send(Box::pin(last));
    }
}

// A function of that name that is no destructor.
async fn drop(connection: Connection) {
    connection.close().await;
}

async fn run() {
    let _counter = Counter(3);
    let connection = Connection { id: 1 };
    drop(connection).await;
}

fn main() {
    let (queue, jobs) = channel();
    std::mem::drop(Job { queue });
    let mut cx = std::task::Context::from_waker(std::task::Waker::noop());
    let mut future = std::pin::pin!(run());
    let _ = future.as_mut().poll(&mut cx);
    for mut job in jobs {
        let _ = job.as_mut().poll(&mut cx);
    }
}
