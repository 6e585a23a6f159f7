//! Why a service gave no answer.

use thiserror::Error;

/// Why a service gave no answer. None of these says that a work does not exist.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum ServiceError {
    #[error("did not answer in time")]
    Timeout,
    #[error("cannot be reached: {0}")]
    Unreachable(String),
    #[error("answered with status {0}")]
    Status(u16),
    #[error("is busy and asks to wait{}; run the command again later, what was answered is kept", .0.map_or(String::new(), |s| format!(" {s} seconds")))]
    Busy(Option<u64>),
    #[error("sent more than {0} bytes, which were not read")]
    TooLarge(usize),
    #[error("sent us to {0}, where we do not go: only to public https addresses")]
    Redirect(String),
    #[error("sent what cannot be read: {0}")]
    Unreadable(String),
    #[error("failed several times in a row and was not asked again")]
    GivenUp,
    #[error("the address {0} in the settings cannot be asked: it must be an https address, or one of this machine")]
    Address(String),
}
