// edition:2021
trait Store {
    async fn save(&mut self, name: &str) -> usize;
    async fn clear(&mut self);
}

#[derive(Default)]
struct Draft {
    kept: Vec<String>,
    tried: usize,
}

impl Draft {
    /// Says what `save` would keep, and keeps nothing.
    fn save(&mut self, name: &str) -> usize {
        self.tried += 1;
        name.len()
    }
}

impl Store for Draft {
    async fn save(&mut self, name: &str) -> usize {
        self.kept.push(name.to_string());
        name.len()
    }

    async fn clear(&mut self) {
        self.kept.clear();
    }
}

pub async fn edit() -> usize {
    let mut draft = Draft::default();
    draft.clear().await;
    let planned = draft.save("plan");
    planned + Store::save(&mut draft, "plan").await
    //        ^^^^^^^^^^^^^^^^^^ await_on_non_future
}

fn main() {}
