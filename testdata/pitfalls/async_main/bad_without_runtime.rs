// edition:2024
async fn greeting(name: &str) -> String {
    format!("hello {name}")
}

async fn main() {
//       ^^^^ async_main
    println!("{}", greeting("you").await);
}
