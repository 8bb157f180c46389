// edition:2021
// Observers that take `FnMut`, options of boxed `FnOnce`, and a queue of deferred work.
// add: price
// add: Audit::record
use std::collections::{BTreeMap, VecDeque};

fn price(item: &str) -> u32 {
    item.bytes().map(u32::from).sum::<u32>() % 50 + 1
}

#[derive(Default)]
struct Audit {
    records: Vec<String>,
}

impl Audit {
    fn record(&mut self, text: String) -> usize {
        self.records.push(text);
        self.records.len()
    }
}

type Job = Box<dyn FnOnce(&mut State) -> Result<u32, String>>;

#[derive(Default)]
struct State {
    audit: Audit,
    stock: BTreeMap<String, u32>,
    money: u32,
}

#[derive(Default)]
struct Queue {
    jobs: VecDeque<(String, Job)>,
    on_error: Option<Box<dyn Fn(&str) -> String>>,
}

impl Queue {
    fn defer<F>(&mut self, name: &str, job: F)
    where
        F: FnOnce(&mut State) -> Result<u32, String> + 'static,
    {
        self.jobs.push_back((name.to_string(), Box::new(job)));
    }

    fn run(&mut self, state: &mut State) -> Vec<String> {
        let mut lines = Vec::new();
        while let Some((name, job)) = self.jobs.pop_front() {
            match job(state) {
                Ok(value) => lines.push(format!("{name}: {value}")),
                Err(error) => {
                    let text = match &self.on_error {
                        Some(handler) => handler(&error),
                        None => error,
                    };
                    state.audit.record(text.clone());
                    lines.push(format!("{name} failed: {text}"));
                }
            }
        }
        lines
    }
}

fn buy(state: &mut State, item: &str, count: u32) -> Result<u32, String> {
    let cost = price(item) * count;
    if cost > state.money {
        return Err(format!("{item} costs {cost}"));
    }
    state.money -= cost;
    *state.stock.entry(item.to_string()).or_insert(0) += count;
    state.audit.record(format!("bought {count} {item}"));
    Ok(cost)
}

fn sell(state: &mut State, item: &str, count: u32) -> Result<u32, String> {
    let stock = state.stock.get_mut(item).ok_or_else(|| format!("no {item}"))?;
    *stock = stock.checked_sub(count).ok_or(format!("only {stock} {item}"))?;
    state.money += price(item) * count;
    state.audit.record(format!("sold {count} {item}"));
    Ok(state.money)
}

fn each_item(stock: &BTreeMap<String, u32>, mut visit: impl FnMut(&str, u32)) {
    for (item, count) in stock {
        visit(item, *count);
    }
}

fn count_matching<P>(stock: &BTreeMap<String, u32>, mut predicate: P) -> usize
where
    P: FnMut(&str) -> bool,
{
    let mut count = 0;
    for item in stock.keys() {
        if predicate(item) {
            count += 1;
        }
    }
    count
}

fn main() {
    let mut state = State { money: 200, ..State::default() };
    let mut queue = Queue::default();
    for (item, count) in [("tea", 3), ("coffee", 2), ("gold", 90)] {
        queue.defer(item, move |state| buy(state, item, count));
    }
    queue.defer("sale", |state| {
        let first = sell(state, "tea", 1)?;
        let second = sell(state, "tea", 1)?;
        Ok(second - first)
    });
    queue.defer("too much", |state| sell(state, "coffee", 9));
    queue.defer("unknown", |state| sell(state, "salt", 1));
    queue.on_error = Some(Box::new(|error| format!("<{error}>")));
    for line in queue.run(&mut state) {
        println!("{line}");
    }
    let mut worth = 0;
    each_item(&state.stock, |item, count| worth += price(item) * count);
    let mut seen = Vec::new();
    let cheap = count_matching(&state.stock, |item| {
        seen.push(item.len());
        price(item) < 30
    });
    println!("money {} worth {worth} cheap {cheap} seen {seen:?}", state.money);
    println!("{}", state.audit.records.join("\n"));
}
