use std::collections::HashMap;
use std::sync::{Arc, Mutex};

use smol::{channel::Receiver, future::yield_now, Task};

use crate::UNITS;

/// Finds factors and remembers how often each unit was asked for.
#[derive(Clone, Default)]
pub struct Lookup {
    asked: Arc<Mutex<HashMap<String, u32>>>,
}

impl Lookup {
    pub async fn factor(&self, unit: &str) -> Option<u64> {
        let times = {
            let mut asked = self.asked.lock().unwrap();
            let times = asked.entry(unit.to_owned()).or_insert(0);
            *times += 1;
            *times
        };
        if times == 1 {
            yield_now().await;
        }
        UNITS.iter().find(|(name, _)| *name == unit).map(|(_, factor)| *factor)
    }

    pub fn asked(&self, unit: &str) -> u32 {
        self.asked.lock().unwrap().get(unit).copied().unwrap_or(0)
    }
}

/// Answers every wanted name that comes in, on a task of its own; ends with the sum.
pub fn lookups(
    lookup: Lookup,
    names: Receiver<String>,
    wanted: impl Fn(&str) -> bool + 'static,
) -> Task<u64> {
    smol::spawn(async move {
        let mut sum = 0;
        while let Ok(name) = names.recv().await {
            if wanted(&name) {
                sum += lookup.factor(&name).await.unwrap_or(0);
            }
        }
        sum
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_question_is_counted() {
        smol::block_on(async {
            let (sender, names) = smol::channel::unbounded();
            for name in ["kib", "mib", "kib", "byte", "ell"] {
                sender.send(name.to_owned()).await.unwrap();
            }
            drop(sender);
            let lookup = Lookup::default();
            let least = 4;
            let sum = lookups(lookup.clone(), names, move |name| name.len() < least);
            assert_eq!(sum.await, 1024 + 1048576 + 1024);
            assert_eq!((lookup.asked("kib"), lookup.asked("byte")), (2, 0));
        });
    }
}
