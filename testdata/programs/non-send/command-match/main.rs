use std::error::Error;
use std::sync::mpsc::Receiver;

enum Command {
    Push(i64),
    Add,
}

fn parse(line: &str) -> Result<Command, Box<dyn Error>> {
    let mut words = line.split_whitespace();
    match (words.next(), words.next()) {
        (Some("push"), Some(number)) => Ok(Command::Push(number.parse()?)),
        (Some("add"), None) => Ok(Command::Add),
        _ => Err(format!("cannot read {:?}", line).into()),
    }
}

async fn apply(stack: &mut Vec<i64>, command: Command) {
    match command {
        Command::Push(number) => stack.push(number),
        Command::Add => {
            let sum = stack.iter().sum();
            stack.clear();
            stack.push(sum);
        }
    }
}

async fn reply(log: &mut Vec<String>, text: String) {
    log.push(text);
}

async fn calculator(lines: Vec<&'static str>) -> (Vec<i64>, Vec<String>) {
    let mut stack = Vec::new();
    let mut log = Vec::new();
    for line in lines {
        match parse(line) {
            Ok(command) => apply(&mut stack, command).await,
            Err(err) => reply(&mut log, err.to_string()).await,
        }
    }
    (stack, log)
}

fn main() {
    let runtime = engine::Runtime::new("calc");
    let script = vec!["push 4", "push x", "push 38", "pop", "add"];
    let result: Receiver<_> = runtime.spawn(calculator(script));
    let (stack, log) = result.recv().unwrap();
    println!("{:?}", stack);
    println!("{}", log.join("; "));
    println!("{}", runtime.block_on(calculator(vec!["?"])).1[0]);
}

mod engine {
    use std::future::Future;
    use std::sync::mpsc::{channel, Receiver};
    use std::sync::{Arc, Condvar, Mutex};
    use std::task::{Context, Poll, Wake, Waker};
    use std::thread;

    #[derive(Default)]
    struct Notify {
        ready: Mutex<bool>,
        changed: Condvar,
    }

    impl Wake for Notify {
        fn wake(self: Arc<Self>) {
            *self.ready.lock().unwrap() = true;
            self.changed.notify_one();
        }
    }

    pub struct Runtime {
        name: &'static str,
    }

    impl Runtime {
        pub fn new(name: &'static str) -> Runtime {
            Runtime { name }
        }

        pub fn block_on<F: Future>(&self, future: F) -> F::Output {
            drive(future)
        }

        pub fn spawn<F>(&self, future: F) -> Receiver<F::Output>
        where
            F: Future + Send + 'static,
            F::Output: Send + 'static,
        {
            let (tx, rx) = channel();
            thread::Builder::new()
                .name(self.name.to_string())
                .spawn(move || tx.send(drive(future)))
                .unwrap();
            rx
        }
    }

    fn drive<F: Future>(future: F) -> F::Output {
        let notify = Arc::new(Notify::default());
        let waker = Waker::from(Arc::clone(&notify));
        let mut cx = Context::from_waker(&waker);
        let mut future = Box::pin(future);
        loop {
            if let Poll::Ready(value) = future.as_mut().poll(&mut cx) {
                return value;
            }
            let mut ready = notify.ready.lock().unwrap();
            while !std::mem::take(&mut *ready) {
                ready = notify.changed.wait(ready).unwrap();
            }
        }
    }
}
