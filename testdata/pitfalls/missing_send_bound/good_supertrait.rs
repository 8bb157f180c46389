// edition:2024
fn spawn<F: Future + Send + 'static>(_future: F) {}

trait Job: Send + Sync + 'static {
    type Running: Future<Output = u32> + Send;

    fn start(&self) -> Self::Running;
}

fn run<J: Job>(job: J) {
    spawn(async move {
        let first = job.start().await;
        first + job.start().await
    });
}

impl Job for u32 {
    type Running = std::future::Ready<u32>;

    fn start(&self) -> Self::Running {
        std::future::ready(*self)
    }
}

fn main() {
    run(1);
}
