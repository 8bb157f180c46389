// edition:2021
// Closures that ignore what they are given, in chains, folds and options; values with a drop.
// add: price
use std::cell::Cell;
thread_local! { static N: Cell<u64> = const { Cell::new(0) }; }
struct D(u64);
impl Drop for D { fn drop(&mut self) { println!("drop {} at {}", self.0, N.with(|n| n.get())); } }
fn price(n: u64) -> u64 { N.with(|c| { c.set(c.get() + 1); c.get() * n }) }
fn a() -> u64 {
    (0..4).fold(1, |g, _| price(g))
}
fn b() -> Option<u64> {
    (0..4).find(|_| price(1) > 6)
}
fn c(hs: &[(u64, u64)], ev: u64) -> Result<usize, String> {
    (1..=3).find(|_| hs.iter().all(|(_, h)| price(*h) > ev)).ok_or_else(|| format!("gave {}", price(0)))
}
fn d() -> Vec<u64> {
    (0..2).map(|n| D(n)).map(|_| price(1)).collect()
}
fn e(hs: &[u64]) -> String {
    format!("{}", (0..4).fold(hs.len() as u64, |g, _| price(g)).to_string())
}
fn f(s: &str) -> Result<u64, u64> {
    s.parse::<u64>().map_err(|_| price(3)).or_else(|e| if e > 9 { Ok(price(e)) } else { Err(e) })
}
fn g(s: Option<u64>) -> u64 {
    s.map(|_| price(2)).unwrap_or_else(|| price(1)) + s.filter(|_| price(2) > 3).map_or(0, |_| price(1))
}
fn h(hs: &[u64]) -> (usize, bool, Vec<u64>) {
    (hs.iter().filter(|_| price(1) % 2 == 0).count(), hs.iter().any(|_| price(0) == 1), hs.iter().map(|n| n + price(1)).skip_while(|_| price(1) < 60).collect())
}
fn main() {
    println!("{} {:?} {:?} {:?}", a(), b(), c(&[(1, 2), (3, 4)], 3), d());
    println!("{} {:?} {:?} {} {} {:?}", e(&[1, 2]), f("x"), f("4"), g(Some(1)), g(None), h(&[1, 2, 3]));
}
