use std::cell::RefCell;
use std::rc::Rc;

#[derive(Default)]
struct Room {
    lines: Vec<String>,
    members: usize,
}

impl Room {
    fn say(&mut self, who: &str, what: &str) {
        self.lines.push(format!("<{who}> {what}"));
    }
}

async fn chatter(room: Rc<RefCell<Room>>, who: &'static str, words: Vec<&'static str>) {
    room.borrow_mut().members += 1;
    for what in words {
        room.borrow_mut().say(who, what);
        local::yield_now().await;
    }
    room.borrow_mut().members -= 1;
}

async fn wait_until_empty(room: &Rc<RefCell<Room>>) -> usize {
    while room.borrow().members > 0 {
        local::yield_now().await;
    }
    room.borrow().lines.len()
}

fn main() {
    let room = Rc::new(RefCell::new(Room::default()));
    let set = local::LocalSet::default();
    set.spawn_local(chatter(room.clone(), "eve", vec!["hi", "anyone?"]));
    set.spawn_local(chatter(room.clone(), "sam", vec!["me"]));
    let count = set.run_until(wait_until_empty(&room));
    for line in &room.borrow().lines {
        println!("{line}");
    }
    println!("{count} lines");
}

mod local {
    use std::cell::RefCell;
    use std::future::Future;
    use std::pin::{pin, Pin};
    use std::rc::Rc;
    use std::task::{Context, Poll, Waker};

    type Task = Pin<Box<dyn Future<Output = ()>>>;

    #[derive(Clone, Default)]
    pub struct LocalSet {
        tasks: Rc<RefCell<Vec<Task>>>,
    }

    impl LocalSet {
        pub fn spawn_local<F: Future<Output = ()> + 'static>(&self, task: F) {
            self.tasks.borrow_mut().push(Box::pin(task));
        }

        pub fn run_until<F: Future>(&self, main: F) -> F::Output {
            let mut main = pin!(main);
            let mut cx = Context::from_waker(Waker::noop());
            loop {
                let mut tasks = std::mem::take(&mut *self.tasks.borrow_mut());
                tasks.retain_mut(|task| task.as_mut().poll(&mut cx).is_pending());
                self.tasks.borrow_mut().append(&mut tasks);
                if self.tasks.borrow().is_empty() {
                    if let Poll::Ready(value) = main.as_mut().poll(&mut cx) {
                        return value;
                    }
                }
            }
        }
    }

    pub async fn yield_now() {
        let mut done = false;
        std::future::poll_fn(|_| {
            if done {
                return Poll::Ready(());
            }
            done = true;
            Poll::Pending
        })
        .await
    }
}
