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

    // What was found is used beside a change of the table: two times two may be three.
    async fn renew(&self, host: &str) -> u32 {
        if let Some(address) = self.known.lock().unwrap().get(host) {
            //                 ^^^^^^^^^^^^^^^^^^^^^^^^^^ guard_in_scrutinee
            let newer = look_up(host).await;
            self.known.lock().unwrap().insert(host.to_string(), newer);
            newer + address
        } else {
            0
        }
    }
}

pub fn start(resolver: Arc<Resolver>) {
    spawn({
        let resolver = resolver.clone();
        async move { resolver.resolve("a").await }
    });
    spawn(async move { resolver.renew("a").await });
}

fn main() {}
