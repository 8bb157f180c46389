// edition:2024
use std::pin::Pin;
use std::sync::{Arc, Mutex};

pub trait Event: Clone + Send + 'static {
    fn id(&self) -> u32;
}

pub trait Listener<E: Event>: Send + Sync {
    fn on_event<'a>(&'a self, event: E) -> Pin<Box<dyn Future<Output = ()> + Send + 'a>>
    where
        Self: 'a,
        E: 'a;
//           ^^^^^^^^ async_trait_not_dyn

    fn on_all<'a>(&'a self, events: Vec<E>) -> Pin<Box<dyn Future<Output = ()> + Send + 'a>>
    where
        Self: 'a,
        E: 'a,
    {
Box::pin(async move {
    //           ------ so does this method
            for event in events {
                self.on_event(event).await;
            }
})
    }
}

#[derive(Clone)]
pub struct Tick(u32);
impl Event for Tick {
    fn id(&self) -> u32 {
        self.0
    }
}

pub struct Bus<E: Event> {
    listeners: Vec<Arc<dyn Listener<E>>>,
//                     --------------- here it has to be one type for all
}

impl<E: Event> Bus<E> {
    pub fn new() -> Self {
        Bus { listeners: Vec::new() }
    }

    pub fn add(&mut self, listener: impl Listener<E> + 'static) -> &mut Self {
        self.listeners.push(Arc::new(listener));
        self
    }

    pub async fn send(&self, event: E) {
        for listener in &self.listeners {
            listener.on_event(event.clone()).await;
        }
    }
}

struct Sum {
    total: Arc<Mutex<u32>>,
}

impl<E: Event> Listener<E> for Sum {
    fn on_event<'a>(&'a self, event: E) -> Pin<Box<dyn Future<Output = ()> + Send + 'a>>
    where
        Self: 'a,
        E: 'a,
    {
        Box::pin(async move {
            rt::tick().await;
            *self.total.lock().unwrap() += event.id();
        })
    }
}

fn main() {
    let total = Arc::new(Mutex::new(0));
    let mut bus = Bus::new();
    bus.add(Sum { total: total.clone() }).add(Sum { total: total.clone() });
    let bus = Arc::new(bus);
    let worker = std::thread::spawn({
        let bus = bus.clone();
        move || rt::block_on(bus.send(Tick(4)))
    });
    worker.join().unwrap();
    rt::block_on(async {
        bus.listeners[0].on_all(vec![Tick(1), Tick(2)]).await;
    });
    println!("{}", total.lock().unwrap());
}

mod rt {
    use std::future::Future;
    use std::pin::pin;
    use std::task::{Context, Poll, Waker};

    pub fn block_on<F: Future>(future: F) -> F::Output {
        let mut future = pin!(future);
        let mut cx = Context::from_waker(Waker::noop());
        loop {
            if let Poll::Ready(out) = future.as_mut().poll(&mut cx) {
                return out;
            }
        }
    }

    pub async fn tick() {
        let mut done = false;
        std::future::poll_fn(|cx| {
            if std::mem::replace(&mut done, true) {
                return Poll::Ready(());
            }
            cx.waker().wake_by_ref();
            Poll::Pending
        })
        .await
    }
}
