// edition:2024
// E0277: the `Rc` goes to a thread, and no future is asked to go anywhere.
use std::rc::Rc;
use std::thread;

async fn count(words: Rc<Vec<String>>) -> usize {
    let copy = words.clone();
    let counted = thread::spawn(move || copy.len()).join();
    counted.unwrap_or(0)
}

fn main() {
    drop(count(Rc::new(vec![])));
}
