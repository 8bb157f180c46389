// edition:2021
use std::future::Future;
use std::rc::Rc;

fn spawn<F: Future + Send + 'static>(_future: F) {}
fn spawn_local<F: Future + 'static>(_future: F) {}

trait Store {
    fn load(&self, key: u32) -> impl Future<Output = String> + Send;
}

trait LocalStore {
    async fn load_here(&self, key: u32) -> String;
}

struct Memory;

impl Store for Memory {
    async fn load(&self, key: u32) -> String {
        key.to_string()
    }
}

impl LocalStore for Memory {
    async fn load_here(&self, key: u32) -> String {
        key.to_string()
    }
}

impl LocalStore for Rc<str> {
    async fn load_here(&self, _key: u32) -> String {
        self.to_string()
    }
}

fn promised<S: Store + Send + Sync + 'static>(store: S) {
    spawn(async move { store.load(1).await });
}

fn local<S: LocalStore + 'static>(store: S) {
    spawn_local(async move { store.load_here(1).await });
}

fn main() {
    promised(Memory);
    local(Memory);
    local(Rc::<str>::from("attic"));
    // Of a type that is known, the future is known too.
    spawn(async { Memory.load_here(1).await });
}
