// edition:2021
struct Store {
    rows: Vec<u32>,
}

impl Store {
    async fn row(&self, at: usize) -> Result<u32, String> {
        rt::tick().await;
        self.rows.get(at).copied().ok_or_else(|| format!("no row {at}"))
    }

    async fn count(&self) -> usize {
        self.rows.len()
    }
}

async fn open(rows: u32) -> Result<Store, String> {
    rt::tick().await;
    Ok(Store { rows: (0..rows).collect() })
}

fn twice(number: usize) -> usize {
    number * 2
}

async fn in_front() -> Result<u32, String> {
    let store = open(3).await?;
    //          ^^^^^ await_not_postfix
    let first = store.row(1).await?;
    //           ^^^^^ await_not_postfix
    let second = store.row(2).await;
    //           ^^^^^ await_not_postfix
    // Of a chain, the call that gives a future is awaited.
    let third = store.row(1).await.unwrap_or(0) + 1;
    //          ^^^^^ await_not_postfix
    if store.count().await > 2 {
    // ^^^^^ await_not_postfix
        let _ = rt::tick().await;
        //      ^^^^^ await_not_postfix
    }
    let all = twice(store.count().await) + store.count().await.max(1);
    //              ^^^^^ await_not_postfix
    //                                      ^^^^^ await_not_postfix
    println!("{all}");
    Ok(first + second? + third)
}

// Where an expression may begin, rustc stumbles over it without a proposal.
async fn stumbled(store: &Store) -> Result<u32, String> {
    if store.rows.is_empty() {
        return store.row(0).await;
        //     ^^^^^ await_not_postfix
    }
    let counts = vec![store.count().await, store.rows.len()];
    //                ^^^^^ await_not_postfix
    println!("{} rows", store.count().await);
    //                  ^^^^^ await_not_postfix
    let row = store
        //    ^^^^^ await_not_postfix
        .row(counts[0] - 1)
        .await?;
    for number in 0..store.count().await {
        //           ^^^^^ await_not_postfix
        println!("{number}");
    }
    Ok(row)
}

async fn as_macro() -> Result<u32, String> {
    let store = open(2).await?;
    //          ^^^^^ await_not_postfix
    let block = async { store.rows.len() }.await;
    //          ^^^^^ await_not_postfix
    println!("{block}");
    Ok(store.row(7).await?)
    // ^^^^^ await_not_postfix
}

async fn as_call() -> Result<usize, String> {
    let store = open(4).await?;
    //                  ^^^^^^^ await_not_postfix
    let count = store
        .count()
        .await;
    //   ^^^^^^^ await_not_postfix
    Ok(count)
}

fn main() {
    println!("{:?}", rt::block_on(in_front()));
    println!("{:?}", rt::block_on(stumbled(&Store { rows: vec![5, 6] })));
    println!("{:?}", rt::block_on(as_macro()));
    println!("{:?}", rt::block_on(as_call()));
}

// A runtime that polls one future until it is done.
mod rt {
    use std::future::Future;
    use std::pin::{pin, Pin};
    use std::task::{Context, Poll, Waker};

    struct Yield(bool);

    impl Future for Yield {
        type Output = ();
        fn poll(mut self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<()> {
            let done = std::mem::replace(&mut self.0, true);
            if done { Poll::Ready(()) } else { Poll::Pending }
        }
    }

    pub async fn tick() {
        Yield(false).await;
    }

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
