// edition:2021
// The callers keep the value, so the future gets a clone of it.
use std::future::Future;
use std::sync::Arc;

fn spawn<F: Future + Send + 'static>(_future: F) {}

struct State;

async fn run(_state: Arc<State>, _round: u32) {}

fn watch(state: &Arc<State>) {
    for round in 0..3 {
        spawn(run(Arc::clone(state), round));
        //        ^^^^^ reference_where_owner_needed
    }
}

fn main() {
    let state = Arc::new(State);
    watch(&state);
    drop(state);
}
