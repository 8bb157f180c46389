// edition:2021
// A pipeline of stages: sources with associated types, adapters generic over closures, errors.
// add: clean
// add: Source::pull
// add: Sink::accept
use std::collections::BTreeMap;
use std::convert::TryFrom;
use std::fmt::{self, Debug, Display};

#[derive(Debug)]
enum Bad {
    Field(usize, String),
    Range(i64),
    Sink(String),
}

impl Display for Bad {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Bad::Field(line, text) => write!(f, "line {line}: {text}"),
            Bad::Range(n) => write!(f, "{n} is out of range"),
            Bad::Sink(text) => f.write_str(text),
        }
    }
}

impl From<std::num::ParseIntError> for Bad {
    fn from(error: std::num::ParseIntError) -> Self {
        Bad::Sink(error.to_string())
    }
}

fn clean(text: &str) -> Option<String> {
    let text: String = text.chars().filter(|c| c.is_alphanumeric() || *c == '-').collect();
    (!text.is_empty()).then_some(text)
}

#[derive(Debug, Clone, PartialEq)]
struct Row {
    key: String,
    value: i16,
}

impl TryFrom<(usize, &str)> for Row {
    type Error = Bad;

    fn try_from((line, text): (usize, &str)) -> Result<Self, Bad> {
        let mut fields = text.split(',').map(clean);
        let mut field = || fields.next().flatten().ok_or_else(|| Bad::Field(line, text.to_string()));
        let key = field()?;
        let value: i64 = field()?.parse()?;
        let value = i16::try_from(value).map_err(|_| Bad::Range(value))?;
        Ok(Row { key, value })
    }
}

trait Source {
    type Item;
    fn pull(&mut self) -> Option<Self::Item>;

    fn mapped<F, T>(self, f: F) -> Mapped<Self, F>
    where
        Self: Sized,
        F: FnMut(Self::Item) -> T,
    {
        Mapped { source: self, f }
    }

    fn drain(&mut self) -> Vec<Self::Item> {
        std::iter::from_fn(|| self.pull()).collect()
    }
}

struct Lines<'a>(std::iter::Enumerate<std::str::Lines<'a>>);

impl<'a> Source for Lines<'a> {
    type Item = (usize, &'a str);
    fn pull(&mut self) -> Option<Self::Item> {
        self.0.find(|(_, line)| !line.starts_with('#'))
    }
}

struct Mapped<S, F> {
    source: S,
    f: F,
}

impl<S: Source, T, F: FnMut(S::Item) -> T> Source for Mapped<S, F> {
    type Item = T;
    fn pull(&mut self) -> Option<T> {
        self.source.pull().map(&mut self.f)
    }
}

trait Sink<T> {
    fn accept(&mut self, item: T) -> Result<(), Bad>;
    fn finish(self) -> String;
}

#[derive(Default)]
struct Totals(BTreeMap<String, i64>);

impl Sink<Row> for Totals {
    fn accept(&mut self, row: Row) -> Result<(), Bad> {
        let total = self.0.entry(row.key).or_insert_with(|| 100);
        *total += i64::from(row.value);
        if *total < 0 { Err(Bad::Sink(format!("below zero: {total}"))) } else { Ok(()) }
    }

    fn finish(self) -> String {
        self.0.iter().map(|(key, total)| format!("{key}={total}")).collect::<Vec<_>>().join(" ")
    }
}

struct Log<W>(W, usize);

impl<T: Debug, W: fmt::Write> Sink<T> for Log<W> {
    fn accept(&mut self, item: T) -> Result<(), Bad> {
        self.1 += 1;
        write!(self.0, "{item:?};").map_err(|error| Bad::Sink(error.to_string()))
    }

    fn finish(self) -> String {
        format!("{} items", self.1)
    }
}

fn pump<S, K>(mut source: S, mut sink: K) -> (String, Vec<Bad>)
where
    S: Source,
    K: Sink<Row>,
    Row: TryFrom<S::Item, Error = Bad>,
{
    let mut bad = Vec::new();
    while let Some(item) = source.pull() {
        if let Err(error) = Row::try_from(item).and_then(|row| sink.accept(row)) {
            bad.push(error);
        }
    }
    (sink.finish(), bad)
}

const TEXT: &str = "# head\nant, 5\n bee!,-7\ncat\nant,90000\nbee,-200\n,3\nant,x1\nant, 12";

fn lines() -> Lines<'static> {
    Lines(TEXT.lines().enumerate())
}

fn main() {
    let (totals, bad) = pump(lines(), Totals::default());
    println!("{totals}");
    bad.iter().for_each(|error| println!("  {error}"));
    let mut seen = String::new();
    let (count, bad) = pump(lines(), Log(&mut seen, 0));
    println!("{count} {} bad; {seen}", bad.len());
    let mut skipped = 0;
    let mut lengths = lines().mapped(|(line, text)| {
        if clean(text).is_none() {
            skipped += 1;
        }
        (line, clean(text).map_or(0, |text| text.len()))
    });
    println!("{:?}", lengths.pull());
    println!("{:?}", lengths.drain());
    println!("{skipped} {:?}", ["a b", "--", "!!"].map(clean));
}
