// edition:2021
// The trait says what the future may borrow from, and the handle is not among it: the future
// gets a handle of its own.
use std::future::Future;
use std::pin::Pin;
use std::sync::Arc;

type BoxFuture<'a, T> = Pin<Box<dyn Future<Output = T> + Send + 'a>>;

trait Executor {
    fn execute<'e>(self, sql: &'e str) -> BoxFuture<'e, usize>;
}

#[derive(Clone)]
struct Pool {
    inner: Arc<str>,
}

impl Pool {
    async fn run(&self, sql: &str) -> usize {
        self.inner.len() + sql.len()
    }
}

impl Executor for &'_ Pool {
    fn execute<'e>(self, sql: &'e str) -> BoxFuture<'e, usize> {
    //                                    ^^^^^^^^^^^^^^^^^^^^ boxed_future_lifetime
        let pool = self;
        let pool = pool.clone();
        Box::pin(async move { pool.run(sql).await })
    }
}

fn main() {
    let pool = Pool { inner: "db".into() };
    drop(pool.execute("select"));
}
