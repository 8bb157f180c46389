//! A mailbox between tasks; it lives beside the workspace's own folder.

#[path = "../../shared/common.rs"]
mod common;

use std::collections::BTreeMap;
use std::rc::Rc;

pub use common::Cache;
use parking_lot::Mutex;
use smol::channel::{Receiver, Sender, unbounded};

/// Letters by addressee, in the order they came.
pub type Boxes = BTreeMap<String, Vec<String>>;

#[derive(Clone)]
pub struct Mailbox {
    boxes: Rc<Mutex<Boxes>>,
    bell: Sender<String>,
}

impl Mailbox {
    /// Each letter rings the bell with its addressee's name.
    pub fn new() -> (Self, Receiver<String>) {
        let (bell, rung) = unbounded();
        (Self { boxes: Rc::default(), bell }, rung)
    }

    /// Puts a letter in and returns how many are there for `to`.
    pub async fn put(&self, to: &str, letter: &str) -> usize {
        let count = {
            let mut boxes = self.boxes.lock();
            let letters = boxes.entry(to.to_owned()).or_default();
            letters.push(letter.to_owned());
            letters.len()
        };
        self.bell.send(to.to_owned()).await.ok();
        count
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
    fn the_cache_makes_a_value_once() {
        smol::block_on(async {
            let cache = Cache::default();
            assert_eq!(cache.get_or_make("one", async { 1 }).await, 1);
            assert_eq!(cache.get_or_make("one", async { unreachable!() }).await, 1);
            assert_eq!(cache.len(), 1);
        });
    }
}
