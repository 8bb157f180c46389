// edition:2021
use std::future::Future;

#[derive(Debug)]
struct Stopped;

#[derive(Debug)]
enum Failure {
    Stopped,
    Empty,
}

impl From<Stopped> for Failure {
    fn from(_: Stopped) -> Self {
        Failure::Stopped
    }
}

async fn in_task<T>(work: impl Future<Output = T>) -> Result<T, Stopped> {
    Ok(work.await)
}

async fn load(path: &str) -> Result<String, Failure> {
    if path.is_empty() {
        return Err(Failure::Empty);
    }
    Ok(path.to_string())
}

// The inner result is what is wanted.
pub async fn is_loaded(path: &str) -> Result<bool, Failure> {
    let loaded = in_task(load(path)).await?;
    Ok(loaded.is_ok())
}

pub async fn passed_on(path: &str) -> Result<String, Failure> {
    in_task(load(path)).await?
}

pub async fn both(path: &str) -> Result<usize, Failure> {
    Ok(in_task(load(path)).await??.len())
}

fn main() {
    println!("{:?} {:?}", Stopped, Failure::Empty);
}
