//! Identifiers, addresses and days of access: found first and cut out, so that what is left is words.

use std::sync::LazyLock;

use regex::{Captures, Regex};

#[cfg(test)]
use super::cut::CUT;
use super::cut::cut_if;
use super::dates;
use super::patterns::compile;
use crate::work::{ArxivId, Date, Doi, Isbn, Issn};

/// What identifies the work, as printed.
#[derive(Debug, Clone, Default, PartialEq)]
pub(super) struct Identifiers {
    pub doi: Option<String>,
    pub url: Option<String>,
    pub pmid: Option<String>,
    pub pmcid: Option<String>,
    pub arxiv: Option<String>,
    pub isbn: Option<String>,
    pub issn: Option<String>,
    pub accessed: Option<Date>,
    /// "Updated January 27, 2009".
    pub status: Option<String>,
    /// "[Internet]", "[PDF]".
    pub medium: Option<String>,
}

macro_rules! pattern {
    ($name:ident, $pattern:literal) => {
        static $name: LazyLock<Regex> = LazyLock::new(|| compile($pattern));
    };
}

pattern!(
    DOI,
    r"(?i)\(?\b(?:(?:available (?:at|from|online)|retrieved from|from|full text):?\s*)?(?:(?:https?:\s?//\s?)?(?:dx\.|www\.)?doi\.\s?org\s?/\s?|doi\s?[:=]?\s*(?:https?://(?:dx\.)?doi\.org/)?|info:doi/)?(10\.[0-9]{4,9}(?:\.[0-9]+)*/[^\s\x22”’]+)"
);
/// "doi: 10.1103 /PhysRev": spaces of print conversion.
static SPACED_DOI: LazyLock<Regex> = LazyLock::new(|| compile(r"(?i)\bdoi\s?:\s?10\s?\.\s?([0-9]{4,9})\s?/\s?"));
pattern!(GLUED_LABEL, r"\.?(?:PMID|PMCID|URL|Epub|Accessed)|\[$|\[arXiv");
pattern!(
    URL,
    r"(?i)(?:<|\(|\[)?\b((?:https?|ftp):\s?//\s?[^\s<>\x22”]+|www\.[^\s<>\x22”]+\.[^\s<>\x22”]+)(?:>|\]|\))?"
);
pattern!(PMID, r"(?i)[\[(]?\bPMID\s?:?\s*([0-9]{1,8})\b[\])]?");
pattern!(PMCID, r"(?i)[\[(]?\b(?:PMCID\s?:?\s*)?(PMC\s?[0-9]{3,9})\b[\])]?");
pattern!(
    ARXIV,
    r"(?i)[\[(]?\b(?:e-?print\s+)?(?:arXiv\s?:\s?(?:abs/)?|(?:arXiv )?preprint arXiv\s?:\s?|arXiv,?\s+(?:abs/)?)([a-z-]+(?:\.[a-z]{2})?\s?/\s?[0-9]{7}(?:v[0-9]+)?|[0-9]{4}\.[0-9]{4,5}(?:v[0-9]+)?)(?:\s?\[[a-z.\s-]+\])?[\])]?"
);
pattern!(
    OLD_ARXIV,
    r"[\[(]?\b((?:hep-?\s?(?:th|ph|ex|lat)|astro-?\s?ph|gr-?\s?qc|cond-?\s?mat|quant-?\s?ph|nucl-?\s?(?:th|ex)|math-?\s?ph|math(?:\.[A-Z]{2})?)\s?/\s?[0-9]{7}(?:v[0-9]+)?)[\])]?"
);
pattern!(BARE_ARXIV, r"[\[(,]\s?([0-2][0-9](?:0[1-9]|1[0-2])\.[0-9]{4,5}(?:v[0-9])?)\b[\])]?");
pattern!(ISBN, r"(?i)\b(?:e-?)?ISBN(?:-1[03])?\s?:?\s*([0-9][0-9 \-–]{8,16}[0-9X])\b");
pattern!(ISSN, r"(?i)\b(?:e-?)?ISSN\s?:?\s*([0-9]{4}\s?[-–]\s?[0-9]{3}[0-9X])\b");
pattern!(
    ACCESSED,
    r"(?i)[(\[]?\b(?:(?:last |date )?(?:accessed|retrieved|visited|viewed|consulted|cited|abgerufen|zugriff|stand|download(?:ed)?|consulté)(?: le| am| on)?)\s*:?\s*((?:[0-9]{1,2}(?:st|nd|rd|th|\.)?\s+)?\p{L}{3,9}\.?,?\s+(?:[0-9]{1,2}(?:st|nd|rd|th)?,?\s+)?(?:19|20)[0-9]{2}|(?:19|20)[0-9]{2}[\s-]\p{L}{3,9}\.?(?:[\s-][0-9]{1,2})?|(?:19|20)[0-9]{2}[-/.][0-9]{1,2}[-/.][0-9]{1,2}|[0-9]{1,2}[-/.][0-9]{1,2}[-/.](?:19|20)?[0-9]{2})(?:,? from)?[)\]]?[.,;]?"
);
pattern!(
    UPDATED,
    r"(?i)[(\[]?\b((?:last )?(?:updated|modified|revised|update)\s*:?\s*(?:on )?(?:\p{L}{3,9}\.?\s+[0-9]{1,2}(?:st|nd|rd|th)?,?\s+(?:19|20)[0-9]{2}|[0-9]{1,2}\s+\p{L}{3,9}\.?,?\s+(?:19|20)[0-9]{2}|(?:19|20)[0-9]{2}\s+\p{L}{3,9}(?:\s+[0-9]{1,2})?|\p{L}{3,9}\s+(?:19|20)[0-9]{2}))[)\]]?\.?"
);
pattern!(
    MEDIUM,
    r"(?i)\[\s?(internet|online|pdf|web ?page|website|database|cd-rom|electronic version|computer software|software|data ?set|blog post|video|[JMCDR](?:/OL)?)\s?\]"
);
pattern!(
    LEAD_IN,
    r"(?i)(?:\b(?:(?:also )?(?:online )?available\s?(?:online)?\s*(?:at|from|in|on|via)?|retrieved(?: online)?(?: from)?|accessed(?: at| from| on)?|from|online(?: at)?|url|see|téléchargé|disponible en|verfügbar unter|web|link|doi)\s*:?|:)\s*[<(\[]?\s*$"
);

/// Takes the identifiers out of a reference; [`CUT`](super::cut::CUT) stands where they stood.
pub(super) fn extract(text: &str) -> (Identifiers, String) {
    let mut ids = Identifiers::default();
    let lower = text.to_ascii_lowercase();
    // Most references have few of these, and looking for a word is cheaper than trying its pattern.
    let has = |words: &[&str]| words.iter().any(|word| lower.contains(word));
    let mut rest = text.to_owned();
    if has(&["doi : 10", "doi :10", "doi:10 ", "doi: 10 ", "10 .", "doi:10.", "doi: 10."]) {
        rest = SPACED_DOI.replace_all(text, "doi:10.$1/").into_owned();
    }
    cut_if(has(&["10.", "doi"]), &mut rest, &DOI, |found, text| {
        // "doi:10.1000/ab.PMID:1234": a label glued to the end.
        let number = found.get(1)?.as_str();
        let end = GLUED_LABEL.find(number).map_or(number.len(), |label| label.start());
        let doi = trim_identifier(&number[..end]);
        doi.parse::<Doi>().ok()?;
        let (whole, number) = (found.get(0)?, found.get(1)?);
        // Inside the address of a publisher it is part of that address.
        if whole.start() == number.start() && text[..number.start()].ends_with(['/', '=', '%']) {
            return None;
        }
        ids.doi.get_or_insert_with(|| doi.to_owned());
        Some(led_in(text, whole.start())..number.start() + doi.len())
    });
    if has(&["http", "ftp", "www."]) {
        rest = join_broken_address(&rest);
    }
    cut_if(has(&["http", "ftp", "www."]), &mut rest, &URL, |found, text| {
        let url = trim_identifier(&found[1]);
        ids.url.get_or_insert_with(|| url.replace(' ', ""));
        Some(led_in(text, found.get(0)?.start())..found.get(1)?.start() + url.len())
    });
    let whole = |found: &Captures| Some(found.get(0)?.range());
    cut_if(has(&["pmc"]), &mut rest, &PMCID, |found, _| {
        ids.pmcid.get_or_insert_with(|| found[1].replace(' ', ""));
        whole(found)
    });
    cut_if(has(&["pmid"]), &mut rest, &PMID, |found, _| {
        ids.pmid.get_or_insert_with(|| found[1].to_owned());
        whole(found)
    });
    let old = has(&["hep", "astro", "gr", "cond", "quant", "nucl", "math"]) && has(&["/"]);
    let bare = lower.as_bytes().windows(3).any(|w| w[0].is_ascii_digit() && w[1] == b'.' && w[2].is_ascii_digit());
    for (printed, pattern) in [(has(&["arxiv"]), &ARXIV), (old, &OLD_ARXIV), (bare, &BARE_ARXIV)] {
        cut_if(printed, &mut rest, pattern, |found, _| {
            let id = found[1].replace(' ', "");
            if id.parse::<ArxivId>().is_ok() {
                ids.arxiv.get_or_insert(id);
            }
            whole(found)
        });
    }
    cut_if(has(&["isbn"]), &mut rest, &ISBN, |found, _| {
        if found[1].parse::<Isbn>().is_ok() {
            ids.isbn.get_or_insert_with(|| found[1].to_owned());
        }
        whole(found)
    });
    cut_if(has(&["issn"]), &mut rest, &ISSN, |found, _| {
        if found[1].parse::<Issn>().is_ok() {
            ids.issn.get_or_insert_with(|| found[1].to_owned());
        }
        whole(found)
    });
    cut_if(
        has(&[
            "accessed",
            "retrieved",
            "visited",
            "viewed",
            "consult",
            "cited",
            "abgerufen",
            "zugriff",
            "stand",
            "download",
        ]),
        &mut rest,
        &ACCESSED,
        |found, _| {
            ids.accessed = ids.accessed.take().or_else(|| dates::read(&found[1]).map(|d| d.date));
            whole(found)
        },
    );
    cut_if(has(&["updat", "modified", "revised"]), &mut rest, &UPDATED, |found, _| {
        ids.status.get_or_insert_with(|| found[1].to_owned());
        whole(found)
    });
    cut_if(has(&["["]), &mut rest, &MEDIUM, |found, _| {
        ids.medium.get_or_insert_with(|| found[1].to_owned());
        whole(found)
    });
    (ids, rest)
}

/// Takes out spaces that broke an address: behind a mark that ends none ("example.org/a- b"), or before what only
/// an address holds ("example.org/a b/c.html").
fn join_broken_address(text: &str) -> String {
    const ENDINGS: &[&str] = &[".html", ".htm", ".pdf", ".php", ".asp", ".aspx", ".shtml"];
    let mut out = String::with_capacity(text.len());
    let mut in_address = false;
    for word in text.split(' ') {
        let bare = word.trim_end_matches(['.', ',', ';', ')', ']', '>']);
        let continues = !word.is_empty()
            && !word.contains("://")
            && !bare.contains("www.")
            && (ENDINGS.iter().any(|end| bare.ends_with(end))
                || (out.ends_with(['/', '-', '_', '=', '%', '&', '?'])
                    && bare.contains(['/', '-', '_', '=', '%'])
                    && bare.starts_with(|c: char| c.is_ascii_alphanumeric())));
        if in_address && continues {
            out.push_str(word);
            continue;
        }
        if !out.is_empty() {
            out.push(' ');
        }
        out.push_str(word);
        let start = word.to_ascii_lowercase();
        in_address = start.contains("http:") || start.contains("https:") || start.contains("www.");
    }
    out
}

/// Where the words start that lead in to an address ("Available at:"), or `start`.
fn led_in(text: &str, start: usize) -> usize {
    // Only the last words can lead in; looking at no more keeps the whole linear.
    let head = &text[..start];
    let from = head.char_indices().rev().nth(40).map_or(0, |(i, _)| i);
    LEAD_IN.find(&head[from..]).map_or(start, |lead: regex::Match| from + lead.start())
}

/// Takes punctuation of the sentence from the end of an identifier: full stops, commas, brackets never opened.
fn trim_identifier(s: &str) -> &str {
    let balance = |open, close| s.matches(close).count().saturating_sub(s.matches(open).count());
    let mut round = balance('(', ')');
    let mut square = balance('[', ']');
    let mut end = s;
    loop {
        let shorter = end.trim_end_matches(['.', ',', ';', ':', '>', '"', '”', '’', '\'', '\u{1f}']);
        end = match shorter.chars().next_back() {
            Some(')') if round > 0 => {
                round -= 1;
                &shorter[..shorter.len() - 1]
            }
            Some(']') if square > 0 => {
                square -= 1;
                &shorter[..shorter.len() - 1]
            }
            _ => return shorter,
        };
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn doi_forms() {
        for (text, doi, rest) in [
            ("Skin 3:4. doi: 10.1000/ab.1.", "10.1000/ab.1", "Skin 3:4. \u{1f}."),
            ("Skin. https://doi.org/10.1000/ab(2)c", "10.1000/ab(2)c", "Skin. \u{1f}"),
            ("Skin (doi:10.1000/ab).", "10.1000/ab", "Skin \u{1f})."),
            ("Skin. Available at: http://dx.doi.org/10.1000/ab,", "10.1000/ab", "Skin. \u{1f},"),
        ] {
            let (ids, left) = extract(text);
            assert_eq!((ids.doi.as_deref(), left.as_str()), (Some(doi), rest), "{text}");
        }
        assert_eq!(extract("pp. 10.12/13").0, Identifiers::default());
    }

    #[test]
    fn broken_addresses() {
        for (text, url) in [
            ("Skin. http://example.org/a/ b-c/d. Accessed", "http://example.org/a/b-c/d"),
            ("Skin. http://example.org/ab c/d.html", "http://example.org/abc/d.html"),
            ("Skin. http://example.org/ Retrieved", "http://example.org/"),
            ("Skin. http://example.org/a Winter and/or summer", "http://example.org/a"),
        ] {
            assert_eq!(extract(text).0.url.as_deref(), Some(url), "{text}");
        }
    }

    #[test]
    fn addresses_and_access() {
        let (ids, rest) =
            extract("Skin news. Updated January 27, 2009. Available at: http://example.org/a-b. Accessed 3 May 2010.");
        assert_eq!(ids.url.as_deref(), Some("http://example.org/a-b"));
        assert_eq!(ids.status.as_deref(), Some("Updated January 27, 2009"));
        assert_eq!(ids.accessed.map(|d| d.to_string()).as_deref(), Some("2010-05-03"));
        assert_eq!(rest.replace(CUT, "|"), "Skin news. | |. |");
        let (ids, _) =
            extract("Skin [Internet]. Oslo; 2009 [cited 2010 May 3]. PMID: 123456; arXiv:2101.00001v2 [cs.CL]");
        assert_eq!(ids.accessed.map(|d| d.to_string()).as_deref(), Some("2010-05-03"));
        assert_eq!((ids.pmid.as_deref(), ids.arxiv.as_deref()), (Some("123456"), Some("2101.00001v2")));
        assert_eq!(ids.medium.as_deref(), Some("Internet"));
    }
}
