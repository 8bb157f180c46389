use std::collections::VecDeque;

#[derive(Debug, Clone, Copy, PartialEq)]
enum Token {
    Number(i64),
    Plus,
    Times,
    Open,
    Close,
}

struct Tokens {
    ahead: VecDeque<Token>,
}

impl Tokens {
    fn new(text: &str) -> Tokens {
        let ahead = text.split(' ').map(|word| match word {
            "+" => Token::Plus,
            "*" => Token::Times,
            "(" => Token::Open,
            ")" => Token::Close,
            number => Token::Number(number.parse().unwrap_or(0)),
        });
        Tokens { ahead: ahead.collect() }
    }

    async fn next_if(&mut self, token: Token) -> bool {
        let found = self.ahead.front() == Some(&token);
        if found {
            self.ahead.pop_front();
        }
        found
    }
}

async fn expression(tokens: &mut Tokens) -> Result<i64, String> {
    let mut sum = term(tokens).await?;
    while tokens.next_if(Token::Plus).await {
        sum += term(tokens).await?;
    }
    Ok(sum)
}

async fn term(tokens: &mut Tokens) -> Result<i64, String> {
    let mut product = factor(tokens).await?;
    while tokens.next_if(Token::Times).await {
        product *= factor(tokens).await?;
    }
    Ok(product)
}

async fn factor(tokens: &mut Tokens) -> Result<i64, String> {
    if tokens.next_if(Token::Open).await {
        let value = expression(tokens).await?;
        if !tokens.next_if(Token::Close).await {
            return Err("missing )".to_string());
        }
        return Ok(value);
    }
    match tokens.ahead.pop_front() {
        Some(Token::Number(value)) => Ok(value),
        other => Err(format!("unexpected {other:?}")),
    }
}

fn main() {
    for text in ["1 + 2 * 3", "( 1 + 2 ) * ( 3 + 4 )", "2 * ( 5", "2 + *"] {
        let mut tokens = Tokens::new(text);
        match exec::block_on(expression(&mut tokens)) {
            Ok(value) => println!("{text} = {value}"),
            Err(err) => println!("{text}: {err}"),
        }
    }
}

mod exec {
    use std::future::Future;
    use std::pin::pin;
    use std::task::{Context, Poll, Waker};

    pub fn block_on<F: Future>(future: F) -> F::Output {
        let mut future = pin!(future);
        let mut cx = Context::from_waker(Waker::noop());
        loop {
            if let Poll::Ready(value) = future.as_mut().poll(&mut cx) {
                return value;
            }
            std::thread::yield_now();
        }
    }
}
