// edition:2021
// The first element is a value, so the futures beside it are to be awaited.
async fn count() -> u32 {
    2
}

async fn all() -> Vec<u32> {
    let pair = [1, count()];
    //             ^^^^^^^ missing_await
    let mut list = vec![3, count()];
    //                          ^^ missing_await
    list.extend(pair);
    list
}

fn main() {
    let _ = all();
}
