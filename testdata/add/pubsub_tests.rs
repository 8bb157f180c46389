// edition:2021
// Topics, filters and queues, with tests in two modules, one that uses threads.
// add: topic::matches
// add: Broker::publish
use std::collections::BTreeMap;
use std::sync::{Arc, Mutex};

pub mod topic {
    /// `a/*/c` matches `a/b/c`, a last `#` all that follows.
    pub fn matches(pattern: &str, name: &str) -> bool {
        let mut parts = name.split('/');
        for wanted in pattern.split('/') {
            match (wanted, parts.next()) {
                ("#", Some(_)) => return true,
                ("*", Some(_)) => continue,
                (wanted, Some(part)) if wanted == part => {}
                _ => return false,
            }
        }
        parts.next().is_none()
    }

    #[cfg(test)]
    mod tests {
        use super::matches;

        #[test]
        fn stars() {
            for (pattern, name, expected) in [("a/*", "a/b", true), ("a/*", "a", false), ("#", "x/y", true), ("a/#", "b/c", false)] {
                assert_eq!(matches(pattern, name), expected, "{pattern} {name}");
            }
        }

        #[test]
        fn exact() {
            let check = |name: &str| matches("a/b", name);
            assert!(check("a/b"));
            assert!(!check("a/b/c"));
        }
    }
}

type Inbox = Arc<Mutex<Vec<String>>>;

#[derive(Default)]
pub struct Broker {
    subscribers: BTreeMap<u32, (String, Inbox)>,
    retained: BTreeMap<String, String>,
    next: u32,
}

impl Broker {
    pub fn subscribe(&mut self, pattern: &str) -> (u32, Inbox) {
        self.next += 1;
        let inbox = Inbox::default();
        for (name, text) in self.retained.iter().filter(|(name, _)| topic::matches(pattern, name)) {
            inbox.lock().unwrap().push(format!("{name}={text}"));
        }
        self.subscribers.insert(self.next, (pattern.to_string(), inbox.clone()));
        (self.next, inbox)
    }

    pub fn publish(&mut self, name: &str, text: &str, retain: bool) -> usize {
        if retain {
            self.retained.insert(name.to_owned(), text.to_owned());
        }
        let mut sent = 0;
        for (pattern, inbox) in self.subscribers.values() {
            if topic::matches(pattern, name) {
                inbox.lock().unwrap().push(format!("{name}={text}"));
                sent += 1;
            }
        }
        sent
    }

    pub fn leave(&mut self, id: u32) -> Option<String> {
        self.subscribers.remove(&id).map(|(pattern, _)| pattern)
    }
}

fn main() {
    let mut broker = Broker::default();
    println!("{}", broker.publish("home/door", "open", true));
    let (id, inbox) = broker.subscribe("home/*");
    println!("{} {}", broker.publish("home/lamp", "on", false), broker.publish("car/lamp", "off", true));
    println!("{:?} {:?}", inbox.lock().unwrap(), broker.leave(id));
    println!("{}", broker.publish("home/lamp", "off", false));
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::thread;

    fn broker(patterns: &[&str]) -> (Broker, Vec<Inbox>) {
        let mut broker = Broker::default();
        let inboxes = patterns.iter().map(|pattern| broker.subscribe(pattern).1).collect();
        (broker, inboxes)
    }

    #[test]
    fn all_get_it() {
        let (mut broker, inboxes) = broker(&["a/#", "a/b", "c"]);
        assert_eq!(broker.publish("a/b", "1", false), 2);
        let sizes: Vec<usize> = inboxes.iter().map(|inbox| inbox.lock().unwrap().len()).collect();
        assert_eq!(sizes, [1, 1, 0]);
    }

    #[test]
    fn retained_for_late_ones() {
        let mut broker = Broker::default();
        broker.publish("x", "1", true);
        broker.publish("x", "2", true);
        let (_, inbox) = broker.subscribe("x");
        assert_eq!(*inbox.lock().unwrap(), vec!["x=2".to_string()]);
        assert_eq!(broker.publish("x", "3", false), 1);
    }

    #[test]
    fn from_threads() {
        let (broker, inboxes) = broker(&["n/*"]);
        let broker = Arc::new(Mutex::new(broker));
        let handles: Vec<_> = (0..4)
            .map(|n| {
                let broker = Arc::clone(&broker);
                thread::spawn(move || broker.lock().unwrap().publish(&format!("n/{n}"), "t", false))
            })
            .collect();
        let sent: usize = handles.into_iter().map(|handle| handle.join().unwrap()).sum();
        assert_eq!((sent, inboxes[0].lock().unwrap().len()), (4, 4));
    }

    #[test]
    #[should_panic]
    fn nobody_left() {
        let (mut broker, _) = broker(&[]);
        let id = broker.subscribe("z").0;
        assert_eq!(broker.leave(id).as_deref(), Some("z"));
        assert!(broker.publish("z", "", false) > 0, "nobody");
    }
}
