// edition:2021
// What it is borrowed from goes on to another call, so the future has to own a copy.
use std::future::Future;
use std::pin::Pin;

#[derive(Clone)]
struct Context {
    id: u32,
}

struct Task {
    context: Context,
}

impl Task {
    fn context(&self) -> &Context {
        &self.context
    }
}

async fn run(_task: Task) -> bool {
    true
}

async fn acknowledge(context: &Context, done: bool) {
    println!("{} {done}", context.id);
}

fn call(task: Task) -> Pin<Box<dyn Future<Output = ()> + Send>> {
    let context = task.context().clone();
    //            ^^^^ block_captures_local_reference
    let done = run(task);
    Box::pin(async move {
        let done = done.await;
        acknowledge(&context, done).await;
    })
}

fn main() {
    drop(call(Task { context: Context { id: 1 } }));
}
