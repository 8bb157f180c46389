use std::collections::HashMap;
use std::rc::Rc;

use handlers::Failure;
use service::Service;
use tokio::task::yield_now;

/// Names that stand for others: a set meal for its courses.
#[derive(Clone, Debug, Default)]
pub struct Menu {
    entries: Rc<HashMap<String, Vec<String>>>,
}

impl Menu {
    pub fn new<const N: usize>(entries: [(&str, &[&str]); N]) -> Self {
        let own = |(name, parts): (&str, &[&str])| {
            (name.to_owned(), parts.iter().map(|&part| part.to_owned()).collect())
        };
        Self { entries: Rc::new(entries.into_iter().map(own).collect()) }
    }

    async fn all(&self, parts: &[String]) -> Result<String, Failure> {
        let mut answers = Vec::new();
        for part in parts {
            answers.push(Box::pin(self.call(part.clone())).await?);
        }
        Ok(answers.join(" and "))
    }
}

impl Service<String> for Menu {
    type Response = String;
    type Error = Failure;

    async fn call(&self, request: String) -> Result<String, Failure> {
        yield_now().await;
        match self.entries.get(&request) {
            Some(parts) if parts.is_empty() => Err(Failure::Refused(request)),
            Some(parts) => self.all(parts).await,
            None => Ok(request),
        }
    }
}
