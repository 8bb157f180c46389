// edition:2021
struct Words {
    own: Vec<(&'static str, &'static str)>,
}

impl Words {
    fn known(&self, word: &str) -> Option<String> {
        let found = self.own.iter().find(|pair| pair.0 == word);
        found.map(|pair| pair.1.to_string())
    }

    async fn ask(&self, word: &str) -> Option<String> {
        (word == "haus").then(|| "house".to_string())
    }

    async fn hint(&self, word: &str) -> String {
        format!("no {word}")
    }

    async fn check(&self, text: String) -> Result<String, String> {
        if text.contains('*') {
            Err(text)
        } else {
            Ok(text)
        }
    }

    async fn translate(&self, word: &str) -> Result<usize, String> {
        self.known(word)
            .or_else(|| self.ask(word).await)
            //          ^^^^^^^^^^^^^^^^^^^^ await_in_sync_closure
            .ok_or_else(|| self.hint(word).await)
            .map(|text| text + "s")
            .and_then(|text| self.check(text).await)
            .map(|text| text.len())
    }
}

fn main() {
    let words = Words {
        own: vec![("das", "the"), ("leer", ""), ("mist", "d*mn")],
    };
    for word in ["das", "haus", "leer", "mist"] {
        println!("{:?}", now(words.translate(word)));
    }
}

// The output of a future that never has to wait.
fn now<F: std::future::Future>(future: F) -> F::Output {
    let mut context = std::task::Context::from_waker(std::task::Waker::noop());
    match std::pin::pin!(future).poll(&mut context) {
        std::task::Poll::Ready(value) => value,
        std::task::Poll::Pending => panic!("it waits"),
    }
}
