// edition:2021
// Something still borrows from it when the task's variable gets it.
use std::future::Future;
use std::sync::Arc;

fn spawn<F: Future + Send + 'static>(_future: F) {}

struct Config {
    name: String,
}

async fn run(config: Arc<Config>) {
    println!("{}", config.name);
}

fn main() {
    let config = Arc::new(Config { name: "api".to_string() });
    let name = &config.name;
    let own = config;
    spawn(async move { run(own).await });
    //    ^^^^^^^^^^ moved_into_task
    println!("{name}");
}
