// edition:2021
use std::future::Future;
use std::sync::Arc;

fn spawn<F: Future + Send + 'static>(_future: F) {}
fn spawn_local<F: Future + 'static>(_future: F) {}

async fn save(_value: u32) {}

trait Plugin: Send + Sync {
    fn code(&self) -> u32;
}

async fn load(plugin: Arc<dyn Plugin>) {
    save(plugin.code()).await;
    save(plugin.code()).await;
}

async fn bound(step: Box<dyn Fn(u32) -> u32 + Send>) {
    let next = step(1);
    save(next).await;
    save(step(2)).await;
}

async fn scoped() {
    let next = {
        let step: Box<dyn Fn(u32) -> u32> = Box::new(|n| n + 1);
        step(1)
    };
    save(next).await;
}

async fn unbound(step: Box<dyn Fn(u32) -> u32>) {
    save(step(1)).await;
    save(step(2)).await;
}

struct Echo;

impl Plugin for Echo {
    fn code(&self) -> u32 {
        1
    }
}

fn main() {
    spawn(load(Arc::new(Echo)));
    spawn(bound(Box::new(|n| n + 1)));
    spawn(scoped());
    spawn_local(unbound(Box::new(|n| n + 1)));
}
