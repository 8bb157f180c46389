// edition:2021
use std::future::Future;
use std::pin::Pin;

trait Proto {
    fn recv(&mut self) -> Pin<Box<dyn Future<Output = Option<u8>> + '_>>;
//     ^^^^ async_trait_not_dyn
    fn peer(&self) -> &str;
}

struct Tcp {
    data: Vec<u8>,
    name: String,
}

impl Proto for Tcp {
    fn recv(&mut self) -> Pin<Box<dyn Future<Output = Option<u8>> + '_>> {
        let next = self.data.pop();
        Box::pin(match next {
            Some(byte) if byte > 9 => std::future::ready(None),
            other => std::future::ready(other),
        })
    }

    fn peer(&self) -> &str {
        &self.name
    }
}

struct Empty;

impl Proto for Empty {
    fn recv(&mut self) -> Pin<Box<dyn Future<Output = Option<u8>> + '_>> {
        Box::pin(async { None })
    }

    fn peer(&self) -> &str {
        "nobody"
    }
}

fn connect(name: Option<&str>) -> Box<dyn Proto> {
//                                    --------- here it has to be one type for all
    name.map_or_else(
        || Box::new(Empty) as Box<dyn Proto>,
        |name| Box::new(Tcp { data: vec![10, 1], name: name.to_string() }),
    )
}

fn main() {
    rt::block_on(async {
        for name in [None, Some("x")] {
            let mut proto = connect(name);
            let first = proto.recv().await;
            let second = proto.recv().await;
            println!("{} {:?} {:?}", proto.peer(), first, second);
        }
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
