use std::rc::{Rc, Weak};

struct Folder {
    name: String,
    parent: Weak<Folder>,
}

impl Folder {
    fn root(name: &str) -> Rc<Folder> {
        Rc::new(Folder {
            name: name.to_owned(),
            parent: Weak::new(),
        })
    }

    fn child(self: &Rc<Self>, name: &str) -> Rc<Folder> {
        Rc::new(Folder {
            name: name.to_owned(),
            parent: Rc::downgrade(self),
        })
    }
}

async fn stat(name: &str) -> u64 {
    rt::tick().await;
    name.len() as u64 * 512
}

async fn disk_usage(depth: usize) -> (String, u64) {
    let root = Folder::root("srv");
    let data = root.child("data");
    let logs = data.child("logs");
    let mut at = Rc::downgrade(&logs);
    let mut path = String::new();
    let mut bytes = 0;
    for _ in 0..depth {
        let Some(folder) = at.upgrade() else { break };
        bytes += stat(&folder.name).await;
        path = format!("/{}{}", folder.name, path);
        at = folder.parent.clone();
    }
    (path, bytes)
}

fn main() {
    let mut scans = rt::JoinSet::new();
    scans.spawn(disk_usage(2));
    scans.spawn(disk_usage(9));
    for (path, bytes) in scans.join_all() {
        println!("{path} {bytes}");
    }
    println!("{}", rt::block_on(stat("etc")));
}

mod rt {
    use std::future::Future;
    use std::pin::pin;
    use std::sync::Arc;
    use std::task::{Context, Poll, Wake};
    use std::thread::{self, Thread};

    struct Signal(Thread);

    impl Wake for Signal {
        fn wake(self: Arc<Self>) {
            self.0.unpark();
        }
    }

    pub fn block_on<F: Future>(future: F) -> F::Output {
        let mut future = pin!(future);
        let waker = Arc::new(Signal(thread::current())).into();
        let mut cx = Context::from_waker(&waker);
        loop {
            match future.as_mut().poll(&mut cx) {
                Poll::Ready(output) => break output,
                Poll::Pending => thread::park(),
            }
        }
    }

    pub struct JoinSet<T> {
        running: Vec<thread::JoinHandle<T>>,
    }

    impl<T: Send + 'static> JoinSet<T> {
        pub fn new() -> Self {
            JoinSet { running: Vec::new() }
        }

        pub fn spawn<F>(&mut self, task: F)
        where
            F: Future<Output = T> + Send + 'static,
        {
            self.running.push(thread::spawn(move || block_on(task)));
        }

        pub fn join_all(self) -> Vec<T> {
            self.running.into_iter().map(|t| t.join().unwrap()).collect()
        }
    }

    pub async fn tick() {
        let mut waited = false;
        std::future::poll_fn(|cx| {
            if waited {
                return Poll::Ready(());
            }
            waited = true;
            cx.waker().wake_by_ref();
            Poll::Pending
        })
        .await
    }
}
