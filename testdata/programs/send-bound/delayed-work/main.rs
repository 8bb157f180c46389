use std::future::Future;
use std::pin::Pin;
use std::sync::{Arc, Mutex};

struct Delayed {
    name: &'static str,
    after: u32,
    work: Pin<Box<dyn Future<Output = u32>>>,
}

impl Delayed {
    fn new<F>(name: &'static str, after: u32, work: F) -> Delayed
    where
        F: Future<Output = u32> + Send + 'static,
    {
        Delayed { name, after, work: Box::pin(work) }
    }

    async fn fire(self, log: Arc<Mutex<Vec<String>>>) {
        for _ in 0..self.after {
            std::future::ready(()).await;
        }
        let value = self.work.await;
        log.lock().unwrap().push(format!("{} -> {}", self.name, value));
    }
}

async fn rotate_logs(files: u32) -> u32 {
    files / 2
}

fn main() {
    let log = Arc::new(Mutex::new(Vec::new()));
    let plan = vec![
        Delayed::new("rotate", 3, rotate_logs(9)),
        Delayed::new("vacuum", 1, async { rotate_logs(2).await + 40 }),
    ];
    let mut scheduler = timer::Scheduler::default();
    for delayed in plan {
        scheduler.add(Box::pin(delayed.fire(Arc::clone(&log))));
    }
    scheduler.run();
    for line in log.lock().unwrap().drain(..) {
        println!("{line}");
    }
}

mod timer {
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
