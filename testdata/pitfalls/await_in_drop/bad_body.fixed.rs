// edition:2021
use std::cell::RefCell;
use std::rc::Rc;

struct Writer {
    pending: Vec<u32>,
    file: Rc<RefCell<Vec<u32>>>,
}

impl Writer {
    fn write(&mut self, value: u32) {
        self.pending.push(value);
    }
}

impl Writer {
    async fn close(mut self) {
        for value in self.pending.drain(..) {
            rt::yield_now().await;
          //^^^^^^^^^^^^^^^^^^^^^ await_in_drop
            self.file.borrow_mut().push(value);
        }
        rt::yield_now().await;
    }
}

async fn save(file: &Rc<RefCell<Vec<u32>>>) {
    let mut writer = Writer { pending: vec![], file: file.clone() };
    for value in 1..4 {
        writer.write(value);
    }
    writer.close().await;
}

fn main() {
    let file = Rc::default();
    rt::block_on(save(&file));
    println!("{:?}", file.borrow());
}

mod rt {
    use std::future::Future;
    use std::task::{Context, Poll, Waker};

    pub fn block_on<F: Future>(future: F) -> F::Output {
        let mut future = std::pin::pin!(future);
        let mut cx = Context::from_waker(Waker::noop());
        loop {
            if let Poll::Ready(value) = future.as_mut().poll(&mut cx) {
                return value;
            }
        }
    }

    pub async fn yield_now() {
        let mut yielded = false;
        std::future::poll_fn(|cx| {
            if std::mem::replace(&mut yielded, true) {
                return Poll::Ready(());
            }
            cx.waker().wake_by_ref();
            Poll::Pending
        })
        .await
    }
}
