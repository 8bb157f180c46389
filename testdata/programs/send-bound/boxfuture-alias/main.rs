use std::collections::HashMap;
use std::future::Future;
use std::pin::Pin;

type BoxFuture<'a, T> = Pin<Box<dyn Future<Output = T> + 'a>>;

trait Command: Send + Sync {
    fn call<'a>(&'a self, args: &'a [&'a str]) -> BoxFuture<'a, String>;
}

struct Echo;

impl Command for Echo {
    fn call<'a>(&'a self, args: &'a [&'a str]) -> BoxFuture<'a, String> {
        Box::pin(async move { args.join(" ") })
    }
}

struct Repeat {
    times: usize,
}

impl Command for Repeat {
    fn call<'a>(&'a self, args: &'a [&'a str]) -> BoxFuture<'a, String> {
        Box::pin(async move {
            let text = Echo.call(args).await;
            vec![text; self.times].join("/")
        })
    }
}

fn commands() -> HashMap<&'static str, Box<dyn Command>> {
    let mut commands: HashMap<_, Box<dyn Command>> = HashMap::new();
    commands.insert("echo", Box::new(Echo));
    commands.insert("repeat", Box::new(Repeat { times: 3 }));
    commands
}

async fn shell(line: &'static str) -> String {
    let words: Vec<&str> = line.split(' ').collect();
    let commands = commands();
    match commands.get(words[0]) {
        Some(command) => command.call(&words[1..]).await,
        None => format!("{}: not found", words[0]),
    }
}

fn main() {
    use threads::Spawner;
    for line in &["echo one two", "repeat ha", "sudo"] {
        let output = threads::Threads.spawn(shell(line));
        println!("{}", output.join().unwrap());
    }
}

mod threads {
    use std::future::Future;
    use std::pin::pin;
    use std::task::{Context, Poll, Waker};
    use std::thread::{self, JoinHandle};

    pub trait Spawner {
        fn spawn<F>(&self, future: F) -> JoinHandle<F::Output>
        where
            F: Future + Send + 'static,
            F::Output: Send + 'static;
    }

    pub struct Threads;

    impl Spawner for Threads {
        fn spawn<F>(&self, future: F) -> JoinHandle<F::Output>
        where
            F: Future + Send + 'static,
            F::Output: Send + 'static,
        {
            thread::spawn(move || block_on(future))
        }
    }

    pub fn block_on<F: Future>(future: F) -> F::Output {
        let mut future = pin!(future);
        let mut cx = Context::from_waker(Waker::noop());
        loop {
            if let Poll::Ready(value) = future.as_mut().poll(&mut cx) {
                return value;
            }
            thread::yield_now();
        }
    }
}
