// edition:2024
// A shared parameter and its associated type are asked for no more than each of them needs.
use std::sync::Arc;

fn spawn<F: Future + Send + 'static>(_future: F) {}

async fn leaf() {}

trait Source {
    type Item: std::fmt::Debug;

    fn next(&self) -> Self::Item;
}

struct Pump<S> {
    source: Arc<S>,
}

// FIXME: rustfmt gives a `where` clause lines of its own.
impl<S: Source + 'static> Pump<S> {
//   ^^^^^^^^^^^^^^^^^^^ missing_send_bound
//   ^^^^^^^^^^^^^^^^^^^ missing_send_bound
    fn start(&self) {
        let source = Arc::clone(&self.source);
        spawn(async move {
            let item = source.next();
            leaf().await;
            println!("{item:?}");
        });
    }
}

struct Fixed;

impl Source for Fixed {
    type Item = u8;

    fn next(&self) -> u8 {
        7
    }
}

fn main() {
    Pump { source: Arc::new(Fixed) }.start();
}
