// edition:2021
// Generic parameters that are functions: memoisation, retries, pipelines of stages.
// add: slow_square
// add: Source::load
use std::cell::Cell;
use std::collections::HashMap;
use std::hash::Hash;

thread_local! {
    static COUNT: Cell<u32> = const { Cell::new(0) };
}

fn slow_square(n: u64) -> u64 {
    COUNT.with(|count| count.set(count.get() + 1));
    n * n
}

struct Memo<K, V> {
    known: HashMap<K, V>,
    hits: u32,
}

impl<K: Hash + Eq + Clone, V: Clone> Memo<K, V> {
    fn new() -> Self {
        Memo { known: HashMap::new(), hits: 0 }
    }

    fn get_or<F>(&mut self, key: K, make: F) -> V
    where
        F: FnOnce(&K) -> V,
    {
        if let Some(value) = self.known.get(&key) {
            self.hits += 1;
            return value.clone();
        }
        let value = make(&key);
        self.known.insert(key, value.clone());
        value
    }
}

fn apply_all<F>(list: &[u64], f: F) -> Vec<u64>
where
    F: Fn(u64) -> u64,
{
    let mut result = Vec::with_capacity(list.len());
    for n in list {
        result.push(f(*n));
    }
    result
}

fn retry<T, E>(times: u32, mut attempt: impl FnMut(u32) -> Result<T, E>) -> Result<T, E> {
    let mut last = attempt(0);
    for number in 1..times {
        if last.is_ok() {
            break;
        }
        last = attempt(number);
    }
    last
}

struct Source {
    failures: u32,
}

impl Source {
    fn load(&self, attempt: u32) -> Result<String, String> {
        if attempt < self.failures {
            Err(format!("attempt {attempt} failed"))
        } else {
            Ok(format!("loaded after {attempt}"))
        }
    }
}

fn compose<A, B, C>(f: impl Fn(A) -> B, g: impl Fn(B) -> C) -> impl Fn(A) -> C {
    move |a| g(f(a))
}

fn with_log<R>(log: &mut Vec<String>, name: &str, body: impl FnOnce() -> R) -> R {
    log.push(format!("begin {name}"));
    let result = body();
    log.push(format!("end {name}"));
    result
}

fn main() {
    let mut memo = Memo::new();
    let values: Vec<u64> = [3, 4, 3, 3, 5].iter().map(|n| memo.get_or(*n, |k| slow_square(*k))).collect();
    println!("{values:?} hits {} count {}", memo.hits, COUNT.with(|count| count.get()));
    println!("{:?}", apply_all(&[1, 2, 3], slow_square));
    println!("{:?}", apply_all(&[1, 2, 3], |n| slow_square(n) + 1));
    println!("{:?}", apply_all(&[1, 2], |n| n));
    for failures in [0, 2, 9] {
        let source = Source { failures };
        println!("{:?}", retry(4, |attempt| source.load(attempt)));
    }
    let double_text = compose(|n: u64| n * 2, |n: u64| format!("<{n}>"));
    println!("{}", double_text(21));
    let mut log = Vec::new();
    let squared = with_log(&mut log, "square", || slow_square(12));
    let text = with_log(&mut log, "load", || Source { failures: 0 }.load(1).unwrap_or_default());
    println!("{squared} {text} {}", log.join("; "));
    println!("count {}", COUNT.with(Cell::get));
}
