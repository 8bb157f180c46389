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
    let mut pages = Pages::new(loaded);
    let mut collected = Vec::new();
    'items: while let Some(item) = pages.next().await {
        for row in item {
            if !(row < limit) {
                break 'items;
            }
            collected.push(row);
        }
    }
    collected
    //                 ^^^^^^^ async_method_used_as_trait
}

async fn first_two(loaded: &Cell<u32>) -> usize {
    let mut rows = 0;
    let mut pages = Pages::new(loaded);
    let mut taken = 0;
    while taken < 2 {
        let Some(item) = pages.next().await else {
            break;
        };
        taken += 1;
        let page = item;
        //                         ^^^^ async_method_used_as_trait
        rows += page.len();
    }
    rows
}

async fn sum(loaded: &Cell<u32>) -> u32 {
    let mut pages = Pages::new(loaded);
    let mut count = 0;
    let mut sum_value = 0;
    while let Some(item) = pages.next().await {
        let index = count;
        count += 1;
        let at = index;
        let page = item;
        sum_value = sum_value + at as u32 * page[0];
    }
    sum_value
    //                 ^^^^^^^^^ async_method_used_as_trait
}

async fn none_is_large(loaded: &Cell<u32>) -> bool {
    let mut pages = Pages::new(loaded);
    let mut found = false;
    while let Some(page) = pages.next().await {
        if page[0] > 5 {
            found = true;
            break;
        }
    }
    !found
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
