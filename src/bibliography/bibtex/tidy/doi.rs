//! DOIs as DOIs.

use super::{Habits, Run};
use crate::bibliography::bibtex::edit::{EditError, EntryText};
use crate::work::Doi;

rule! {
    /// Writes a DOI as a DOI, in the field `doi`.
    ///
    /// A resolver's address or “doi:” before it is taken off: styles put their own there, and two of them make a dead link.
    /// An entry without `doi` whose `url` is a DOI's address gets the DOI in the place of the address. Upper and lower case
    /// stay as they are.
    ///
    /// `doi = {https://doi.org/10.1000/182}` becomes `doi = {10.1000/182}`.
    "doi", Always, Run::Entry(run)
}

fn run(entry: &mut EntryText, _: &Habits) -> Result<(), EditError> {
    if let Some(text) = entry.field("doi").and_then(|f| f.text) {
        if let Some(bare) = bare(text).filter(|bare| *bare != text) {
            let bare = bare.to_owned();
            entry.replace_text("doi", &bare)?;
        }
        return Ok(());
    }
    if entry.field("doi").is_some() {
        return Ok(());
    }
    let Some(text) = entry.field("url").and_then(|f| f.text) else { return Ok(()) };
    if let Some(doi) = of_address(text) {
        entry.rename("url", "doi")?;
        entry.replace_text("doi", &doi)?;
    }
    Ok(())
}

/// The DOI without what stands before it, when the whole is one.
fn bare(text: &str) -> Option<&str> {
    let text = text.trim();
    text.parse::<Doi>().ok()?;
    let start = text.find("10.")?;
    Some(&text[start..])
}

/// The DOI that an address of a resolver leads to.
pub(super) fn of_address(text: &str) -> Option<String> {
    let text = text.trim();
    let text = text.strip_prefix("\\url{").and_then(|t| t.strip_suffix('}')).unwrap_or(text).trim();
    let rest = text.strip_prefix("https://").or_else(|| text.strip_prefix("http://"))?;
    let (host, path) = rest.split_once('/')?;
    if !["doi.org", "dx.doi.org", "www.doi.org"].contains(&host.to_ascii_lowercase().as_str()) {
        return None;
    }
    let path = percent_decoded(path)?;
    // What follows a "?" or "#" is for the resolver.
    let plain = path.starts_with("10.") && !path.contains(['?', '#', '{', '}', '\\']);
    (plain && path.parse::<Doi>().is_ok()).then_some(path)
}

fn percent_decoded(text: &str) -> Option<String> {
    let mut out = Vec::with_capacity(text.len());
    let mut bytes = text.bytes();
    while let Some(b) = bytes.next() {
        out.push(match b {
            b'%' => {
                let hex = [bytes.next()?, bytes.next()?];
                u8::from_str_radix(std::str::from_utf8(&hex).ok()?, 16).ok()?
            }
            b => b,
        });
    }
    String::from_utf8(out).ok()
}

#[cfg(test)]
#[test]
fn dois() {
    for (source, expected) in [
        ("doi = {https://doi.org/10.5555/Ab}", "doi = {10.5555/Ab}"),
        ("doi = \"doi: 10.5555/a\"", "doi = \"10.5555/a\""),
        ("DOI={http://dx.doi.org/10.5555/a\\_b}", "DOI={10.5555/a\\_b}"),
        ("url = {https://doi.org/10.5555/%28a%29}", "doi = {10.5555/(a)}"),
        ("url = {https://doi.org/}", "url = {https://doi.org/}"),
        ("url = {https://example.org/10.5555/a}", "url = {https://example.org/10.5555/a}"),
        ("doi = {see 10.5555/a}", "doi = {see 10.5555/a}"),
        (
            "doi = {10.5555/a}, url = {https://doi.org/10.5555/b}",
            "doi = {10.5555/a}, url = {https://doi.org/10.5555/b}",
        ),
    ] {
        assert_eq!(super::tidied("doi", &format!("@misc{{k, {source}}}")), format!("@misc{{k, {expected}}}"));
    }
}
