// edition:2021
// A cache in front of a slow store: borrow-returning lookups, Index, Deref, Drop, RefCell.
// add: Store::read
// add: Cache::peek
// add: Cache::slot_mut
use std::cell::{Cell, RefCell};
use std::collections::{BTreeMap, VecDeque};
use std::ops::{Deref, Index};

#[derive(Debug, Clone, PartialEq)]
struct Page {
    id: u32,
    body: String,
}

trait Store {
    fn read(&self, id: u32) -> Option<Page>;
    fn len(&self) -> usize;
    fn first(&self) -> Option<Page>
    where
        Self: Sized,
    {
        (0..self.len() as u32 * 2).find_map(|id| self.read(id))
    }
}

#[derive(Default)]
struct Disk {
    pages: BTreeMap<u32, &'static str>,
    reads: Cell<u32>,
}

impl Store for Disk {
    fn read(&self, id: u32) -> Option<Page> {
        self.reads.set(self.reads.get() + 1);
        let body = self.pages.get(&id)?;
        Some(Page { id, body: body.to_uppercase() })
    }

    fn len(&self) -> usize {
        self.pages.len()
    }
}

struct Mirror<S> {
    left: S,
    right: S,
}

impl<S: Store> Store for Mirror<S> {
    fn read(&self, id: u32) -> Option<Page> {
        self.left.read(id).or_else(|| self.right.read(id))
    }

    fn len(&self) -> usize {
        self.left.len().max(self.right.len())
    }
}

struct Cache<S: Store> {
    store: S,
    pages: BTreeMap<u32, Page>,
    order: VecDeque<u32>,
    limit: usize,
    log: RefCell<Vec<String>>,
}

impl<S: Store> Cache<S> {
    fn new(store: S, limit: usize) -> Self {
        Cache { store, pages: BTreeMap::new(), order: VecDeque::new(), limit, log: RefCell::new(Vec::new()) }
    }

    fn peek(&self, id: u32) -> Option<&Page> {
        self.log.borrow_mut().push(format!("peek {id}"));
        self.pages.get(&id)
    }

    fn slot_mut(&mut self, id: u32) -> Option<&mut Page> {
        if !self.pages.contains_key(&id) {
            let page = self.store.read(id)?;
            if self.order.len() >= self.limit {
                if let Some(old) = self.order.pop_front() {
                    self.pages.remove(&old);
                    self.log.borrow_mut().push(format!("evict {old}"));
                }
            }
            self.order.push_back(id);
            self.pages.insert(id, page);
        }
        self.pages.get_mut(&id)
    }

    fn touch(&mut self, id: u32, suffix: char) -> bool {
        let Some(page) = self.slot_mut(id) else { return false };
        page.body.push(suffix);
        true
    }

    fn body_len(&self, id: u32) -> usize {
        self.peek(id).map_or(0, |page| page.body.len())
    }

    fn longest(&self, ids: &[u32]) -> Option<u32> {
        ids.iter().copied().filter(|&id| self.peek(id).is_some()).max_by_key(|&id| self.body_len(id))
    }

    fn warm(&mut self, ids: &[u32]) -> usize {
        ids.iter().filter(|id| self.slot_mut(**id).is_some()).count()
    }
}

impl<S: Store> Index<u32> for Cache<S> {
    type Output = Page;
    fn index(&self, id: u32) -> &Page {
        self.peek(id).expect("cached")
    }
}

impl<S: Store> Deref for Cache<S> {
    type Target = S;
    fn deref(&self) -> &S {
        &self.store
    }
}

impl<S: Store> Drop for Cache<S> {
    fn drop(&mut self) {
        let log = self.log.take();
        println!("closed with {} entries, last {:?}", log.len(), log.last());
    }
}

fn disk(pages: &[(u32, &'static str)]) -> Disk {
    Disk { pages: pages.iter().copied().collect(), ..Default::default() }
}

fn main() {
    let store = Mirror { left: disk(&[(1, "one"), (4, "four")]), right: disk(&[(2, "two"), (3, "three"), (4, "quatre")]) };
    let mut cache = Cache::new(store, 3);
    println!("warm {}", cache.warm(&[1, 2, 9, 3]));
    for (id, suffix) in [(1, '!'), (9, '?'), (4, '.'), (2, '-')] {
        println!("touch {id}: {}", cache.touch(id, suffix));
    }
    println!("{:?} {:?}", cache.longest(&[1, 2, 3, 4]), cache.peek(1));
    println!("{} {}", cache[2].body, cache[4].id);
    if let Some(page) = cache.slot_mut(3) {
        page.body = page.body.replace('E', "e");
    }
    println!("{:?}", cache.first().filter(|page| page.id > 0));
    println!("reads {} {}", cache.left.reads.get(), cache.right.reads.get());
    let small = Cache::new(disk(&[(7, "seven")]), 1);
    println!("{} {}", small.body_len(7), small.len());
}
