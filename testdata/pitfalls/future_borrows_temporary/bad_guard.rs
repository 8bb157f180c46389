// edition:2021
// A lock that is held longer is for a person to decide.
use std::sync::Mutex;

async fn count(words: &[&str]) -> usize {
    words.len()
}

async fn locked(words: &Mutex<Vec<&'static str>>) -> usize {
    let counting = count(&words.lock().unwrap());
    //                    ^^^^^^^^^^^^^^^^^^^^^ future_borrows_temporary
    println!("counting");
    counting.await
}

async fn locked_receiver(words: &Mutex<Vec<&'static str>>) -> usize {
    let counting = count(words.lock().unwrap().as_slice());
    //                   ^^^^^^^^^^^^^^^^^^^^^ future_borrows_temporary
    println!("counting");
    counting.await
}

// A receiver waits until the last sender is gone.
async fn send_all(sender: &std::sync::mpsc::Sender<u32>) {
    drop(sender.send(1));
}

async fn sent(sender: std::sync::mpsc::Sender<u32>) {
    let sending = send_all(&sender.clone());
    //                      ^^^^^^^^^^^^^^ future_borrows_temporary
    drop(sender);
    sending.await
}

fn main() {
    drop(locked_receiver(&Mutex::new(vec!["a"])));
    drop(sent(std::sync::mpsc::channel().0));
    drop(locked(&Mutex::new(vec!["a"])));
}
