// edition:2021
// Futures that borrow what the call is given, in ways that the compiler accepts.
use std::future::Future;
use std::pin::Pin;

async fn ask<F>(names: &[String], f: F) -> usize
where
    F: AsyncFn(&str) -> usize,
{
    let mut sum = 0;
    for name in names {
        sum += f(name).await;
    }
    sum
}

async fn boxed<F>(names: &[String], f: F) -> usize
where
    F: Fn(&str) -> Pin<Box<dyn Future<Output = usize> + '_>>,
{
    let mut sum = 0;
    for name in names {
        sum += f(name).await;
    }
    sum
}

// The argument is owned.
async fn owned<F, Fut>(names: Vec<String>, f: F) -> usize
where
    F: Fn(String) -> Fut,
    Fut: Future<Output = usize>,
{
    let mut sum = 0;
    for name in names {
        sum += f(name).await;
    }
    sum
}

// One lifetime for all calls.
async fn same<'a, F, Fut>(names: &'a [String], f: F) -> usize
where
    F: Fn(&'a str) -> Fut,
    Fut: Future<Output = usize> + 'a,
{
    let mut sum = 0;
    for name in names {
        sum += f(name).await;
    }
    sum
}

async fn measure(name: &str) -> usize {
    name.len()
}

async fn run(names: Vec<String>) -> usize {
    let mut sum = ask(&names, async |name| measure(name).await).await;
    sum += boxed(&names, |name| Box::pin(async move { measure(name).await })).await;
    sum += same(&names, |name| async move { measure(name).await }).await;
    // The reference is used before there is a future.
    sum += same(&names, |name| {
        let length = name.len();
        async move { length }
    })
    .await;
    sum + owned(names, |name| async move { measure(&name).await }).await
}

fn main() {
    drop(run(Vec::new()));
}
