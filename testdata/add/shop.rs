// edition:2021
// Prices and discounts: enums with methods by alias, struct literals, Default, groups, Option chains.
// add: catalogue::price
// add: Discount::rate
// add: Cart::line_total
use std::collections::{BTreeMap, HashMap};
use std::fmt::Display;

mod catalogue {
    pub type Cents = u64;

    #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
    pub enum Item {
        Apple,
        Bread,
        Cheese,
        Gift(u8),
    }

    pub fn price(item: Item) -> Option<Cents> {
        Some(match item {
            Item::Apple => 40,
            Item::Bread => 250,
            Item::Cheese => 799,
            Item::Gift(0) => return None,
            Item::Gift(size) => u64::from(size) * 100,
        })
    }

    pub mod taxed {
        use super::{price as net, Cents, Item};

        pub fn price(item: Item) -> Option<Cents> {
            net(item).map(|cents| cents + cents / 5)
        }
    }
}

use catalogue::{price, taxed, Cents, Item};

#[derive(Debug, Clone, Default)]
enum Discount {
    #[default]
    None,
    Flat(Cents),
    Percent(u64),
    Best(Vec<Discount>),
}

impl Discount {
    fn rate(&self, total: Cents) -> Cents {
        match self {
            Discount::None => 0,
            Discount::Flat(cents) => (*cents).min(total),
            Discount::Percent(percent) => total * percent / 100,
            Discount::Best(list) => list.iter().map(|discount| discount.rate(total)).max().unwrap_or(0),
        }
    }
}

#[derive(Debug)]
struct Line {
    item: Item,
    count: u64,
    total: Cents,
    tax: Option<Cents>,
}

struct Cart {
    counts: BTreeMap<Item, u64>,
    discount: Discount,
    owner: Option<String>,
}

impl Default for Cart {
    fn default() -> Self {
        Cart { counts: BTreeMap::new(), discount: Discount::Flat(price(Item::Apple).unwrap_or(1)), owner: None }
    }
}

impl Cart {
    fn add(&mut self, item: Item, count: u64) -> &mut Self {
        *self.counts.entry(item).or_default() += count;
        self
    }

    fn line_total(&self, item: &Item) -> Cents {
        let count = self.counts.get(item).copied().unwrap_or(0);
        price(*item).map_or(0, |cents| cents * count)
    }

    fn lines(&self) -> Vec<Line> {
        self.counts
            .iter()
            .filter(|(item, _)| self.line_total(item) > 0)
            .map(|(item, count)| Line {
                item: *item,
                count: *count,
                total: self.line_total(item),
                tax: taxed::price(*item).zip(price(*item)).map(|(with, without)| (with - without) * count),
            })
            .collect()
    }

    fn total(&self) -> Cents {
        let total: Cents = self.counts.keys().map(|item| self.line_total(item)).sum();
        total - self.discount.rate(total)
    }

    fn cheapest(&self) -> Option<&Item> {
        self.counts.keys().min_by_key(|item| self.line_total(item))
    }

    fn due(&self) -> Cents {
        self.owner.as_ref().map_or_else(|| self.total() + 1, |name| self.total() * 10 + name.len() as u64)
    }

    fn label(&self) -> String {
        self.owner.as_deref().map(|name| format!("{name}:{}", self.total())).unwrap_or_else(|| format!("?{}", self.total()))
    }
}

impl IntoIterator for &Cart {
    type Item = Line;
    type IntoIter = std::vec::IntoIter<Line>;

    fn into_iter(self) -> Self::IntoIter {
        self.lines().into_iter()
    }
}

fn show<T: Display>(title: &str, values: &[T]) {
    let values: Vec<String> = values.iter().map(|value| value.to_string()).collect();
    println!("{title}: {}", values.join(" "));
}

fn grouped(items: &[Item]) -> HashMap<bool, Vec<Item>> {
    items.iter().fold(HashMap::new(), |mut groups: HashMap<bool, Vec<Item>>, item| {
        groups.entry(price(*item).unwrap_or_default() > 200).or_default().push(*item);
        groups
    })
}

fn main() {
    let mut cart = Cart { owner: Some("ann".into()), ..Cart::default() };
    cart.add(Item::Apple, 3).add(Item::Gift(0), 1).add(Item::Cheese, 2).add(Item::Apple, 1);
    for line in &cart {
        println!("{line:?}");
    }
    for discount in [
        Discount::None,
        Discount::Percent(10),
        Discount::Best(vec![Discount::Flat(5), Discount::Percent(1), Discount::Best(vec![Discount::Flat(100)])]),
    ] {
        cart.discount = discount;
        println!("{} {:?} {}", cart.label(), cart.cheapest(), cart.due());
    }
    println!("{}", Cart::default().label());
    let items = [Item::Apple, Item::Bread, Item::Cheese, Item::Gift(1), Item::Gift(9)];
    let groups = grouped(&items);
    println!("{:?} {:?}", groups[&true], groups[&false]);
    show("prices", &items.iter().filter_map(|item| price(*item)).collect::<Vec<_>>());
    show("taxed", &items.into_iter().flat_map(taxed::price).collect::<Vec<_>>());
    let rates: Vec<Cents> = [50, 500].iter().map(|total| Discount::Flat(99).rate(*total)).collect();
    show("rates", &rates);
}
