// edition:2021
use std::future::Future;

fn spawn<F: Future + Send + 'static>(_future: F) {}

async fn save(_value: u32) {}

type Step = Box<dyn Fn(u32) -> u32 + Send>;
//              ^^^^^^^^^^^^^^^^^^ non_send_dyn

fn main() {
    spawn(async {
        let step: Step = Box::new(|n| n + 1);
        //  ---- a value of this type is held here
        save(step(1)).await;
        //            ----- held at this await
        save(step(2)).await;
        //            ----- held at this await
    });
}
