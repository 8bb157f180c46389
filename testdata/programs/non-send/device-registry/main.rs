use std::cell::RefCell;
use std::collections::HashMap;
use std::sync::Arc;

use exec::Runtime;

struct Registry {
    site: String,
    devices: RefCell<HashMap<u16, String>>,
}

impl Registry {
    fn new(site: &str) -> Self {
        Self {
            site: site.to_string(),
            devices: RefCell::new(HashMap::new()),
        }
    }

    async fn announce(&self, id: u16, kind: &str) -> bool {
        let label = describe(&self.site, kind).await;
        self.devices.borrow_mut().insert(id, label).is_none()
    }

    async fn label(&self, id: u16) -> Option<String> {
        let found = self.devices.borrow().get(&id).cloned();
        let found = found?;
        Some(describe("lookup", &found).await)
    }
}

async fn describe(site: &str, kind: &str) -> String {
    format!("{site}/{kind}")
}

fn main() {
    let runtime = Runtime::new("registry");
    let registry = Arc::new(Registry::new("plant-3"));

    let mut fresh = 0;
    for (id, kind) in [(4, "pump"), (9, "valve"), (4, "pump")] {
        let registry = Arc::clone(&registry);
        let reply = runtime.spawn(async move { registry.announce(id, kind).await });
        fresh += usize::from(reply.recv().unwrap());
    }
    let label = runtime.block_on(registry.label(9));
    println!("{fresh} new, 9 is {}", label.unwrap_or_default());
}

mod exec {
    use std::future::Future;
    use std::sync::mpsc::{channel, Receiver};
    use std::sync::{Arc, Condvar, Mutex};
    use std::task::{Context, Poll, Wake, Waker};
    use std::thread;

    #[derive(Default)]
    struct Notify {
        ready: Mutex<bool>,
        changed: Condvar,
    }

    impl Wake for Notify {
        fn wake(self: Arc<Self>) {
            *self.ready.lock().unwrap() = true;
            self.changed.notify_one();
        }
    }

    pub struct Runtime {
        name: &'static str,
    }

    impl Runtime {
        pub fn new(name: &'static str) -> Runtime {
            Runtime { name }
        }

        pub fn block_on<F: Future>(&self, future: F) -> F::Output {
            drive(future)
        }

        pub fn spawn<F>(&self, future: F) -> Receiver<F::Output>
        where
            F: Future + Send + 'static,
            F::Output: Send + 'static,
        {
            let (tx, rx) = channel();
            thread::Builder::new()
                .name(self.name.to_string())
                .spawn(move || tx.send(drive(future)))
                .unwrap();
            rx
        }
    }

    fn drive<F: Future>(future: F) -> F::Output {
        let notify = Arc::new(Notify::default());
        let waker = Waker::from(Arc::clone(&notify));
        let mut cx = Context::from_waker(&waker);
        let mut future = Box::pin(future);
        loop {
            if let Poll::Ready(value) = future.as_mut().poll(&mut cx) {
                return value;
            }
            let mut ready = notify.ready.lock().unwrap();
            while !std::mem::take(&mut *ready) {
                ready = notify.changed.wait(ready).unwrap();
            }
        }
    }
}
