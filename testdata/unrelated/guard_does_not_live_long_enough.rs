// edition:2021
// E0597: the guard outlives its lock; nothing here is async.
use std::sync::Mutex;

fn main() {
    let guard;
    {
        let local = Mutex::new(5);
        guard = local.lock().unwrap();
    }
    println!("{}", *guard);
}
