// edition:2021
// E0106: which argument does the result borrow from?
use std::cell::RefCell;

async fn longer(cell: &RefCell<String>, other: &str) -> &str {
    let held = cell.borrow();
    if held.len() > other.len() { "cell" } else { "other" }
}

fn main() {
    let cell = RefCell::new(String::new());
    let _longer = longer(&cell, "");
}
