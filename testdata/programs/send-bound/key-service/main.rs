use std::collections::HashMap;
use std::sync::mpsc::{channel, Receiver, Sender};

pub trait Store {
    fn get(&self, key: &str) -> Option<String>;
    fn set(&mut self, key: &str, value: &str);
}

impl Store for HashMap<String, String> {
    fn get(&self, key: &str) -> Option<String> {
        HashMap::get(self, key).cloned()
    }
    fn set(&mut self, key: &str, value: &str) {
        self.insert(key.into(), value.into());
    }
}

enum Call {
    Set(&'static str, &'static str),
    Get(&'static str, Sender<Option<String>>),
}

struct Service<S> {
    store: S,
    calls: Receiver<Call>,
}

impl<S: Store + 'static> Service<S> {
    fn start(store: S) -> Sender<Call> {
        let (tx, calls) = channel();
        let service = Service { store, calls };
        drop(exec::spawn(service.run()));
        tx
    }

    async fn run(mut self) {
        while let Ok(call) = self.calls.recv() {
            match call {
                Call::Set(key, value) => self.store.set(key, value),
                Call::Get(key, reply) => self.answer(key, reply).await,
            }
        }
    }

    async fn answer(&mut self, key: &str, reply: Sender<Option<String>>) {
        let _ = reply.send(self.store.get(key));
    }
}

fn main() {
    let service = Service::start(HashMap::new());
    service.send(Call::Set("lang", "rust")).unwrap();
    for key in ["lang", "year"] {
        let (tx, rx) = channel();
        service.send(Call::Get(key, tx)).unwrap();
        println!("{key} = {:?}", rx.recv().unwrap());
    }
}

mod exec {
    use std::future::Future;
    use std::pin::pin;
    use std::task::{Context, Poll, Waker};
    use std::thread;

    pub fn block_on<F: Future>(future: F) -> F::Output {
        let mut future = pin!(future);
        let mut cx = Context::from_waker(Waker::noop());
        loop {
            if let Poll::Ready(value) = future.as_mut().poll(&mut cx) {
                return value;
            }
            thread::yield_now();
        }
    }

    pub fn spawn<F>(future: F) -> thread::JoinHandle<F::Output>
    where
        F: Future + Send + 'static,
        F::Output: Send + 'static,
    {
        thread::spawn(move || block_on(future))
    }
}
