//! Passes a letter along a chain of people: `cargo run --example relay`.

use std::sync::{Arc, Mutex};

use sibling::Mailbox;

async fn relay(mailbox: Mailbox, people: Vec<String>, path: Arc<Mutex<Vec<String>>>) -> usize {
    let mut moved = 0;
    for pair in people.windows(2) {
        moved += mailbox.forward(&pair[0], &pair[1]).await;
        path.lock().unwrap().push(pair[1].clone());
    }
    moved
}

fn main() {
    let people: Vec<String> = ["ada", "bob", "eve"].map(str::to_owned).to_vec();
    let (mailbox, _rung) = Mailbox::new();
    let path = Arc::new(Mutex::new(vec!["ada".to_owned()]));
    let moved = smol::block_on(async {
        mailbox.put("ada", "hello").await;
        smol::spawn(relay(mailbox.clone(), people, path.clone())).await
    });
    println!("{moved} moves along {}", path.lock().unwrap().join(" -> "));
}
