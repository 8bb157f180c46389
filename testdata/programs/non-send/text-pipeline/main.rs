trait Step {
    fn name(&self) -> &str;
    fn apply(&mut self, line: String) -> Option<String>;
}

struct Trim;
impl Step for Trim {
    fn name(&self) -> &str {
        "trim"
    }
    fn apply(&mut self, line: String) -> Option<String> {
        let line = line.trim();
        (!line.is_empty()).then(|| line.to_string())
    }
}

struct Number {
    next: u32,
}
impl Step for Number {
    fn name(&self) -> &str {
        "number"
    }
    fn apply(&mut self, line: String) -> Option<String> {
        self.next += 1;
        Some(format!("{} {line}", self.next))
    }
}

struct Pipeline {
    steps: Vec<Box<dyn Step>>,
}

impl Pipeline {
    async fn feed(&mut self, line: &str) -> Option<String> {
        let mut line = line.to_string();
        for step in self.steps.iter_mut() {
            line = step.apply(line)?;
            std::future::ready(()).await;
        }
        Some(line)
    }

    async fn run(mut self, input: Vec<&'static str>) -> Vec<String> {
        let mut output = vec![self.steps.iter().map(|s| s.name()).collect::<Vec<_>>().join("|")];
        for line in input {
            output.extend(self.feed(line).await);
        }
        output
    }
}

fn main() {
    let pipeline = Pipeline {
        steps: vec![Box::new(Trim), Box::new(Number { next: 0 })],
    };
    let mut set = tasks::JoinSet::new();
    set.spawn(pipeline.run(vec![" alpha", "  ", "beta "]));
    println!("{}", set.join_all().concat().join("\n"));
}

mod tasks {
    use std::future::Future;
    use std::pin::pin;
    use std::sync::Arc;
    use std::task::{Context, Poll, Wake};
    use std::thread::{self, Thread};

    struct Signal(Thread);

    impl Wake for Signal {
        fn wake(self: Arc<Self>) {
            self.0.unpark();
        }
    }

    pub fn block_on<F: Future>(future: F) -> F::Output {
        let mut future = pin!(future);
        let waker = Arc::new(Signal(thread::current())).into();
        let mut cx = Context::from_waker(&waker);
        loop {
            match future.as_mut().poll(&mut cx) {
                Poll::Ready(output) => break output,
                Poll::Pending => thread::park(),
            }
        }
    }

    pub struct JoinSet<T> {
        running: Vec<thread::JoinHandle<T>>,
    }

    impl<T: Send + 'static> JoinSet<T> {
        pub fn new() -> Self {
            JoinSet { running: Vec::new() }
        }

        pub fn spawn<F>(&mut self, task: F)
        where
            F: Future<Output = T> + Send + 'static,
        {
            self.running.push(thread::spawn(move || block_on(task)));
        }

        pub fn join_all(self) -> Vec<T> {
            self.running.into_iter().map(|t| t.join().unwrap()).collect()
        }
    }
}
