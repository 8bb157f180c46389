// edition:2021
// A game of stones: strategies as trait objects and function pointers, recursion, macros.
// add: moves
// add: Strategy::choose
// add: score
use std::collections::HashMap;

#[derive(Clone, PartialEq, Eq, Hash, Debug)]
struct Heaps(Vec<u8>);

macro_rules! play {
    ($first:expr, $second:expr, $($heap:literal),+) => {{
        let heaps = Heaps(vec![$($heap),+]);
        let mut players: [&mut dyn Strategy; 2] = [$first, $second];
        game(heaps, &mut players)
    }};
}

macro_rules! check {
    ($condition:expr, $text:expr) => {
        println!("{}: {}", $text, if $condition { "holds" } else { "fails" })
    };
}

fn moves(heaps: &Heaps) -> Vec<Heaps> {
    let mut list = Vec::new();
    for (index, size) in heaps.0.iter().enumerate() {
        for taken in 1..=(*size).min(3) {
            let mut next = heaps.clone();
            next.0[index] -= taken;
            list.push(next);
        }
    }
    list
}

fn score(heaps: &Heaps) -> i32 {
    heaps.0.iter().map(|size| i32::from(size % 4)).fold(0, |sum, n| sum ^ n)
}

trait Strategy {
    fn name(&self) -> String;
    fn choose(&mut self, heaps: &Heaps) -> Option<Heaps>;
}

struct Greedy;

struct Scored {
    evaluate: fn(&Heaps) -> i32,
    best: fn(i32, i32) -> bool,
}

#[derive(Default)]
struct Perfect {
    known: HashMap<Heaps, bool>,
    asked: usize,
}

impl Strategy for Greedy {
    fn name(&self) -> String {
        "greedy".into()
    }

    fn choose(&mut self, heaps: &Heaps) -> Option<Heaps> {
        moves(heaps).into_iter().min_by_key(|next| next.0.iter().map(|n| u32::from(*n)).sum::<u32>())
    }
}

impl Strategy for Scored {
    fn name(&self) -> String {
        format!("scored {}", (self.evaluate)(&Heaps(vec![3, 1])))
    }

    fn choose(&mut self, heaps: &Heaps) -> Option<Heaps> {
        let mut chosen: Option<(i32, Heaps)> = None;
        for next in moves(heaps) {
            let value = (self.evaluate)(&next);
            if chosen.as_ref().map_or(true, |(known, _)| (self.best)(value, *known)) {
                chosen = Some((value, next));
            }
        }
        chosen.map(|(_, next)| next)
    }
}

impl Perfect {
    fn wins(&mut self, heaps: &Heaps) -> bool {
        self.asked += 1;
        if let Some(known) = self.known.get(heaps) {
            return *known;
        }
        let result = moves(heaps).iter().any(|next| !self.wins(next));
        self.known.insert(heaps.clone(), result);
        result
    }
}

impl Strategy for Perfect {
    fn name(&self) -> String {
        "perfect".into()
    }

    fn choose(&mut self, heaps: &Heaps) -> Option<Heaps> {
        let list = moves(heaps);
        let index = list.iter().position(|next| !self.wins(next)).unwrap_or(0);
        list.into_iter().nth(index)
    }
}

fn game(mut heaps: Heaps, players: &mut [&mut dyn Strategy; 2]) -> (String, usize) {
    let mut turn = 0;
    while let Some(next) = players[turn % 2].choose(&heaps) {
        heaps = next;
        turn += 1;
    }
    (players[(turn + 1) % 2].name(), turn)
}

fn main() {
    let mut greedy = Greedy;
    let mut low = Scored { evaluate: score, best: |a, b| a < b };
    let mut high = Scored { evaluate: |heaps| -score(heaps), best: |a, b| a < b };
    let mut perfect = Perfect::default();
    println!("{:?}", play!(&mut greedy, &mut low, 5, 3));
    println!("{:?}", play!(&mut high, &mut low, 4, 4, 1));
    println!("{:?}", play!(&mut perfect, &mut low, 3, 4));
    println!("{:?}", play!(&mut perfect, &mut greedy, 2, 2));
    check!(score(&Heaps(vec![4, 4])) == 0, "balance");
    check!(perfect.wins(&Heaps(vec![1, 2])), "one and two win");
    check!(moves(&Heaps(vec![0, 0])).is_empty(), "the end");
    println!("{} positions, asked {}", perfect.known.len(), perfect.asked > perfect.known.len());
}
