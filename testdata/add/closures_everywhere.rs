// edition:2021
// One lookup, used from most of the adaptors that iterators, options and maps have.
// add: rank
// add: Book::find
use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::sync::Mutex;

static TRACE: Mutex<Vec<i32>> = Mutex::new(Vec::new());

fn rank(n: i32) -> i32 {
    TRACE.lock().unwrap().push(n);
    (n * 7 + 3) % 10
}

fn trace(name: &str) {
    let mut trace = TRACE.lock().unwrap();
    println!("  {name}: asked {:?}", trace);
    trace.clear();
}

struct Book {
    names: HashMap<i32, String>,
}

impl Book {
    fn find(&self, n: i32) -> Option<String> {
        self.names.get(&rank(n)).cloned()
    }

    fn or_made(&self, n: i32) -> String {
        self.find(n).unwrap_or_else(|| format!("#{}", rank(n)))
    }

    fn length(&self, n: i32) -> usize {
        self.find(n).map_or_else(|| rank(n) as usize, |name| name.len() + rank(1) as usize)
    }

    fn checked(&self, n: i32) -> Result<String, i32> {
        self.find(n).ok_or_else(|| rank(-n)).and_then(|name| {
            let first = name.chars().next().ok_or(0)?;
            if rank(first as i32) > 4 { Ok(name) } else { Err(rank(0)) }
        })
    }
}

fn lazy(numbers: &[i32]) {
    println!("any {}", numbers.iter().any(|n| rank(*n) > 5));
    trace("any");
    println!("all {}", numbers.iter().all(|n| rank(*n) > 1));
    trace("all");
    println!("find {:?}", numbers.iter().find(|n| rank(**n) == 4));
    trace("find");
    println!("position {:?}", numbers.iter().position(|&n| rank(n) == 7));
    trace("position");
    let taken: Vec<i32> = numbers.iter().copied().take_while(|n| rank(*n) < 9).collect();
    println!("take_while {taken:?}");
    trace("take_while");
    let left: Vec<_> = numbers.iter().skip_while(|n| rank(**n) != 1).map(|n| n * 2).collect();
    println!("skip_while {left:?}");
    trace("skip_while");
    println!("find_map {:?}", numbers.iter().find_map(|n| (rank(*n) > 6).then(|| rank(n * 2))));
    trace("find_map");
    let first: Vec<i32> = numbers.iter().map(|n| rank(*n)).take(2).collect();
    println!("take {first:?}");
    trace("take");
}

fn eager(numbers: &[i32]) {
    println!("sum {}", numbers.iter().map(|n| rank(*n)).sum::<i32>());
    println!("count {}", numbers.iter().filter(|n| rank(**n) % 2 == 0).count());
    println!("fold {}", numbers.iter().fold(String::new(), |text, n| text + &rank(*n).to_string()));
    println!("max {:?}", numbers.iter().max_by_key(|n| rank(**n)));
    println!("min {:?}", numbers.iter().copied().min_by_key(|n| rank(*n)));
    let (even, odd): (Vec<i32>, Vec<i32>) = numbers.iter().partition(|n| rank(**n) % 2 == 0);
    println!("partition {even:?} {odd:?}");
    let pairs: BTreeMap<i32, i32> = numbers.iter().map(|n| (*n, rank(*n))).collect();
    println!("map {pairs:?}");
    let set: BTreeSet<i32> = numbers.iter().flat_map(|n| vec![rank(*n), rank(n + 1)]).collect();
    println!("flat_map {set:?}");
    let zipped: Vec<i32> = numbers.iter().zip(numbers.iter().skip(1)).map(|(a, b)| rank(a + b)).collect();
    println!("zip {zipped:?}");
    let scanned: Vec<i32> = numbers
        .iter()
        .scan(0, |state, n| {
            *state += rank(*n);
            (*state < 20).then_some(*state)
        })
        .collect();
    println!("scan {scanned:?}");
    numbers.chunks(2).enumerate().for_each(|(index, pair)| println!("chunk {index} {}", rank(pair[0])));
    trace("eager");
}

fn in_place(numbers: &[i32]) {
    let mut list = numbers.to_vec();
    list.retain(|n| rank(*n) != 0);
    list.sort_by_key(|n| rank(*n));
    println!("sorted {list:?}");
    list.sort_by(|a, b| rank(*b).cmp(&rank(*a)).then(a.cmp(b)));
    println!("reversed {list:?}");
    list.dedup_by_key(|n| rank(*n) / 3);
    println!("dedup {list:?}");
    list.iter_mut().for_each(|n| *n += rank(*n));
    println!("changed {list:?}");
    let mut groups: HashMap<bool, Vec<i32>> = HashMap::new();
    for n in list {
        groups.entry(rank(n) > 4).or_insert_with(|| vec![rank(100)]).push(n);
    }
    println!("groups {:?} {:?}", groups.get(&true), groups.get(&false));
}

fn main() {
    let numbers = [4, 1, 9, 2, 8, 3];
    lazy(&numbers);
    eager(&numbers);
    in_place(&numbers);
    let book = Book { names: HashMap::from([(1, "one".to_string()), (4, "four".to_string()), (7, "seven".to_string())]) };
    for n in [2, 3, 4, 8] {
        println!("{} {} {:?}", book.or_made(n), book.length(n), book.checked(n));
    }
    let names: Vec<String> = numbers.iter().filter_map(|n| book.find(*n)).collect();
    println!("{names:?}");
    println!("{:?}", numbers.iter().map(|n| book.checked(*n)).collect::<Result<Vec<_>, _>>());
    println!("{:?}", numbers.iter().rev().map(|n| book.find(*n)).collect::<Option<Vec<_>>>());
}
