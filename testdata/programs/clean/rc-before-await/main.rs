use std::collections::HashMap;
use std::rc::Rc;

struct Rule {
    code: u16,
    text: String,
}

fn index(rules: &[(u16, &str)]) -> HashMap<String, Rc<Rule>> {
    let mut index = HashMap::new();
    for (code, text) in rules {
        let rule = Rc::new(Rule {
            code: *code,
            text: text.to_string(),
        });
        index.insert(code.to_string(), Rc::clone(&rule));
        for word in text.split(' ') {
            index.insert(word.to_string(), Rc::clone(&rule));
        }
    }
    index
}

async fn publish(line: &str) -> usize {
    rt::sleep_ms(1).await;
    line.len()
}

async fn explain(word: &'static str) -> (String, usize) {
    let line = {
        let index = index(&[(101, "no tabs"), (204, "one statement")]);
        match index.get(word).map(Rc::clone) {
            Some(rule) => format!("{}: {}", rule.code, rule.text),
            None => format!("nothing about {word}"),
        }
    };
    let sent = publish(&line).await;
    (line, sent)
}

fn main() {
    for word in ["tabs", "204", "spaces"] {
        let (line, sent) = rt::spawn(explain(word)).join().unwrap();
        println!("{line} ({sent})");
    }
}

mod rt {
    use std::future::Future;
    use std::pin::pin;
    use std::task::{Context, Poll, Waker};
    use std::thread;

    pub fn block_on<F: Future>(future: F) -> F::Output {
        let mut future = pin!(future);
        let mut cx = Context::from_waker(Waker::noop());
        loop {
            if let Poll::Ready(value) = future.as_mut().poll(&mut cx) {
                return value;
            }
            thread::yield_now();
        }
    }

    pub fn spawn<F>(future: F) -> thread::JoinHandle<F::Output>
    where
        F: Future + Send + 'static,
        F::Output: Send + 'static,
    {
        thread::spawn(move || block_on(future))
    }

    pub async fn sleep_ms(ms: u64) {
        let until = std::time::Instant::now() + std::time::Duration::from_millis(ms);
        std::future::poll_fn(|_| {
            if std::time::Instant::now() < until {
                Poll::Pending
            } else {
                Poll::Ready(())
            }
        })
        .await
    }
}
