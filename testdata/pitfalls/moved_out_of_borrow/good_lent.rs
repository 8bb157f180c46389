// edition:2024
// The future borrows from the one that it is a method of.
use std::future::Future;

struct Names {
    list: Vec<String>,
}

impl Names {
    fn total(&self) -> impl Future<Output = usize> {
        let list = &self.list;
        async move { list.iter().map(String::len).sum() }
    }
}

fn main() {
    let names = Names { list: vec![] };
    drop(names.total());
}
