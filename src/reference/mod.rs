//! Printed reference strings → [`Work`](crate::work::Work)s.

use serde::{Deserialize, Serialize};

use crate::work::Work;

/// A printed reference taken apart. Only what is printed is recorded.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ParsedReference {
    pub work: Work,
    /// How much of the string was understood, 0 to 1.
    pub confidence: f64,
}
