// edition:2021
// E0382: the guard is used after `drop`, with no await anywhere near.
use std::sync::Mutex;

fn main() {
    let total = Mutex::new(1);
    let mut guard = total.lock().unwrap();
    *guard += 1;
    drop(guard);
    println!("{}", *guard);
}
