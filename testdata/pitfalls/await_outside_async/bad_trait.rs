// edition:2021
mod store {
    pub trait Store {
        fn load(&self, id: u32) -> Result<String, String>;
        fn load_all(&self, ids: &[u32]) -> Result<Vec<String>, String> {
            let mut out = Vec::new();
            for id in ids {
                out.push(self.load(*id)?);
            }
            Ok(out)
        }
    }
    pub struct Disk;
    impl Store for Disk {
        fn load(&self, id: u32) -> Result<String, String> {
            let text = super::read(id).await;
            //                         ^^^^^ await_outside_async
            if text.is_empty() { Err("empty".into()) } else { Ok(text) }
        }
    }
    pub struct Memory(pub Vec<String>);
    impl Store for Memory {
        fn load(&self, id: u32) -> Result<String, String> {
            self.0.get(id as usize).cloned().ok_or_else(|| format!("no {id}"))
        }
    }
}
use store::*;

async fn read(id: u32) -> String {
    format!("disk {id}")
}

fn show(store: &impl Store, ids: &[u32]) -> Result<(), String> {
    for line in store.load_all(ids)? {
        println!("{line}");
    }
    Ok(())
}

fn main() -> Result<(), String> {
    show(&Disk, &[1, 2])?;
    show(&Memory(vec!["a".into()]), &[0])
}
