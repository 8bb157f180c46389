// edition:2024
// E0515: a reference into the locked list cannot leave the function.
use std::sync::{Mutex, MutexGuard};

fn first(list: &Mutex<Vec<String>>) -> &str {
    let list: MutexGuard<'_, Vec<String>> = list.lock().unwrap();
    &list[0]
}

fn main() {
    println!("{}", first(&Mutex::new(vec![String::new()])));
}
