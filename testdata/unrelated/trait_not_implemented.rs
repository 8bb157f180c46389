// edition:2021
use std::sync::Mutex;

struct Temperature(f32);

fn main() {
    let last = Mutex::new(Temperature(20.0));
    let guard = last.lock().unwrap();
    println!("{}", guard.0);
    println!("{}", *guard);
}
