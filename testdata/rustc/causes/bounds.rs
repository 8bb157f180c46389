//! Where the bound that is missing belongs.
use std::future::Future;

fn spawn<F: Future + Send + 'static>(_future: F) {}

async fn leaf() {}

async fn keep<T>(value: T) {
    leaf().await;
    drop(value);
}

trait Job {
    type Running: Future + 'static;

    fn start(self) -> Self::Running;

    fn restart(self)
    where
        Self: Sized + 'static,
    {
        spawn(keep(self));
    }
}

fn in_where<T>(in_where: T)
where
    T: 'static,
{
    spawn(keep(in_where));
}

fn associated<J: Job + Send + 'static>(job: J) {
    spawn(async move { job.start().await });
}

fn associated_where<J: Job + Send + 'static>(other: J)
where
    J::Running: Unpin,
{
    spawn(async move { other.start().await });
}

struct Pool<T>(T);

impl<T: 'static> Pool<T> {
    fn run(self) {
        spawn(keep(self.0));
    }
}
