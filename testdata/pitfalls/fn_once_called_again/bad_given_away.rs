// edition:2021
use std::future::Future;

// There is one, and no clone of it.
pub struct Ticket(usize);

// The caller's closure can be called once only, whatever the bound says.
pub async fn retry<Op, Fut>(op: Op) -> usize
where
    Op: FnOnce() -> Fut,
    //  ^^^^^^^^^^^^^^^ fn_once_called_again
    Fut: Future<Output = usize>,
{
    let first = op().await;
    first + op().await
    //      -- called here
}

pub async fn start(ticket: Ticket) -> usize {
    retry(move || spend(ticket)).await
}

async fn spend(ticket: Ticket) -> usize {
    ticket.0
}

fn main() {}
