// edition:2021
// Things that clean up after themselves: transactions, pools, guards; and formatting, order, hash.
// add: Journal::append
// add: normal
use std::cell::{Cell, RefCell};
use std::collections::HashSet;
use std::fmt;
use std::hash::{Hash, Hasher};
use std::ops::{Deref, DerefMut};

thread_local! {
    static DEPTH: Cell<usize> = const { Cell::new(0) };
    static FIRST: String = normal("First Of All");
}

#[derive(Default)]
struct Journal {
    lines: RefCell<Vec<String>>,
}

impl Journal {
    fn append(&self, line: &str) {
        let depth = DEPTH.with(|depth| depth.get());
        self.lines.borrow_mut().push(format!("{}{line}", "-".repeat(depth)));
    }
}

fn normal(text: &str) -> String {
    text.trim().to_lowercase().replace(' ', "_")
}

struct Transaction<'j> {
    journal: &'j Journal,
    name: String,
    committed: bool,
}

impl<'j> Transaction<'j> {
    fn begin(journal: &'j Journal, name: &str) -> Self {
        let name = normal(name);
        journal.append(&format!("begin {name}"));
        DEPTH.with(|depth| depth.set(depth.get() + 1));
        Transaction { journal, name, committed: false }
    }

    fn write(&self, text: &str) -> &Self {
        self.journal.append(text);
        self
    }

    fn commit(mut self) {
        self.committed = true;
    }
}

impl Drop for Transaction<'_> {
    fn drop(&mut self) {
        DEPTH.with(|depth| depth.set(depth.get() - 1));
        let what = if self.committed { "commit" } else { "undo" };
        self.journal.append(&format!("{what} {}", self.name));
    }
}

#[derive(Debug, Clone, Eq)]
struct Key(String);

impl PartialEq for Key {
    fn eq(&self, other: &Key) -> bool {
        normal(&self.0) == normal(&other.0)
    }
}

impl Hash for Key {
    fn hash<H: Hasher>(&self, state: &mut H) {
        normal(&self.0).hash(state);
    }
}

impl fmt::Display for Key {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&normal(&self.0))
    }
}

impl PartialOrd for Key {
    fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
        normal(&self.0).partial_cmp(&normal(&other.0))
    }
}

struct Pool {
    free: RefCell<Vec<Vec<u8>>>,
    journal: Journal,
}

struct Buffer<'p> {
    pool: &'p Pool,
    bytes: Vec<u8>,
}

impl Pool {
    fn take(&self) -> Buffer<'_> {
        let bytes = self.free.borrow_mut().pop().unwrap_or_else(|| {
            self.journal.append("new buffer");
            Vec::new()
        });
        Buffer { pool: self, bytes }
    }
}

impl Deref for Buffer<'_> {
    type Target = Vec<u8>;

    fn deref(&self) -> &Vec<u8> {
        &self.bytes
    }
}

impl DerefMut for Buffer<'_> {
    fn deref_mut(&mut self) -> &mut Vec<u8> {
        &mut self.bytes
    }
}

impl Drop for Buffer<'_> {
    fn drop(&mut self) {
        self.pool.journal.append(&format!("back with {}", self.bytes.len()));
        self.bytes.clear();
        self.pool.free.borrow_mut().push(std::mem::take(&mut self.bytes));
    }
}

fn work(journal: &Journal, fail: bool) -> Result<(), String> {
    let outer = Transaction::begin(journal, "Outer Work");
    outer.write("one");
    {
        let inner = Transaction::begin(journal, " Inner ");
        inner.write("two").write("three");
        if fail {
            return Err(format!("{} failed", inner.name));
        }
        inner.commit();
    }
    outer.commit();
    Ok(())
}

fn main() {
    let journal = Journal::default();
    println!("{:?} {:?}", work(&journal, false), work(&journal, true));
    println!("{}", journal.lines.borrow().join("\n"));
    let keys: HashSet<Key> = ["Big Key", "big key ", "small", "SMALL"].iter().map(|k| Key(k.to_string())).collect();
    let mut list: Vec<&Key> = keys.iter().collect();
    list.sort_by(|a, b| a.partial_cmp(b).unwrap());
    for key in list {
        println!("[{key:>8}] {}", *key < Key("C".into()));
    }
    let pool = Pool { free: RefCell::default(), journal: Journal::default() };
    {
        let mut first = pool.take();
        first.extend(b"abc");
        let second = pool.take();
        println!("{} {}", first.len(), second.len());
    }
    pool.take().push(1);
    println!("{}", pool.journal.lines.borrow().join(", "));
    println!("{}", FIRST.with(|text| text.clone()));
}
