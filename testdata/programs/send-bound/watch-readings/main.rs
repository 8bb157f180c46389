use std::sync::mpsc::Receiver;

#[derive(Debug, Default, PartialEq)]
struct Report {
    seen: usize,
    peak: u32,
    alarms: Vec<usize>,
}

async fn settle(value: u32) -> u32 {
    value - value % 5
}

fn watch(
    pool: &pool::ThreadPool,
    readings: impl Iterator<Item = u32> + 'static,
    limit: u32,
) -> Receiver<Report> {
    pool.spawn(async move {
        let mut report = Report::default();
        for (at, reading) in readings.enumerate() {
            let value = settle(reading).await;
            report.seen += 1;
            report.peak = report.peak.max(value);
            if value > limit {
                report.alarms.push(at);
            }
        }
        report
    })
}

fn main() {
    let pool = pool::ThreadPool::new(1);
    let boiler = watch(&pool, vec![61, 74, 88, 93].into_iter(), 80);
    let pump = watch(&pool, (0..4).map(|n| n * 7), 30);
    println!("boiler {:?}", boiler.recv().unwrap());
    println!("pump {:?}", pump.recv().unwrap());
    let idle = pool::block_on(settle(13));
    println!("idle {idle}");
    pool.shutdown();
}

mod pool {
    use std::future::Future;
    use std::pin::Pin;
    use std::sync::mpsc::{channel, Receiver, Sender};
    use std::sync::{Arc, Mutex};
    use std::task::{Context, Poll, Waker};
    use std::thread;

    type Task = Pin<Box<dyn Future<Output = ()> + Send>>;

    pub struct ThreadPool {
        queue: Sender<Task>,
        workers: Vec<thread::JoinHandle<()>>,
    }

    impl ThreadPool {
        pub fn new(size: usize) -> ThreadPool {
            let (queue, tasks) = channel::<Task>();
            let tasks = Arc::new(Mutex::new(tasks));
            let workers = (0..size)
                .map(|_| {
                    let tasks = Arc::clone(&tasks);
                    thread::spawn(move || loop {
                        let task = tasks.lock().unwrap().recv();
                        match task {
                            Ok(task) => block_on(task),
                            Err(_) => return,
                        }
                    })
                })
                .collect();
            ThreadPool { queue, workers }
        }

        pub fn spawn<F>(&self, future: F) -> Receiver<F::Output>
        where
            F: Future + Send + 'static,
            F::Output: Send + 'static,
        {
            let (tx, rx) = channel();
            let task = async move {
                tx.send(future.await).ok();
            };
            self.queue.send(Box::pin(task)).unwrap();
            rx
        }

        pub fn shutdown(self) {
            drop(self.queue);
            for worker in self.workers {
                worker.join().unwrap();
            }
        }
    }

    pub fn block_on<F: Future>(future: F) -> F::Output {
        let mut future = Box::pin(future);
        let mut cx = Context::from_waker(Waker::noop());
        loop {
            if let Poll::Ready(value) = future.as_mut().poll(&mut cx) {
                return value;
            }
            thread::yield_now();
        }
    }
}
