// edition:2021
mod jobs {
    pub fn start<'a>(name: &'a str, tags: &'a [String]) -> super::rt::Task<usize> {
    let name = name.to_owned();
    let tags = tags.to_vec();
    //               ---- belongs to the caller
    //                              ---- belongs to the caller
        super::rt::spawn(async move {
        //               ^^^^^^^^^^ spawn_borrows_parameter
            let all = tags.iter().map(|tag| tag.len()).sum::<usize>();
            println!("{name} has {}", all);
            longest(&name, &tags)
        })
    }

    fn longest(name: &str, tags: &[String]) -> usize {
        tags.iter().map(String::len).max().unwrap_or(name.len())
    }
}

fn main() {
    println!("{}", rt::block_on(jobs::start("a", &["bc".to_string()])));
}

#[cfg(test)]
mod tests {
    #[test]
    fn starts() {
        assert_eq!(super::rt::block_on(super::jobs::start("abc", &[])), 3);
    }
}

// A runtime that runs each task on a thread of its own.
mod rt {
    use std::future::Future;
    use std::pin::{pin, Pin};
    use std::sync::{Arc, Mutex};
    use std::task::{Context, Poll, Waker};

    pub struct Task<T>(Arc<Mutex<Option<T>>>);

    impl<T> Future for Task<T> {
        type Output = T;
        fn poll(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<T> {
            context.waker().wake_by_ref();
            self.0.lock().unwrap().take().map_or(Poll::Pending, Poll::Ready)
        }
    }

    pub fn spawn<F>(future: F) -> Task<F::Output>
    where
        F: Future + Send + 'static,
        F::Output: Send + 'static,
    {
        let slot = Arc::new(Mutex::new(None));
        let done = Arc::clone(&slot);
        std::thread::spawn(move || {
            let value = block_on(future);
            *done.lock().unwrap() = Some(value);
        });
        Task(slot)
    }

    pub fn block_on<F: Future>(future: F) -> F::Output {
        let mut future = pin!(future);
        let mut context = Context::from_waker(Waker::noop());
        loop {
            if let Poll::Ready(value) = future.as_mut().poll(&mut context) {
                return value;
            }
            std::thread::yield_now();
        }
    }
}
