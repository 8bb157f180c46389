// edition:2021
// E0507: a part of what is borrowed is moved into a call, which is awaited on the spot.
struct Job {
    name: String,
}

async fn run(name: String) -> usize {
    name.len()
}

impl Job {
    async fn start(&self) -> usize {
        let name = self.name;
        run(name).await
    }
}

fn main() {
    drop(Job { name: String::new() }.start());
}
