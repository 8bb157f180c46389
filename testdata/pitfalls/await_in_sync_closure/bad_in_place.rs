// edition:2021
async fn rank(word: &str) -> usize {
    word.len() % 4
}

struct Shelf {
    books: Vec<&'static str>,
}

impl Shelf {
    async fn tidy(&mut self) {
        self.books.retain(|book| rank(book).await != 0);
//                               ^^^^^^^^^^^^^^^^ await_in_sync_closure
        self.books.sort_by_key(|book| rank(book).await);
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
