//! Identifiers, addresses and days of access: found first and cut out, so that what is left is words.

use std::sync::LazyLock;

use regex::{Captures, Regex};

#[cfg(test)]
use super::cut::CUT;
use super::cut::{cut_any_case_if, cut_brackets, cut_if};
use super::dates;
use super::patterns::compile;
use super::signs::Finder;
use super::uncased_names::is_uncased;
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
    r"\(?\b(?:(?:available (?:at|from|online)|retrieved from|from|full text):?\s*)?(?:(?:https?:\s?//\s?)?(?:dx\.|www\.)?doi\.\s?org\s?/\s?|doi\s?[:=]?\s*(?:https?://(?:dx\.)?doi\.org/)?|info:doi/)?(10\.[0-9]{4,9}(?:\.[0-9]+)*/[^\s\x22”’]+)"
);
/// "doi: 10.1103 /PhysRev": spaces of print conversion.
static SPACED_DOI: LazyLock<Regex> = LazyLock::new(|| compile(r"(?i)\bdoi\s?:\s?10\s?\.\s?([0-9]{4,9})\s?/\s?"));
pattern!(GLUED_LABEL, r"\.?(?:PMID|PMCID|URL|Epub|Accessed)|\[$|\[arXiv");
pattern!(URL, r"(?:<|\(|\[)?\b((?:https?|ftp):\s?//\s?[^\s<>\x22”]+|www\.[^\s<>\x22”]+\.[^\s<>\x22”]+)(?:>|\]|\))?");
pattern!(PMID, r"[\[(]?\bpmid\s?:?\s*([0-9]{1,8})\b[\])]?");
pattern!(PMCID, r"[\[(]?\b(?:pmcid\s?:?\s*)?(pmc\s?[0-9]{3,9})\b[\])]?");
pattern!(
    ARXIV,
    r"[\[(]?\b(?:e-?print\s+)?(?:arxiv\s?:\s?(?:abs/)?|(?:arxiv )?preprint arxiv\s?:\s?|arxiv,?\s+(?:abs/)?)([a-z-]+(?:\.[a-z]{2})?\s?/\s?[0-9]{7}(?:v[0-9]+)?|[0-9]{4}\.[0-9]{4,5}(?:v[0-9]+)?)(?:\s?\[[a-z.\s-]+\])?[\])]?"
);
pattern!(
    OLD_ARXIV,
    r"[\[(]?\b((?:hep-?\s?(?:th|ph|ex|lat)|astro-?\s?ph|gr-?\s?qc|cond-?\s?mat|quant-?\s?ph|nucl-?\s?(?:th|ex)|math-?\s?ph|math(?:\.[A-Z]{2})?)\s?/\s?[0-9]{7}(?:v[0-9]+)?)[\])]?"
);
pattern!(BARE_ARXIV, r"[\[(,]\s?([0-2][0-9](?:0[1-9]|1[0-2])\.[0-9]{4,5}(?:v[0-9])?)\b[\])]?");
pattern!(ISBN, r"\b(?:e-?)?isbn(?:-1[03])?\s?:?\s*([0-9][0-9 \-–]{8,16}[0-9x])\b");
pattern!(ISSN, r"\b(?:e-?)?issn\s?:?\s*([0-9]{4}\s?[-–]\s?[0-9]{3}[0-9x])\b");
pattern!(
    ACCESSED,
    r"[(\[]?\b(?:(?:last |date )?(?:accessed|retrieved|visited|viewed|consulted|cited|abgerufen|aufgerufen|eingesehen|zugegriffen|(?:letzter )?(?:zugriff|abruf|aufruf)|(?:zuletzt )?(?:gepr[üÜ]ft|besucht|gesehen)|stand|download(?:ed)?|consult[éÉ])(?: le| am| on)?)\s*:?\s*((?:[0-9]{1,2}(?:st|nd|rd|th|\.)?\s+)?\p{L}{3,9}\.?,?\s+(?:[0-9]{1,2}(?:st|nd|rd|th)?,?\s+)?(?:19|20)[0-9]{2}|(?:19|20)[0-9]{2}[\s-]\p{L}{3,9}\.?(?:[\s-][0-9]{1,2})?|(?:19|20)[0-9]{2}[-/.][0-9]{1,2}[-/.][0-9]{1,2}|[0-9]{1,2}[-/.][0-9]{1,2}[-/.](?:19|20)?[0-9]{2})(?:,? from)?[)\]]?[.,;]?"
);
pattern!(
    UPDATED,
    r"[(\[]?\b((?:last )?(?:updated|modified|revised|update)\s*:?\s*(?:on )?(?:\p{L}{3,9}\.?\s+[0-9]{1,2}(?:st|nd|rd|th)?,?\s+(?:19|20)[0-9]{2}|[0-9]{1,2}\s+\p{L}{3,9}\.?,?\s+(?:19|20)[0-9]{2}|(?:19|20)[0-9]{2}\s+\p{L}{3,9}(?:\s+[0-9]{1,2})?|\p{L}{3,9}\s+(?:19|20)[0-9]{2}))[)\]]?\.?"
);
/// What stands in square brackets behind a title and says what it is.
const MEDIA: &[&str] = &[
    "internet",
    "online",
    "pdf",
    "webpage",
    "web page",
    "website",
    "database",
    "cd-rom",
    "electronic version",
    "computer software",
    "software",
    "dataset",
    "data set",
    "blog post",
    "video",
    "j",
    "m",
    "c",
    "d",
    "r",
    "j/ol",
    "m/ol",
    "c/ol",
    "d/ol",
    "r/ol",
    "n/ol",
    "eb/ol",
    "db/ol",
    "cp/ol",
];
/// Types of works after GB/T 7714 that elsewhere may be letters of a title: newspaper, standard, patent, archive, other.
const TYPE_MARKS: &[&str] = &["N", "S", "P", "A", "Z", "G", "K"];
pattern!(
    LEAD_IN,
    r"(?:\b(?:(?:also )?(?:online )?available\s?(?:online)?\s*(?:at|from|in|on|via)?|retrieved(?: online)?(?: from)?|accessed(?: at| from| on)?|from|online(?: at)?|url|see|t[éÉ]l[éÉ]charg[éÉ]|disponible en|verf[üÜ]gbar unter|web|link|doi)\s*:?|:)\s*[<(\[]?\s*$"
);

/// What a text that holds an identifier or a day of access holds; each says no only where there can be none.
#[derive(Clone, Copy)]
#[repr(u8)]
enum Sign {
    Doi,
    SpacedDoi,
    Address,
    Pmid,
    Pmc,
    Arxiv,
    OldArxiv,
    Slash,
    Isbn,
    Issn,
    Accessed,
    Updated,
}

static SIGNS: Finder = Finder::new(&[
    ("10.", Sign::Doi as u8),
    ("doi", Sign::Doi as u8),
    ("doi : 10", Sign::SpacedDoi as u8),
    ("doi :10", Sign::SpacedDoi as u8),
    ("doi:10 ", Sign::SpacedDoi as u8),
    ("doi: 10 ", Sign::SpacedDoi as u8),
    ("10 .", Sign::SpacedDoi as u8),
    ("doi:10.", Sign::SpacedDoi as u8),
    ("doi: 10.", Sign::SpacedDoi as u8),
    ("http", Sign::Address as u8),
    ("ftp", Sign::Address as u8),
    ("www.", Sign::Address as u8),
    ("pmid", Sign::Pmid as u8),
    ("pmc", Sign::Pmc as u8),
    ("arxiv", Sign::Arxiv as u8),
    ("hep", Sign::OldArxiv as u8),
    ("astro", Sign::OldArxiv as u8),
    ("gr-", Sign::OldArxiv as u8),
    ("cond", Sign::OldArxiv as u8),
    ("quant", Sign::OldArxiv as u8),
    ("nucl", Sign::OldArxiv as u8),
    ("math", Sign::OldArxiv as u8),
    ("/", Sign::Slash as u8),
    ("isbn", Sign::Isbn as u8),
    ("issn", Sign::Issn as u8),
    ("accessed", Sign::Accessed as u8),
    ("retrieved", Sign::Accessed as u8),
    ("visited", Sign::Accessed as u8),
    ("viewed", Sign::Accessed as u8),
    ("consult", Sign::Accessed as u8),
    ("cited", Sign::Accessed as u8),
    ("abgerufen", Sign::Accessed as u8),
    ("zugriff", Sign::Accessed as u8),
    ("zugegriffen", Sign::Accessed as u8),
    ("aufgerufen", Sign::Accessed as u8),
    ("eingesehen", Sign::Accessed as u8),
    ("abruf", Sign::Accessed as u8),
    ("aufruf", Sign::Accessed as u8),
    ("geprüft", Sign::Accessed as u8),
    ("besucht", Sign::Accessed as u8),
    ("zuletzt gesehen", Sign::Accessed as u8),
    ("stand", Sign::Accessed as u8),
    ("download", Sign::Accessed as u8),
    ("updat", Sign::Updated as u8),
    ("modified", Sign::Updated as u8),
    ("revised", Sign::Updated as u8),
]);

/// Takes the identifiers out of a reference; [`CUT`](super::cut::CUT) stands where they stood.
pub(super) fn extract(text: &str) -> (Identifiers, String) {
    let mut ids = Identifiers::default();
    let mut rest = text.to_owned();
    let signs = SIGNS.find(text);
    if signs.has(Sign::SpacedDoi as u8) {
        rest = SPACED_DOI.replace_all(text, "doi:10.$1/").into_owned();
    }
    cut_any_case_if(signs.has(Sign::Doi as u8), &mut rest, &DOI, |found, text| {
        // "doi:10.1000/ab.PMID:1234": a label glued to the end.
        let number = &text[found.get(1)?.range()];
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
    // A DOI is often printed as an address.
    let signs = if ids.doi.is_some() { SIGNS.find(&rest) } else { signs };
    if signs.has(Sign::Address as u8) {
        rest = join_broken_address(&rest);
    }
    cut_any_case_if(signs.has(Sign::Address as u8), &mut rest, &URL, |found, text| {
        let url = trim_identifier(&text[found.get(1)?.range()]);
        ids.url.get_or_insert_with(|| url.replace(' ', ""));
        Some(led_in(text, found.get(0)?.start())..found.get(1)?.start() + url.len())
    });
    let whole = |found: &Captures| Some(found.get(0)?.range());
    cut_any_case_if(signs.has(Sign::Pmc as u8), &mut rest, &PMCID, |found, text| {
        let id = &text[found.get(1)?.range()];
        ids.pmcid.get_or_insert_with(|| id.replace(' ', ""));
        whole(found)
    });
    cut_any_case_if(signs.has(Sign::Pmid as u8), &mut rest, &PMID, |found, _| {
        ids.pmid.get_or_insert_with(|| found[1].to_owned());
        whole(found)
    });
    let mut take_arxiv = |found: &Captures, text: &str| {
        let id = text[found.get(1)?.range()].replace(' ', "");
        if id.parse::<ArxivId>().is_ok() {
            ids.arxiv.get_or_insert(id);
        }
        whole(found)
    };
    cut_any_case_if(signs.has(Sign::Arxiv as u8), &mut rest, &ARXIV, &mut take_arxiv);
    let old = signs.has(Sign::OldArxiv as u8) && signs.has(Sign::Slash as u8);
    cut_if(old, &mut rest, &OLD_ARXIV, &mut take_arxiv);
    let bare =
        rest.as_bytes().windows(5).any(|w| w[2] == b'.' && [w[0], w[1], w[3], w[4]].iter().all(u8::is_ascii_digit));
    cut_if(bare, &mut rest, &BARE_ARXIV, &mut take_arxiv);
    cut_any_case_if(signs.has(Sign::Isbn as u8), &mut rest, &ISBN, |found, text| {
        let isbn = &text[found.get(1)?.range()];
        if isbn.parse::<Isbn>().is_ok() {
            ids.isbn.get_or_insert_with(|| isbn.to_owned());
        }
        whole(found)
    });
    cut_any_case_if(signs.has(Sign::Issn as u8), &mut rest, &ISSN, |found, text| {
        let issn = &text[found.get(1)?.range()];
        if issn.parse::<Issn>().is_ok() {
            ids.issn.get_or_insert_with(|| issn.to_owned());
        }
        whole(found)
    });
    cut_any_case_if(signs.has(Sign::Accessed as u8), &mut rest, &ACCESSED, |found, _| {
        ids.accessed = ids.accessed.take().or_else(|| dates::read(&found[1]).map(|d| d.date));
        whole(found)
    });
    cut_any_case_if(signs.has(Sign::Updated as u8), &mut rest, &UPDATED, |found, text| {
        let status = &text[found.get(1)?.range()];
        ids.status.get_or_insert_with(|| status.to_owned());
        whole(found)
    });
    if rest.contains('[') {
        let uncased = rest.contains(is_uncased);
        cut_brackets(&mut rest, |bracket, inside| {
            if bracket != b'[' {
                return false;
            }
            // "[EB/OL]. (2012-03-01)[2013-05-06]."
            if ids.medium.is_some() && ids.accessed.is_none() && inside.len() == 10 && dates::is_day(inside) {
                ids.accessed = dates::read(inside).map(|read| read.date);
                return true;
            }
            let is_medium = MEDIA.iter().any(|medium| inside.eq_ignore_ascii_case(medium))
                || (uncased && TYPE_MARKS.contains(&inside));
            if is_medium {
                ids.medium.get_or_insert_with(|| inside.to_owned());
            }
            is_medium
        });
    }
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
    LEAD_IN.find(&head[from..].to_ascii_lowercase()).map_or(start, |lead: regex::Match| from + lead.start())
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
