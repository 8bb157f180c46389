// edition:2021
struct Table {
    rows: Vec<u32>,
}

impl Table {
    async fn query(&self, least: u32) -> Vec<u32> {
        self.rows.iter().copied().filter(|row| *row >= least).collect()
    }
}

async fn report(table: &Table) -> u32 {
    let mut sum = 0;
    for row in table.query(2) {
    //         ^^^^^^^^^^^^^^ for_over_future
        sum += row;
    }
    sum
}

fn block_on<F: std::future::Future>(future: F) -> F::Output {
    let mut future = std::pin::pin!(future);
    let mut context = std::task::Context::from_waker(std::task::Waker::noop());
    loop {
        if let std::task::Poll::Ready(output) = future.as_mut().poll(&mut context) {
            return output;
        }
    }
}

fn main() {
    println!("{}", block_on(report(&Table { rows: vec![1, 2, 3] })));
}
