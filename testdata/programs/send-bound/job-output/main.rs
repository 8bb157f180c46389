use runner::Runtime;
use std::sync::mpsc::Receiver;

trait Job {
    type Output;
    fn name(&self) -> String;
    fn run(self) -> Self::Output;
}

struct WordCount(&'static str);
impl Job for WordCount {
    type Output = usize;
    fn name(&self) -> String {
        "word-count".into()
    }
    fn run(self) -> usize {
        self.0.split_whitespace().count()
    }
}

struct Initials(Vec<&'static str>);
impl Job for Initials {
    type Output = String;
    fn name(&self) -> String {
        format!("initials of {}", self.0.len())
    }
    fn run(self) -> String {
        self.0.iter().filter_map(|name| name.chars().next()).collect()
    }
}

fn dispatch<J>(runtime: &Runtime, job: J) -> Receiver<J::Output>
where
    J: Job + Send + 'static,
    J::Output: 'static,
{
    runtime.spawn(async move {
        let name = job.name();
        println!("start {}", name);
        job.run()
    })
}

fn main() {
    let runtime = Runtime::new("jobs");
    let count = dispatch(&runtime, WordCount("to be or not to be")).recv();
    let initials = dispatch(&runtime, Initials(vec!["ada", "grace"])).recv();
    println!("{} {}", count.unwrap(), initials.unwrap());
    runtime.block_on(async { println!("idle") });
}

mod runner {
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
