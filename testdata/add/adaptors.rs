// edition:2021
// Rarer adaptors and makers: successors, from_fn, map_while, inspect, entry chains, array::from_fn.
// add: collatz
// add: Meter::read
use std::cell::RefCell;
use std::collections::BTreeMap;

thread_local! {
    static ASKED: RefCell<Vec<u64>> = const { RefCell::new(Vec::new()) };
}

fn collatz(n: u64) -> u64 {
    ASKED.with(|asked| asked.borrow_mut().push(n));
    if n % 2 == 0 { n / 2 } else { 3 * n + 1 }
}

fn asked() -> usize {
    ASKED.with(|asked| asked.borrow_mut().drain(..).count())
}

struct Meter {
    values: Vec<u64>,
    at: usize,
}

impl Meter {
    fn read(&mut self) -> Option<u64> {
        let value = self.values.get(self.at).copied()?;
        self.at += 1;
        Some(value)
    }

    fn rest(&mut self) -> Vec<u64> {
        std::iter::from_fn(|| self.read()).collect()
    }

    fn until(&mut self, limit: u64) -> Vec<u64> {
        let mut out = Vec::new();
        while let Some(value) = self.read().filter(|value| *value < limit) {
            out.push(value);
        }
        out
    }
}

fn chain(n: u64) -> Vec<u64> {
    std::iter::successors(Some(n), |n| (*n != 1).then(|| collatz(*n))).collect()
}

fn makers() {
    println!("chain {:?} asked {}", chain(6), asked());
    let row: [u64; 4] = std::array::from_fn(|i| collatz(i as u64 + 1));
    println!("row {row:?} asked {}", asked());
    let mut seed = 7;
    let random: Vec<u64> = std::iter::repeat_with(|| {
        seed = collatz(seed);
        seed
    })
    .take(5)
    .collect();
    println!("random {random:?} asked {}", asked());
    let mut grown = vec![1];
    grown.resize_with(3, || collatz(5));
    grown.extend([2, 3].iter().map(|n| collatz(*n)));
    println!("grown {grown:?} asked {}", asked());
}

fn stages(list: &[u64]) {
    let small: Vec<u64> = list.iter().map_while(|n| Some(collatz(*n)).filter(|n| *n < 20)).collect();
    println!("map_while {small:?} asked {}", asked());
    let mut noted = String::new();
    let sum: u64 = list.iter().inspect(|n| noted += &collatz(**n).to_string()).sum();
    println!("inspect {sum} {noted} asked {}", asked());
    println!("last {:?}", list.iter().map(|n| collatz(*n)).last());
    println!("nth {:?} asked {}", list.iter().map(|n| collatz(*n)).nth(1), asked());
    println!("product {}", list.iter().take(3).map(|n| collatz(*n)).product::<u64>());
    println!("rposition {:?}", list.iter().rposition(|n| collatz(*n) == 22));
    println!("min_by {:?}", list.iter().min_by_key(|n| collatz(**n)));
    println!("cmp {:?}", list.iter().map(|n| collatz(*n)).cmp([22, 4]));
    println!("rev {:?}", list.iter().rev().enumerate().find(|(i, n)| collatz(**n) > 10 + *i as u64));
    println!("windows {:?}", list.windows(2).map(|w| collatz(w[0]) + w[1]).collect::<Vec<_>>());
    println!("asked {}", asked());
    let peeked = {
        let mut iter = list.iter().peekable();
        let mut groups = vec![];
        while let Some(first) = iter.next() {
            let mut group = vec![*first];
            while let Some(next) = iter.next_if(|next| collatz(**next) > collatz(*first)) {
                group.push(*next);
            }
            groups.push(group);
        }
        groups
    };
    println!("groups {peeked:?} asked {}", asked());
    let text: String = list.iter().map(|n| char::from(b'a' + (collatz(*n) % 26) as u8)).collect();
    let joined = list.iter().map(|n| collatz(*n).to_string()).collect::<Vec<_>>().join("-");
    println!("{text} {joined} {:?}", list.iter().map(|n| collatz(*n)).min());
    let unzipped: (Vec<u64>, Vec<bool>) = list.iter().map(|n| (collatz(*n), n % 2 == 0)).unzip();
    println!("{unzipped:?} asked {}", asked());
    println!("try {:?}", list.iter().try_fold(0u8, |sum, n| sum.checked_add(u8::try_from(collatz(*n)).ok()?)));
    println!("each {:?}", list.iter().try_for_each(|n| if collatz(*n) > 30 { Err(*n) } else { Ok(()) }));
    println!("asked {}", asked());
}

fn options(list: &[u64]) {
    let mut counts: BTreeMap<bool, u64> = BTreeMap::new();
    for n in list {
        counts.entry(collatz(*n) > 20).and_modify(|count| *count += collatz(*count)).or_insert_with(|| collatz(*n));
    }
    println!("{counts:?}");
    let mut cached: Option<u64> = None;
    for n in list {
        *cached.get_or_insert_with(|| collatz(*n)) += 1;
    }
    println!("{cached:?} {:?}", cached.is_some_and(|n| collatz(n) > 1));
    println!("{:?}", cached.filter(|n| collatz(*n) % 2 == 1).or_else(|| Some(collatz(9))));
    let failed: Result<u64, u64> = "x".parse::<u64>().map_err(|_| collatz(3)).or_else(|e| if e > 9 { Ok(collatz(e)) } else { Err(e) });
    println!("{failed:?} {:?}", "8".parse::<u64>().map_or(0, |n| collatz(n)));
    println!("{}", "y".parse::<u64>().unwrap_or_else(|e| collatz(e.to_string().len() as u64)));
    let mut map: BTreeMap<u64, u64> = list.iter().map(|n| (*n, n * 2)).collect();
    map.retain(|key, value| collatz(*key) < *value * 2);
    let mut keys: Vec<_> = map.into_keys().collect();
    keys.sort_unstable_by_key(|n| std::cmp::Reverse(collatz(*n)));
    println!("{keys:?} asked {}", asked());
}

fn main() {
    makers();
    let list = [7, 8, 3, 10, 11, 2];
    stages(&list);
    options(&list);
    let mut meter = Meter { values: list.to_vec(), at: 0 };
    println!("{:?} {:?} {:?}", meter.until(9), meter.rest(), meter.read());
}
