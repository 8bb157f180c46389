// edition:2021
// The closure counts in a copy of `calls`; a loop would count in the variable itself.
async fn worth(name: &str) -> u32 {
    name.len() as u32
}

async fn counted(names: &[&str]) -> (u32, Vec<u32>) {
    let mut calls = 0;
    let all = names.iter().fold(Vec::new(), async move |mut all, name| {
//                                          ^^^^^^^^^^^^^^^^^^^^^^^^^^^^ futures_in_iterator
        calls += 1;
        all.sort();
        all.push(worth(name).await + calls);
        all
    });
    (calls, all)
}

fn main() {
    drop(counted(&["fold"]));
}
