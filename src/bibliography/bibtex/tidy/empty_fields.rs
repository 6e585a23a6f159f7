//! Fields without a value.

use super::{Habits, Run};
use crate::bibliography::bibtex::edit::{EditError, EntryText};

rule! {
    /// Takes out fields without a value.
    ///
    /// Programs that export forms write all of their fields. An empty field says nothing, and some styles print a comma
    /// for it.
    ///
    /// `note = {},` goes.
    "empty-fields", Always, Run::Entry(run)
}

fn run(entry: &mut EntryText, _: &Habits) -> Result<(), EditError> {
    // The first field of a name counts: where it is empty and a second is not, both stay.
    let is_empty =
        |name: &str| entry.fields().filter(|f| f.is(name)).all(|f| f.text.is_some_and(|t| t.trim().is_empty()));
    let mut empty: Vec<String> =
        entry.fields().map(|f| f.name.to_ascii_lowercase()).filter(|name| is_empty(name)).collect();
    empty.sort_unstable();
    empty.dedup();
    empty.iter().try_for_each(|name| entry.remove(name))
}

#[cfg(test)]
#[test]
fn empty_fields() {
    let source = "@book{k,\n  note = {},\n  title = {T},\n  isbn = \" \",\n}";
    assert_eq!(super::tidied("empty-fields", source), "@book{k,\n  title = {T},\n}");
    assert_eq!(
        super::tidied("empty-fields", "@book{k, a = {}, A = {x}, b = {} # c}"),
        "@book{k, a = {}, A = {x}, b = {} # c}"
    );
}
