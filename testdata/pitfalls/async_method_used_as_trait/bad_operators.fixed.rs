// edition:2021

async fn rate(currency: usize) -> i64 {
    [100, 90, 110][currency]
}

struct Rates([i64; 3]);

impl Rates {
    async fn index(&self, currency: usize) -> &i64 {
        if rate(currency).await == self.0[currency] { &self.0[currency] } else { &0 }
    }
}

#[derive(Debug, Clone, Copy)]
struct Money(i64);

impl Money {
    async fn add(self, other: Money) -> Money {
        Money(self.0 + other.0 * rate(0).await / 100)
    }

    async fn sub_assign(&mut self, other: Money) {
        self.0 -= other.0 * rate(0).await / 100;
    }

    async fn neg(self) -> Money {
        Money(-self.0 * rate(0).await / 100)
    }

    fn doubled(self) -> Money {
        Money(self.0 * 2)
    }
}

async fn in_currency(rates: &Rates, money: Money, currency: usize) -> i64 {
    money.0 * *rates.index(currency).await / *rates.index(0).await
    //             ^^^^^^^^^^ async_method_used_as_trait
    //                               ^^^ async_method_used_as_trait
}

async fn sum(all: &[Money]) -> Money {
    let items = all.iter().copied();
    let mut folded: Money = Money(0);
    for item in items {
        folded = Money::add(folded, item).await;
    }
    folded
    //                                 ^^^^^^^^ async_method_used_as_trait
}

async fn change(mut purse: Money, price: Money) -> Money {
    purse.sub_assign(price).await;
//  ^^^^^^^^^^^^^^ async_method_used_as_trait
    let debt = purse.neg().await;
    //         ^^^^^^ async_method_used_as_trait
    debt
}

async fn twice(price: Money, more: Money) -> Money {
    price.add(more).await.doubled()
    //     ^ async_method_used_as_trait
}

fn main() {
    let rates = Rates([100, 90, 110]);
    block_on(async {
        println!("{}", in_currency(&rates, Money(500), 1).await);
        println!("{:?} {}", sum(&[Money(1), Money(2)]).await, rates.index(2).await.abs());
        //                                                         ^^^ async_method_used_as_trait
        println!("{:?}", change(Money(50), Money(20)).await);
        println!("{:?}", twice(Money(50), Money(20)).await);
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
