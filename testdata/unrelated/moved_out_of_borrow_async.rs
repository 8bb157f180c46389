// edition:2021
// E0507: a part of what is borrowed is moved, and used by futures that are awaited here.
struct Job {
    name: String,
}

async fn run(name: String) -> usize {
    name.len()
}

async fn length(name: &str) -> usize {
    name.len()
}

impl Job {
    async fn start(&self) -> usize {
        let name = self.name;
        run(name).await
    }

    async fn look(&self) -> usize {
        let name = self.name;
        let length = length(&name);
        length.await
    }
}

fn main() {
    drop(Job { name: String::new() }.start());
    drop(Job { name: String::new() }.look());
}
