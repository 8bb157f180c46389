// edition:2021
use std::cell::Cell;

async fn load(number: usize, loaded: &Cell<u32>) -> Option<Vec<u32>> {
    loaded.set(loaded.get() + 1);
    let first = number as u32 * 10;
    (number < 4).then(|| vec![first, first + 1])
}

struct Pages<'a> {
    number: usize,
    loaded: &'a Cell<u32>,
}

impl<'a> Pages<'a> {
    fn new(loaded: &'a Cell<u32>) -> Self {
        Pages { number: 0, loaded }
    }

    async fn next(&mut self) -> Option<Vec<u32>> {
        let page = load(self.number, self.loaded).await;
        self.number += 1;
        page
    }
}

async fn below(limit: u32, loaded: &Cell<u32>) -> Vec<u32> {
    Pages::new(loaded).flatten().take_while(|row| *row < limit).collect()
    //                 ^^^^^^^ async_method_used_as_trait
}

async fn first_two(loaded: &Cell<u32>) -> usize {
    let mut rows = 0;
    for page in Pages::new(loaded).take(2) {
        //                         ^^^^ async_method_used_as_trait
        rows += page.len();
    }
    rows
}

async fn sum(loaded: &Cell<u32>) -> u32 {
    Pages::new(loaded).enumerate().fold(0, |sum, (at, page)| sum + at as u32 * page[0])
    //                 ^^^^^^^^^ async_method_used_as_trait
}

async fn none_is_large(loaded: &Cell<u32>) -> bool {
    !Pages::new(loaded).any(|page| page[0] > 5)
    //                  ^^^ async_method_used_as_trait
}

fn main() {
    let loaded = Cell::new(0);
    block_on(async {
        println!("{:?} {}", below(12, &loaded).await, loaded.replace(0));
        println!("{} {}", first_two(&loaded).await, loaded.replace(0));
        println!("{} {}", sum(&loaded).await, loaded.replace(0));
        println!("{} {}", none_is_large(&loaded).await, loaded.replace(0));
    });
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
