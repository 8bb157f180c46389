// edition:2021
use std::future::Future;

#[derive(Debug)]
struct Stopped;

#[derive(Debug)]
struct Failure;

async fn in_task<T>(work: impl Future<Output = T>) -> Result<T, Stopped> {
    Ok(work.await)
}

async fn load(path: &str) -> Result<String, Failure> {
    if path.is_empty() {
        return Err(Failure);
    }
    Ok(path.to_string())
}

// There is nobody to pass the error on to, and a panic is for its author to choose.
pub async fn length(path: &str) -> usize {
    let page = in_task(load(path)).await.unwrap();
    //         ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ nested_result_of_task
    page.len()
    //   --- the value in it is wanted here
}

fn main() {
    println!("{:?} {:?}", Stopped, Failure);
}
