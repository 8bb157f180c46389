// edition:2021
// The error that an error comes from borrows nothing.
use std::error::Error;
use std::fmt;

#[derive(Debug)]
enum RunError<E> {
    User(E),
    TimedOut,
}

impl<E: Error> fmt::Display for RunError<E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("cannot run")
    }
}

impl<E: Error> Error for RunError<E> {
//   ^^^^^^^^ missing_static_bound
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        match self {
            RunError::User(error) => Some(error),
            RunError::TimedOut => None,
        }
    }
}

async fn run() -> Result<(), RunError<fmt::Error>> {
    Err(RunError::TimedOut)
}

fn main() {
    let _ = run();
    assert!(RunError::User(fmt::Error).source().is_some());
}
