// edition:2024
struct Words<T>(T);
trait Marker {}
impl Marker for Words<&'static str> {}

// `Send` for one lifetime and not for another.
struct Checked<T>(*const T);
unsafe impl<T> Send for Checked<T> where Words<T>: Marker {}

async fn leaf() {}

async fn hold<'a>(text: &'a str) {
    let checked = Checked::<&'a str>(&text);
    leaf().await;
    let _ = checked.0;
}

fn main() {
    rt::block_on(async {
        rt::spawn(async {
//      ^^^^^^^^^^^^^^^^^ send_not_general_enough
            let text = String::from("x");
            hold(&text).await;
        });
    });
}

mod rt {
    use std::future::Future;
    use std::pin::{pin, Pin};
    use std::sync::Mutex;
    use std::task::{Context, Poll, Waker};

    type Task = Pin<Box<dyn Future<Output = ()> + Send>>;
    static QUEUE: Mutex<Vec<Task>> = Mutex::new(Vec::new());

    pub fn spawn<F: Future<Output = ()> + Send + 'static>(future: F) {
        QUEUE.lock().unwrap().push(Box::pin(future));
    }

    pub fn block_on<F: Future>(future: F) -> F::Output {
        let mut future = pin!(future);
        let mut context = Context::from_waker(Waker::noop());
        let value = loop {
            if let Poll::Ready(value) = future.as_mut().poll(&mut context) {
                break value;
            }
        };
        loop {
            let tasks = std::mem::take(&mut *QUEUE.lock().unwrap());
            if tasks.is_empty() {
                return value;
            }
            for mut task in tasks {
                while task.as_mut().poll(&mut context).is_pending() {}
            }
        }
    }
}
