// edition:2021
// Each call's future takes clones of what the closure has, and its argument along.
use std::future::Future;
use std::pin::Pin;
use std::rc::Rc;

type Check = Box<dyn Fn(&'static str, u32) -> Pin<Box<dyn Future<Output = String>>>>;

#[derive(Clone)]
struct Limits {
    most: u32,
}

async fn measure(word: &str) -> u32 {
    rt::yield_now().await;
    word.len() as u32
}

fn check(label: &str, limits: Rc<Limits>) -> Check {
    let mut prefixes = Vec::new();
    prefixes.push(label.to_uppercase());
    let factor = 2;
    let name = label.to_string();
    Box::new(move |word, extra| {
        let start = extra * factor;
        let prefixes = prefixes.clone();
        let limits = limits.clone();
        let name = name.clone();
        Box::pin(async move {
//      ^^^^^^^^^^^^^^^^ mutable_capture_in_async_block
            let size = measure(word).await * factor + start;
            let prefix = prefixes.join("/");
            if size > limits.most { format!("{prefix} {name}: {size}") } else { prefix }
        })
    })
}

fn main() {
    let check = check("words", Rc::new(Limits { most: 9 }));
    rt::block_on(async {
        for word in ["a", "abcdef", "abc"] {
            println!("{}", check(word, 1).await);
        }
    });
}

mod rt {
    use std::future::Future;
    use std::pin::{pin, Pin};
    use std::task::{Context, Poll, Waker};

    pub fn block_on<F: Future>(future: F) -> F::Output {
        let mut future = pin!(future);
        let mut context = Context::from_waker(Waker::noop());
        loop {
            if let Poll::Ready(value) = future.as_mut().poll(&mut context) {
                return value;
            }
        }
    }

    pub async fn yield_now() {
        struct Yield(bool);
        impl Future for Yield {
            type Output = ();
            fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<()> {
                if self.0 {
                    return Poll::Ready(());
                }
                self.0 = true;
                context.waker().wake_by_ref();
                Poll::Pending
            }
        }
        Yield(false).await;
    }
}
