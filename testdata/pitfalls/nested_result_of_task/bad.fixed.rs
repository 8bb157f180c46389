// edition:2021
use std::future::Future;
use std::pin::pin;
use std::task::{Context, Poll, Waker};

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

// Like the handle of a task: the outer result tells whether it ran.
async fn in_task<T>(work: impl Future<Output = T>) -> Result<T, Stopped> {
    Ok(work.await)
}

async fn load(path: &str) -> Result<String, Failure> {
    if path.is_empty() {
        return Err(Failure::Empty);
    }
    Ok(format!("<{path}>"))
}

async fn count(path: &str) -> Result<u32, Failure> {
    Ok(path.len() as u32)
}

fn width(text: &str) -> usize {
    text.len()
}

pub async fn with_type(path: &str) -> Result<String, Failure> {
    let page: String = in_task(load(path)).await??;
    //                 ^^^^^^^^^^^^^^^^^^^^^^^^^^ nested_result_of_task
    Ok(page)
}

pub async fn by_method(path: &str) -> Result<usize, Failure> {
    let page = in_task(load(path)).await??;
    //         ^^^^^^^^^^^^^^^^^^^^^^^^^^ nested_result_of_task
    Ok(page.trim().len())
    //      ---- the value in it is wanted here
}

pub async fn by_operator(path: &str) -> Result<u32, Failure> {
    let mut total = 1;
    total += in_task(count(path)).await??;
    //       ^^^^^^^^^^^^^^^^^^^^^^^^^^^ nested_result_of_task
    let more = in_task(count(path)).await??;
    //         --------------------------- and here
    Ok(more + total)
}

pub async fn shown(path: &str) -> Result<(), Failure> {
    let page = in_task(load(path)).await??;
    //         ^^^^^^^^^^^^^^^^^^^^^^^^^^ nested_result_of_task
    println!("{page}");
    println!("{}", in_task(count(path)).await??);
    //             --------------------------- and here
    Ok(())
}

pub async fn as_argument(path: &str) -> Result<usize, Failure> {
    Ok(width(&in_task(load(path)).await??))
    //        ^^^^^^^^^^^^^^^^^^^^^^^^^^ nested_result_of_task
}

pub async fn taken_apart(path: &str) -> Result<u32, Failure> {
    let work = async { Ok::<_, Failure>((count(path).await?, count("x").await?)) };
    let (a, b) = in_task(work).await.map_err(|_| Failure::Stopped)??;
    //           ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ nested_result_of_task
    Ok(a + b)
}

// The one around it is unwrapped; the error of the work goes to the caller.
pub async fn unwrapped(path: &str) -> Result<usize, Failure> {
    let page = in_task(load(path)).await.unwrap()?;
    //         ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ nested_result_of_task
    Ok(page.len())
}

fn run<F: Future>(future: F) -> F::Output {
    let mut context = Context::from_waker(Waker::noop());
    let mut future = pin!(future);
    loop {
        if let Poll::Ready(output) = future.as_mut().poll(&mut context) {
            return output;
        }
    }
}

fn main() {
    println!("{:?} {:?}", run(with_type("a")), run(with_type("")));
    println!("{:?} {:?}", run(by_method("a")), run(by_method("")));
    println!("{:?} {:?}", run(by_operator("abc")), run(shown("abc")));
    println!("{:?} {:?}", run(as_argument("a")), run(as_argument("")));
    println!("{:?}", run(taken_apart("abc")));
    println!("{:?} {:?}", run(unwrapped("a")), run(unwrapped("")));
}
