use std::error::Error;

type Res<T> = Result<T, Box<dyn Error>>;

struct Migration {
    id: u32,
    sql: &'static str,
}

fn check(sql: &str) -> Res<()> {
    if sql.matches('(').count() != sql.matches(')').count() {
        return Err("unbalanced parentheses".into());
    }
    Ok(())
}

async fn connect(url: &str) -> Res<u16> {
    let port = url.rsplit(':').next().unwrap_or("");
    Ok(port.parse()?)
}

async fn migrate(url: &'static str, migrations: Vec<Migration>) -> Res<u32> {
    let port = connect(url).await?;
    let mut last = 0;
    for migration in &migrations {
        check(migration.sql)?;
        last = migration.id;
    }
    println!("{} on port {}", last, port);
    Ok(last)
}

fn main() {
    let threads = worker::Threads;
    let plan = || {
        vec![
            Migration { id: 1, sql: "create table users (id int)" },
            Migration { id: 2, sql: "create index on users (id)" },
        ]
    };
    let mut broken = plan();
    broken.push(Migration { id: 3, sql: "drop table (users" });

    let runs = vec![
        ("db:5432", plan()),
        ("db:pg", plan()),
        ("db:5433", broken),
    ];
    for (url, migrations) in runs {
        let outcome = worker::Spawner::spawn(&threads, migrate(url, migrations));
        if let Err(err) = outcome.join().unwrap() {
            println!("{}: {}", url, err);
        }
    }
}

mod worker {
    use std::future::Future;
    use std::pin::pin;
    use std::task::{Context, Poll, Waker};
    use std::thread::{self, JoinHandle};

    pub trait Spawner {
        fn spawn<F>(&self, future: F) -> JoinHandle<F::Output>
        where
            F: Future + Send + 'static,
            F::Output: Send + 'static;
    }

    pub struct Threads;

    impl Spawner for Threads {
        fn spawn<F>(&self, future: F) -> JoinHandle<F::Output>
        where
            F: Future + Send + 'static,
            F::Output: Send + 'static,
        {
            thread::spawn(move || block_on(future))
        }
    }

    pub fn block_on<F: Future>(future: F) -> F::Output {
        let mut future = pin!(future);
        let mut cx = Context::from_waker(Waker::noop());
        loop {
            if let Poll::Ready(value) = future.as_mut().poll(&mut cx) {
                return value;
            }
            thread::yield_now();
        }
    }
}
