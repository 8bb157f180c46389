use std::collections::VecDeque;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::mpsc::Receiver;
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

    /// Takes in all jobs that `more` has by now.
    #[traced]
    pub async fn take_in(&self, more: &Receiver<u64>) -> usize {
        let mut taken = 0;
        while let Ok(job) = more.try_recv() {
            self.waiting.lock().unwrap().push_back(job);
            taken += 1;
            yield_now().await;
        }
        taken
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
            yield_now().await;
            self.report.write().done.push(*job);
        }
        open.len()
    }

    pub fn run(&self) -> Task<(usize, usize)> {
        let jobs = self.clone();
        smol::spawn(async move { (jobs.open_all().await, jobs.finish_all().await) })
    }

    /// As `run`, with the jobs of a channel behind those that wait.
    pub fn run_with(&self, more: Receiver<u64>) -> Task<(usize, usize)> {
        let jobs = self.clone();
        smol::spawn(async move {
            let taken = jobs.take_in(&more).await;
            let (_, finished) = jobs.run().await;
            (taken, finished)
        })
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

    #[test]
    fn jobs_of_a_channel_come_last() {
        let (sender, more) = std::sync::mpsc::channel();
        for job in [5, 6, 9] {
            sender.send(job).unwrap();
        }
        let jobs = Jobs::new([3]);
        assert_eq!(smol::block_on(jobs.run_with(more)), (3, 3));
        assert_eq!(jobs.report(), Report { done: vec![6, 5, 3], refused: vec![9] });
    }
}
