// edition:2021
async fn known(name: &str) -> bool {
    name.len() > 2
}

struct Unknown;

struct City(String);

impl City {
    async fn try_from(name: &str) -> Result<Self, Unknown> {
        //   ^^^^^^^^ async_impl_of_sync_method
        if known(name).await { Ok(City(name.to_string())) } else { Err(Unknown) }
    }
}

impl City {
    async fn default() -> Self {
        //   ^^^^^^^ async_impl_of_sync_method
        City(if known("Ur").await { "Ur".into() } else { "Uruk".into() })
    }
}

async fn cities(names: &[&str]) -> Result<Vec<City>, Unknown> {
    let first: City = City::try_from(names[0]).await?;
    let mut all = vec![first, City::try_from(names[1]).await?];
    for name in names.iter() {
        let Some(value) = City::try_from(name).await.ok() else {
            continue;
        };
        all.push(value);
    }
    all.push(City::default().await);
    Ok(all)
}

fn main() {
    let size = u8::try_from(3).unwrap_or_default();
    match block_on(cities(&["Oslo", "Lima", "x"])) {
        Ok(all) => println!("{size} {:?}", all.iter().map(|city| &city.0).collect::<Vec<_>>()),
        Err(Unknown) => println!("unknown"),
    }
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
