use std::rc::Rc;

pub struct Template {
    subject: String,
    body: String,
}

impl Template {
    fn render(&self, name: &str) -> String {
        format!("[{}] {}", self.subject, self.body.replace("{name}", name))
    }
}

async fn smtp_deliver(to: u32, text: &str) -> Result<usize, String> {
    exec::sleep_ms(1).await;
    if to == 0 {
        return Err("no such user".into());
    }
    Ok(text.len())
}

async fn send_mail(template: Rc<Template>, to: u32, name: &'static str) -> Result<usize, String> {
    let text = template.render(name);
    let sent = smtp_deliver(to, &text).await?;
    println!("{}: {} bytes", template.subject, sent);
    Ok(sent)
}

fn main() {
    let template = Rc::new(Template {
        subject: "Welcome".to_string(),
        body: "Hello {name}, your account is ready.".to_string(),
    });
    let users = [(7, "Marta"), (0, "Nobody"), (12, "Jo")];

    let mut total = 0;
    for (id, name) in users {
        let mail = exec::spawn(send_mail(template.clone(), id, name));
        match mail.join().unwrap() {
            Ok(sent) => total += sent,
            Err(err) => println!("user {id}: {err}"),
        }
    }
    println!("total {total}");
}

mod exec {
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
