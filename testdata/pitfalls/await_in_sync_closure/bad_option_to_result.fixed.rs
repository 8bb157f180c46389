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
        let value = match self.known(word) {
            Some(value) => Some(value),
            None => self.ask(word).await,
        };
        //          ^^^^^^^^^^^^^^^^^^^^ await_in_sync_closure
        let held_value = match value {
            Some(held_value) => Ok(held_value),
            None => Err(self.hint(word).await),
        };
        let value_2 = match held_value.map(|text| text + "s") {
            Ok(text) => self.check(text).await,
            Err(error) => Err(error),
        };
        value_2.map(|text| text.len())
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
