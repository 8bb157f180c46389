// edition:2021
// A number where text is expected; the guard next to it is held by nobody who minds.
use std::sync::Mutex;

fn label(count: &Mutex<u32>) -> String {
    let count = count.lock().unwrap();
    *count
}

fn main() {
    println!("{}", label(&Mutex::new(1)));
}
