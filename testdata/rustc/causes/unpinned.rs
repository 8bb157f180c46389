// What rustc says where a future has to be pinned: at an argument, the call around it and
// the await; of a type parameter; of a method that takes a pinned receiver.
use std::future::Future;
use std::pin::Pin;
use std::task::{Context, Poll};

async fn load() -> u32 {
    1
}

async fn first<F: Future + Unpin>(future: F) -> F::Output {
    future.await
}

pub async fn argument() -> u32 {
    let job = load();
    first(job).await
}

pub async fn by_reference(mut inner: impl Future<Output = u32>) -> u32 {
    (&mut inner).await
}

pub struct Counted<F> {
    pub inner: F,
}

impl<F: Future> Future for Counted<F> {
    type Output = F::Output;
    fn poll(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<F::Output> {
        self.inner.poll(cx)
    }
}

pub struct Kept<F> {
    pub left: u32,
    pub inner: F,
}

impl<F: Future> Future for Kept<F> {
    type Output = ();
    fn poll(mut self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<()> {
        self.left -= 1;
        Poll::Pending
    }
}

// Not about pins: no such method, no such bound.
pub struct Sensor;
pub fn sensor(sensor: &Sensor, cx: &mut Context<'_>) {
    sensor.poll(cx);
}
pub fn sent(value: std::rc::Rc<u32>) {
    fn send<T: Send>(_: T) {}
    send(value);
}
