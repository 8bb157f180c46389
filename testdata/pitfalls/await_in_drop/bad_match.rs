// edition:2021
struct Conn {
    id: u32,
}

impl Conn {
    async fn open(id: u32) -> Result<Self, String> {
        rt::yield_now().await;
        if id == 0 {
            return Err("no id".to_string());
        }
        Ok(Self { id })
    }

    async fn ask(&self, question: &str) -> Option<usize> {
        rt::yield_now().await;
        (!question.is_empty()).then_some(question.len())
    }
}

impl Drop for Conn {
    fn drop(&mut self) {
        println!("closing {}", self.id);
        rt::yield_now().await;
      //^^^^^^^^^^^^^^^^^^^^^ await_in_drop
        println!("closed {}", self.id);
    }
}

async fn serve(id: u32, questions: &[&str]) -> usize {
    match Conn::open(id).await {
        Ok(conn) => {
            let mut sum = 0;
            for question in questions {
                sum += match conn.ask(question).await {
                    Some(n) => n,
                    None => return sum,
                };
            }
            sum
        }
        Err(error) => {
            println!("{error}");
            0
        }
    }
}

async fn maybe(id: u32) {
    if let Ok(conn) = Conn::open(id).await {
        println!("{:?}", conn.ask("really").await);
    }
}

fn main() {
    println!("{}", rt::block_on(serve(1, &["who", "what"])));
    println!("{}", rt::block_on(serve(2, &["who", "", "what"])));
    println!("{}", rt::block_on(serve(0, &[])));
    rt::block_on(maybe(3));
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
