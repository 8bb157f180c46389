//! The tools used together, as another crate would.

use std::sync::Arc;

use parking_lot::RwLock;
use sibling::Mailbox;
use toolkit_core::{count_words, Jobs};

#[test]
fn letters_are_counted_by_a_task() {
    let (mailbox, rung) = Mailbox::new();
    let totals = Arc::new(RwLock::new(Vec::new()));
    let (reader, seen) = (mailbox.clone(), totals.clone());
    let task = smol::spawn(async move {
        while let Ok(to) = rung.recv().await {
            let letters = reader.take(&to).await;
            let at = letters.as_ptr();
            println!("{} letters for {to} at {at:p}", letters.len());
            let words = count_words(letters.join("\n")).await;
            totals.write().push((to, words.values().sum::<usize>()));
        }
    });
    smol::block_on(async {
        mailbox.put("ada", "two words").await;
        drop(mailbox);
        while seen.read().is_empty() {
            smol::future::yield_now().await;
        }
        task.cancel().await;
    });
    assert_eq!(*seen.read(), [("ada".to_owned(), 2)]);
}

#[test]
fn queues_do_not_share_their_limits() {
    let (first, second) = (Jobs::new([1, 2]), Jobs::new([3, 4]));
    let (first, second) = smol::block_on(async { (first.run().await, second.run().await) });
    assert_eq!((first, second), ((2, 2), (2, 2)));
}
