// edition:2021
use std::future::Future;
use std::pin::Pin;

struct Row {
    columns: Vec<String>,
}

// Each of the blocks borrows for itself.
fn pick(row: Row, is_first: bool) -> Pin<Box<dyn Future<Output = usize>>> {
    let columns = &row.columns;
    //            ^^^^^^^^^^^^ block_captures_local_reference
    if is_first {
        Box::pin(async move { columns[0].len() })
    } else {
        Box::pin(async move { columns.len() })
    }
}

fn main() {
    drop(pick(Row { columns: Vec::new() }, true));
}
