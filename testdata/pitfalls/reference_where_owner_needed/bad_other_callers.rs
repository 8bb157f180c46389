// edition:2021
// Some callers have a reference only: they give a clone.
use std::future::Future;
use std::sync::Arc;

fn spawn<F: Future + Send + 'static>(_future: F) {}

struct Log;

impl Log {
    async fn write(&self, _line: &str) {}
}

fn report(log: &Arc<Log>, line: &'static str) {
//        ^^^^^^^^^^^^^^ reference_where_owner_needed
    spawn(async move { log.write(line).await });
}

fn start(log: &Arc<Log>) {
    report(log, "start");
}

fn main() {
    let log = Arc::new(Log);
    start(&log);
    report(&log, "run");
    report(log, "end");
}
