//! Whether two values of one field say the same, and which says more.

use crate::bibliography::bibtex::dates::month_number;
use crate::bibliography::bibtex::latex::{Capitals, decode};
use crate::bibliography::bibtex::names::read_names;
use crate::text::{fold, fold_key, similarity};
use crate::work::{Doi, Name, NameList};

/// How two values compare.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Comparison {
    /// They say the same; the first may stand for both.
    Same,
    /// They say the same, and the second says more.
    SecondIsFuller,
    Different,
}

use Comparison::{Different, Same, SecondIsFuller};

/// What programs note about the record and not about the work: the surviving entry's is as good as any.
pub(super) fn is_bookkeeping(name: &str) -> bool {
    matches!(
        name,
        "timestamp"
            | "owner"
            | "date-added"
            | "date-modified"
            | "creationdate"
            | "modificationdate"
            | "added-at"
            | "biburl"
            | "bibsource"
            | "interhash"
            | "intrahash"
            | "username"
            | "citeulike-article-id"
            | "mendeley-tags"
            | "urldate"
            | "source"
            | "copyright"
    ) || name.starts_with("bdsk-")
}

/// Fields whose values are lists, of which all entries are kept.
pub(super) fn is_list(name: &str) -> bool {
    matches!(name, "keywords" | "file" | "groups" | "ids" | "related" | "isbn" | "issn" | "mesh" | "author_keywords")
}

/// The entries of several lists, each once, with the separator of the first that has one.
pub(super) fn united<'s>(sources: impl Iterator<Item = &'s str>) -> String {
    let mut separator = None;
    let mut words: Vec<&str> = Vec::new();
    for source in sources {
        let text = bare(source);
        let sign = if text.contains(';') { ';' } else { ',' };
        if text.contains(sign) {
            separator.get_or_insert(sign);
        }
        for word in text.split(sign).map(str::trim).filter(|w| !w.is_empty()) {
            if !words.iter().any(|known| fold_key(known) == fold_key(word)) {
                words.push(word);
            }
        }
    }
    format!("{{{}}}", words.join(if separator == Some(';') { "; " } else { ", " }))
}

/// Without the delimiters of a value of one piece.
fn bare(source: &str) -> &str {
    let inner = |open: char, close: char| source.strip_prefix(open).and_then(|s| s.strip_suffix(close));
    inner('{', '}').or_else(|| inner('"', '"')).unwrap_or(source).trim()
}

/// Compares two values, given with their delimiters.
pub(super) fn compare(name: &str, first: &str, second: &str) -> Comparison {
    if first == second {
        return Same;
    }
    let (a, b) = (bare(first), bare(second));
    match name {
        "author" | "editor" | "translator" | "bookauthor" => names(a, b),
        "doi" => match (a.replace('\\', "").parse::<Doi>(), b.replace('\\', "").parse::<Doi>()) {
            (Ok(x), Ok(y)) if x == y => Same,
            (Err(_), Ok(_)) => SecondIsFuller,
            (Ok(_), Err(_)) => Same,
            _ => Different,
        },
        "url" => {
            let address = |s: &str| {
                let s = s.trim_start_matches("https://").trim_start_matches("http://").trim_start_matches("www.");
                s.trim_end_matches('/').to_ascii_lowercase()
            };
            if address(a) == address(b) { Same } else { Different }
        }
        "pages" => pages(a, b),
        "month" => match (month_number(a), month_number(b)) {
            (Some(x), Some(y)) if x == y => Same,
            _ => prose(a, b),
        },
        "volume" | "number" | "issue" | "year" => {
            let plain = |s: &str| fold_key(s).trim_start_matches('0').to_owned();
            if plain(a) == plain(b) { Same } else { Different }
        }
        "language" | "langid" => {
            // "en", "eng", "English"
            let start = |s: &str| fold_key(s).chars().take(2).collect::<String>();
            if start(a) == start(b) { Same } else { Different }
        }
        "journal" | "booktitle" | "publisher" | "series" => match prose(a, b) {
            Different => abbreviation(a, b),
            other => other,
        },
        "abstract" => match prose(a, b) {
            Different => nearly(a, b),
            other => other,
        },
        _ => prose(a, b),
    }
}

/// Texts that are equal but for case, accents and punctuation, or of which one is the beginning of the other.
fn prose(a: &str, b: &str) -> Comparison {
    let (x, y) = (decode(a, Capitals::Free), decode(b, Capitals::Free));
    let (p, q) = (fold(&x), fold(&y));
    let capitals = |s: &str| !s.chars().any(char::is_lowercase) && s.chars().filter(|c| c.is_uppercase()).count() > 3;
    if p.replace(' ', "") == q.replace(' ', "") {
        return if capitals(&x) && !capitals(&y) { SecondIsFuller } else { Same };
    }
    // Shorter texts begin alike by chance.
    let begins = |short: &str, long: &str| short.len() >= 20 && long.starts_with(short);
    match () {
        () if begins(&p, &q) => SecondIsFuller,
        () if begins(&q, &p) => Same,
        () => Different,
    }
}

/// Long texts that differ in a remark of a database.
fn nearly(a: &str, b: &str) -> Comparison {
    const LONGEST: usize = 4_000;
    let (x, y) = (fold(a), fold(b));
    let alike = x.len().max(y.len()) <= LONGEST && similarity(&x, &y) >= 0.9;
    match alike {
        true if y.len() > x.len() => SecondIsFuller,
        true => Same,
        false => Different,
    }
}

/// "J Tidal Med" and "The Journal of Tidal Medicine".
fn abbreviation(a: &str, b: &str) -> Comparison {
    const SMALL: &[&str] = &["the", "of", "and", "in", "for", "a", "on", "de", "der", "und", "et", "la"];
    let words = |s: &str| -> Vec<String> {
        fold(&decode(s, Capitals::Free)).split(' ').filter(|w| !SMALL.contains(w)).map(str::to_owned).collect()
    };
    let (x, y) = (words(a), words(b));
    let one = |p: &String, q: &String| p.starts_with(q.as_str()) || q.starts_with(p.as_str());
    if x.len() != y.len() || x.is_empty() || !x.iter().zip(&y).all(|(p, q)| one(p, q)) {
        return Different;
    }
    if fold(b).len() > fold(a).len() { SecondIsFuller } else { Same }
}

/// "345-56", "345--356" and "345".
fn pages(a: &str, b: &str) -> Comparison {
    let parts = |s: &str| -> Vec<String> {
        let numbers = s.split(|c: char| !c.is_alphanumeric()).filter(|n| !n.is_empty()).map(str::to_lowercase);
        let mut numbers: Vec<String> = numbers.collect();
        if let [first, last] = &mut numbers[..]
            && last.len() < first.len()
            && first.is_ascii()
        {
            last.insert_str(0, &first[..first.len() - last.len()]);
        }
        numbers
    };
    let (x, y) = (parts(a), parts(b));
    match () {
        () if x == y => Same,
        () if !x.is_empty() && y.starts_with(&x) => SecondIsFuller,
        () if !y.is_empty() && x.starts_with(&y) => Same,
        () => Different,
    }
}

/// Lists of one work's names: initials for given names, and the rest of a long list left out.
fn names(a: &str, b: &str) -> Comparison {
    let (x, y) = (read_names(a), read_names(b));
    let open = |list: &NameList| list.incomplete;
    let same_length = x.names.len() == y.names.len();
    let shorter_is_open = x.names.len() < y.names.len() && open(&x) || y.names.len() < x.names.len() && open(&y);
    if !(same_length || shorter_is_open) || !x.names.iter().zip(&y.names).all(|(p, q)| one_name(p, q)) {
        return Different;
    }
    let letters = |list: &NameList| -> usize {
        let given = list.names.iter().map(|n| match n {
            Name::Person(person) => {
                person.given.as_deref().map_or(0, |g| g.chars().filter(|c| c.is_alphabetic()).count())
            }
            Name::Literal { .. } => 0,
        });
        given.sum()
    };
    if (y.names.len(), letters(&y)) > (x.names.len(), letters(&x)) { SecondIsFuller } else { Same }
}

fn one_name(a: &Name, b: &Name) -> bool {
    let family = |name: &Name| fold_key(&name.cited());
    let initial = |name: &Name| match name {
        Name::Person(person) => person.given.as_deref().and_then(|g| fold_key(g).chars().next()),
        Name::Literal { .. } => None,
    };
    let initials_agree = initial(a).zip(initial(b)).is_none_or(|(x, y)| x == y);
    family(a) == family(b) && initials_agree
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values() {
        for (name, first, second, expected) in [
            ("pages", "{345-56}", "\"345--356\"", Same),
            ("pages", "{345}", "{345--356}", SecondIsFuller),
            ("pages", "{345}", "{346}", Different),
            ("author", "{Holm, A. and others}", "{Holm, Ada and Berg, Bo}", SecondIsFuller),
            ("author", "{Holm, Ada}", "{Holm, Bo}", Different),
            ("author", "{Ada H{\\'o}lm}", "{Hólm, A.}", Same),
            ("author", "{Holm, A.}", "{Holm, A. and Berg, B.}", Different),
            ("journal", "{J. Tidal Med.}", "{The Journal of Tidal Medicine}", SecondIsFuller),
            ("title", "{TIDES AND FERRIES}", "{Tides and Ferries}", SecondIsFuller),
            ("title", "{Tides and {Ferries}}", "{Tides \\& ferries}", Different),
            ("title", "{Tides of the northern islands}", "{Tides of the northern islands: a study}", SecondIsFuller),
            ("doi", "{10.5555/A\\_b}", "{https://doi.org/10.5555/a_b}", Same),
            ("url", "{http://www.x.org/}", "{https://x.org}", Same),
            ("month", "jan", "{January}", Same),
            ("volume", "{012}", "12", Same),
            ("volume", "{12}", "{13}", Different),
            ("language", "{en}", "{English}", Same),
            ("note", "{a}", "{b}", Different),
        ] {
            assert_eq!(compare(name, first, second), expected, "{name}: {first} {second}");
        }
        assert_eq!(united(["{sea; Eel}", "\"eel, tide\""].into_iter()), "{sea; Eel; tide}");
    }
}
