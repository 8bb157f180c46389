// edition:2021
// The same words without async: a plain closure and a plain value.
fn each(mut f: impl FnMut(u32) -> u32) -> u32 {
    f(1) + f(2)
}

fn main() {
    let mut sum = 0;
    let total = each(|item| {
        sum += item;
        sum
    });
    println!("{total}");
}
