// edition:2021
use std::collections::HashMap;
use std::future::Future;
use std::sync::{Arc, RwLock};

fn spawn<F: Future + Send + 'static>(_future: F) {}

async fn connect(host: &str) -> usize {
    host.len()
}

async fn dial(hosts: Arc<RwLock<HashMap<u32, String>>>, id: u32) -> usize {
    let host = {
        let guard = hosts.read().unwrap();
        //  ^^^^^ guard_across_await
        let Some(host) = guard.get(&id).cloned() else {
            return 0;
        };
        host
    };
    connect(&host).await
    //            ----- still held at this await
}

fn main() {
    spawn(dial(Arc::default(), 1));
}
