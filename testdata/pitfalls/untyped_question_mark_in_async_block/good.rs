// edition:2021
#[derive(Debug)]
struct Failed;

async fn step(number: u32) -> Result<u32, Failed> {
    if number > 5 {
        Err(Failed)
    } else {
        Ok(number)
    }
}

async fn run() -> Result<u32, Failed> {
    let named = async {
        step(1).await?;
        Ok::<_, Failed>(())
    };
    named.await?;
    // The type comes from what is done with it.
    let passed = async {
        let number = step(2).await?;
        Ok(number)
    };
    passed.await
}

fn main() {
    drop(run());
}
