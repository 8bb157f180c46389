// edition:2021
use std::cell::RefCell;
use std::rc::Rc;

trait Actor {
    async fn handle(&mut self, message: Message, out: Rc<RefCell<Vec<String>>>) -> bool;
//           ^^^^^^ async_trait_not_dyn
}

struct Message {
    text: String,
    reply: Reply,
}

struct Reply(Rc<RefCell<Vec<String>>>);

impl Drop for Reply {
    fn drop(&mut self) {
        self.0.borrow_mut().push("reply dropped".to_string());
    }
}

struct Shout {
    count: usize,
}

impl Actor for Shout {
    async fn handle(&mut self, mut message: Message, out: Rc<RefCell<Vec<String>>>) -> bool {
        self.count += 1;
        message.text.push('!');
        rt::tick().await;
        out.borrow_mut().push(message.text.to_uppercase());
        self.count < 2
    }
}

struct Drain;

impl Actor for Drain {
    async fn handle(&mut self, message: Message, out: Rc<RefCell<Vec<String>>>) -> bool {
        let Message { text, reply } = message;
        drop(reply);
        out.borrow_mut().push(text);
        true
    }
}

fn main() {
    let log = Rc::new(RefCell::new(Vec::new()));
    let mut actors: Vec<Box<dyn Actor>> = vec![Box::new(Shout { count: 0 }), Box::new(Drain)];
//                              ----- here it has to be one type for all
    rt::block_on(async {
        for actor in actors.iter_mut() {
            let message = Message { text: "hi".into(), reply: Reply(log.clone()) };
            let again = actor.handle(message, log.clone()).await;
            log.borrow_mut().push(again.to_string());
        }
    });
    println!("{:?}", log.borrow());
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
