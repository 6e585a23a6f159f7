//! Which part of a reference is which field.
//!
//! [`segment`] decides only where fields begin and end and leaves their reading to others, so another way of
//! finding the fields can take its place: whatever fills [`Segments`] is read by the same readers.

use std::sync::LazyLock;

use regex::Regex;

use super::cut::CUT;
use super::date_places::{DATE_IN_BRACKETS, last_date, without_trailing_date};
use super::lexicon;
use super::name_words::{self, looks_like_year};
use super::names::{self, NameOrder};
use super::numbers::{self, Numbers};
use super::patterns::compile;
use super::publication::{self, Expect, Publication, tidy};
use super::sentences::sentence_ends;
use super::signs::ends_with_one;
use super::title::{quoted, title_and_container, title_of};

/// The text of each field; empty where the reference prints none.
#[derive(Debug, Clone, Default, PartialEq)]
pub(super) struct Segments {
    pub authors: String,
    pub editors: String,
    /// The date as printed, with its year.
    pub date: String,
    pub title: String,
    pub container: String,
    pub publisher: String,
    pub place: String,
    pub edition: String,
    pub genre: String,
    pub numbers: Numbers,
    /// The title stands in something else: behind it the reference says "In".
    pub is_part: bool,
}

/// What the other references of the list agree on.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub(super) struct ListStyle {
    pub names: Option<NameOrder>,
}

macro_rules! pattern {
    ($name:ident, $pattern:literal) => {
        static $name: LazyLock<Regex> = LazyLock::new(|| compile($pattern));
    };
}

pattern!(
    DATE_AFTER_NAMES,
    r"^[\s.,:]*((?:1[4-9]|20)[0-9]{2}[a-z]?(?:[–/-](?:[0-9]{4}|[0-9]{2})\b)?)\s?[\s.,:;“\x22‘«']"
);
pattern!(
    EDITORS_HERE,
    r"^[\s,]*[(\[]?\s?(?:[Ee]ds?|[Ee]ditors?|Hrsgg?|hrsg|HRSG|HG|Hgg?|hg|Herausgeber(?:in)?|ÉDS?|[ée]ds?|[Ee]dd|[Dd]irs?|a cura di|a c\. di)\b\.?\s?[)\]]?[.,:;]*"
);
pattern!(
    UNPUBLISHED,
    r"[,.;(]\s*(in press|to appear|forthcoming|im druck|im erscheinen|accepted|submitted|[àÀ] para[îÎ]tre)\s?\)?\s?\.?$"
);
/// One of these is at the end of whatever [`UNPUBLISHED`] finds.
const UNPUBLISHED_WORDS: &[&str] =
    &["press", "appear", "forthcoming", "im druck", "im erscheinen", "accepted", "submitted", "paraître"];
pattern!(
    IN,
    r"(?:[.?!,;:”\x22’'\x1f»0-9]|^)\s*\b(?:In|IN|in)(?::\s*|\s+)(?:the\s)?(?:[\p{Lu}0-9“\x22‘\x{3040}-\x{30ff}\x{3400}-\x{9fff}\x{ac00}-\x{d7a3}]|p(?:roc))"
);

/// Finds the fields of a mended reference from which the identifiers have been cut.
pub(super) fn segment(text: &str, style: ListStyle) -> Segments {
    let mut out = Segments::default();
    let unpublished = ends_with_one(text.trim_end_matches([' ', ')', '.']), UNPUBLISHED_WORDS);
    let lower = if unpublished { text.to_ascii_lowercase() } else { String::new() };
    let found = unpublished.then(|| UNPUBLISHED.captures(&lower)).flatten();
    let (text, status) = match found.and_then(|found| Some((found.get(0)?.start(), found.get(1)?.range()))) {
        Some((start, status)) => (&text[..start], Some(text[status].to_owned())),
        None => (text, None),
    };
    let body = authors_and_date(text, style, &mut out);
    let body = body.trim_start_matches([' ', ',', '.', ':', ';', CUT, ')', '/']);
    if let Some((title, mut rest)) = quoted(body) {
        out.title = title_of(title);
        // "“Title”, A. Roe, B. Zay, Skin"
        if out.authors.is_empty()
            && out.editors.is_empty()
            && let Some(scan) = names::scan(rest.trim_start_matches([' ', ',']), Some(NameOrder::InitialsFamily))
            && scan.list.names.len() > 1
        {
            rest = rest.trim_start_matches([' ', ',']);
            out.authors = rest[..scan.end].to_owned();
            rest = &rest[scan.end..];
        }
        behind_title(rest, &mut out);
        // "»Title«. Subtitle. Oslo: Fjord": a book whose title is quoted in part.
        if !out.is_part
            && out.numbers.is_empty()
            && !out.place.is_empty()
            && !title.ends_with(['.', ','])
            && let Some(end) = end_of(body, &out.container)
        {
            out.title = title_of(&body[..end]);
            out.container.clear();
        }
    } else {
        unquoted(body, &mut out);
    }
    if out.date.is_empty() {
        out.date = last_date(body);
    }
    if let Some(status) = status {
        // "Roe, A. (2004). Title. Skin, in press."
        if out.container.is_empty()
            && out.publisher.is_empty()
            && let (title, container) = title_and_container(body)
            && !title.is_empty()
            && !container.is_empty()
        {
            out.title = title_of(title);
            out.container = tidy(container).to_owned();
        }
        if out.date.is_empty() {
            out.date = status;
        }
    }
    out
}

/// Where a part of a text ends that stands in it as it is; nothing of an empty part.
fn end_of(text: &str, part: &str) -> Option<usize> {
    let start = text.find(part).filter(|_| !part.is_empty())?;
    Some(start + part.len())
}

/// "(Hrsg.) (2001): …": whether a reference without its names starts with what marks them as editors.
pub(super) fn starts_with_editor_mark(text: &str) -> bool {
    EDITORS_HERE.is_match(text)
}

/// Takes names and a date that follows them from the front; gives back the rest.
fn authors_and_date<'a>(text: &'a str, style: ListStyle, out: &mut Segments) -> &'a str {
    let scan = names::scan(text, style.names);
    let named = scan.as_ref().map_or(0, |s| s.end);
    let mut after = named;
    if named > 0
        && let Some(mark) = EDITORS_HERE.find(&text[named..])
    {
        out.editors = text[..named].to_owned();
        after = named + mark.end();
    }
    if text.contains(['(', '['])
        && let Some(date) = DATE_IN_BRACKETS.captures(text)
    {
        let whole = date.get(0).expect("group 0");
        let between = if after <= whole.start() { &text[after..whole.start()] } else { "x" };
        let names_end_here = named > 0 && between.chars().all(|c| !c.is_alphanumeric());
        let head = &text[..whole.start()];
        let tail = text[whole.end()..].trim_start_matches([' ', '.', ',', ':', ';']);
        let tail_is_title = tail.chars().take(40).filter(|c| c.is_alphabetic()).count() >= 8;
        // A body, or names that cannot be told apart.
        let head_is_names = head.len() <= 200
            && head.trim().len() > 1
            && !head.chars().any(|c| c.is_ascii_digit() || c == CUT || matches!(c, '“' | '"' | ':'))
            && (name_words::is_body(head)
                || (sentence_ends(head.trim_end_matches([' ', '.'])).is_empty()
                    && (named > 0 || head.split_whitespace().count() <= 6)));
        let undated_names = head.trim().is_empty();
        if tail_is_title
            && (names_end_here
                || undated_names
                || (head_is_names
                    && !tail.starts_with(|c: char| c.is_ascii_digit())
                    && tail.starts_with(|c: char| !c.is_lowercase())))
        {
            out.date = date[1].to_owned();
            if out.editors.is_empty() || !names_end_here {
                out.editors.clear();
                out.authors = if names_end_here { &text[..named] } else { head }.to_owned();
            }
            return &text[whole.end()..];
        }
    }
    if named == 0
        && let Some(date) = DATE_AFTER_NAMES.captures(text)
    {
        // "2011 Skin 22 275610"
        let year = date.get(1).expect("group 1");
        out.date = year.as_str().to_owned();
        return &text[year.end()..];
    }
    if named == 0 {
        // "Institute of Skin. 2004. Title", "Institute of Skin. Title"
        if let Some(&end) = sentence_ends(text).first()
            && end <= 120
            && name_words::is_body(&text[..end])
            && !text[..end].chars().any(|c| c.is_ascii_digit() || matches!(c, '“' | '"'))
        {
            out.authors = text[..end].to_owned();
            after = end;
        }
    } else if out.editors.is_empty() {
        out.authors = text[..named].to_owned();
    }
    if after > 0
        && let Some(date) = DATE_AFTER_NAMES.captures(&text[after..])
    {
        let year = date.get(1).expect("group 1");
        let tail = text[after + year.end()..].trim_start();
        // "Roe A. 2004;21:3" has its year before the volume.
        if !tail.starts_with(';') && tail.chars().any(char::is_alphabetic) {
            out.date = year.as_str().to_owned();
            return &text[after + year.end()..];
        }
    }
    &text[after..]
}

/// A title without quotation marks, and what follows.
fn unquoted(body: &str, out: &mut Segments) {
    if let Some(at) = in_marker(body) {
        out.title = title_of(&body[..at.0]);
        out.is_part = true;
        behind_title(&body[at.1..], out);
        // "Title. S. 12–34 in: …"
        let (before, title) = numbers::labelled(&body[..at.0]);
        if out.numbers.pages.is_none() && before.pages.is_some() {
            out.numbers.pages = before.pages;
            out.title = title_of(&title);
        }
        return;
    }
    let (labelled, rest) = numbers::labelled(body);
    let unlabelled = numbers::unlabelled(&rest, &labelled);
    let cut_at = rest.find(CUT);
    let has_numbers = unlabelled.is_some() || !labelled.is_empty();
    let end = match (&unlabelled, cut_at) {
        (Some((_, range)), Some(cut)) => range.start.min(cut.max(1)),
        (Some((_, range)), None) => range.start,
        (None, Some(cut)) => cut,
        (None, None) => rest.len(),
    };
    let behind = match &unlabelled {
        Some((_, range)) => rest[range.end.max(end)..].to_owned(),
        None => rest[end..].to_owned(),
    };
    let range = match (&unlabelled, &labelled.pages) {
        (None, None) => numbers::bare_range(&rest),
        _ => None,
    };
    let (end, behind) = match &range {
        Some((_, at)) => (end.min(at.start), rest[at.end..].to_owned()),
        None => (end, behind),
    };
    let has_numbers = has_numbers || range.is_some();
    out.numbers = labelled;
    if let Some((pages, _)) = range {
        out.numbers.pages = Some(pages);
    }
    if let Some((numbers, _)) = unlabelled {
        add(&mut out.numbers, numbers);
    }
    let head = &rest[..end];
    if has_numbers && (out.numbers.volume.is_some() || out.numbers.pages.is_some()) {
        let (head, date) = without_trailing_date(head);
        if out.date.is_empty() {
            out.date = out.numbers.date.clone().or(date).unwrap_or_default();
        }
        let (head, place) = publication::without_trailing_place(head);
        let (title, container) = title_and_container(head);
        out.place = place.to_owned();
        out.title = title_of(title);
        out.container = tidy(container).to_owned();
        let publication = publication::read(&behind, Expect::PublisherOnly);
        take(out, publication);
        if out.container.is_empty() {
            return;
        }
        glued_section(out);
    } else {
        no_numbers(&rest, out);
    }
}

/// A reference without volume or pages: book, report, thesis, page of the web, or one that was cut.
fn no_numbers(rest: &str, out: &mut Segments) {
    let ends = sentence_ends(rest);
    let first = ends.first().copied().into_iter().chain(rest.find(CUT)).min();
    let Some(end) = first.filter(|&e| e + 2 < rest.len()) else {
        let mut publication = Publication::default();
        let title = comma_title(rest, &mut publication);
        out.title = title_of(title);
        take(out, publication);
        return;
    };
    // "Title (Oslo: Fjord Press, 2001)."
    let (title, tail) = rest.split_at(end);
    let mut publication = publication::read(tail, Expect::PublisherOnly);
    if publication.publisher.is_empty() && publication.place.is_empty() && publication.genre.is_empty() {
        let inside = comma_title(title, &mut publication);
        out.title = title_of(inside);
    } else {
        let mut inner = publication::read(title, Expect::Container);
        out.title = title_of(&std::mem::take(&mut inner.container));
        publication.edition = std::mem::take(&mut inner.edition);
    }
    let nobody = publication.publisher.is_empty();
    take(out, publication);
    if nobody {
        // "Title. Name of the site."
        let piece = tail.trim_start_matches(['.', ' ', '?', '!', CUT]);
        let end = sentence_ends(piece).first().copied().into_iter().chain(piece.find(CUT)).min().unwrap_or(piece.len());
        let piece = publication::read(&piece[..end], Expect::Container).container;
        let (name, date) = without_trailing_date(&piece);
        if date.is_some() && out.date.is_empty() {
            out.date = date.unwrap_or_default();
        }
        if name.starts_with(|c: char| c.is_alphanumeric())
            && name.split_whitespace().count() <= 16
            && name != out.place
            && !matches!(
                name,
                "Manuscript" | "Preprint" | "Web" | "Print" | "Unpublished" | "Online" | "Available at SSRN"
            )
            && name.chars().any(char::is_alphabetic)
        {
            // "Title. Subtitle. 4. Aufl. Oslo 1990.": a book, of which only the place is printed.
            let is_subtitle = |end: &usize| {
                let only_place = !out.place.is_empty() && out.genre.is_empty() && !name.contains(&out.place);
                only_place && rest[*end..].starts_with(". ")
            };
            match end_of(rest, tidy(name)).filter(is_subtitle) {
                Some(end) => out.title = title_of(&rest[..end]),
                None => out.container = tidy(name).to_owned(),
            }
        }
    }
}

/// "Title, Fjord Press, Oslo": cuts publisher and place from the end of a title.
fn comma_title<'a>(text: &'a str, publication: &mut Publication) -> &'a str {
    let bracket = text.rfind('(').filter(|&at| at > 3);
    let comma = text.match_indices(", ").map(|(at, _)| at).filter(|&at| at > 3).find(|&at| {
        let piece = text[at + 2..].split([',', '(', '.', CUT]).next().unwrap_or("");
        publication::is_genre(piece)
            || lexicon::is_publisher(piece)
            || lexicon::is_place(piece)
            || looks_like_year(piece.trim())
    });
    for at in [bracket, comma].into_iter().flatten() {
        let found = publication::read(&text[at..], Expect::PublisherOnly);
        if !found.publisher.is_empty()
            || !found.place.is_empty()
            || !found.edition.is_empty()
            || !found.genre.is_empty()
        {
            *publication = found;
            return &text[..at];
        }
    }
    match comma {
        Some(at) => &text[..at],
        None => text,
    }
}

/// Reads what follows a title whose end is certain: container, editors, numbers, publisher.
fn behind_title(text: &str, out: &mut Segments) {
    let text = match IN.find(text).filter(|m| m.start() < 3) {
        Some(m) => {
            out.is_part = true;
            &text[in_end(text, m)..]
        }
        None => text,
    };
    let text = text.trim_start_matches([' ', ',', '.', ';', ':', CUT, '”', '"', '’']);
    let (labelled, rest) = numbers::labelled(text);
    out.numbers = labelled;
    let mut rest = rest;
    if let Some((numbers, range)) = numbers::unlabelled(&rest, &out.numbers) {
        add(&mut out.numbers, numbers);
        rest.replace_range(range, &CUT.to_string());
    }
    if out.numbers.pages.is_none()
        && let Some((pages, range)) = numbers::bare_range(&rest)
    {
        out.numbers.pages = Some(pages);
        rest.replace_range(range, &CUT.to_string());
    }
    if out.date.is_empty()
        && let Some(date) = out.numbers.date.clone()
    {
        out.date = date;
    }
    let mut publication = publication::read(&rest, Expect::Container);
    let (name, date) = without_trailing_date(&publication.container);
    let name = name.to_owned();
    if out.date.is_empty() {
        out.date = date.unwrap_or_default();
    }
    publication.container.clear();
    take(out, publication);
    if lexicon::is_publisher(&name) && out.publisher.is_empty() && !out.is_part && out.numbers.is_empty() {
        out.publisher = name;
    } else {
        out.container = tidy(&name).to_owned();
        glued_section(out);
    }
}

/// Moves what the end of a container's name shows to be a volume ("J. Skin 98"), and the letter at the front of a
/// volume that belongs to the name ("Phys. Rev. D77").
pub(super) fn glued_section(out: &mut Segments) {
    if out.numbers.volume.is_none()
        && !out.is_part
        && let Some((name, last)) = out.container.rsplit_once([' ', ','])
    {
        let volume = last.trim_matches(['.', ',']);
        let digits = volume.len() <= 3 && volume.bytes().all(|b| b.is_ascii_digit());
        let roman = volume.len() > 1 && volume.bytes().all(|b| b"IVXLC".contains(&b));
        if !volume.is_empty() && (digits || roman) && name.chars().any(char::is_alphabetic) {
            out.numbers.volume = Some(volume.to_owned());
            out.container = tidy(name).to_owned();
        }
    }
    if let Some(volume) = &mut out.numbers.volume
        && volume.len() > 1
        && volume.starts_with(|c: char| c.is_ascii_uppercase())
        && volume[1..].starts_with(|c: char| c.is_ascii_digit())
        && out.container.contains('.')
    {
        let section = volume.remove(0);
        out.container.push_str(if out.container.ends_with('.') { " " } else { ". " });
        out.container.push(section);
    }
}

fn add(numbers: &mut Numbers, more: Numbers) {
    numbers.volume = numbers.volume.take().or(more.volume);
    numbers.issue = numbers.issue.take().or(more.issue);
    numbers.pages = numbers.pages.take().or(more.pages);
    numbers.date = numbers.date.take().or(more.date);
}

fn take(out: &mut Segments, found: Publication) {
    let fill = |to: &mut String, from: String| {
        if to.is_empty() {
            *to = from;
        }
    };
    fill(&mut out.editors, found.editors);
    fill(&mut out.publisher, found.publisher);
    fill(&mut out.place, found.place);
    fill(&mut out.edition, found.edition);
    fill(&mut out.genre, found.genre);
}

/// Where "In" stands between a title and its container: the end of the title and the start of the container.
fn in_marker(text: &str) -> Option<(usize, usize)> {
    IN.find_iter(text).find_map(|m| {
        let end = in_end(text, m);
        let word = m.as_str().trim_start_matches(|c: char| !c.is_alphabetic());
        let colon = text[m.start()..end].contains(':');
        let latin = ["Vivo", "Vitro", "Situ", "Silico", "vivo", "vitro"].iter().any(|w| text[end..].starts_with(w));
        let title = &text[..m.start()];
        // "…, in Drosophila": with a small letter only what can be nothing else.
        let tail = &text[end..];
        let start = first_words(tail, 160);
        let certain = word.starts_with("In") && m.as_str().starts_with(['.', '?', '!', '”', '"', CUT, ','])
            || colon
            || start.contains("Proc")
            || start.contains("Conference")
            || start.contains("ed.")
            || start.contains("eds.")
            || start.contains("Eds")
            || start.contains("(ed");
        (certain && !latin && title.chars().filter(|c| c.is_alphabetic()).count() >= 3).then_some((
            m.start() + usize::from(m.as_str().starts_with(|c: char| matches!(c, '?' | '!') || c.is_ascii_digit())),
            end,
        ))
    })
}

fn in_end(text: &str, m: regex::Match) -> usize {
    // The pattern has seen the first letters of the container.
    let last = m.as_str().chars().next_back().map_or(0, char::len_utf8);
    let end = if m.as_str().ends_with("proc") { m.end() - 4 } else { m.end() - last };
    // An article is part of the name of the container.
    text[..end].strip_suffix("the ").map_or(end, str::len)
}

fn first_words(text: &str, scalars: usize) -> &str {
    text.char_indices().nth(scalars).map_or(text, |(at, _)| &text[..at])
}

#[cfg(test)]
mod tests {
    use super::*;

    /// "authors|date|title|container|numbers" of a reference.
    fn shown(text: &str) -> String {
        let s = segment(text, ListStyle::default());
        let n = &s.numbers;
        let numbers = [&n.volume, &n.issue, &n.pages].map(|v| v.as_deref().unwrap_or("")).join("/");
        [s.authors.as_str(), &s.date, &s.title, &s.container, &numbers].join("|")
    }

    #[test]
    fn journals() {
        for (text, expected) in [
            (
                "Roe, A., & Zay, B. (2004). Skin in winter. Results of a study. Journal of Skin, 21, 483–485.",
                "Roe, A., & Zay, B.|2004|Skin in winter. Results of a study|Journal of Skin|21//483–485",
            ),
            (
                "Roe A, Zay B. Skin in winter. J Skin Res. 2004;21(3):483-5.",
                "Roe A, Zay B.|2004|Skin in winter|J Skin Res|21/3/483-5",
            ),
            ("A. Roe and B. Zay, Phys. Lett. B 21, 483 (2004).", "A. Roe and B. Zay|2004||Phys. Lett. B|21//483"),
            (
                "Roe, Ann. “Skin in Winter.” Skin Studies 21.3 (2004): 12-34.",
                "Roe, Ann|2004|Skin in Winter|Skin Studies|21/3/12-34",
            ),
            (
                "Roe, A., et al. (2005). Severe skin in an infant. Skin Rad",
                "Roe, A., et al.|2005|Severe skin in an infant|Skin Rad|//",
            ),
            (
                "World Health Organization. (2010). Skin of the world. Geneva: WHO Press.",
                "World Health Organization. |2010|Skin of the world||//",
            ),
        ] {
            assert_eq!(shown(text), expected, "{text}");
        }
    }

    #[test]
    fn a_title_quoted_in_part() {
        for (text, title, container) in [
            ("Zay, A. (1996): „Kalte Tage“. Leben in Nordheim. Oslo: Fjord.", "Kalte Tage“. Leben in Nordheim", ""),
            ("Zay, A. „Kalte Tage.“ Leben in Nordheim. Oslo: Fjord, 1996.", "Kalte Tage", "Leben in Nordheim"),
        ] {
            let found = segment(text, ListStyle::default());
            let title_found = found.title.trim_start_matches('„');
            assert_eq!((title_found, found.container.as_str()), (title, container), "{text}");
        }
    }

    #[test]
    fn chapters() {
        let s = segment(
            "Roe, A. (2004). Winter skin. In B. Zay & C. Dun (Eds.), Skin today (pp. 1–9). Oslo: Fjord Press.",
            ListStyle::default(),
        );
        assert_eq!((s.title.as_str(), s.container.as_str()), ("Winter skin", "Skin today"));
        assert_eq!(
            (s.editors.as_str(), s.publisher.as_str(), s.place.as_str()),
            ("B. Zay & C. Dun", "Fjord Press", "Oslo")
        );
        assert_eq!(s.numbers.pages.as_deref(), Some("1–9"));
    }
}
