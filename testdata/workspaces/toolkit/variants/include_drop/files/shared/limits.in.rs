// Included, not a module: the limits of a run and the steps they allow.

/// How many jobs may be open at once.
pub const MAX_OPEN: usize = 3;

/// Grants up to `MAX_OPEN` places; returns how many were free before.
pub async fn grant(open: &std::sync::Mutex<Vec<u64>>, job: u64) -> Option<usize> {
    let mut open = open.lock().unwrap();
    let free = MAX_OPEN.saturating_sub(open.len());
    if free > 0 {
        open.push(job);
    }
    drop(open);
    smol::future::yield_now().await;
    (free > 0).then_some(free)
}
