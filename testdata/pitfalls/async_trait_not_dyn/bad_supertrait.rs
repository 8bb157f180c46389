// edition:2021
use std::fmt::Debug;
use std::rc::Rc;

trait Base: Debug {
    async fn open(&self) -> u32;
//           ^^^^ async_trait_not_dyn
}

trait Store: Base {
    type Key;
    async fn get(&self, key: Self::Key) -> Option<String>;
//           --- so does this method
    fn size(&self) -> usize;
}

#[derive(Debug)]
struct Mem(Rc<Vec<String>>);

impl Base for Mem {
    async fn open(&self) -> u32 {
        let rc = self.0.clone();
        rt::tick().await;
        rc.len() as u32
    }
}

impl Store for Mem {
    type Key = usize;
    async fn get(&self, key: usize) -> Option<String> {
        let held = Rc::clone(&self.0);
        rt::tick().await;
        held.get(key).cloned()
    }
    fn size(&self) -> usize {
        self.0.len()
    }
}

fn make() -> Box<dyn Store<Key = usize>> {
//               ---------------------- here it has to be one type for all
    Box::new(Mem(Rc::new(vec!["x".to_string()])))
}

fn main() {
    let store = make();
    rt::block_on(async {
        println!("{} {:?} {:?}", store.open().await, store.get(0).await, store.get(4).await);
        println!("{store:?} {}", store.size());
    });
}

mod rt {
    use std::future::Future;
    use std::pin::pin;
    use std::task::{Context, Poll, Waker};

    pub fn block_on<F: Future>(future: F) -> F::Output {
        let mut future = pin!(future);
        let mut cx = Context::from_waker(Waker::noop());
        loop {
            if let Poll::Ready(out) = future.as_mut().poll(&mut cx) {
                return out;
            }
        }
    }

    pub async fn tick() {
        let mut done = false;
        std::future::poll_fn(|cx| {
            if std::mem::replace(&mut done, true) {
                return Poll::Ready(());
            }
            cx.waker().wake_by_ref();
            Poll::Pending
        })
        .await
    }
}
