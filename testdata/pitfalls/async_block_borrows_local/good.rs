// edition:2021
use std::future::Future;

struct Store {
    rows: Vec<u32>,
}

impl Store {
    fn sum(&self) -> impl Future<Output = u32> + '_ {
        async move { self.rows.iter().sum() }
    }
}

// The block is awaited where its variables live.
async fn local(name: String) -> usize {
    let length = async { name.len() };
    let counted = length.await;
    counted + name.len()
}

fn constant() -> impl Future<Output = u32> {
    async { 1 }
}

// By value in any case.
fn moved(name: String) -> impl Future<Output = usize> {
    async {
        let name = name;
        name.len()
    }
}

fn main() {
    let store = Store { rows: Vec::new() };
    drop(store.sum());
    drop(local(String::new()));
    drop(constant());
    drop(moved(String::new()));
}
