// edition:2021
// E0072: a type without indirection, used by async functions that do recurse through a box.
struct Folder {
    name: String,
    parent: Option<Folder>,
}

async fn depth(folder: &Folder) -> usize {
    match &folder.parent {
        Some(parent) => Box::pin(depth(parent)).await + folder.name.len(),
        None => 0,
    }
}

fn main() {
    let root = Folder { name: String::new(), parent: None };
    drop(depth(&root));
}
