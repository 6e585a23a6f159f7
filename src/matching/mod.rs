//! References and the works they mean: a local index of works, and how a reference is compared with its records.

mod date;
pub mod feed;
pub mod index;
mod notice;
mod retractions;

pub use date::today;
pub use notice::{Notice, NoticeKind};
pub use retractions::{Retractions, notices_of, retractions};
