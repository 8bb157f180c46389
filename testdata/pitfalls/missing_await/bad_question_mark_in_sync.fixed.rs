// edition:2021
struct Shop;

impl Shop {
    async fn price(&self, item: &str) -> Result<u32, String> {
        item.strip_prefix("item").and_then(|number| number.parse().ok()).ok_or("no such item".to_string())
    }

    async fn label(&self, item: &str) -> Result<String, String> {
        let price = self.price(item).await?;
        //          ^^^^^^^^^^^^^^^^ missing_await
        Ok(format!("{item}: {price}"))
    }
}

async fn shelf(shop: &Shop) -> String {
    let mut collected = Vec::new();
    for item in ["item7", "none"].iter() {
        collected.push(shop.label(item).await.unwrap_or_else(|error| error));
    }
    collected.join(", ")
}

async fn first(shop: &Shop) -> Option<String> {
    match shop.label("item1").await {
        Ok(label) => Some(label),
        Err(_) => None,
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

fn main() {
    println!("{}", block_on(shelf(&Shop)));
    println!("{:?} {:?}", block_on(first(&Shop)), block_on(Shop.price("item2")));
}
