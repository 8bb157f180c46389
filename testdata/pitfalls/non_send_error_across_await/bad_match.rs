// edition:2024
fn spawn<F: Future + Send + 'static>(_future: F) {}

async fn show(_text: &str) {}

// Reads what was stored.
fn read() -> Result<String, Box<dyn std::error::Error + 'static>> {
//                              ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ non_send_error_across_await
    Ok(String::new())
}

fn main() {
    spawn(async {
        match read() {
        //    ------ a value of this type is held here
            Ok(text) => show(&text).await,
            //                      ----- held at this await
            Err(_) => show("nothing").await,
            //                        ----- held at this await
        }
    });
}
