//! A cycle without any future.
pub const FIRST: u32 = SECOND;
pub const SECOND: u32 = FIRST;
