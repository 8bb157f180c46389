// edition:2021
use std::collections::HashMap;
use std::future::Future;
use std::sync::{Arc, Mutex};

fn spawn<F: Future + Send + 'static>(_future: F) {}

async fn look_up(host: &str) -> u32 {
    host.len() as u32
}

pub struct Resolver {
    known: Mutex<HashMap<String, u32>>,
}

impl Resolver {
    // The arm that fills the table has nothing of what was found in it.
    async fn resolve(&self, host: &str) -> u32 {
        match self.known.lock().unwrap().get(host) {
            //^^^^^^^^^^^^^^^^^^^^^^^^^^ guard_in_scrutinee
            Some(address) => *address,
            None => {
                let address = look_up(host).await;
                self.known.lock().unwrap().insert(host.to_string(), address);
                address
            }
        }
    }
}

pub fn start(resolver: Arc<Resolver>) {
    spawn(async move { resolver.resolve("a").await });
}

fn main() {}
