// edition:2021
use std::future::Future;
use std::pin::Pin;

struct Bot {
    name: String,
    hooks: Vec<Box<dyn Fn() -> Pin<Box<dyn Future<Output = String>>>>>,
}

async fn greet(name: String) -> String {
    format!("hi {name}")
}

impl Bot {
    fn on(&mut self, f: impl Fn() -> Pin<Box<dyn Future<Output = String>>> + 'static) {
        self.hooks.push(Box::new(f));
    }
}

struct Options {
    label: String,
    quiet: bool,
}

fn main() {
    let mut bot = Bot { name: "b".into(), hooks: Vec::new() };
    let options = Options { label: "x".into(), quiet: false };
    bot.on(move || {
        let label = options.label.clone();
        Box::pin(async move { if options.quiet { String::new() } else { greet(label).await } })
    });
//                                                                                       ^^^^^^^^^^^^^ closure_moves_capture
    rt::block_on(async {
        for hook in &bot.hooks {
            println!("{} {}", bot.name, hook().await);
        }
    });
}

mod rt {
    use std::future::Future;
    use std::pin::pin;
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
}
