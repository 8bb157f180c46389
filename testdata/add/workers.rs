// edition:2021
// Threads: spawn with channels, scoped threads, a shared Mutex, a pool of boxed jobs.
// add: digest
// add: Queue::take
// add: Job::run
use std::collections::BTreeMap;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::mpsc::{self, Receiver, Sender};
use std::sync::{Arc, Mutex};
use std::thread;

static CALLS: AtomicUsize = AtomicUsize::new(0);

fn digest(text: &str) -> u64 {
    CALLS.fetch_add(1, Ordering::SeqCst);
    text.bytes().fold(7, |sum, byte| sum * 31 % 1_000_003 + u64::from(byte))
}

#[derive(Debug, Clone)]
enum Job {
    Hash(String),
    Join(Vec<Job>),
    Stop,
}

impl Job {
    fn run(&self, out: &mut Vec<u64>) -> bool {
        match self {
            Job::Hash(text) => out.push(digest(text)),
            Job::Join(jobs) => {
                for job in jobs {
                    if !job.run(out) {
                        return false;
                    }
                }
            }
            Job::Stop => return false,
        }
        true
    }
}

#[derive(Default)]
struct Queue {
    jobs: Mutex<Vec<Job>>,
}

impl Queue {
    fn take(&self) -> Option<Job> {
        let mut jobs = self.jobs.lock().unwrap();
        if jobs.is_empty() { None } else { Some(jobs.remove(0)) }
    }

    fn put(&self, job: Job) {
        self.jobs.lock().unwrap().push(job);
    }
}

fn by_channel(words: &[&str]) -> BTreeMap<String, u64> {
    let (jobs, inbox): (Sender<String>, Receiver<String>) = mpsc::channel();
    let (results, outbox) = mpsc::channel();
    let worker = thread::spawn(move || {
        let mut done = 0;
        for text in inbox {
            let value = digest(&text);
            if results.send((text, value)).is_err() {
                break;
            }
            done += 1;
        }
        done
    });
    for word in words {
        jobs.send(word.to_string()).unwrap();
    }
    drop(jobs);
    let found: BTreeMap<String, u64> = outbox.iter().collect();
    println!("worker did {}", worker.join().unwrap());
    found
}

fn by_scope(queue: &Queue, count: usize) -> Vec<u64> {
    let all = Mutex::new(Vec::new());
    thread::scope(|scope| {
        for _ in 0..count {
            scope.spawn(|| {
                while let Some(job) = queue.take() {
                    let mut mine = Vec::new();
                    job.run(&mut mine);
                    all.lock().unwrap().extend(mine);
                }
            });
        }
    });
    let mut all = all.into_inner().unwrap();
    all.sort_unstable();
    all
}

fn by_handles(words: Vec<&'static str>) -> u64 {
    let handles: Vec<_> = words.into_iter().map(|word| thread::spawn(move || digest(word))).collect();
    handles.into_iter().map(|handle| handle.join().unwrap()).max().unwrap_or_default()
}

fn boxed() -> Vec<Box<dyn Fn(&str) -> u64 + Send>> {
    vec![Box::new(digest), Box::new(|text| digest(text) % 100), Box::new(|text| text.len() as u64)]
}

fn main() {
    println!("{:?}", by_channel(&["ant", "bee", "cat"]));
    let queue = Arc::new(Queue::default());
    for word in ["a", "bb", "ccc"] {
        queue.put(Job::Hash(word.to_string()));
    }
    queue.put(Job::Join(vec![Job::Hash("x".into()), Job::Stop, Job::Hash("never".into())]));
    println!("{:?}", by_scope(&queue, 3));
    println!("{}", by_handles(vec!["dog", "eel", "fox"]));
    let sums = thread::spawn(|| boxed().iter().map(|f| f("zebra")).collect::<Vec<u64>>()).join().unwrap();
    println!("{sums:?}");
    println!("calls {} left {}", CALLS.load(Ordering::SeqCst), queue.take().is_none());
}
