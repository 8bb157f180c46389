// edition:2021
async fn known(name: &str) -> bool {
    name.len() > 2
}

struct Unknown;

struct City(String);

impl TryFrom<&str> for City {
    type Error = Unknown;

    async fn try_from(name: &str) -> Result<Self, Self::Error> {
        //   ^^^^^^^^ async_impl_of_sync_method
        if known(name).await { Ok(City(name.to_string())) } else { Err(Unknown) }
    }
}

impl Default for City {
    async fn default() -> Self {
        //   ^^^^^^^ async_impl_of_sync_method
        City(if known("Ur").await { "Ur".into() } else { "Uruk".into() })
    }
}

async fn cities(names: &[&str]) -> Result<Vec<City>, Unknown> {
    let first: City = names[0].try_into()?;
    let mut all = vec![first, City::try_from(names[1])?];
    all.extend(names.iter().filter_map(|name| City::try_from(name).ok()));
    all.push(City::default());
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
