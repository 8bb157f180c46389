//! A crate that uses `dep`: calls, awaits, closures, traits and a cycle.
use std::future::Future;
use std::pin::Pin;

use dep::Disk;

trait Shape {
    fn area(&self) -> u32;
    fn twice(&self) -> u32 {
        self.area() * 2
    }
}

struct Square(u32);
struct Circle(u32);

impl Shape for Square {
    fn area(&self) -> u32 {
        self.0 * self.0
    }
}

impl Shape for Circle {
    fn area(&self) -> u32 {
        self.0 * 3
    }
    fn twice(&self) -> u32 {
        7
    }
}

pub fn shapes() -> u32 {
    Square(2).twice() + Circle(1).twice() + Square(3).area()
}

pub async fn serve(disk: &Disk) -> usize {
    let first = disk.fetch(1).await;
    let block = async { dep::later(2).await };
    let add = |n: u32| n + 1;
    first.len() + add(block.await) as usize
}

// Only makes the future: it does not block.
pub fn prepare(disk: &Disk) -> impl Future<Output = Vec<u8>> + '_ {
    disk.fetch(3)
}

pub fn even(n: u32) -> bool {
    n == 0 || odd(n - 1)
}

pub fn odd(n: u32) -> bool {
    if n == 9 {
        std::thread::sleep(std::time::Duration::from_secs(1));
    }
    n != 0 && even(n - 1)
}

pub fn boxed(n: u32) -> Pin<Box<dyn Future<Output = u32> + Send>> {
    Box::pin(async move { if n == 0 { 0 } else { boxed(n - 1).await } })
}

pub fn through_pointer(f: fn(u32) -> bool) -> bool {
    f(1)
}
