// edition:2021
use std::future::Future;

fn spawn<F: Future + Send + 'static>(_future: F) {}

async fn leaf() {}

trait Task: Sized + 'static {
//    ^^^^ missing_send_bound
    fn step(&mut self);

    fn start(mut self) {
        spawn(async move {
            leaf().await;
            self.step();
        //  ---- the future holds it
        });
    }
}

impl Task for u32 {
    fn step(&mut self) {
        *self += 1;
    }
}

fn main() {
    1.start();
}
