// Values where references are expected, and the other way round.
use std::sync::{Arc, Mutex};

struct Pool;

fn lends(_: &Arc<Pool>) {}
fn takes(_: u32, _: Arc<Pool>) {}

impl Pool {
    fn add(&self, _: u32, _: &String) {}
}

fn wants_reference(pool: Arc<Pool>) {
    lends(pool);
    Pool.add(1, String::new());
}

fn wants_owner(pool: &Arc<Pool>) -> Arc<Pool> {
    takes(1, pool);
    pool
}

fn wants_arc() {
    let pool = &Pool;
    lends(&pool);
    takes(1, Pool);
    let list = Mutex::new(vec![1]);
    drop(Arc::clone(&list));
}

fn others(text: &str, number: &mut u32, pool: Arc<Mutex<Pool>>) {
    let _: String = text;
    let _: u32 = number;
    lends(&pool);
}
