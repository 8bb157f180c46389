// edition:2021
use std::sync::{Arc, Mutex};

fn main() {
    let names = Arc::new(Mutex::new(vec![String::from("ada")]));
    let other = names;
    names.lock().unwrap().push(String::from("bob"));
    println!("{}", other.lock().unwrap().len());
}
