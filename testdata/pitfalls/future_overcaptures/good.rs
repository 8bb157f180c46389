// edition:2024
struct Config {
    name: String,
}

fn beat(config: &Config) -> impl Future<Output = String> + use<> {
    let name = config.name.clone();
    async move { name }
}

// Captures `config`, as it counts to.
fn held(config: &Config) -> impl Future<Output = usize> {
    async move { config.name.len() }
}

fn start() -> impl Future<Output = String> {
    let config = Config { name: "db".to_string() };
    beat(&config)
}

fn inside() -> impl Future<Output = usize> {
    let config = Config { name: "db".to_string() };
    async move { held(&config).await }
}

fn main() {
    drop(start());
    drop(inside());
}
