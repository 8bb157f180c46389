// edition:2021
// Which `Context` is meant is for a person to say.
mod request {
    pub struct Context {
        pub user: String,
    }
}

async fn greet(context: &Context) -> String {
    //                   ^^^^^^^ future_not_imported
    format!("hello {}", context.user)
}

fn main() {
    let context = request::Context { user: "ida".to_owned() };
    drop(greet(&context));
}
