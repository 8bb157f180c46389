// edition:2024
fn spawn<F: Future + Send + 'static>(_future: F) {}

mod api {
    pub trait Job {
        /// Starts it.
        fn start(self) -> impl Future<Output = ()> + Send + 'static;
        // ^^^^^ trait_future_not_send
    }
}

// Spawned as it is, and not awaited.
fn run(job: impl api::Job) {
    spawn(job.start());
}

impl api::Job for u32 {
    async fn start(self) {}
}

fn main() {
    run(1);
}
