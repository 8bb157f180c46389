// edition:2024
fn spawn<F: Future + Send + 'static>(_future: F) {}

trait Job {
    type Running: Future<Output = ()> + 'static;

    fn start(self) -> Self::Running;
}

// FIXME: rustfmt gives a `where` clause lines of its own.
fn run<J: Job + Send + 'static>(job: J) where J::Running: Send {
//     ^^^^^^^^^^^^^^^^^^^^^^^ missing_send_bound
    spawn(async move { job.start().await });
    //                 ----------- the future holds it
}

impl Job for u32 {
    type Running = std::future::Ready<()>;

    fn start(self) -> Self::Running {
        std::future::ready(())
    }
}

fn main() {
    run(1);
}
