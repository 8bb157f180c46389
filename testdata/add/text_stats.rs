// edition:2024
// Text statistics: macros of its own around the leaf, const generics, Cow, sorting, let chains, const blocks.
// add: stem
// add: Histogram::bucket
// add: Words::advance
use std::borrow::Cow;
use std::collections::{BTreeMap, HashSet};

macro_rules! count_if {
    ($list:expr, $test:expr) => {
        $list.iter().filter(|word| $test(word)).count()
    };
}

macro_rules! report {
    ($($label:ident = $value:expr),* $(,)?) => {
        $( println!("{}: {:?}", stringify!($label), $value); )*
    };
}

fn stem(word: &str) -> Cow<'_, str> {
    for ending in ["ing", "ed", "s"] {
        if let Some(left) = word.strip_suffix(ending)
            && left.len() > 2
        {
            return Cow::Borrowed(left);
        }
    }
    if word.chars().any(char::is_uppercase) { Cow::Owned(word.to_lowercase()) } else { Cow::Borrowed(word) }
}

struct Words<'t> {
    text: &'t str,
    at: usize,
}

impl<'t> Words<'t> {
    fn advance(&mut self) -> Option<&'t str> {
        let rest = &self.text[self.at..];
        let start = rest.find(|c: char| c.is_alphabetic())?;
        let end = rest[start..].find(|c: char| !c.is_alphabetic()).map_or(rest.len(), |end| start + end);
        self.at += end;
        Some(&rest[start..end])
    }
}

impl<'t> Iterator for Words<'t> {
    type Item = &'t str;
    fn next(&mut self) -> Option<&'t str> {
        self.advance()
    }
}

impl<'t> IntoIterator for &'t Page {
    type Item = &'t str;
    type IntoIter = Words<'t>;
    fn into_iter(self) -> Words<'t> {
        Words { text: &self.text, at: 0 }
    }
}

struct Page {
    text: String,
}

struct Histogram<const N: usize> {
    bins: [u32; N],
}

impl<const N: usize> Histogram<N> {
    fn new() -> Self {
        Histogram { bins: [0; N] }
    }

    fn bucket(&self, word: &str) -> usize {
        word.len().min(N) - 1
    }

    fn add(&mut self, word: &str) -> &mut Self {
        self.bins[self.bucket(word)] += 1;
        self
    }

    fn filled<'a>(mut self, words: impl IntoIterator<Item = &'a str>) -> Self {
        words.into_iter().for_each(|word| {
            self.add(word);
        });
        self
    }
}

fn frequent(page: &Page) -> Vec<(Cow<'_, str>, usize)> {
    let mut counts: BTreeMap<Cow<'_, str>, usize> = BTreeMap::new();
    for word in page {
        *counts.entry(stem(word)).or_insert(0) += 1;
    }
    let mut list: Vec<_> = counts.into_iter().collect();
    list.sort_by(|(a, n), (b, m)| m.cmp(n).then_with(|| stem(a).len().cmp(&stem(b).len())));
    list.truncate(3);
    list
}

fn unique(page: &Page) -> usize {
    page.into_iter().map(stem).collect::<HashSet<_>>().len()
}

fn first_long<'p>(page: &'p Page, least: usize) -> Option<&'p str> {
    let mut words = page.into_iter();
    let found = loop {
        let word = words.advance()?;
        if stem(word).len() >= least && word.is_ascii() {
            break word;
        }
    };
    Some(found)
}

fn runs(page: &Page) -> Vec<String> {
    let words: Vec<&str> = page.into_iter().collect();
    words
        .chunk_by(|a, b| stem(a).chars().next() == stem(b).chars().next())
        .map(|run| run.join("+"))
        .filter(|run| run.contains('+'))
        .collect()
}

fn main() {
    let page = Page { text: "The cats walked; the cat walks, Walking then to a big Big dog (barked).".to_string() };
    let histogram = Histogram::<4>::new().filled(&page);
    let words: Vec<&str> = page.into_iter().collect();
    report! {
        bins = histogram.bins,
        frequent = frequent(&page),
        unique = unique(&page),
        long = first_long(&page, 5),
        none = first_long(&page, 50),
        runs = runs(&page),
        short = count_if!(words, |word: &&&str| stem(word).len() < 4),
        bucket = Histogram::<9>::new().bucket("abc"),
    }
    let longest = words.iter().copied().reduce(|a, b| if stem(b).len() > stem(a).len() { b } else { a });
    let skipped: Vec<_> = words.iter().skip_while(|word| stem(word) != "walk").step_by(2).collect();
    report!(longest = longest, skipped = skipped);
}
