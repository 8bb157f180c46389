// edition:2021
// The file knows `Arc` by the alias of another module only.
mod shared {
    use std::sync::Arc;

    pub type Names = Arc<Vec<String>>;

    pub async fn show(names: Names) {
        println!("{}", names.len());
    }
}

fn spawn<F: std::future::Future + Send + 'static>(_future: F) {}

fn main() {
    let names = std::sync::Arc::new(vec!["ada".to_string()]);
    //  ^^^^^ shared_without_arc
    spawn(shared::show(names));
}
