use std::collections::VecDeque;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex};

use derive::{Named, traced};
use smol::{Task, future::yield_now};

include!(concat!(env!("CARGO_MANIFEST_DIR"), "/../../shared/limits.in.rs"));

static CALLS: AtomicU64 = AtomicU64::new(0);

/// What a run did.
#[derive(Clone, Debug, Default, Named, PartialEq, Eq)]
pub struct Report {
    pub done: Vec<u64>,
    pub refused: Vec<u64>,
}

#[derive(Clone, Default)]
pub struct Jobs {
    waiting: Arc<Mutex<VecDeque<u64>>>,
    open: Arc<Mutex<Vec<u64>>>,
    report: Arc<parking_lot::RwLock<Report>>,
}

impl Jobs {
    pub fn new(jobs: impl IntoIterator<Item = u64>) -> Self {
        let waiting: VecDeque<u64> = jobs.into_iter().collect();
        Self { waiting: Arc::new(Mutex::new(waiting)), ..Self::default() }
    }

    pub fn report(&self) -> Report {
        self.report.read().clone()
    }

    /// Opens as many waiting jobs as the limits allow and refuses the others.
    #[traced]
    pub async fn open_all(&self) -> usize {
        let mut opened = 0;
        loop {
            let next = self.waiting.lock().unwrap().pop_front();
            let Some(job) = next else { break opened };
            match grant(&self.open, job).await {
                Some(_) => opened += 1,
                None => self.report.write().refused.push(job),
            }
        }
    }

    /// Finishes what is open, newest first.
    #[traced]
    pub async fn finish_all(&self) -> usize {
        let open = std::mem::take(&mut *self.open.lock().unwrap());
        for job in open.iter().rev() {
            let mut report = self.report.write();
            yield_now().await;
            report.done.push(*job);
        }
        open.len()
    }

    pub fn run(&self) -> Task<(usize, usize)> {
        let jobs = self.clone();
        smol::spawn(async move { (jobs.open_all().await, jobs.finish_all().await) })
    }

    /// How often any queue of this process was opened or finished.
    pub fn calls() -> u64 {
        CALLS.load(Ordering::Relaxed)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_limit_refuses_what_is_too_much() {
        let jobs = Jobs::new([4, 7, 1, 8]);
        let before = Jobs::calls();
        assert_eq!(smol::block_on(jobs.run()), (3, 3));
        assert_eq!(jobs.report(), Report { done: vec![1, 7, 4], refused: vec![8] });
        assert!(Jobs::calls() >= before + 2);
        assert_eq!(Report::NAME, "Report");
    }
}
