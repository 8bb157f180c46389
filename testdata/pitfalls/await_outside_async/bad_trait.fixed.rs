// edition:2021
mod store {
    pub trait Store {
        async fn load(&self, id: u32) -> Result<String, String>;
        async fn load_all(&self, ids: &[u32]) -> Result<Vec<String>, String> {
            let mut out = Vec::new();
            for id in ids {
                out.push(self.load(*id).await?);
            }
            Ok(out)
        }
    }
    pub struct Disk;
    impl Store for Disk {
        async fn load(&self, id: u32) -> Result<String, String> {
            let text = super::read(id).await;
            //                         ^^^^^ await_outside_async
            if text.is_empty() { Err("empty".into()) } else { Ok(text) }
        }
    }
    pub struct Memory(pub Vec<String>);
    impl Store for Memory {
        async fn load(&self, id: u32) -> Result<String, String> {
            self.0.get(id as usize).cloned().ok_or_else(|| format!("no {id}"))
        }
    }
}
use store::*;

async fn read(id: u32) -> String {
    format!("disk {id}")
}

async fn show(store: &impl Store, ids: &[u32]) -> Result<(), String> {
    for line in store.load_all(ids).await? {
        println!("{line}");
    }
    Ok(())
}

fn main() -> Result<(), String> {
    block_on(show(&Disk, &[1, 2]))?;
    block_on(show(&Memory(vec!["a".into()]), &[0]))
}

fn block_on<F: std::future::Future>(future: F) -> F::Output {
    struct Unpark(std::thread::Thread);
    impl std::task::Wake for Unpark {
        fn wake(self: std::sync::Arc<Self>) {
            self.0.unpark();
        }
    }
    let waker = std::sync::Arc::new(Unpark(std::thread::current())).into();
    let mut context = std::task::Context::from_waker(&waker);
    let mut future = std::pin::pin!(future);
    loop {
        if let std::task::Poll::Ready(output) = future.as_mut().poll(&mut context) {
            return output;
        }
        std::thread::park();
    }
}
