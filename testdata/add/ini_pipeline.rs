// edition:2021
// Parsing to a tree with spans, generic combinators as functions that return `impl Fn`, lazily filled statics.
// add: digit
// add: Input::starts
// add: rank
use std::collections::HashMap;
use std::sync::{LazyLock, Mutex, OnceLock};

static RANKS: LazyLock<Mutex<HashMap<&'static str, u32>>> = LazyLock::new(|| Mutex::new(HashMap::new()));
static LIMIT: OnceLock<u32> = OnceLock::new();

fn rank(word: &'static str) -> u32 {
    let mut ranks = RANKS.lock().unwrap();
    let next = ranks.len() as u32;
    *ranks.entry(word).or_insert(next)
}

fn limit() -> u32 {
    *LIMIT.get_or_init(|| rank("first") + rank("second") + 3)
}

#[derive(Clone, Copy, Debug, PartialEq)]
struct Input<'a> {
    text: &'a str,
    at: usize,
}

impl<'a> Input<'a> {
    fn starts(self, prefix: &str) -> Option<Input<'a>> {
        let rest = self.text.strip_prefix(prefix)?;
        Some(Input { text: rest, at: self.at + prefix.len() })
    }

    fn skip(self) -> Input<'a> {
        self.starts(" ").map_or(self, Input::skip)
    }
}

type Step<'a, T> = Option<(T, Input<'a>)>;

fn digit(input: Input<'_>) -> Step<'_, u32> {
    let c = input.text.chars().next()?;
    Some((c.to_digit(10)?, Input { text: &input.text[1..], at: input.at + 1 }))
}

fn many<'a, T>(one: impl Fn(Input<'a>) -> Step<'a, T>) -> impl Fn(Input<'a>) -> Step<'a, Vec<T>> {
    move |mut input| {
        let mut list = Vec::new();
        while let Some((value, rest)) = one(input) {
            list.push(value);
            input = rest;
        }
        if list.is_empty() { None } else { Some((list, input)) }
    }
}

fn map<'a, T, U>(one: impl Fn(Input<'a>) -> Step<'a, T>, f: impl Fn(T) -> U) -> impl Fn(Input<'a>) -> Step<'a, U> {
    move |input| one(input).map(|(value, rest)| (f(value), rest))
}

fn either<'a, T>(a: impl Fn(Input<'a>) -> Step<'a, T>, b: impl Fn(Input<'a>) -> Step<'a, T>) -> impl Fn(Input<'a>) -> Step<'a, T> {
    move |input| a(input).or_else(|| b(input))
}

fn number(input: Input<'_>) -> Step<'_, u32> {
    map(many(digit), |digits| digits.into_iter().fold(0, |n, d| n * 10 + d))(input)
}

fn named(input: Input<'_>) -> Step<'_, u32> {
    for word in ["one", "two", "second"] {
        if let Some(rest) = input.starts(word) {
            return Some((100 + rank(word), rest));
        }
    }
    None
}

fn factor(input: Input<'_>) -> Step<'_, u32> {
    let input = input.skip();
    if let Some(inner) = input.starts("(") {
        let (value, rest) = sum(inner)?;
        return rest.skip().starts(")").map(|rest| (value, rest));
    }
    either(number, named)(input)
}

fn product(input: Input<'_>) -> Step<'_, u32> {
    let (mut value, mut rest) = factor(input)?;
    while let Some((next, after)) = rest.skip().starts("*").and_then(factor) {
        value = value.saturating_mul(next).min(limit() * 1000);
        rest = after;
    }
    Some((value, rest))
}

fn sum(input: Input<'_>) -> Step<'_, u32> {
    let (first, mut rest) = product(input)?;
    let mut total = first;
    loop {
        let Some(after) = rest.skip().starts("+") else {
            break Some((total, rest));
        };
        let (next, after) = product(after)?;
        total += next;
        rest = after;
    }
}

fn parse(text: &str) -> Result<u32, String> {
    match sum(Input { text, at: 0 }) {
        Some((value, rest)) if rest.skip().text.is_empty() => Ok(value),
        Some((_, rest)) => Err(format!("rest {:?} at {}", rest.text, rest.at)),
        None => Err("nothing".to_string()),
    }
}

fn main() {
    for text in ["1 + 2 * (3 + 4)", "two*3", "12 + one + second", "9 9", "(1", "*", "99*99*99"] {
        println!("{text}: {:?}", parse(text));
    }
    println!("{} {:?}", limit(), many(digit)(Input { text: "12x", at: 0 }));
    let mut words: Vec<(&str, u32)> = RANKS.lock().unwrap().iter().map(|(word, rank)| (*word, *rank)).collect();
    words.sort();
    println!("{words:?}");
}
