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
        let this = &self;
        //  ^^^^ shared_without_arc
        println!("on {}", this.port);
        for id in 0..3 {
            let this = Arc::clone(&this);
            spawn(async move { this.answer(id).await });
        }
    }
}

fn main() {
    Server { port: 80 }.listen();
}
