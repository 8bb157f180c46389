use std::cell::RefCell;
use std::collections::BTreeMap;

use smol::future::yield_now;

/// How often each word occurs.
pub type WordCount = BTreeMap<String, usize>;

thread_local! {
    /// Reused, so that counting many texts does not allocate for each.
    static SCRATCH: RefCell<String> = const { RefCell::new(String::new()) };
}

fn lower(word: &str) -> String {
    SCRATCH.with_borrow_mut(|scratch| {
        scratch.clear();
        scratch.extend(word.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase));
        scratch.clone()
    })
}

async fn count_line(counts: &RefCell<WordCount>, line: &str) {
    for word in line.split_whitespace().map(lower) {
        *counts.borrow_mut().entry(word).or_default() += 1;
    }
    yield_now().await;
}

/// Counts the words of `text`, and lets others run after each line.
pub async fn count_words(text: String) -> WordCount {
    let counts = RefCell::new(WordCount::new());
    for line in text.lines() {
        count_line(&counts, line).await;
    }
    counts.into_inner()
}

/// The longest word of several texts, counted on tasks of their own.
pub async fn longest(texts: Vec<String>) -> Option<String> {
    let tasks: Vec<_> = texts.into_iter().map(|text| smol::spawn(count_words(text))).collect();
    let mut longest: Option<String> = None;
    for task in tasks {
        for word in task.await.into_keys() {
            if longest.as_ref().is_none_or(|known| known.len() < word.len()) {
                longest = Some(word);
            }
        }
    }
    longest
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_counted_without_case() {
        let counts = smol::block_on(smol::spawn(count_words("One two\none, THREE".to_owned())));
        let expected = [("one", 2), ("three", 1), ("two", 1)];
        assert!(counts.iter().map(|(word, n)| (word.as_str(), *n)).eq(expected));
    }

    #[test]
    fn the_longest_word_wins() {
        let texts = vec!["a bcd".to_owned(), "efghi\njk".to_owned()];
        assert_eq!(smol::block_on(longest(texts)).as_deref(), Some("efghi"));
    }
}
