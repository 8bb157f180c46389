// Bodies whose layouts show each kind of line: a type on many lines, a place in a macro, a
// field that no auto trait is asked of, more than ten states, nothing saved at all.
use std::sync::{Mutex, MutexGuard};

static TABLE: [u32; 3] = [1, 2, 3];

async fn leaf(n: u32) -> u32 {
    n
}

pub async fn idle() {}

pub async fn guarded(m: &Mutex<u32>, names: [String; 2]) -> u32 {
    let g: MutexGuard<'_, u32> = m.lock().unwrap();
    let first = leaf(*g).await;
    drop(g);
    let name = &names[0];
    first + leaf(first).await + name.len() as u32
}

pub async fn indexed() -> u32 {
    TABLE[{
        leaf(0).await;
        2
    }]
}

pub async fn generic<T: Clone, const N: usize>(items: [T; N], f: impl AsyncFn(&T) -> u32) -> u32 {
    let mut sum = 0;
    for item in &items {
        sum += f(item).await;
    }
    sum
}

pub async fn many() -> u32 {
    macro_rules! again {
        ($($n:literal)*) => { 0 $(+ leaf($n).await)* };
    }
    again!(0 1 2 3 4 5 6 7 8 9 10 11)
}
