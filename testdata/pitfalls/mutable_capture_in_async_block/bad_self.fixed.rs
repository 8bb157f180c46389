// edition:2021

struct Queue {
    items: Vec<u32>,
}

impl Queue {
    async fn drain(&mut self, mut f: impl AsyncFnMut(u32) -> bool) -> usize {
        let mut done = 0;
        for item in self.items.drain(..) {
            if f(item).await {
                done += 1;
            }
        }
        done
    }
}

struct Sink {
    seen: Vec<u32>,
}

impl Sink {
    async fn put(&mut self, item: u32) -> bool {
        self.seen.push(item);
        item % 2 == 0
    }

    async fn run(&mut self, queue: &mut Queue) -> usize {
        queue.drain(async |item| self.put(item).await).await
//                         ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ mutable_capture_in_async_block
    }

    async fn run_all(&mut self, queue: &mut Queue) -> usize {
        queue.drain(async |item| self.put(item).await).await
    }
}

fn main() {
    let mut sink = Sink { seen: Vec::new() };
    let mut queue = Queue { items: vec![1, 2] };
    println!("{}", rt::block_on(sink.run(&mut queue)));
    queue.items = vec![4];
    println!("{}", rt::block_on(sink.run_all(&mut queue)));
    println!("{:?}", sink.seen);
}

mod rt {
    use std::future::Future;
    use std::pin::pin;
    use std::task::{Context, Poll, Waker};

    pub fn block_on<F: Future>(future: F) -> F::Output {
        let mut future = pin!(future);
        let mut context = Context::from_waker(Waker::noop());
        loop {
            if let Poll::Ready(value) = future.as_mut().poll(&mut context) {
                return value;
            }
        }
    }
}
