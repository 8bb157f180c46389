// edition:2021
async fn known(name: &str) -> bool {
    !name.is_empty()
}

#[derive(Debug)]
struct Unknown;

#[derive(Debug, Clone)]
struct City {
    name: String,
    size: u32,
}

impl City {
    async fn try_from(size: u32) -> Result<Self, Unknown> {
        let city = City { size, ..City::default().await };
        if known(&city.name).await { Ok(city) } else { Err(Unknown) }
    }

    async fn from_str(name: &str) -> Result<Self, Unknown> {
        if known(name).await { Ok(City { name: name.to_string(), size: 1 }) } else { Err(Unknown) }
    }

    async fn default() -> Self {
        City { name: if known("x").await { "x".into() } else { "y".into() }, size: 0 }
    }
}

struct Label(String);

impl Label {
    async fn from(city: City) -> Self {
        let is_known = known(&city.name).await;
        Label(format!("{} {is_known}", city.name))
    }
}

fn trim(text: &str) -> String {
    text.trim().to_string()
}

async fn cities(name: &str) -> Result<Vec<City>, Unknown> {
    let large: City = City::try_from(500).await?;
    //                    ^^^^^^^^ async_method_used_as_trait
    let named = City::from_str(name).await?;
    //               ^^^^^ async_method_used_as_trait
    let trimmed: City = City::from_str(&trim(name)).await?;
    //                             ^^^^^ async_method_used_as_trait
    let some: City = City::default().await;
    //               ^^^^^^^^^^^^^^^^^^ async_method_used_as_trait
    let other = City { size: 7, ..City::default().await };
    //                            ^^^^^^^^^^^^^^^^^^ async_method_used_as_trait
    Ok(vec![large, named, trimmed, some, other])
}

async fn label(city: &City) -> String {
    let label: Label = Label::from(city.clone()).await;
    //                              ^^^^ async_method_used_as_trait
    label.0
}

fn main() {
    block_on(async {
        let cities = cities(" Oslo").await.unwrap();
        println!("{cities:?}");
        println!("{}", label(&cities[1]).await);
        println!("{:?}", "".parse::<u8>().is_err());
    });
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
