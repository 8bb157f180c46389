// edition:2021
// Extension traits, FromIterator and Sum by hand, generic adaptors, FnOnce and FnMut in fields, paths as values.
// add: tag
// add: Ext::weight
// add: Make::make
// add: Job::go
// add: Tree::visit
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::{self, Display};
use std::iter::{FromIterator, Sum};
use std::ops::{ControlFlow, Not, RangeInclusive};

fn tag(text: &str) -> u32 {
    text.bytes().map(u32::from).sum::<u32>() % 13
}

trait Ext {
    fn weight(&self) -> u32;
    fn heavier<'a>(&'a self, other: &'a Self) -> &'a Self {
        if self.weight() >= other.weight() { self } else { other }
    }
}

impl Ext for str {
    fn weight(&self) -> u32 {
        tag(self) + 1
    }
}

impl<T: Ext + ?Sized> Ext for Box<T> {
    fn weight(&self) -> u32 {
        (**self).weight() * 2
    }
}

impl<T: Ext> Ext for [T] {
    fn weight(&self) -> u32 {
        self.iter().map(Ext::weight).sum()
    }
}

trait Make: Sized {
    const STEP: u32;
    fn make(n: u32) -> Option<Self>;
    fn many(range: RangeInclusive<u32>) -> Vec<Self> {
        range.step_by(Self::STEP as usize).filter_map(Self::make).collect()
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Even(u32);
#[derive(Debug, Default, PartialEq)]
struct Weights(BTreeMap<u32, usize>);

impl Make for Even {
    const STEP: u32 = 1;
    fn make(n: u32) -> Option<Even> {
        (n % 2 == 0).then_some(Even(n))
    }
}

impl Make for String {
    const STEP: u32 = 2;
    fn make(n: u32) -> Option<String> {
        let even = Even::make(n + 1)?;
        Some(format!("s{}", even.0))
    }
}

impl Not for Even {
    type Output = bool;
    fn not(self) -> bool {
        Even::make(self.0 / 2).is_none()
    }
}

impl<'a> FromIterator<&'a str> for Weights {
    fn from_iter<I: IntoIterator<Item = &'a str>>(items: I) -> Self {
        let mut weights = Weights::default();
        for item in items {
            *weights.0.entry(item.weight()).or_default() += 1;
        }
        weights
    }
}

impl Sum for Weights {
    fn sum<I: Iterator<Item = Weights>>(iter: I) -> Weights {
        iter.fold(Weights::default(), |mut all, one| {
            one.0.into_iter().for_each(|(weight, count)| *all.0.entry(weight).or_insert(0) += count);
            all
        })
    }
}

struct Job<'j> {
    name: String,
    once: Option<Box<dyn FnOnce(&str) -> u32 + 'j>>,
    each: Box<dyn FnMut(u32) -> u32 + 'j>,
}

impl<'j> Job<'j> {
    fn new(name: &str, once: impl FnOnce(&str) -> u32 + 'j, each: impl FnMut(u32) -> u32 + 'j) -> Self {
        Self { name: name.to_string(), once: Some(Box::new(once)), each: Box::new(each) }
    }

    fn go(&mut self, times: u32) -> Vec<u32> {
        let start = self.once.take().map_or(0, |once| once(&self.name));
        let mut out = vec![start];
        for n in 0..times {
            out.push((self.each)(n));
        }
        out
    }
}

enum Tree {
    Leaf(&'static str),
    Fork(Vec<Tree>),
}

impl Tree {
    fn visit<B>(&self, depth: usize, f: &mut dyn FnMut(&str, usize) -> ControlFlow<B>) -> ControlFlow<B> {
        match self {
            Tree::Leaf(text) => f(text, depth),
            Tree::Fork(trees) => {
                for tree in trees {
                    tree.visit(depth + 1, f)?;
                }
                ControlFlow::Continue(())
            }
        }
    }

    fn find(&self, least: u32) -> Option<(String, usize)> {
        let found = self.visit(0, &mut |text, depth| {
            if tag(text) >= least { ControlFlow::Break((text.to_string(), depth)) } else { ControlFlow::Continue(()) }
        });
        match found {
            ControlFlow::Break(found) => Some(found),
            ControlFlow::Continue(()) => None,
        }
    }

    fn leaves(&self) -> Vec<String> {
        let mut all = vec![];
        let _ = self.visit::<()>(0, &mut |text, _| {
            all.push(text.to_owned());
            ControlFlow::Continue(())
        });
        all
    }
}

struct Pairs<I: Iterator> {
    inner: I,
    last: Option<I::Item>,
}

impl<I: Iterator> Iterator for Pairs<I>
where
    I::Item: Clone + Display,
{
    type Item = (String, I::Item);
    fn next(&mut self) -> Option<Self::Item> {
        let item = self.inner.next()?;
        let before = self.last.replace(item.clone()).map(|last| last.to_string()).unwrap_or_default();
        Some((format!("{before}{}", tag(&before)), item))
    }
}

struct Padded<T>(T, usize);

impl<T: Make + Display> fmt::Display for Padded<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:>width$}{}", self.0, T::make(2).map_or(0, |_| T::STEP), width = self.1)
    }
}

fn main() {
    let words = ["ant", "bee", "cat", "dodo"];
    println!("{:?}", words.iter().copied().collect::<Weights>());
    println!("{:?}", words.chunks(2).map(|pair| pair.iter().copied().collect::<Weights>()).sum::<Weights>());
    println!("{} {}", "ant".heavier("bee"), "x".to_string().into_boxed_str().weight());
    println!("{}", vec![Box::<str>::from("a"), "b".into()].weight());
    println!("{:?} {:?} {}", Even::many(1..=7), String::many(1..=9), !Even(6));
    let mut total = 0;
    let mut job = Job::new("job", |name| tag(name), |n| {
        total += n + tag("each");
        total
    });
    println!("{:?} {:?}", job.go(3), job.go(1));
    drop(job);
    let tree = Tree::Fork(vec![Tree::Leaf("a"), Tree::Fork(vec![Tree::Leaf("zebra"), Tree::Leaf("k")])]);
    println!("{total} {:?} {:?} {:?}", tree.find(8), tree.find(99), tree.leaves());
    println!("{:?}", Pairs { inner: words.iter(), last: None }.skip(1).collect::<Vec<_>>());
    println!("{}", Padded(String::from("p"), 4));
    let tags: BTreeSet<u32> = words.iter().map(|word| tag(word)).filter(|t| t % 2 == 1 || *t > 5).collect();
    println!("{tags:?} {:?}", words.iter().map(|w| w.weight()).reduce(|a, b| a * 3 + b));
}
