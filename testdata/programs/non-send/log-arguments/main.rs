use std::fmt;
use std::sync::{Arc, Mutex};

#[derive(Clone, Default)]
struct Log {
    lines: Arc<Mutex<Vec<String>>>,
}

impl Log {
    async fn write(&self, level: &str, text: fmt::Arguments<'_>) {
        ready().await;
        self.lines.lock().unwrap().push(format!("{level:>5} {text}"));
    }
}

async fn ready() {}

async fn backup(log: Log, volume: &'static str, free: u64) {
    log.write("info", format_args!("backing up {volume}")).await;
    if free < 10 {
        log.write("warn", format_args!("{volume} has {free} GB left")).await;
    }
}

fn main() {
    let log = Log::default();
    let mut scheduler = cron::Scheduler::default();
    scheduler.add(Box::pin(backup(log.clone(), "home", 120)));
    scheduler.add(Box::pin(backup(log.clone(), "mail", 4)));
    scheduler.run();
    for line in log.lines.lock().unwrap().iter() {
        println!("{line}");
    }
}

mod cron {
    use std::future::Future;
    use std::pin::Pin;
    use std::task::{Context, Poll, Waker};

    pub type Job = Pin<Box<dyn Future<Output = ()> + Send>>;

    #[derive(Default)]
    pub struct Scheduler {
        jobs: Vec<Job>,
    }

    impl Scheduler {
        pub fn add(&mut self, job: Job) {
            self.jobs.push(job);
        }

        // Runs the jobs in order on a background thread.
        pub fn run(self) {
            std::thread::spawn(move || self.jobs.into_iter().for_each(block_on))
                .join()
                .unwrap();
        }
    }

    pub fn block_on<F: Future + Unpin>(mut future: F) -> F::Output {
        let mut cx = Context::from_waker(Waker::noop());
        loop {
            if let Poll::Ready(value) = Pin::new(&mut future).poll(&mut cx) {
                return value;
            }
        }
    }
}
