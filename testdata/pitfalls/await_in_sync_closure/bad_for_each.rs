// edition:2018
struct Registry {
    deleted: Vec<u32>,
}

impl Registry {
    async fn delete(&mut self, tag: u32) {
        self.deleted.push(tag);
    }

    async fn prune(&mut self, tags: &[u32], keep: usize) {
        tags.iter().skip(keep).for_each(|tag| {
            if *tag == 0 {
                return;
            }
            // The newest stay.
            self.delete(*tag).await;
//          ^^^^^^^^^^^^^^^^^^^^^^^ await_in_sync_closure
        });
    }
}

fn main() {
    let mut registry = Registry { deleted: Vec::new() };
    rt::block_on(registry.prune(&[9, 7, 0, 3], 1));
    println!("{:?}", registry.deleted);
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
