// edition:2021
struct Gate;

impl Gate {
    async fn open(&self) -> Result<u32, String> {
        Ok(1)
    }

    fn r#await(&self) -> u32 {
        2
    }
}

macro_rules! awaiting {
    ($future:expr) => {
        $future.await
    };
}

pub async fn behind() -> Result<u32, String> {
    let gate = Gate;
    let opened = gate.open().await?;
    let again = (gate.open()).await?;
    let third = awaiting!(gate.open())?;
    Ok(opened + again + third + gate.r#await())
}

fn main() {}
