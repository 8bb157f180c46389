// edition:2021
use std::future::Future;
use std::pin::Pin;

trait Sender {
    fn send(&self, message: Hello) -> Pin<Box<dyn Future<Output = usize> + '_>>;
//           ^^^^ async_trait_not_dyn
    fn each<'a>(&'a self, f: &'a mut dyn FnMut(u32)) -> Pin<Box<dyn Future<Output = usize> + 'a>>;
//           ---- so does this method
}

trait Message {
    fn text(&self) -> String;
}

struct Hello {
    name: String,
}

impl Message for Hello {
    fn text(&self) -> String {
        format!("hello {}", self.name)
    }
}

struct Out;

impl Sender for Out {
    fn send(&self, message: Hello) -> Pin<Box<dyn Future<Output = usize> + '_>> {
        Box::pin(async move {
            rt::tick().await;
            println!("{}", message.text());
            message.text().len()
        })
    }
    fn each<'a>(&'a self, f: &'a mut dyn FnMut(u32)) -> Pin<Box<dyn Future<Output = usize> + 'a>> {
        Box::pin(async move {
            f(1);
            f(2);
            2
        })
    }
}

async fn run(sender: Box<dyn Sender>) {
//                       ---------- here it has to be one type for all
    let hello = Hello { name: "a".to_string() };
    let n = sender.send(hello).await;
    let m = sender.send(Hello { name: "bcd".to_string() }).await;
    let mut sum = 0;
    let k = sender.each(&mut |x| sum += x).await;
    println!("{n} {m} {k} {sum}");
}

fn main() {
    rt::block_on(run(Box::new(Out)));
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
