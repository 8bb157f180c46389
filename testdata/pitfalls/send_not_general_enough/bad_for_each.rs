// edition:2021
use std::future::Future;
use std::pin::Pin;
use std::task::{Context, Poll};

trait Call<A> {
    type Out;
    fn call(&mut self, argument: A) -> Self::Out;
}

impl<F: FnMut(A) -> R, A, R> Call<A> for F {
    type Out = R;
    fn call(&mut self, argument: A) -> R {
        self(argument)
    }
}

struct ForEach<I: Iterator, F: Call<I::Item>> {
    items: I,
    call: F,
    current: Option<Pin<Box<F::Out>>>,
}

impl<I: Iterator + Unpin, F: Call<I::Item> + Unpin> Future for ForEach<I, F>
where
    F::Out: Future,
{
    type Output = ();
    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<()> {
        let this = &mut *self;
        loop {
            if let Some(current) = &mut this.current {
                if current.as_mut().poll(context).is_pending() {
                    return Poll::Pending;
                }
            }
            let Some(item) = this.items.next() else {
                return Poll::Ready(());
            };
            this.current = Some(Box::pin(this.call.call(item)));
        }
    }
}

fn for_each<I, F, Fut>(items: I, call: F) -> ForEach<I, F>
where
    I: Iterator,
    F: FnMut(I::Item) -> Fut,
    Fut: Future,
{
    ForEach { items, call, current: None }
}

async fn show(number: u32) {
    println!("{number}");
}

fn main() {
    rt::block_on(async {
        rt::spawn(async {
            let numbers = vec![1, 2];
            for_each(numbers.iter(), |number| async move {
//          ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ send_not_general_enough
                show(*number).await;
            })
            .await;
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
