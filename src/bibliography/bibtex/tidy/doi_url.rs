//! Addresses that only repeat the DOI.

use super::{Habits, Run, doi};
use crate::bibliography::bibtex::edit::{EditError, EntryText};
use crate::work::Doi;

rule! {
    /// Takes out a `url` that is nothing but the address of the `doi`.
    ///
    /// Styles that print both print the same thing twice. An address elsewhere stays.
    ///
    /// `doi = {10.1000/182}, url = {https://doi.org/10.1000/182}` keeps the `doi`.
    "doi-url", Always, Run::Entry(run)
}

fn run(entry: &mut EntryText, _: &Habits) -> Result<(), EditError> {
    let doi = entry.field("doi").and_then(|f| f.text?.replace('\\', "").parse::<Doi>().ok());
    let url = entry.field("url").and_then(|f| doi::of_address(f.text?)?.parse::<Doi>().ok());
    if doi.is_some() && doi == url { entry.remove("url") } else { Ok(()) }
}

#[cfg(test)]
#[test]
fn addresses_of_dois() {
    let source = "@misc{k,\n  url = {http://dx.doi.org/10.5555/A},\n  doi = {10.5555/a},\n}";
    assert_eq!(super::tidied("doi-url", source), "@misc{k,\n  doi = {10.5555/a},\n}");
    let other = source.replace("/A}", "/B}");
    assert_eq!(super::tidied("doi-url", &other), other);
}
