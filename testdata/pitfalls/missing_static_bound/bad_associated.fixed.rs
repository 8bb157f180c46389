// edition:2021
// A boxed future keeps the future of an inner service, which is an associated type.
use std::future::Future;
use std::pin::Pin;

trait Service {
    type Output;
    type Future: Future<Output = Self::Output>;
    fn call(&mut self) -> Self::Future;
}

struct Tunnel<S>(S);

impl<S> Service for Tunnel<S>
where
    S: Service,
    S::Future: Send + 'static,
    S::Output: Send + 'static,
{
    type Output = S::Output;
    type Future = Pin<Box<dyn Future<Output = S::Output> + Send>>;

    fn call(&mut self) -> Self::Future {
        let connecting = self.0.call();
        Box::pin(async move { connecting.await })
//      ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ missing_static_bound
    }
}

struct One;

impl Service for One {
    type Output = u8;
    type Future = std::future::Ready<u8>;

    fn call(&mut self) -> Self::Future {
        std::future::ready(1)
    }
}

fn main() {
    let _ = Tunnel(One).call();
}
