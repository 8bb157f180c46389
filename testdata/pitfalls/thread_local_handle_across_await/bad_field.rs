// edition:2021
use std::future::Future;

mod db {
    #[derive(Default)]
    pub struct Connection {
        raw: std::marker::PhantomData<*mut u8>,
    }

    impl Connection {
        pub fn execute(&self, text: &str) -> usize {
            let _ = self.raw;
            text.len()
        }
    }
}

fn spawn<F: Future + Send + 'static>(_future: F) {}

async fn send(_count: usize) {}

#[derive(Default)]
struct Pool {
    connection: db::Connection,
}

impl Pool {
    async fn insert(self, text: &'static str) {
    //              ^^^^ thread_local_handle_across_await
        send(self.connection.execute(text)).await;
        //                                  ----- held at this await
        send(self.connection.execute("commit")).await;
        //                                      ----- held at this await
    }
}

fn main() {
    spawn(Pool::default().insert("insert"));
}
