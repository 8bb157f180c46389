// edition:2021
use std::future::Future;
use std::pin::Pin;

type Reply<'a, T> = Pin<Box<dyn Future<Output = T> + Send + 'a>>;

struct Index {
    words: Vec<String>,
}

trait Search {
    fn count<'a>(&'a self, prefix: &'a str) -> Reply<'a, usize>;
    fn first(&self) -> Reply<'_, Option<String>>;
}

impl Search for Index {
    fn count<'a>(&'a self, prefix: &'a str) -> Reply<'a, usize> {
        Box::pin(async move {
            self.words
                .iter()
                .filter(|word| word.starts_with(prefix))
                .count()
        })
    }

    fn first(&self) -> Reply<'_, Option<String>> {
        Box::pin(async move { self.words.first().cloned() })
    }
}

// Nothing of the borrow is left in the future.
fn length(text: &str) -> Pin<Box<dyn Future<Output = usize>>> {
    let length = text.len();
    Box::pin(async move { length })
}

// An async function borrows from all by itself.
async fn both(left: &str, right: &str) -> usize {
    left.len() + right.len()
}

fn main() {
    let index = Index { words: Vec::new() };
    drop(index.count("a"));
    drop(index.first());
    drop(length("a"));
    drop(both("a", "b"));
}
