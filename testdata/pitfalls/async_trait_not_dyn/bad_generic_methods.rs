// edition:2024
use std::path::Path;

trait Plugin {
    fn create() -> Self where Self: Sized;
    fn id(&self) -> u32;
    async fn visit<F: Fn(u32) -> u32>(&self, f: F) -> u32;
//           ^^^^^ async_trait_not_dyn
    async fn open(&self, path: impl AsRef<Path>) -> usize;
//           ---- so does this method
    async fn label<S>(&self, label: S) -> String where S: Into<String>;
//           ----- so does this method
}

struct A(u32);

impl Plugin for A {
    fn create() -> Self { A(4) }
    fn id(&self) -> u32 { self.0 }
    async fn visit<F: Fn(u32) -> u32>(&self, f: F) -> u32 {
        rt::tick().await;
        f(self.0)
    }
    async fn open(&self, path: impl AsRef<Path>) -> usize {
        path.as_ref().as_os_str().len()
    }
    async fn label<S>(&self, label: S) -> String where S: Into<String> {
        let mut text = label.into();
        text.push('!');
        text
    }
}

fn main() {
    let plugin: Box<dyn Plugin> = Box::new(A::create());
//                      ------ here it has to be one type for all
    rt::block_on(async {
        let k = 3;
        println!("{}", plugin.visit(move |n| n + k).await);
        println!("{}", plugin.open("a/b").await);
        println!("{}", plugin.label("x").await);
        println!("{}", plugin.label(String::from("y")).await);
        println!("{}", plugin.id());
    });
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
