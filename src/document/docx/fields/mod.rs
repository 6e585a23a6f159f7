//! What a field, or a content control, stands for: the citations and lists of reference managers, links, tables of
//! contents.
//!
//! A field has an instruction ("ADDIN ZOTERO_ITEM CSL_CITATION {…}") and a result, which is what is printed (ECMA-376,
//! part 1, 17.16). The shapes of the instructions are those that the programs write; none of them publishes a schema.

mod citavi;
mod csl;
mod endnote;
mod word;

use base64::Engine;
use base64::engine::DecodePaddingMode;
use base64::engine::general_purpose::{GeneralPurpose, GeneralPurposeConfig};

use crate::work::Work;

pub(super) use word::sources;

/// A work that a citation names.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Cited {
    /// What the program knows the work by, in this document.
    pub id: String,
    /// The record of the work, where the document carries it.
    pub work: Option<Work>,
}

/// What a field stands for.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Meaning {
    Citation(Vec<Cited>),
    ListOfWorks,
    /// A link to an address.
    Link(String),
    /// A link to a bookmark of the document.
    Place(String),
    /// Its result is no text of the document: contents, an index.
    LeftOut,
    /// Its result is text like any other.
    Text,
}

/// The meaning of a field by its instruction and the data that some programs keep beside it, in base 64.
pub(super) fn meaning(instruction: &str, data: &str) -> Meaning {
    let instruction = instruction.trim_start();
    let (keyword, rest) = instruction.split_once(char::is_whitespace).unwrap_or((instruction, ""));
    let rest = rest.trim_start();
    match keyword.to_ascii_uppercase().as_str() {
        "ADDIN" => add_in(rest, data),
        "CITATION" => citation(word::keys(rest)),
        "BIBLIOGRAPHY" => Meaning::ListOfWorks,
        "HYPERLINK" => link(rest),
        "REF" => match word::arguments(rest).next() {
            Some(name) => Meaning::Place(name),
            None => Meaning::Text,
        },
        "TOC" | "INDEX" | "TOA" | "XE" | "TC" | "TA" | "RD" => Meaning::LeftOut,
        _ => Meaning::Text,
    }
}

fn add_in(rest: &str, data: &str) -> Meaning {
    let begins = |names: &[&str]| names.iter().any(|n| rest.starts_with(n));
    if begins(&[
        "ZOTERO_BIBL",
        "Mendeley Bibliography",
        "CSL_BIBLIOGRAPHY",
        "EN.REFLIST",
        "REFMGR.REFLIST",
        "CitaviBibliography",
    ]) {
        return Meaning::ListOfWorks;
    }
    if begins(&["ZOTERO_ITEM", "CSL_CITATION", "Mendeley Citation"]) {
        return citation(csl::cited(rest));
    }
    if begins(&["EN.CITE.DATA"]) {
        return Meaning::LeftOut;
    }
    if let Some(inline) = rest.strip_prefix("EN.CITE") {
        let stored = decoded(data);
        let source = if inline.contains('<') { inline } else { stored.as_str() };
        return citation(endnote::cited(source));
    }
    if let Some(stored) = rest.strip_prefix("CitaviPlaceholder") {
        return citation(citavi::cited(&decoded(stored.trim_matches(['{', '}', ' ']))));
    }
    Meaning::Text
}

/// A field that names no work is text, and what it cites is told by its form.
fn citation(cited: Vec<Cited>) -> Meaning {
    if cited.is_empty() { Meaning::Text } else { Meaning::Citation(cited) }
}

/// `HYPERLINK "address" \l "bookmark"`
fn link(rest: &str) -> Meaning {
    let mut arguments = word::arguments(rest);
    match arguments.next() {
        Some(switch) if switch == "\\l" => arguments.next().map_or(Meaning::Text, Meaning::Place),
        Some(address) if !address.starts_with('\\') => Meaning::Link(address),
        _ => Meaning::Text,
    }
}

/// The meaning of a content control by its tag, where that alone tells it.
pub(super) fn of_tag(tag: &str) -> Option<Meaning> {
    if let Some(stored) = tag.strip_prefix("MENDELEY_CITATION_v3_") {
        return Some(citation(csl::cited(&decoded(stored))));
    }
    (tag.starts_with("MENDELEY_BIBLIOGRAPHY") || tag.starts_with("CitaviBibliography")).then_some(Meaning::ListOfWorks)
}

/// Text kept in base 64, broken into lines and with or without padding; empty when it is not that.
fn decoded(stored: &str) -> String {
    const LENIENT: GeneralPurpose = GeneralPurpose::new(
        &base64::alphabet::STANDARD,
        GeneralPurposeConfig::new()
            .with_decode_padding_mode(DecodePaddingMode::Indifferent)
            .with_decode_allow_trailing_bits(true),
    );
    let dense: Vec<u8> = stored.bytes().filter(|b| !b.is_ascii_whitespace() && *b != 0).collect();
    let bytes = LENIENT.decode(dense).unwrap_or_default();
    String::from_utf8_lossy(&bytes).trim_end_matches('\0').to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::work::Field;

    fn titles(meaning: &Meaning) -> Vec<(String, String)> {
        let Meaning::Citation(cited) = meaning else { return Vec::new() };
        let title = |c: &Cited| c.work.as_ref().and_then(|w| w.get(Field::Title)).unwrap_or("-").to_owned();
        cited.iter().map(|c| (c.id.clone(), title(c))).collect()
    }

    #[test]
    fn citations_of_reference_managers() {
        let item = r#"{"citationItems":[{"id":7,"uris":["http://zotero.org/users/1/items/AB"],"itemData":{"id":7,"type":"book","title":"Bark"}}]}"#;
        for (instruction, data, id, title) in [
            (format!(" ADDIN ZOTERO_ITEM CSL_CITATION {item} \\* MERGEFORMAT"), "", "http://zotero.org/users/1/items/AB", "Bark"),
            (format!("ADDIN CSL_CITATION {item}"), "", "http://zotero.org/users/1/items/AB", "Bark"),
            (
                " ADDIN EN.CITE <EndNote><Cite><Author>Roe</Author><Year>2001</Year><RecNum>3</RecNum><record><rec-number>3</rec-number>\
                 <ref-type name=\"Book\">6</ref-type><titles><title>Bark</title></titles></record></Cite></EndNote>".to_owned(),
                "", "endnote 3", "Bark",
            ),
            (
                " ADDIN EN.CITE ".to_owned(),
                // <EndNote><Cite><Author>Roe</Author><Year>2001</Year><RecNum>3</RecNum></Cite></EndNote>
                "PEVuZE5vdGU+PENpdGU+PEF1dGhvcj5Sb2U8L0F1dGhvcj48WWVhcj4yMDAxPC9ZZWFyPjxSZWNO\r\ndW0+MzwvUmVjTnVtPjwvQ2l0ZT48L0VuZE5vdGU+AA==",
                "endnote 3", "-",
            ),
            (" CITATION Roe01 \\l 1033 ".to_owned(), "", "Roe01", "-"),
        ] {
            assert_eq!(titles(&meaning(&instruction, data)), [(id.to_owned(), title.to_owned())], "{instruction}");
        }
    }

    #[test]
    fn other_fields() {
        for (instruction, expected) in [
            (" ADDIN ZOTERO_BIBL {\"uncited\":[]} CSL_BIBLIOGRAPHY ", Meaning::ListOfWorks),
            (" ADDIN EN.REFLIST ", Meaning::ListOfWorks),
            (" BIBLIOGRAPHY  \\l 1031 ", Meaning::ListOfWorks),
            (" HYPERLINK \"https://doi.org/10.5555/a\" ", Meaning::Link("https://doi.org/10.5555/a".to_owned())),
            (" HYPERLINK \\l \"ref1\" ", Meaning::Place("ref1".to_owned())),
            (" REF _Ref12 \\r \\h ", Meaning::Place("_Ref12".to_owned())),
            (" TOC \\o \"1-3\" ", Meaning::LeftOut),
            (" ADDIN ZOTERO_ITEM CSL_CITATION {broken", Meaning::Text),
            (" PAGE ", Meaning::Text),
            ("", Meaning::Text),
        ] {
            assert_eq!(meaning(instruction, ""), expected, "{instruction}");
        }
    }
}
