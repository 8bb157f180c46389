// edition:2024
use std::path::Path;
use std::pin::Pin;

trait Plugin {
    fn create() -> Self where Self: Sized;
    fn id(&self) -> u32;
    fn visit(&self, f: Box<dyn Fn(u32) -> u32>) -> Pin<Box<dyn Future<Output = u32> + '_>>;
//           ^^^^^ async_trait_not_dyn
    fn open<'a>(&'a self, path: &'a Path) -> Pin<Box<dyn Future<Output = usize> + 'a>>;
//           ---- so does this method
    fn label(&self, label: String) -> Pin<Box<dyn Future<Output = String> + '_>>;
//           ----- so does this method
}

struct A(u32);

impl Plugin for A {
    fn create() -> Self { A(4) }
    fn id(&self) -> u32 { self.0 }
    fn visit(&self, f: Box<dyn Fn(u32) -> u32>) -> Pin<Box<dyn Future<Output = u32> + '_>> {
        Box::pin(async move {
            rt::tick().await;
            f(self.0)
        })
    }
    fn open<'a>(&'a self, path: &'a Path) -> Pin<Box<dyn Future<Output = usize> + 'a>> {
        Box::pin(async move { path.as_os_str().len() })
    }
    fn label(&self, label: String) -> Pin<Box<dyn Future<Output = String> + '_>> {
        Box::pin(async move {
            let mut text = label;
            text.push('!');
            text
        })
    }
}

fn main() {
    let plugin: Box<dyn Plugin> = Box::new(A::create());
//                      ------ here it has to be one type for all
    rt::block_on(async {
        let k = 3;
        println!("{}", plugin.visit(Box::new(move |n| n + k)).await);
        println!("{}", plugin.open("a/b".as_ref()).await);
        println!("{}", plugin.label("x".into()).await);
        println!("{}", plugin.label(String::from("y").into()).await);
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
