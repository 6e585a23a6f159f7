//! Where a work was published: the book or proceedings it is in, their editors, publisher and place.

use std::sync::LazyLock;

use regex::Regex;

use super::cut::{CUT, cut_any_case_if, cut_if};
use super::dates;
use super::lexicon::{is_place, is_publisher, is_region};
use super::name_words;
use super::names;
use super::patterns::compile;
use super::signs::{Finder, Signs, has_word, has_word_start};

/// The parts of a text like "Roe, A. (Ed.), Skin today (2nd ed.). Oslo: Fjord Press".
#[derive(Debug, Clone, Default, PartialEq)]
pub(super) struct Publication {
    pub editors: String,
    pub container: String,
    pub publisher: String,
    pub place: String,
    pub edition: String,
    pub genre: String,
}

/// Whether the text may name a container ("In …") or only says who published.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Expect {
    Container,
    PublisherOnly,
}

macro_rules! pattern {
    ($name:ident, $pattern:literal) => {
        static $name: LazyLock<Regex> = LazyLock::new(|| compile($pattern));
    };
}

pattern!(
    EDITION,
    r"[(\[]?\b((?:(?:[0-9]{1,2}(?:st|nd|rd|th|\.|e|ª)?|first|second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth|rev(?:ised)?\.?|new|international|zweite|dritte|vierte|neue|unver(?:[äÄ]nd)?\.?)\s+(?:\p{L}{2,12}\.?\s)?(?:ed(?:n|ition)?|aufl(?:age)?|[éÉ]dition|ed\.)|[0-9]{1,2}\.,?\s(?:\p{L}{1,16}\.?,?\s){0,5}aufl(?:age)?|sonderausgabe|studienausgabe|neuausgabe|neuauflage)\b\.?)[)\]]?"
);
pattern!(
    GENRE,
    r"[(\[]?\b((?:unpublished\s+|unver[öÖ]ff(?:entlicht)?\p{L}{0,2}\.?\s+)?(?:(?:ph\.?\s?d\.?|d\.?\s?phil\.?|m\.?\s?sc?\.?|m\.?a\.?|master(?:['’]?s)?|doctoral|bachelor(?:['’]?s)?|honou?rs|diplom(?:a)?)\s?,?\s?-?(?:thesis|dissertation|degree)|(?:phil\.\s|rer\.\s?pol\.\s|jur\.\s)?(?:inaugural-?\s?)?(?:dissertation|diss\b\.?)(?:\s(?:phil|rer\. ?pol|rer\. ?nat|jur|med|soc)\b\.?)?|doktorarbeit|diplom-?arbeit|master-?arbeit|magister-?arbeit|bachelor-?arbeit|examensarbeit|staatsexamensarbeit|hausarbeit|habil(?:itations)?-?schrift|habilitation|habil\.|th[eèÈ]se(?: de doctorat)?|thesis)|unver[öÖ]ff(?:entlicht)?\p{L}{0,2}\.?\s+(?:manuskript|ms\b\.?|typoskript|arbeitspapier|bericht|vortrag)|(?:unpublished|mimeographed)\s(?:manuscript|paper|report)|(?:technical|tech\.?|research|working|internal|discussion)\s(?:report|rep\.?|paper|note|memo(?:randum)?)\b(?:\s(?:no\.?\s?|nr\.?\s?|number\s|#)?[a-z0-9][a-z0-9./-]*)?|(?:arbeitspapier|arbeitsbericht|forschungsbericht|diskussionspapier|projektbericht|abschlussbericht|endbericht)\b(?:\s(?:no\.?\s?|nr\.?\s?)?[a-z]{0,3}[0-9][a-z0-9./-]*)?)[)\]]?"
);
/// Whether [`GENRE`] may be found in a text.
fn may_hold_genre(text: &str, signs: Signs) -> bool {
    signs.has(Sign::Genre as u8)
        || has_word(text, &["report", "rep", "paper", "note", "memo", "memorandum"])
        || has_word_start(text, &["thes", "diss", "degree", "inaugural", "phd"])
}

/// What a text holds in which a pattern may be found; each says no only where there can be nothing.
#[derive(Clone, Copy)]
#[repr(u8)]
enum Sign {
    Edition,
    Genre,
    Editors,
    Translated,
}

static SIGNS: Finder = Finder::new(&[
    ("aufl", Sign::Edition as u8),
    ("édition", Sign::Edition as u8),
    ("Édition", Sign::Edition as u8),
    ("ausgabe", Sign::Edition as u8),
    ("thès", Sign::Genre as u8),
    ("thÈs", Sign::Genre as u8),
    ("arbeit", Sign::Genre as u8),
    ("schrift", Sign::Genre as u8),
    ("habil", Sign::Genre as u8),
    ("unveröff", Sign::Genre as u8),
    ("unverÖff", Sign::Genre as u8),
    ("unpubl", Sign::Genre as u8),
    ("mimeo", Sign::Genre as u8),
    ("papier", Sign::Genre as u8),
    ("bericht", Sign::Genre as u8),
    ("éd", Sign::Editors as u8),
    ("Éd", Sign::Editors as u8),
    ("cura di", Sign::Editors as u8),
    ("a c.", Sign::Editors as u8),
    ("sous la dir", Sign::Editors as u8),
    ("trans.", Sign::Translated as u8),
    ("transl.", Sign::Translated as u8),
    ("translated", Sign::Translated as u8),
    ("übers", Sign::Translated as u8),
    ("Übers", Sign::Translated as u8),
    ("aus dem", Sign::Translated as u8),
    ("dt. von", Sign::Translated as u8),
]);

pattern!(
    EDITORS_BEFORE,
    r"[,;]?\s?[(\[]?\b(?:eds?|editors?|[éÉ]ds?|hrsg|hgg?|hrsgg|herausgeber(?:in|innen)?|edd|a cura di|a c\. di|dirs?|coord|comps?)\b\.?\s?[)\]]?[,.:;]?"
);
pattern!(
    EDITORS_AFTER,
    r"(?:[,;.(\x1f]\s?|^|\s)(?:edited by|ed\. by|(?:hrsg|hgg?)\.\s?v(?:on\b|\.)|herausgegeben von|a cura di|a c\.\s?di|sous la dir(?:ection|\.) de|editor(?:s)?:?|eds?\.)\s"
);
pattern!(EDITORS_IN_BRACKETS, r"[(\[]([^()\[\]\x1f]+?),?\s(?:[Ee]ds?|Hrsgg?|Hgg?|[Ee]ditors?)\b\.?\s?[)\]]");
/// Words that mark editors.
const EDITOR_WORDS: &[&str] = &[
    "ed",
    "eds",
    "edd",
    "edited",
    "editor",
    "editors",
    "hrsg",
    "hrsgg",
    "hg",
    "hgg",
    "herausgeber",
    "herausgeberin",
    "herausgeberinnen",
    "herausgegeben",
    "dir",
    "dirs",
    "coord",
    "comp",
    "comps",
];
pattern!(
    TRANSLATED,
    r"[,.(\[]?\s?\b(?:(?:trans(?:l)?\.|translated)\s?(?:by)?|[üÜ]bersetzt von|[üÜ]bers\.(?: v\.| von)?|aus dem \p{L}{3,20}\.? von|dt\. von)\s[^,.;()\x1f]{2,60}(?:[a-z]\.\s?[^,.;()\x1f]{2,40})?[)\]]?"
);
pattern!(BRACKETS, r"\(([^()\x1f]+)\)");

/// Reads a text that stands behind the title.
pub(super) fn read(text: &str, expect: Expect) -> Publication {
    let mut found = Publication::default();
    if !text.chars().any(char::is_alphabetic) {
        return found;
    }
    let mut rest = text.to_owned();
    // Looking for words is cheaper than trying their patterns.
    let signs = SIGNS.find(text);
    let edition = signs.has(Sign::Edition as u8) || has_word(text, &["ed", "edn", "edition"]);
    cut_any_case_if(edition, &mut rest, &EDITION, |m, text| {
        if found.edition.is_empty() {
            text[m.get(1)?.range()].trim().clone_into(&mut found.edition);
        }
        Some(m.get(0)?.range())
    });
    cut_any_case_if(may_hold_genre(text, signs), &mut rest, &GENRE, |m, text| {
        if found.genre.is_empty() {
            text[m.get(1)?.range()].trim().clone_into(&mut found.genre);
        }
        Some(m.get(0)?.range())
    });
    if signs.has(Sign::Editors as u8) || has_word(text, EDITOR_WORDS) {
        take_editors(&mut rest, &mut found);
    }
    cut_any_case_if(signs.has(Sign::Translated as u8), &mut rest, &TRANSLATED, |m, _| Some(m.get(0)?.range()));
    // "(Oslo: Fjord Press)", "(Fjord Press, Oslo)"
    cut_if(rest.contains('('), &mut rest, &BRACKETS, |m, _| {
        let inside = m[1].trim();
        // "(AAAI)" only repeats a name.
        if m[1].len() > 200 || !(found.publisher.is_empty() && found.place.is_empty() && inside.contains(' ')) {
            return None;
        }
        let mut from = Publication::default();
        publisher(inside, &mut from);
        if from.place.is_empty() && !is_publisher(&from.publisher) {
            from = Publication::default();
            if expect == Expect::PublisherOnly {
                dated_publisher(inside, &mut from);
            }
        }
        if from.publisher.is_empty() && from.place.is_empty() {
            return None;
        }
        (found.publisher, found.place) = (from.publisher, from.place);
        Some(m.get(0)?.range())
    });
    let rest = match expect {
        Expect::PublisherOnly => rest,
        Expect::Container => {
            let (container, rest) = container(&rest);
            found.container = container.to_owned();
            rest.to_owned()
        }
    };
    if found.publisher.is_empty() && found.place.is_empty() {
        publisher(&rest, &mut found);
    }
    found
}

/// Cuts a place behind commas from the end of a text: "Proc. Skin Conf., Farmington Hills, MI".
pub(super) fn without_trailing_place(text: &str) -> (&str, &str) {
    let piece_before = |end: usize| text[..end].rfind(", ").map(|at| (at, text[at + 2..end].trim()));
    let Some((mut start, last)) = piece_before(text.len()).filter(|(_, last)| is_place(last)) else {
        return (text, "");
    };
    let mut region = is_region(last);
    while let Some((at, piece)) = piece_before(start) {
        let town = region && piece.split_whitespace().count() <= 3 && capitalised(piece) && !piece.contains('.');
        if !(is_place(piece) || town) {
            break;
        }
        region = is_region(piece);
        start = at;
    }
    (&text[..start], text[start + 2..].trim())
}

/// Whether a piece of text starts with a genre ("PhD thesis").
pub(super) fn is_genre(piece: &str) -> bool {
    let lower = piece.trim_start().to_lowercase();
    may_hold_genre(&lower, SIGNS.find(&lower)) && GENRE.find(&lower).is_some_and(|m| m.start() == 0)
}

/// Moves the editors out of the text: names before "(Eds.)" at its start, or behind "edited by".
fn take_editors(rest: &mut String, found: &mut Publication) {
    let mut marked = None;
    let lower = rest.to_ascii_lowercase();
    for m in EDITORS_BEFORE.find_iter(&lower).take(3) {
        let head = rest[..m.start()].trim_start_matches([' ', ',', '.', ':', CUT]);
        let offset = m.start() - head.len();
        if let Some(scan) = names::scan(head, None)
            && head[scan.end..].chars().all(|c| !c.is_alphanumeric())
        {
            marked = Some((head[..scan.end].to_owned(), offset..m.end()));
            break;
        }
    }
    if marked.is_none()
        && let Some(found) = EDITORS_IN_BRACKETS.captures(rest)
        && let Some(scan) = names::scan(&found[1], None)
        && scan.end == found[1].len()
    {
        marked = Some((found[1].to_owned(), found.get(0).expect("group 0").range()));
    }
    if marked.is_none() {
        for m in EDITORS_AFTER.find_iter(&lower).take(3) {
            if let Some(scan) = names::scan(&rest[m.end()..], None) {
                marked = Some((rest[m.end()..m.end() + scan.end].to_owned(), m.start()..m.end() + scan.end));
                break;
            }
        }
    }
    if let Some((names, range)) = marked {
        found.editors = names;
        rest.replace_range(range, &CUT.to_string());
    }
}

/// The title of the container at the start of a text, and what follows it.
fn container(text: &str) -> (&str, &str) {
    let start =
        text.len() - text.trim_start_matches([' ', ',', '.', ':', ';', CUT, '(', ')', '"', '“', '”', '‘']).len();
    // "In: A. Roe, ed. 1984. Winter": the year of the part again.
    let year = text.get(start..start + 4).filter(|year| name_words::looks_like_year(year));
    let start = match year.and_then(|_| text[start + 4..].strip_prefix(". ")) {
        Some(rest) => text.len() - rest.len(),
        None => start,
    };
    let text = &text[start..];
    let mut ends: Vec<usize> = super::sentences::sentence_ends(text);
    if let Some(at) = text.find([CUT, '”', '"', '“']) {
        ends.push(at);
    }
    // "Proceedings of X, Oslo, Fjord Press": a publisher or place behind a comma ends the title.
    for (at, _) in text.match_indices(", ") {
        let mut next = text[at + 2..].split([',', '.', CUT, '(', ';', ':']);
        let piece = next.next().unwrap_or("");
        let town = piece.split_whitespace().count() <= 3
            && capitalised(piece)
            && text[at + 2 + piece.len()..].starts_with(',')
            && next.next().is_some_and(is_region);
        if is_publisher(piece) || is_place(piece) || town {
            ends.push(at);
            break;
        }
    }
    let end = ends.into_iter().filter(|&e| e > 2).min().unwrap_or(text.len());
    (tidy(&text[..end]), &text[end..])
}

/// Reads publisher and place from pieces of a text.
fn publisher(text: &str, found: &mut Publication) {
    let text = text.trim_matches(|c: char| c.is_whitespace() || matches!(c, ',' | '.' | ';' | ':' | CUT));
    for piece in text.split([CUT, ';', '(', ')']) {
        if let Some((place, publisher)) = place_colon_publisher(piece) {
            found.place = place.to_owned();
            found.publisher = publisher.to_owned();
            return;
        }
    }
    // "Fjord Press, Oslo, Norway": from the right, places, then who stands before them.
    for part in text.split([CUT, ';', '(', ')']) {
        let pieces: Vec<&str> = pieces(part);
        let pieces: Vec<&str> = pieces.into_iter().map(without_year).filter(|p| !p.is_empty() && !is_date(p)).collect();
        let mut places = pieces.len();
        while places > 0 && is_place(pieces[places - 1]) {
            places -= 1;
        }
        // "Farmington Hills, MI": what stands before a state or country is a town, unless it publishes.
        if places < pieces.len()
            && places > 0
            && is_region(pieces[places])
            && pieces[places - 1].split_whitespace().count() <= 3
            && capitalised(pieces[places - 1])
            && !is_publisher(pieces[places - 1])
        {
            places -= 1;
        }
        if found.place.is_empty() && places < pieces.len() {
            found.place = pieces[places..].join(", ");
        }
        if let Some(at) = pieces[..places].iter().rposition(|p| is_publisher(p)) {
            if found.publisher.is_empty() {
                found.publisher = pieces[at].to_owned();
            }
            // What a publisher is followed by is where it is.
            if found.place.is_empty()
                && let Some(next) = pieces.get(at + 1).filter(|p| p.len() < 30 && capitalised(p))
            {
                found.place = (*next).to_owned();
            }
        } else if found.publisher.is_empty()
            && places == 1
            && pieces.len() > 1
            && pieces[0].len() < 60
            && capitalised(pieces[0])
        {
            found.publisher = pieces[0].to_owned();
        }
    }
}

/// A piece without the year at its end: "Cambridge 1962".
pub(super) fn without_year(piece: &str) -> &str {
    match piece.rsplit_once(' ') {
        Some((head, last)) if name_words::looks_like_year(last.trim_end_matches(['.', ')'])) => tidy(head),
        _ => piece,
    }
}

/// "(Spoerri, Pisa, 1902)", "(Dover 1981)": unlisted names, which the year in the same brackets shows to publish.
fn dated_publisher(inside: &str, found: &mut Publication) {
    let pieces: Vec<&str> = inside.split(", ").map(tidy).collect();
    let dated = pieces.last().is_some_and(|last| is_date(last) || without_year(last) != *last);
    let words: Vec<&str> = pieces.iter().map(|p| without_year(p)).filter(|p| !p.is_empty() && !is_date(p)).collect();
    if !dated || words.iter().any(|w| !capitalised(w) || w.chars().any(|c| c.is_ascii_digit())) {
        return;
    }
    match words.as_slice() {
        [one] if dates::month_of(one.trim_end_matches('.')).is_none() => found.publisher = (*one).to_owned(),
        [publisher, place] if !is_region(place) => {
            found.publisher = (*publisher).to_owned();
            found.place = (*place).to_owned();
        }
        _ => {}
    }
}

/// The parts of a text between commas and full stops; "Washington, D.C." and "Wiley & Sons, Inc." keep together
/// as well as they can.
fn pieces(text: &str) -> Vec<&str> {
    let mut out = Vec::new();
    for sentence in super::sentences::sentences(text) {
        out.extend(sentence.split(", ").map(tidy).filter(|p| !p.is_empty()));
    }
    out
}

/// "Oslo: Fjord Press", "Mahwah, NJ: Erlbaum" at the end of a text.
fn place_colon_publisher(text: &str) -> Option<(&str, &str)> {
    let (colon, _) = text.rmatch_indices(':').find(|(at, _)| text[at + 1..].starts_with(' '))?;
    let head = text[..colon].trim_end();
    let start = super::sentences::sentence_ends(head).last().map_or(0, |&end| end + 1);
    let place = tidy(&head[start.min(head.len())..]);
    let place_words = place.split_whitespace().count();
    if !(1..=6).contains(&place_words) || place.chars().any(|c| c.is_ascii_digit()) || !capitalised(place) {
        return None;
    }
    let tail = text[colon + 1..].trim_start();
    let end = super::sentences::sentence_ends(tail).first().copied().unwrap_or(tail.len());
    let mut publisher = tidy(&tail[..end]);
    while let Some((before, last)) = publisher.rsplit_once(", ") {
        if !(is_date(last) || last.starts_with(|c: char| c.is_ascii_digit())) {
            break;
        }
        publisher = tidy(before);
    }
    (publisher.len() > 1 && publisher.len() < 90 && publisher.starts_with(char::is_alphabetic))
        .then_some((place, publisher))
}

/// Whether all words but the small ones have a capital.
fn capitalised(text: &str) -> bool {
    const SMALL: &[&str] = &[
        "de", "del", "la", "le", "les", "am", "an", "der", "den", "of", "and", "und", "et", "y", "i", "do", "upon",
        "on", "sur", "in", "s", "the", "für", "a.M", "a.M.", "a.d", "di", "da",
    ];
    text.split([' ', '-', '/'])
        .filter(|w| !w.is_empty())
        .all(|w| w.starts_with(|c: char| !c.is_lowercase()) || SMALL.contains(&w))
}

/// Whether a piece of text is only a date: "1999", "June 1985", "n.d.".
fn is_date(piece: &str) -> bool {
    let mut words = piece.split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty()).peekable();
    words.peek().is_some()
        && (words.all(|w| {
            name_words::looks_like_year(w)
                || dates::month_of(w).is_some()
                || (w.len() <= 2 && w.bytes().all(|b| b.is_ascii_digit()))
        }) || matches!(piece.trim_matches(['.', ' ']), "n.d" | "in press"))
}

/// A field without the punctuation around it.
pub(super) fn tidy(text: &str) -> &str {
    let trimmed = text.trim_matches(|c: char| c.is_whitespace() || matches!(c, ',' | ';' | ':' | CUT));
    let trimmed = trimmed.trim_start_matches(['.', ')', ']', ' ']);
    let mut out = trimmed.trim_end_matches(['.', ' ', '(', '[', CUT, ',']);
    // An abbreviation keeps no full stop here; brackets never closed go.
    if out.ends_with(')') && !out.contains('(') {
        out = out.trim_end_matches(')');
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn publishers_and_places() {
        for (text, publisher, place) in [
            ("Oslo: Fjord Press.", "Fjord Press", "Oslo"),
            ("Mahwah, NJ: Roe & Zay", "Roe & Zay", "Mahwah, NJ"),
            ("Fjord Press, Oslo, Norway, 1999", "Fjord Press", "Oslo, Norway"),
            ("(Fjord Press, 1999)", "Fjord Press", ""),
            ("Fjord University Press", "Fjord University Press", ""),
            ("PhD thesis, University of Fjord, Oslo", "University of Fjord", "Oslo"),
        ] {
            let found = read(text, Expect::PublisherOnly);
            assert_eq!((found.publisher.as_str(), found.place.as_str()), (publisher, place), "{text}");
        }
    }

    #[test]
    fn books_with_editors() {
        for (text, editors, container, publisher) in [
            ("A. Roe & B. Zay (Eds.), Skin today. Oslo: Fjord Press", "A. Roe & B. Zay", "Skin today", "Fjord Press"),
            (
                "Roe A, Zay B, editors. Skin today. 2nd ed. Oslo: Fjord Press",
                "Roe A, Zay B",
                "Skin today",
                "Fjord Press",
            ),
            ("Skin Today, edited by Ann Roe. Oslo: Fjord Press", "Ann Roe", "Skin Today", "Fjord Press"),
            (
                "Proceedings of the Skin Meeting, Fjord Press, Oslo",
                "",
                "Proceedings of the Skin Meeting",
                "Fjord Press",
            ),
        ] {
            let found = read(text, Expect::Container);
            assert_eq!(
                (found.editors.as_str(), found.container.as_str(), found.publisher.as_str()),
                (editors, container, publisher),
                "{text}"
            );
        }
    }
}
