//! `resolved.jsonl`: what sources said of the entries of `refs.bib`, and when.
//!
//! Nobody decided it and it can be asked for again, so it is replaced whole and no part of the undo journal: that an
//! identifier was written and taken back changes nothing of what is known.

use super::journal::{Journal, read_optional, replace_file};
use super::{Project, ProjectError, RESOLVED};
use crate::resolve::{Recorded, Resolution, merged, read, written};
use crate::work::Work;

impl Project {
    /// What is known of the entries.
    pub fn resolutions(&self) -> Result<Recorded, ProjectError> {
        Ok(read(&self.resolved_text()?))
    }

    /// Keeps new answers in the place of older ones on the same entries; `works` are those of the bibliography, and
    /// answers on others go.
    pub fn keep_resolutions(&self, new: &[Resolution], works: &[Work]) -> Result<(), ProjectError> {
        // Its lock keeps writers apart.
        let _journal = Journal::open(&self.root)?;
        let before = self.resolved_text()?;
        let after = written(&merged(read(&before).resolutions, new, works));
        if after != before {
            replace_file(&self.root.join(RESOLVED), after.as_bytes())?;
        }
        Ok(())
    }

    /// Whatever its bytes are: a damaged line costs that line.
    fn resolved_text(&self) -> Result<String, ProjectError> {
        let bytes = read_optional(&self.root.join(RESOLVED))?.unwrap_or_default();
        Ok(String::from_utf8_lossy(&bytes).into_owned())
    }
}
