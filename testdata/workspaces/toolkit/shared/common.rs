//! Compiled into several crates by `#[path]`: a cache that fills itself.

use std::collections::HashMap;
use std::sync::{Arc, RwLock};

#[derive(Clone, Default)]
pub struct Cache {
    values: Arc<RwLock<HashMap<String, u64>>>,
}

impl Cache {
    /// The value of `key`; computed by `make` when it is not there yet.
    pub async fn get_or_make<F>(&self, key: &str, make: F) -> u64
    where
        F: Future<Output = u64>,
    {
        let known = self.values.read().unwrap().get(key).copied();
        match known {
            Some(value) => value,
            None => {
                let value = make.await;
                self.values.write().unwrap().insert(key.to_owned(), value);
                value
            }
        }
    }

    pub fn len(&self) -> usize {
        self.values.read().unwrap().len()
    }
}
