// edition:2021
// The task is one statement of a method, and uses the list by reference.
use std::future::Future;

fn spawn<F: Future + Send + 'static>(_future: F) {}

struct Mailer {
    sent: usize,
}

async fn deliver(_to: &[String]) {}

impl Mailer {
    fn send(&mut self, to: &Vec<String>) {
    //                 ^^^^^^^^^^^^^^^^ reference_where_owner_needed
        self.sent += to.len();
        println!("to {}", to.join(", "));
        count(to);
        spawn(async move { deliver(to).await });
    }
}

fn count(to: &[String]) {
    println!("{}", to.len());
}

fn main() {
    let mut mailer = Mailer { sent: 0 };
    mailer.send(vec!["ada".to_string()]);
    println!("{}", mailer.sent);
}
