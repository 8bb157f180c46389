use std::collections::HashMap;
use std::rc::Rc;

struct Image {
    path: String,
    width: u32,
}

fn load(path: &str) -> Image {
    Image {
        path: path.to_string(),
        width: 100 * path.len() as u32,
    }
}

async fn resize(width: u32, target: u32) -> u32 {
    std::future::ready(()).await;
    width.min(target)
}

async fn thumbnails(paths: Vec<String>) -> Vec<String> {
    let mut seen: HashMap<String, usize> = HashMap::new();
    let mut queue: Vec<Rc<Image>> = Vec::new();
    for path in paths {
        if let Some(&at) = seen.get(&path) {
            let again = Rc::clone(&queue[at]);
            queue.push(again);
            continue;
        }
        seen.insert(path.clone(), queue.len());
        queue.push(Rc::new(load(&path)));
    }

    let mut lines = Vec::new();
    for image in queue {
        let width = resize(image.width, 500).await;
        lines.push(format!("{} {}->{}", image.path, image.width, width));
    }
    lines
}

fn main() {
    let workers = pool::ThreadPool::new(2);
    let paths = vec!["a.png", "banner.png", "a.png"];
    let paths = paths.into_iter().map(String::from).collect();
    let done = workers.spawn(thumbnails(paths));
    for line in done.recv().unwrap() {
        println!("{}", line);
    }
    workers.shutdown();
}

mod pool {
    use std::future::Future;
    use std::pin::Pin;
    use std::sync::mpsc::{channel, Receiver, Sender};
    use std::sync::{Arc, Mutex};
    use std::task::{Context, Poll, Waker};
    use std::thread;

    type Task = Pin<Box<dyn Future<Output = ()> + Send>>;

    pub struct ThreadPool {
        queue: Sender<Task>,
        workers: Vec<thread::JoinHandle<()>>,
    }

    impl ThreadPool {
        pub fn new(size: usize) -> ThreadPool {
            let (queue, tasks) = channel::<Task>();
            let tasks = Arc::new(Mutex::new(tasks));
            let workers = (0..size)
                .map(|_| {
                    let tasks = Arc::clone(&tasks);
                    thread::spawn(move || loop {
                        let task = tasks.lock().unwrap().recv();
                        match task {
                            Ok(task) => block_on(task),
                            Err(_) => return,
                        }
                    })
                })
                .collect();
            ThreadPool { queue, workers }
        }

        pub fn spawn<F>(&self, future: F) -> Receiver<F::Output>
        where
            F: Future + Send + 'static,
            F::Output: Send + 'static,
        {
            let (tx, rx) = channel();
            let task = async move {
                tx.send(future.await).ok();
            };
            self.queue.send(Box::pin(task)).unwrap();
            rx
        }

        pub fn shutdown(self) {
            drop(self.queue);
            for worker in self.workers {
                worker.join().unwrap();
            }
        }
    }

    pub fn block_on<F: Future>(future: F) -> F::Output {
        let mut future = Box::pin(future);
        let mut cx = Context::from_waker(Waker::noop());
        loop {
            if let Poll::Ready(value) = future.as_mut().poll(&mut cx) {
                return value;
            }
            thread::yield_now();
        }
    }
}
