//! The day it is, for answers that hold as of a date.

use std::time::SystemTime;

use crate::review::Timestamp;

/// Today's date in UTC (ISO 8601).
pub fn today() -> String {
    Timestamp::from(SystemTime::now()).day()
}
