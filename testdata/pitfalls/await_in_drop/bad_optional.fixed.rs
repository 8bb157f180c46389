// edition:2021
use std::cell::RefCell;

struct Desk {
    free: RefCell<Vec<u32>>,
}

struct Seat<'d> {
    desk: &'d Desk,
    number: u32,
}

impl Desk {
    async fn seat(&self) -> Option<Seat<'_>> {
        let number = self.free.borrow_mut().pop()?;
        Some(Seat { desk: self, number })
    }

    async fn free(&self, number: u32) {
        println!("{number} is free");
        self.free.borrow_mut().push(number);
    }
}

impl Seat<'_> {
    async fn close(self) {
        self.desk.free(self.number).await;
      //^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ await_in_drop
    }
}

async fn both(desk: &Desk) -> &'static str {
    let Some(left) = desk.seat().await else {
        return "no seat";
    };
    let Some(right) = desk.seat().await else {
        left.close().await;
        return "one seat";
    };
    println!("{} and {}", left.number, right.number);
    right.close().await;
    left.close().await;
    "two seats"
}

async fn maybe(desk: &Desk) -> usize {
    {
        let seat = desk.seat().await;
        println!("has a seat: {}", seat.is_some());
        if let Some(value) = seat { value.close().await };
    }
    desk.free.borrow().len()
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
    for seats in 0..3 {
        let desk = Desk { free: RefCell::new((0..seats).collect()) };
        block_on(async {
            println!("{}", both(&desk).await);
            println!("{}", maybe(&desk).await);
        });
    }
}
