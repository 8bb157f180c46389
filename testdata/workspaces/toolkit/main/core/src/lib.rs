//! Small asynchronous tools: a cache, a job queue with limits, a word counter.

#[path = "../../../shared/common.rs"]
mod common;
mod jobs;
mod sizes;
mod words;

pub use common::Cache;
pub use jobs::{Jobs, Report};
pub use sizes::Größe;
pub use words::{WordCount, count_words, longest};
