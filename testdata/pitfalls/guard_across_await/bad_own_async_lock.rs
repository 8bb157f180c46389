// edition:2021
use std::future::Future;
use std::sync::{Arc, Mutex};

mod sync {
    use std::future::Future;
    use std::ops::{Deref, DerefMut};
    use std::pin::Pin;
    use std::sync::Mutex;
    use std::task::{Context, Poll};

    /// Waits its turn without blocking the thread.
    pub struct Turn<T>(Mutex<Option<Box<T>>>);

    pub struct Waiting<'a, T>(&'a Turn<T>);

    pub struct Mine<'a, T> {
        of: &'a Turn<T>,
        value: Option<Box<T>>,
    }

    impl<T> Turn<T> {
        pub fn new(value: T) -> Self {
            Turn(Mutex::new(Some(Box::new(value))))
        }

        pub fn lock(&self) -> Waiting<'_, T> {
            Waiting(self)
        }
    }

    impl<'a, T> Future for Waiting<'a, T> {
        type Output = Mine<'a, T>;

        fn poll(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Mine<'a, T>> {
            match self.0 .0.lock().unwrap().take() {
                Some(value) => Poll::Ready(Mine { of: self.0, value: Some(value) }),
                None => {
                    cx.waker().wake_by_ref();
                    Poll::Pending
                }
            }
        }
    }

    impl<T> Deref for Mine<'_, T> {
        type Target = T;
        fn deref(&self) -> &T {
            self.value.as_ref().unwrap()
        }
    }

    impl<T> DerefMut for Mine<'_, T> {
        fn deref_mut(&mut self) -> &mut T {
            self.value.as_mut().unwrap()
        }
    }

    impl<T> Drop for Mine<'_, T> {
        fn drop(&mut self) {
            *self.of.0.lock().unwrap() = self.value.take();
        }
    }
}

#[derive(Default)]
struct Stock {
    pieces: u32,
}

async fn weigh(pieces: u32) -> bool {
    pieces < 10
}

// Nobody may take from the stock between the two: what is written was read before the await.
async fn take(stock: Arc<Mutex<Stock>>, pieces: u32) -> Result<u32, String> {
    let mut stock = stock.lock().unwrap();
    //  ^^^^^^^^^ guard_across_await
    let before = stock.pieces;
    if before < pieces {
        return Err(format!("only {before}"));
    }
    if !weigh(pieces).await {
        //            ----- still held at this await
        return Err("too heavy".to_string());
    }
    stock.pieces = before - pieces;
    Ok(stock.pieces)
}

fn spawn<F: Future + Send + 'static>(future: F) -> F {
    future
}

fn main() {
    let stock = Arc::new(Mutex::new(Stock { pieces: 12 }));
    let _task = spawn(take(stock.clone(), 3));
    let _task = spawn(async move { stock.lock().unwrap().pieces });
    let empty = Arc::new(Mutex::default());
    let _task = spawn(take(empty, 1));
}
