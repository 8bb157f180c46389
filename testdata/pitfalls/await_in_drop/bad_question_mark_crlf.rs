// edition:2021
#[derive(Debug)]
struct Failed(u32);

struct Transaction {
    id: u32,
}

impl Transaction {
    async fn begin(id: u32) -> Result<Transaction, Failed> {
        rt::yield_now().await;
        Ok(Transaction { id })
    }

    async fn run(&mut self, statement: u32) -> Result<u32, Failed> {
        if statement == 0 {
            return Err(Failed(self.id));
        }
        Ok(statement)
    }
}

impl Drop for Transaction {
    fn drop(&mut self) {
        rt::yield_now().await;
      //^^^^^^^^^^^^^^^^^^^^^ await_in_drop
        println!("end of {}", self.id);
    }
}

async fn transfer(id: u32, statements: &[u32]) -> Result<u32, Failed> {
    let mut transaction = Transaction::begin(id).await?;
    let mut sum = 0;
    for statement in statements {
        sum += transaction.run(*statement).await?;
    }
    println!("sum of {id} is {sum}");
    Ok(sum)
}

fn main() {
    println!("{:?}", rt::block_on(transfer(1, &[4, 5])));
    println!("{:?}", rt::block_on(transfer(2, &[4, 0])));
}

mod rt {
    use std::future::Future;
    use std::task::{Context, Poll, Waker};

    pub fn block_on<F: Future>(future: F) -> F::Output {
        let mut future = std::pin::pin!(future);
        let mut cx = Context::from_waker(Waker::noop());
        loop {
            if let Poll::Ready(value) = future.as_mut().poll(&mut cx) {
                return value;
            }
        }
    }

    pub async fn yield_now() {
        let mut yielded = false;
        std::future::poll_fn(|cx| {
            if std::mem::replace(&mut yielded, true) {
                return Poll::Ready(());
            }
            cx.waker().wake_by_ref();
            Poll::Pending
        })
        .await
    }
}
