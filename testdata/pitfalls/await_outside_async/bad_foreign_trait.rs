// edition:2021
use std::fmt;

async fn name_of(id: u32) -> String {
    format!("user {id}")
}

struct User(u32);

impl fmt::Display for User {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "<")?;
        f.write_str(&name_of(self.0).await)
        //                           ^^^^^ await_outside_async
    }
}

fn main() {
    println!("{}", User(1));
}
