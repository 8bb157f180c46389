//! A mailbox between tasks; it lives beside the workspace's own folder.

#[path = "../../shared/common.rs"]
mod common;

use std::collections::BTreeMap;
use std::sync::Arc;

pub use common::Cache;
use parking_lot::Mutex;
use smol::channel::{Receiver, Sender, unbounded};

/// Letters by addressee, in the order they came.
pub type Boxes = BTreeMap<String, Vec<String>>;

#[derive(Clone)]
pub struct Mailbox {
    boxes: Arc<Mutex<Boxes>>,
    moved: Arc<Mutex<BTreeMap<String, String>>>,
    bell: Sender<String>,
}

impl Mailbox {
    /// Each letter rings the bell with its addressee's name.
    pub fn new() -> (Self, Receiver<String>) {
        let (bell, rung) = unbounded();
        (Self { boxes: Arc::default(), moved: Arc::default(), bell }, rung)
    }

    /// From now on the letters for `from` go to `to`.
    pub fn move_to(&self, from: &str, to: &str) {
        self.moved.lock().insert(from.to_owned(), to.to_owned());
    }

    /// Puts a letter in and returns how many are there for whoever got it.
    pub async fn put(&self, to: &str, letter: &str) -> usize {
        let moved = self.moved.lock().get(to).cloned();
        if let Some(now) = moved {
            return self.pass_on(&now, letter).await;
        }
        let count = {
            let mut boxes = self.boxes.lock();
            let letters = boxes.entry(to.to_owned()).or_default();
            letters.push(letter.to_owned());
            letters.len()
        };
        self.bell.send(to.to_owned()).await.ok();
        count
    }

    async fn pass_on(&self, to: &str, letter: &str) -> usize {
        let letter = format!("{letter} (passed on)");
        self.put(to, &letter).await
    }

    pub async fn take(&self, from: &str) -> Vec<String> {
        self.boxes.lock().remove(from).unwrap_or_default()
    }

    /// Forwards everything of `from` to `to`, oldest first.
    pub async fn forward(&self, from: &str, to: &str) -> usize {
        let letters = self.boxes.lock().remove(from).unwrap_or_default();
        for letter in &letters {
            self.put(to, letter).await;
        }
        letters.len()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn forwarding_keeps_the_order() {
        smol::block_on(async {
            let (mailbox, rung) = Mailbox::new();
            assert_eq!(mailbox.put("ada", "one").await, 1);
            assert_eq!(mailbox.put("ada", "two").await, 2);
            assert_eq!(mailbox.forward("ada", "bob").await, 2);
            assert_eq!(mailbox.take("bob").await, ["one", "two"]);
            assert!(mailbox.take("ada").await.is_empty());
            assert_eq!(rung.len(), 4);
        });
    }

    #[test]
    fn letters_follow_who_has_moved() {
        smol::block_on(async {
            let (mailbox, _rung) = Mailbox::new();
            mailbox.move_to("ada", "bob");
            mailbox.move_to("bob", "eve");
            assert_eq!(mailbox.put("ada", "one").await, 1);
            assert_eq!(mailbox.take("eve").await, ["one (passed on) (passed on)"]);
        });
    }

    #[test]
    fn the_cache_makes_a_value_once() {
        smol::block_on(async {
            let cache = Cache::default();
            assert_eq!(cache.get_or_make("one", async { 1 }).await, 1);
            assert_eq!(cache.get_or_make("one", async { unreachable!() }).await, 1);
            assert_eq!(cache.len(), 1);
        });
    }
}
