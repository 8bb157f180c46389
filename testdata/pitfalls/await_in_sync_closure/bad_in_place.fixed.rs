// edition:2021
async fn rank(word: &str) -> usize {
    word.len() % 4
}

struct Shelf {
    books: Vec<&'static str>,
}

impl Shelf {
    async fn tidy(&mut self) {
        let mut is_kept = Vec::new();
        for book in self.books.iter() {
            is_kept.push(rank(book).await != 0);
        }
        let mut is_kept = is_kept.into_iter();
        self.books.retain(|_| is_kept.next().unwrap_or(true));
//                               ^^^^^^^^^^^^^^^^ await_in_sync_closure
        let mut keys = Vec::new();
        for book in self.books.iter() {
            keys.push(rank(book).await);
        }
        let mut keyed: Vec<_> = keys.into_iter().zip(self.books.drain(..)).collect();
        keyed.sort_by(|a, b| a.0.cmp(&b.0));
        self.books.extend(keyed.into_iter().map(|(_, item)| item));
//                                    ^^^^^^^^^^^^^^^^ await_in_sync_closure
    }
}

fn main() {
    let mut shelf = Shelf { books: vec!["abc", "ab", "abcd", "x", "yy"] };
    rt::block_on(shelf.tidy());
    println!("{:?}", shelf.books);
}

mod rt {
    use std::future::Future;
    use std::pin::pin;
    use std::task::{Context, Poll, Waker};

    pub fn block_on<F: Future>(future: F) -> F::Output {
        let mut future = pin!(future);
        let mut context = Context::from_waker(Waker::noop());
        loop {
            if let Poll::Ready(value) = future.as_mut().poll(&mut context) {
                return value;
            }
        }
    }
}
