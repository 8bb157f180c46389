// edition:2021
// Lines through stages on threads: channels, scoped threads, shared counters.
// add: weigh
// add: Tally::note
use std::collections::BTreeMap;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::mpsc;
use std::sync::{Arc, LazyLock, Mutex, OnceLock};
use std::thread;

static CALLS: AtomicUsize = AtomicUsize::new(0);
static DEFAULT_WEIGHT: LazyLock<usize> = LazyLock::new(|| weigh("default") + 1);
static LIMIT: OnceLock<usize> = OnceLock::new();

fn weigh(word: &str) -> usize {
    CALLS.fetch_add(1, Ordering::SeqCst);
    word.chars().filter(|c| c.is_alphabetic()).count()
}

fn limit() -> usize {
    *LIMIT.get_or_init(|| weigh("limits") * 2)
}

#[derive(Default)]
struct Tally {
    words: Mutex<BTreeMap<usize, Vec<String>>>,
}

impl Tally {
    fn note(&self, weight: usize, word: &str) {
        let mut words = self.words.lock().unwrap();
        words.entry(weight).or_default().push(word.to_string());
    }

    fn report(&self) -> String {
        let words = self.words.lock().unwrap();
        let mut lines = Vec::new();
        for (weight, list) in words.iter() {
            let mut list = list.clone();
            list.sort();
            lines.push(format!("{weight}: {}", list.join(" ")));
        }
        lines.join("\n")
    }
}

fn process(line: &str, tally: &Tally) -> usize {
    let mut total = 0;
    for word in line.split_whitespace() {
        let weight = weigh(word);
        if weight == 0 {
            tally.note(*DEFAULT_WEIGHT, "-");
            continue;
        }
        tally.note(weight, word);
        total += weight.min(limit());
    }
    total
}

fn in_threads(lines: &[&'static str], tally: &Arc<Tally>) -> Vec<usize> {
    let (sender, receiver) = mpsc::channel();
    let handles: Vec<_> = lines
        .iter()
        .copied()
        .enumerate()
        .map(|(index, line)| {
            let sender = sender.clone();
            let tally = Arc::clone(tally);
            thread::spawn(move || {
                let total = process(line, &tally);
                sender.send((index, total)).unwrap();
            })
        })
        .collect();
    drop(sender);
    for handle in handles {
        handle.join().unwrap();
    }
    let mut results: Vec<(usize, usize)> = receiver.iter().collect();
    results.sort();
    results.into_iter().map(|(_, total)| total).collect()
}

fn in_scope(lines: &[&str], tally: &Tally) -> usize {
    thread::scope(|scope| {
        let handles: Vec<_> =
            lines.iter().map(|line| scope.spawn(move || process(line, tally))).collect();
        handles.into_iter().map(|handle| handle.join().unwrap()).sum()
    })
}

fn worker(jobs: mpsc::Receiver<String>, results: mpsc::Sender<usize>) {
    for job in jobs {
        if results.send(weigh(&job)).is_err() {
            break;
        }
    }
}

fn main() {
    let tally = Arc::new(Tally::default());
    let lines = ["the quick brown fox", "jumps over 12 lazy dogs", "extraordinarily - long"];
    println!("{:?}", in_threads(&lines, &tally));
    println!("{}", in_scope(&lines[..2], &tally));
    println!("{}", tally.report());
    let (job_sender, job_receiver) = mpsc::channel();
    let (result_sender, result_receiver) = mpsc::channel();
    let handle = thread::spawn(move || worker(job_receiver, result_sender));
    for job in ["alpha", "be", ""] {
        job_sender.send(job.to_string()).unwrap();
    }
    drop(job_sender);
    handle.join().unwrap();
    println!("{:?}", result_receiver.iter().collect::<Vec<_>>());
    println!("calls {}", CALLS.load(Ordering::SeqCst));
}
