// edition:2021
use std::future::Future;

pub mod db {

    pub struct Conn {
        pub log: Vec<String>,
    }

    impl Conn {
        pub async fn exec(&mut self, line: &str) -> Result<usize, String> {
            self.log.push(line.to_string());
            Ok(self.log.len())
        }
    }

    pub struct Pool;

    impl Pool {
        pub async fn with<T, E, F>(&self, work: F) -> Result<T, E>
        where
            F: AsyncFnOnce(&mut Conn) -> Result<T, E>,
        {
            let mut conn = Conn { log: Vec::new() };
            let result = work(&mut conn).await;
            println!("{}", conn.log.join(";"));
            result
        }
    }
}

fn _other(_: impl Future) {}

fn main() {
    let pool = db::Pool;
    let table = String::from("users");
    let result = rt::block_on(pool.with(async move |conn| {
//                                             ^^^^^^^^^^^^ closure_returns_borrowing_future
        conn.exec("begin").await?;
        conn.exec(&table).await
    }));
    println!("{result:?}");
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
