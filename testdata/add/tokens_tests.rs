// edition:2024
// A hand-written iterator with peeking, tests in a nested module, doc comments, assertions on iterators.
// add: Tokens::take_word
// add: classify
use std::iter::{FusedIterator, Peekable};
use std::str::CharIndices;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    Keyword,
    Name,
    Number,
    Mark(char),
}

/// What a word is.
pub fn classify(word: &str) -> Kind {
    match word {
        "let" | "if" | "fn" => Kind::Keyword,
        _ if word.bytes().all(|b| b.is_ascii_digit()) => Kind::Number,
        _ => Kind::Name,
    }
}

pub struct Tokens<'t> {
    text: &'t str,
    chars: Peekable<CharIndices<'t>>,
}

impl<'t> Tokens<'t> {
    pub fn new(text: &'t str) -> Self {
        Tokens { text, chars: text.char_indices().peekable() }
    }

    fn take_word(&mut self, start: usize) -> &'t str {
        let mut end = self.text.len();
        while let Some(&(at, c)) = self.chars.peek() {
            if !c.is_alphanumeric() {
                end = at;
                break;
            }
            self.chars.next();
        }
        &self.text[start..end]
    }
}

impl<'t> Iterator for Tokens<'t> {
    type Item = (Kind, &'t str);

    fn next(&mut self) -> Option<Self::Item> {
        loop {
            let (at, c) = self.chars.next()?;
            return Some(match c {
                c if c.is_whitespace() => continue,
                c if c.is_alphanumeric() => {
                    let word = self.take_word(at);
                    (classify(word), word)
                }
                mark => (Kind::Mark(mark), &self.text[at..at + mark.len_utf8()]),
            });
        }
    }
}

impl FusedIterator for Tokens<'_> {}

pub fn outline<'t>(text: &'t str) -> impl Iterator<Item = String> + 't {
    let mut depth = 0usize;
    Tokens::new(text).filter_map(move |(kind, word)| {
        match kind {
            Kind::Mark('{') => depth += 1,
            Kind::Mark('}') => depth = depth.saturating_sub(1),
            _ => {}
        }
        (kind == Kind::Name && classify(word) == kind).then(|| format!("{}{word}", "  ".repeat(depth)))
    })
}

pub fn count(text: &str, wanted: Kind) -> usize {
    text.split_whitespace().filter(|word| classify(word) == wanted).count()
}

fn main() {
    for (kind, word) in Tokens::new("fn area(w) { let x = w * 42; }") {
        println!("{kind:?} {word}");
    }
    outline("a { b { c } d } } e").for_each(|line| println!("{line}"));
    println!("{} {:?}", count("let a 1 22 if b", Kind::Number), Tokens::new("x").take_word(0));
}

#[cfg(test)]
mod tests {
    use super::{Kind::*, *};

    mod words {
        use super::*;

        #[test]
        fn are_classified() {
            let kinds = ["fn", "12", "1a", ""].map(classify);
            assert_eq!(kinds, [Keyword, Number, Name, Number]);
        }

        #[test]
        fn are_counted() {
            assert_eq!(["let x 1", "", "fn fn"].iter().map(|text| count(text, Keyword)).sum::<usize>(), 3);
        }
    }

    #[test]
    fn marks() {
        let all: Vec<_> = Tokens::new("é+(b").collect();
        assert_eq!(all, vec![(Name, "é"), (Mark('+'), "+"), (Mark('('), "("), (Name, "b")]);
        assert!(Tokens::new(" \n").next().is_none());
    }

    #[test]
    fn word_at_the_end() {
        let mut tokens = Tokens::new("abc d");
        assert_eq!(tokens.take_word(0), "abc");
        assert_eq!(tokens.next(), Some((Name, "d")));
        assert_eq!(outline("if x { y").last().unwrap_or_default(), "  y");
    }
}
