// edition:2021
// Iterators of our own, and what drops tell: rows of a table, pages, a guard that reports.
// add: Store::row
// add: checksum
use std::cell::RefCell;

struct Store {
    data: Vec<String>,
    reads: RefCell<Vec<usize>>,
}

impl Store {
    fn row(&self, index: usize) -> Option<&str> {
        self.reads.borrow_mut().push(index);
        self.data.get(index).map(|text| text.as_str())
    }
}

struct Rows<'a> {
    store: &'a Store,
    at: usize,
}

impl<'a> Iterator for Rows<'a> {
    type Item = &'a str;

    fn next(&mut self) -> Option<Self::Item> {
        let row = self.store.row(self.at)?;
        self.at += 1;
        Some(row)
    }
}

struct Pages<I: Iterator> {
    inner: I,
    size: usize,
}

impl<I: Iterator> Iterator for Pages<I> {
    type Item = Vec<I::Item>;

    fn next(&mut self) -> Option<Vec<I::Item>> {
        let mut page = Vec::new();
        while page.len() < self.size {
            match self.inner.next() {
                Some(item) => page.push(item),
                None => break,
            }
        }
        (!page.is_empty()).then_some(page)
    }
}

fn checksum(text: &str) -> u32 {
    text.bytes().fold(7u32, |sum, byte| sum.wrapping_mul(31).wrapping_add(byte.into())) % 1000
}

struct Report<'a> {
    name: &'a str,
    seen: Vec<u32>,
}

impl Report<'_> {
    fn see(&mut self, text: &str) {
        self.seen.push(checksum(text));
    }
}

impl Drop for Report<'_> {
    fn drop(&mut self) {
        println!("{} saw {:?}, in all {}", self.name, self.seen, checksum(&format!("{:?}", self.seen)));
    }
}

fn first_with<'a>(store: &'a Store, letter: char) -> Option<&'a str> {
    Rows { store, at: 0 }.find(|row| row.contains(letter))
}

fn widths(store: &Store) -> Vec<usize> {
    (0..).map_while(|index| store.row(index)).map(str::len).collect()
}

fn pairs(store: &Store) -> Vec<(String, u32)> {
    let mut list = Vec::new();
    for page in (Pages { inner: Rows { store, at: 0 }, size: 2 }) {
        let text = page.join("+");
        let sum = checksum(&text);
        list.push((text, sum));
    }
    list
}

fn main() {
    let store = Store {
        data: ["one", "two", "three", "four", "five"].map(String::from).to_vec(),
        reads: RefCell::new(Vec::new()),
    };
    {
        let mut report = Report { name: "first", seen: Vec::new() };
        for row in (Rows { store: &store, at: 1 }).take(2) {
            report.see(row);
        }
    }
    println!("{:?} {:?}", first_with(&store, 'w'), first_with(&store, 'x'));
    println!("{:?}", widths(&store));
    println!("{:?}", pairs(&store));
    let odd: Vec<&str> = Rows { store: &store, at: 0 }.filter(|row| checksum(row) % 2 == 1).collect();
    println!("{odd:?}");
    let (small, large): (Vec<&str>, Vec<&str>) =
        Rows { store: &store, at: 0 }.partition(|row| checksum(row) < 500);
    println!("{small:?} {large:?}");
    let report = Report { name: "second", seen: vec![1, 2] };
    drop(report);
    println!("{:?}", store.reads.borrow());
}
