//! Serves on the thread it is called on: a service may hold what must not leave it.

mod menu;

use std::cell::RefCell;
use std::rc::Rc;

use handlers::Failure;
use macros::handler;
use service::Service;
use tokio::task::{LocalSet, yield_now};

pub use menu::Menu;

/// Answers with what was asked before; its book has no lock, for it stays on one thread.
#[derive(Clone, Debug, Default)]
pub struct Desk {
    book: Rc<RefCell<Vec<String>>>,
}

#[handler(local)]
impl Desk {
    pub async fn handle(&self, request: String) -> Result<String, Failure> {
        let book = self.book.clone();
        yield_now().await;
        let before = book.borrow().join(", ");
        book.borrow_mut().push(request);
        Ok(before)
    }
}

/// Answers all requests on this thread, as the waiting of each leaves it free; the answers stand in the order of the requests.
pub async fn serve<S, R>(service: S, requests: Vec<R>) -> Vec<Result<S::Response, S::Error>>
where
    S: Service<R> + 'static,
    R: 'static,
{
    let service = Rc::new(service);
    let tasks = LocalSet::new();
    let handles: Vec<_> = requests
        .into_iter()
        .map(|request| {
            let service = service.clone();
            tasks.spawn_local(async move { service.call(request).await })
        })
        .collect();
    tasks.await;
    let mut answers = Vec::new();
    for handle in handles {
        answers.push(handle.await.expect("a service does not panic"));
    }
    answers
}
