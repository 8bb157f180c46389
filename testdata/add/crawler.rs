// edition:2024
// A crawler over made-up pages: a worker pool with channels, scoped threads, locks, retry loops.
// add: Site::fetch
// add: links
// add: Frontier::claim
use std::collections::{BTreeMap, BTreeSet, VecDeque};
use std::sync::mpsc::{channel, sync_channel};
use std::sync::{Arc, Condvar, Mutex, RwLock};
use std::thread;

struct Site {
    pages: BTreeMap<&'static str, &'static str>,
    tries: Mutex<BTreeMap<String, u32>>,
}

impl Site {
    fn fetch(&self, path: &str) -> Result<&'static str, String> {
        let mut tries = self.tries.lock().unwrap();
        let count = tries.entry(path.to_string()).or_insert(0);
        *count += 1;
        match self.pages.get(path) {
            Some(text) if text.starts_with('!') && *count < 3 => Err(format!("busy {count}")),
            Some(text) => Ok(text.trim_start_matches('!')),
            None => Err("gone".into()),
        }
    }

    fn patiently(&self, path: &str, most: usize) -> Result<&'static str, String> {
        let mut last = String::new();
        for _ in 0..most {
            match self.fetch(path) {
                Ok(text) => return Ok(text),
                Err(reason) if reason == "gone" => return Err(reason),
                Err(reason) => last = reason,
            }
        }
        Err(last)
    }
}

fn links(text: &str) -> impl Iterator<Item = &str> + '_ {
    text.split_whitespace().filter_map(|word| word.strip_prefix('/'))
}

#[derive(Default)]
struct Frontier {
    queue: Mutex<VecDeque<String>>,
    seen: RwLock<BTreeSet<String>>,
    changed: Condvar,
}

impl Frontier {
    fn claim(&self, path: &str) -> bool {
        if self.seen.read().unwrap().contains(path) {
            return false;
        }
        self.seen.write().unwrap().insert(path.to_string())
    }

    fn add<'a>(&self, paths: impl Iterator<Item = &'a str>) -> usize {
        let fresh: Vec<&str> = paths.filter(|path| self.claim(path)).collect();
        let mut queue = self.queue.lock().unwrap();
        queue.extend(fresh.iter().map(|path| path.to_string()));
        self.changed.notify_all();
        fresh.len()
    }

    fn next(&self) -> Option<String> {
        self.queue.lock().unwrap().pop_front()
    }
}

fn crawl(site: &Site, start: &str) -> BTreeMap<String, Result<usize, String>> {
    let frontier = Frontier::default();
    frontier.add([start].into_iter());
    let mut done = BTreeMap::new();
    while let Some(path) = frontier.next() {
        let result = site.patiently(&path, 4).map(|text| frontier.add(links(text)));
        done.insert(path, result);
    }
    done
}

fn sizes(site: Arc<Site>, paths: Vec<String>) -> Vec<(String, usize)> {
    let (sender, receiver) = channel();
    let mut handles = Vec::new();
    for chunk in paths.chunks(2) {
        let (site, sender, chunk) = (Arc::clone(&site), sender.clone(), chunk.to_vec());
        handles.push(thread::spawn(move || {
            for path in chunk {
                let size = site.fetch(&path).map_or(0, |text| links(text).count() * 100 + text.len());
                sender.send((path, size)).unwrap();
            }
        }));
    }
    drop(sender);
    handles.into_iter().for_each(|handle| handle.join().expect("no panic"));
    let mut all: Vec<_> = receiver.into_iter().collect();
    all.sort();
    all
}

fn longest(site: &Site, paths: &[&str]) -> Option<String> {
    thread::scope(|scope| {
        let (sender, receiver) = sync_channel(1);
        let reader = scope.spawn(move || receiver.into_iter().max());
        for path in paths {
            if let Ok(text) = site.patiently(path, 3) {
                sender.send((text.len(), path.to_string())).ok()?;
            }
        }
        drop(sender);
        reader.join().ok().flatten().map(|(size, path)| format!("{path}:{size}"))
    })
}

fn main() {
    let pages = BTreeMap::from([("home", "to /about and /news"), ("about", "back /home"), ("news", "!see /archive /lost"), ("archive", "old /news")]);
    let site = Arc::new(Site { pages, tries: Mutex::default() });
    for (path, result) in crawl(&site, "home") {
        println!("{path}: {result:?}");
    }
    println!("{:?}", sizes(site.clone(), ["home", "news", "lost", "archive", "about"].map(String::from).to_vec()));
    println!("{:?} {:?}", longest(&site, &["about", "news", "none"]), links("a /b /c").last());
    println!("{:?}", site.tries.lock().unwrap().values().sum::<u32>());
}
