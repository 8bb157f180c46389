// edition:2021
use std::future::Future;
use std::sync::mpsc::{channel, Receiver};
use std::sync::{Arc, Mutex};

fn spawn<F: Future + Send + 'static>(_future: F) {}
fn spawn_local<F: Future>(_future: F) {}

async fn handle(_job: u32) {}

async fn owned(jobs: Receiver<u32>) {
    while let Ok(job) = jobs.try_recv() {
        handle(job).await;
    }
}

async fn unique(jobs: &mut Receiver<u32>) {
    while let Ok(job) = jobs.try_recv() {
        handle(job).await;
    }
}

async fn collected(jobs: Receiver<u32>) {
    let batch: Vec<u32> = jobs.try_iter().collect();
    for job in batch {
        handle(job).await;
    }
}

async fn locked(jobs: Arc<Mutex<Receiver<u32>>>) {
    let job = jobs.lock().unwrap().recv().unwrap_or(0);
    handle(job).await;
}

async fn shared(jobs: &Receiver<u32>) {
    while let Ok(job) = jobs.try_recv() {
        handle(job).await;
    }
}

fn drain(jobs: &Receiver<u32>) -> u32 {
    jobs.try_iter().sum()
}

fn main() {
    spawn(owned(channel().1));
    spawn(async { unique(&mut channel().1).await });
    spawn(collected(channel().1));
    spawn(locked(Arc::new(Mutex::new(channel().1))));
    let jobs = channel().1;
    spawn_local(shared(&jobs));
    std::thread::spawn(move || drain(&jobs));
}
