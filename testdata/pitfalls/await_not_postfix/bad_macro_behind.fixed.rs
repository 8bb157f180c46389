// edition:2021
async fn load(user: &str) -> Result<usize, String> {
    Ok(user.len())
}

async fn report() -> Result<usize, String> {
    let first = load("ida").await?;
    //                      ^^^^^^^^ await_not_postfix
    Ok(first)
}

fn main() {
    drop(report());
}
