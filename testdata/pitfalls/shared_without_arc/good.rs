// edition:2021
use std::future::Future;
use std::sync::Arc;

fn spawn<F: Future + Send + 'static>(_future: F) {}

struct Server {
    port: u16,
}

impl Server {
    async fn answer(&self, id: u32) {
        println!("{} {id}", self.port);
    }

    fn listen(self) {
        let this = Arc::new(self);
        for id in 0..3 {
            let this = Arc::clone(&this);
            spawn(async move { this.answer(id).await });
        }
    }

    async fn one_by_one(self) {
        let this = &self;
        for id in 0..3 {
            this.answer(id).await;
        }
    }
}

fn main() {
    Server { port: 80 }.listen();
    drop(Server { port: 81 }.one_by_one());
}
