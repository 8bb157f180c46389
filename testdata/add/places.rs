// edition:2024
// Every place that a call can stand at, and closures of all kinds.
// add: leaf
// add: Cell2::slot
// add: twice
// add: Shape::side
use std::cell::RefCell;
use std::collections::BTreeMap;
use std::rc::Rc;

thread_local! {
    static SEEN: RefCell<Vec<i64>> = const { RefCell::new(Vec::new()) };
}

fn leaf(n: i64) -> i64 {
    SEEN.with_borrow_mut(|seen| seen.push(n));
    n + 1
}

fn twice<F: FnMut(i64) -> i64>(mut f: F, n: i64) -> i64 {
    let first = f(n);
    f(first)
}

#[derive(Debug, Default, Clone)]
struct Cell2 {
    left: i64,
    right: i64,
}

impl Cell2 {
    fn slot(&mut self, is_left: bool) -> &mut i64 {
        if is_left { &mut self.left } else { &mut self.right }
    }
}

trait Shape {
    const SIDES: usize = 4;
    fn side(&self, n: usize) -> i64;
    fn all(&self) -> [i64; 4] {
        std::array::from_fn(|n| self.side(n % Self::SIDES))
    }
}

struct Tri(i64);
impl Shape for Tri {
    const SIDES: usize = 3;
    fn side(&self, n: usize) -> i64 {
        leaf(self.0) * n as i64
    }
}
impl Shape for (i64, i64) {
    fn side(&self, n: usize) -> i64 {
        if n % 2 == 0 { self.0 } else { self.1 }
    }
}

fn expressions(list: &mut [i64]) -> Result<i64, String> {
    list[leaf(0) as usize] += leaf(2);
    list[0] = -leaf(3) + (leaf(4) as u8) as i64;
    let range = leaf(0)..=leaf(2);
    let sum: i64 = range.map(|n| n * 2).sum();
    let block = 'b: {
        if leaf(5) > 5 {
            break 'b leaf(6);
        }
        0
    };
    let looped = loop {
        break leaf(7) + block;
    };
    let cell = Cell2 { left: leaf(8), ..Cell2 { left: 0, right: leaf(9) } };
    let [a, b] = [leaf(1), leaf(2)];
    let (c, d) = match (leaf(a), leaf(b)) {
        (x, y) if x == leaf(y) => (x, 0),
        (x, 4..) if leaf(x) > 3 || leaf(0) < 0 => (x, leaf(4)),
        (x, y) => (y, x),
    };
    let text = if let 3 = leaf(2) && leaf(1) == 2 { "three" } else { "other" };
    let mut n = 0;
    while leaf(n) < 4 && n < 10 {
        n += leaf(0);
    }
    let found = (1..9).map(|n| n * 3).find(|n| leaf(*n) % 2 == 0).ok_or_else(|| format!("none {}", leaf(0)))?;
    if leaf(found) > 100 {
        return Err("big".to_string());
    }
    let reference = &leaf(11);
    Ok(sum + looped + cell.left + cell.right + c + d + text.len() as i64 + n + *reference)
}

fn closures(list: &[i64]) -> i64 {
    let plus = |n: i64| leaf(n) + 10;
    let mut total = plus(1) + (|n| leaf(n))(2);
    let mut count = 0;
    let mut counted = |n: i64| {
        count += 1;
        leaf(n) + count
    };
    total += counted(3) + counted(4);
    total += twice(leaf, 5) + twice(|n| leaf(n) * 2, 6);
    let boxed: Vec<Box<dyn Fn(i64) -> i64>> = vec![Box::new(leaf), Box::new(move |n| leaf(n) + total)];
    total += boxed.iter().map(|f| f(7)).sum::<i64>();
    let shared: Rc<dyn Fn(i64) -> i64> = Rc::new(|n| leaf(n) - 1);
    let again = Rc::clone(&shared);
    total += again(8) + shared(9);
    let maybe: Option<fn(i64) -> i64> = list.first().map(|_| leaf as fn(i64) -> i64);
    total += maybe.map_or(0, |f| f(10));
    let nested: i64 = list.iter().map(|a| list.iter().map(|b| leaf(a * b)).sum::<i64>()).sum();
    total + nested
}

fn groups(list: &[i64]) -> BTreeMap<i64, Vec<i64>> {
    let mut groups = BTreeMap::<i64, Vec<i64>>::new();
    list.iter().for_each(|n| groups.entry(leaf(*n) % 3).or_default().push(*n));
    groups.values_mut().for_each(|group| group.sort_by_key(|n| -n));
    groups
}

fn main() {
    let mut list = [1, 2, 3];
    println!("{:?} {list:?}", expressions(&mut list).unwrap_or(-1));
    println!("{} {:?}", closures(&list), groups(&[5, 6, 7, 8]));
    let mut cell = Cell2::default();
    *cell.slot(true) += leaf(3);
    *cell.slot(false) = *cell.slot(true) * 2;
    std::mem::swap(&mut 1, cell.slot(true));
    println!("{cell:?} {}", [true, false].iter().map(|is_left| *cell.slot(*is_left)).sum::<i64>());
    let shapes: [&dyn Fn(usize) -> i64; 2] = [&|n| Tri(2).side(n), &|n| (3, 4).side(n)];
    println!("{:?} {:?} {}", Tri(1).all(), (5, 6).all(), shapes.iter().map(|f| f(1)).sum::<i64>());
    println!("{:?}", SEEN.with_borrow(|seen| (seen.len(), seen.iter().sum::<i64>())));
}
