// edition:2021
// E0282: a stream's own `fold` takes async closures. What it is folded into has no type here.
struct Feed {
    lines: Vec<String>,
}

impl Feed {
    async fn fold<T>(self, first: T, mut step: impl AsyncFnMut(T, String) -> T) -> T {
        let mut folded = first;
        for line in self.lines {
            folded = step(folded, line).await;
        }
        folded
    }
}

async fn count(feed: Feed) -> usize {
    let all = feed
        .fold(Default::default(), async |mut all, line: String| {
            all.push(line);
            all
        })
        .await;
    let all: Vec<String> = all;
    all.len()
}

fn main() {
    drop(count(Feed { lines: Vec::new() }));
}
