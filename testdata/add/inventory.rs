// edition:2021
// An inventory: parsing of orders, a cache of prices, sorted reports.
// add: Prices::fetch
// add: parse_count
use std::collections::{BTreeMap, HashMap};
use std::convert::TryFrom;
use std::str::FromStr;

#[derive(Debug, Clone, PartialEq)]
struct Order {
    item: String,
    count: u32,
}

#[derive(Debug, PartialEq)]
enum OrderError {
    Missing(&'static str),
    Count(String),
}

fn parse_count(text: &str) -> Result<u32, OrderError> {
    text.trim().parse().map_err(|_| OrderError::Count(text.to_string()))
}

impl FromStr for Order {
    type Err = OrderError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let (item, count) = text.split_once(':').ok_or(OrderError::Missing("colon"))?;
        if item.is_empty() {
            return Err(OrderError::Missing("item"));
        }
        Ok(Order { item: item.trim().to_string(), count: parse_count(count)? })
    }
}

struct Batch(Vec<Order>);

impl TryFrom<&str> for Batch {
    type Error = OrderError;

    fn try_from(text: &str) -> Result<Self, OrderError> {
        let mut orders = Vec::new();
        for line in text.lines().filter(|line| !line.is_empty()) {
            orders.push(line.parse::<Order>()?);
        }
        Ok(Batch(orders))
    }
}

struct Prices {
    list: BTreeMap<&'static str, u32>,
    cache: HashMap<String, u32>,
    asked: usize,
}

impl Prices {
    fn fetch(&mut self, item: &str) -> Option<u32> {
        self.asked += 1;
        self.list.get(item).copied()
    }

    fn price(&mut self, item: &str) -> Option<u32> {
        if let Some(known) = self.cache.get(item) {
            return Some(*known);
        }
        let price = self.fetch(item)?;
        self.cache.insert(item.to_string(), price);
        Some(price)
    }

    fn total(&mut self, batch: &Batch) -> u32 {
        batch.0.iter().map(|order| self.price(&order.item).unwrap_or(0) * order.count).sum()
    }

    fn known(&mut self, batch: &Batch) -> Vec<String> {
        batch
            .0
            .iter()
            .filter(|order| self.price(&order.item).is_some())
            .map(|order| order.item.to_uppercase())
            .collect()
    }

    fn all_known(&mut self, batch: &Batch) -> bool {
        batch.0.iter().all(|order| self.price(&order.item).is_some())
    }

    fn first_unknown(&mut self, batch: &Batch) -> Option<usize> {
        batch.0.iter().position(|order| self.price(&order.item).is_none())
    }

    fn dearest<'a>(&mut self, batch: &'a Batch) -> Option<&'a Order> {
        batch.0.iter().max_by_key(|order| self.price(&order.item).unwrap_or_default())
    }
}

fn counts(lines: &[&str]) -> Vec<u32> {
    let mut counts: Vec<u32> = lines
        .iter()
        .filter_map(|line| line.split_once(':'))
        .map(|(_, count)| parse_count(count))
        .filter_map(Result::ok)
        .collect();
    counts.sort_unstable();
    counts
}

fn sum_or_first_error(lines: &[&str]) -> Result<u32, OrderError> {
    lines.iter().try_fold(0, |sum, line| {
        let order: Order = line.parse()?;
        Ok(sum + order.count + parse_count("1")?)
    })
}

fn main() {
    let mut prices = Prices {
        list: BTreeMap::from([("bolt", 3), ("nut", 2), ("gear", 40)]),
        cache: HashMap::new(),
        asked: 0,
    };
    let text = "bolt:10\nnut: 4\n\ngear:1\nwasher:7";
    let batch = Batch::try_from(text).unwrap();
    println!("total {}", prices.total(&batch));
    println!("known {:?}", prices.known(&batch));
    println!("all {} first unknown {:?}", prices.all_known(&batch), prices.first_unknown(&batch));
    println!("dearest {:?}", prices.dearest(&batch).map(|order| &order.item));
    println!("asked {}", prices.asked);
    println!("counts {:?}", counts(&["a:3", "b:x", "c", "d:1"]));
    println!("{:?}", sum_or_first_error(&["a:3", "b:4"]));
    println!("{:?}", sum_or_first_error(&["a:3", "b:four", "c"]));
    println!("{:?}", Batch::try_from(":3").map(|batch| batch.0.len()));
}
