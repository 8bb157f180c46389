// edition:2021
// The same error without a future: not ours.
fn later<'a>(left: &'a str, _right: &str) -> Box<dyn Fn() -> usize + 'a> {
    Box::new(move || left.len())
}

fn main() {
    println!("{}", later("a", "b")());
}
