// edition:2021
use std::future::Future;

struct Row {
    columns: Vec<String>,
}

async fn work(name: &str) -> usize {
    name.len()
}

fn inside(row: Row) -> impl Future<Output = usize> {
    async move {
        let columns = &row.columns;
        columns.len()
    }
}

// The reference is over before the block.
fn before(row: Row) -> impl Future<Output = usize> {
    let columns = &row.columns;
    let count = columns.len();
    async move { count + row.columns.len() }
}

// Of somebody else.
fn lent<'a>(row: &'a Row) -> impl Future<Output = usize> + 'a {
    let columns = &row.columns;
    async move { columns.len() }
}

fn constant() -> impl Future<Output = usize> {
    work("constant")
}

async fn awaited(number: u32) -> usize {
    let name = number.to_string();
    work(&name).await
}

fn main() {
    let row = Row { columns: Vec::new() };
    drop(lent(&row));
    drop(before(Row { columns: Vec::new() }));
    drop(inside(row));
    drop(constant());
    drop(awaited(1));
}
