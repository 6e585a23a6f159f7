//! Questions and their answers: what backs this claim, what rests on this work, which works does this part cite.
//!
//! Everything here reads a [`Store`](crate::project::Store) and returns plain data; printing is `cli`'s.

mod anchor;
mod claim_state;
mod evidence;
mod find;
mod reviewed;
mod selection;
mod support;
mod work_query;

pub use claim_state::{ClaimState, claim_state};
pub use evidence::{Evidence, Sources};
pub use find::{FoundClaims, FoundWorks, find_claims, find_works};
pub use reviewed::{Behind, Lost, Origin, Pair, Reviews, claim_ref};
pub use selection::{CitingClaim, Selection, SelectionError, select};
pub use support::{Backing, Citing, InheritedSupport, PathStep, Source, backing, citing, path_steps};
pub use work_query::{WorkQuery, WorkQueryError};
