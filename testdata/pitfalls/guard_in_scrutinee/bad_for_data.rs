// edition:2021
use std::future::Future;
use std::sync::{Arc, RwLock};

fn spawn<F: Future + Send + 'static>(_future: F) {}

#[derive(Clone)]
struct Host {
    name: String,
    port: u16,
}

async fn is_up(host: &Host) -> bool {
    host.port != 0 && !host.name.is_empty()
}

async fn count(hosts: Arc<RwLock<Vec<Host>>>) -> usize {
    let mut up = 0;
    for host in hosts.read().unwrap().iter() {
    //          ^^^^^^^^^^^^^^^^^^^^^ guard_in_scrutinee
        if is_up(host).await {
            //         ----- still held at this await
            up += 1;
        }
    }
    up
}

fn main() {
    spawn(count(Arc::default()));
}
