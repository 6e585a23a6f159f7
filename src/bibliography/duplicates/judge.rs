//! Whether two records are one publication.

use super::companion::is_nobody;
use super::evidence::{Agreement, Evidence};
use super::fingerprint::Fingerprint;
use super::version::Version;
use super::words::differ_in_meaning;
use Agreement::{Close, Different, Same, Unknown};

/// Titles of fewer letters are shared by many works ("Editorial").
const SHORT_TITLE: usize = 25;

/// Titles alike to this share of their letter pairs are one title; below, more must agree.
const ONE_TITLE: f64 = 0.92;
const MUCH_ALIKE: f64 = 0.8;
/// The titles of a translation or of a subtitle that one record lacks.
const SOMEWHAT_ALIKE: f64 = 0.5;

/// What two records are to each other.
pub(super) enum Relation {
    OnePublication(Evidence),
    /// The first is a preprint of the second, or the other way round.
    Versions(Evidence),
    Others,
}

/// A preprint comes out within so many years.
const YEARS_TO_PRINT: u32 = 4;

/// Compares two records.
pub(super) fn relation(a: &Fingerprint, b: &Fingerprint) -> Relation {
    let title = titles(a, b);
    let evidence = Evidence {
        title: percent(title),
        doi: identifiers(a.doi.as_deref(), b.doi.as_deref()),
        pmid: identifiers(a.pmid.as_deref(), b.pmid.as_deref()),
        author: authors(a, b),
        year: years(a.year, b.year),
        container: containers(&a.container, &b.container),
        volume: texts(&a.volume, &b.volume),
        page: if a.starts_anew || b.starts_anew { Unknown } else { pages(&a.page, &b.page) },
    };
    let shortest = a.title.chars().count().min(b.title.chars().count());
    let short = shortest < SHORT_TITLE;
    let identified = evidence.doi == Same || evidence.pmid == Same;
    let twice = [a.version, b.version] == [Version::Preprint, Version::Published]
        || [a.version, b.version] == [Version::Published, Version::Preprint];
    // An erratum or a reply is not what it is about, though it has its title, and sometimes its DOI.
    if a.companion != b.companion && evidence.pmid != Same || a.class.clashes(b.class) && !identified {
        return Relation::Others;
    }
    if twice && !identified {
        let near = a.year.zip(b.year).is_none_or(|(x, y)| x.abs_diff(y) <= YEARS_TO_PRINT);
        let one_text =
            title >= ONE_TITLE && !short && evidence.author == Same && near && !differ_in_meaning(&a.title, &b.title);
        return if one_text { Relation::Versions(evidence) } else { Relation::Others };
    }
    let pair = Pair {
        title,
        untitled: a.title.is_empty() || b.title.is_empty(),
        short,
        other_series: letters_of(&a.page) != letters_of(&b.page),
        other_words: (MUCH_ALIKE..1.0).contains(&title) && differ_in_meaning(&a.title, &b.title),
    };
    if decide(&evidence, &pair) { Relation::OnePublication(evidence) } else { Relation::Others }
}

/// What besides the evidence counts.
struct Pair {
    title: f64,
    untitled: bool,
    /// Titles that many works have.
    short: bool,
    /// The pages are numbered in another way.
    other_series: bool,
    /// A word of one title stands for something else in the other.
    other_words: bool,
}

// The value is between 0 and 100.
#[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
fn percent(share: f64) -> u8 {
    (share * 100.0).floor() as u8
}

fn decide(e: &Evidence, pair: &Pair) -> bool {
    let &Pair { title, untitled, short, other_series, other_words } = pair;
    let near_year = matches!(e.year, Same | Close);
    if e.doi == Same || e.pmid == Same && e.doi != Different {
        // Abstracts of a congress share one identifier.
        return title >= 0.75 || untitled || e.page == Same && e.author == Same;
    }
    if e.doi == Different || e.pmid == Different {
        // Versions of one review have DOIs of their own, and keep its number as the page.
        let in_place = e.volume == Same || e.volume == Unknown && e.container == Same && e.author == Same && !short;
        return title >= 0.95 && e.page == Same && in_place && e.author != Different && near_year;
    }
    // What is about men and what is about women may stand in one volume, but not on one page.
    let in_place = e.page == Same && (e.volume == Same || e.volume == Unknown && e.year == Same);
    if other_words && !in_place {
        return false;
    }
    if title >= ONE_TITLE {
        let contradicted = short && (e.author == Different || e.volume == Different)
            || e.author == Different && !(e.page == Same && (e.volume == Same || e.year == Same))
            || e.page == Different
                && (e.volume == Different || e.container == Different || e.year != Same || other_series)
            || e.year == Different && !(e.page == Same && e.volume != Different)
            || e.volume == Different && e.page != Same
            || e.container == Different && e.page != Same
            // A paper of a meeting comes out as an article the year after.
            || e.year == Close && ![e.volume, e.page, e.container].contains(&Same);
        let confirmed = if short {
            e.page == Same || e.author == Same && e.volume == Same && e.page != Different
        } else {
            [e.volume, e.page, e.year].contains(&Same) || e.author == Same && e.container != Different
        };
        return confirmed && !contradicted;
    }
    if title >= MUCH_ALIKE {
        let by_place =
            e.page == Same && e.author != Different && e.volume != Different && (e.volume == Same || e.year == Same);
        let by_volume =
            e.author == Same && e.year == Same && e.volume == Same && e.page != Different && e.container != Different;
        return by_place || by_volume;
    }
    title >= SOMEWHAT_ALIKE
        && e.page == Same
        && e.volume == Same
        && near_year
        && e.author == Same
        && e.container != Different
}

/// The share of letter pairs that two titles have in common (Dice).
fn titles(a: &Fingerprint, b: &Fingerprint) -> f64 {
    if a.title.is_empty() || b.title.is_empty() {
        return 0.0;
    }
    if a.title == b.title {
        return 1.0;
    }
    let alike = dice(&a.bigrams, &b.bigrams);
    let (short, long) = if a.title.len() < b.title.len() { (&a.title, &b.title) } else { (&b.title, &a.title) };
    // “Part II” begins as “Part III” does.
    let contained = a.romans == b.romans
        && short.chars().count() >= SHORT_TITLE
        && (long.starts_with(short.as_str()) || long.ends_with(short.as_str()));
    if contained {
        return alike.max(0.9);
    }
    // Parts of a series differ in nothing but their number.
    let numbered = !a.numbers.is_empty() && !b.numbers.is_empty() && a.numbers != b.numbers || a.romans != b.romans;
    if numbered && alike < 1.0 { alike.min(0.7) } else { alike }
}

#[allow(clippy::cast_precision_loss)]
fn dice<T: Ord>(a: &[T], b: &[T]) -> f64 {
    let (mut i, mut j, mut shared) = (0, 0, 0_usize);
    while i < a.len() && j < b.len() {
        match a[i].cmp(&b[j]) {
            std::cmp::Ordering::Less => i += 1,
            std::cmp::Ordering::Greater => j += 1,
            std::cmp::Ordering::Equal => {
                shared += 1;
                i += 1;
                j += 1;
            }
        }
    }
    if a.is_empty() && b.is_empty() { 0.0 } else { 2.0 * shared as f64 / (a.len() + b.len()) as f64 }
}

fn dice_of(a: &str, b: &str) -> f64 {
    let pairs = |s: &str| {
        let letters: Vec<char> = s.chars().filter(|c| *c != ' ').collect();
        let mut pairs: Vec<(char, char)> = letters.windows(2).map(|w| (w[0], w[1])).collect();
        pairs.sort_unstable();
        pairs
    };
    dice(&pairs(a), &pairs(b))
}

fn identifiers(a: Option<&str>, b: Option<&str>) -> Agreement {
    match (a, b) {
        (Some(a), Some(b)) if a == b => Same,
        (Some(_), Some(_)) => Different,
        _ => Unknown,
    }
}

fn texts(a: &str, b: &str) -> Agreement {
    match (a.is_empty(), b.is_empty()) {
        (false, false) if a == b => Same,
        (false, false) => Different,
        _ => Unknown,
    }
}

fn years(a: Option<i32>, b: Option<i32>) -> Agreement {
    match a.zip(b).map(|(a, b)| a.abs_diff(b)) {
        None => Unknown,
        Some(0) => Same,
        Some(1) => Close,
        Some(_) => Different,
    }
}

/// "e123" and "123" are one page; "S33" and "33" are too, since databases drop the letter.
fn pages(a: &str, b: &str) -> Agreement {
    match texts(a, b) {
        Different => {
            let digits = |s: &str| s.chars().filter(char::is_ascii_digit).collect::<String>();
            let (x, y) = (digits(a), digits(b));
            let bare = x.len() == a.len() || y.len() == b.len();
            if !x.is_empty() && x == y && bare { Same } else { Different }
        }
        agreement => agreement,
    }
}

/// The letters before a page number: supplements have pages of their own.
fn letters_of(page: &str) -> &str {
    page.split(|c: char| c.is_ascii_digit()).next().unwrap_or_default()
}

fn authors(a: &Fingerprint, b: &Fingerprint) -> Agreement {
    let (Some(x), Some(y)) = (a.authors.first(), b.authors.first()) else { return Unknown };
    if x.is_empty() || y.is_empty() || is_nobody(x) != is_nobody(y) {
        return Unknown;
    }
    // Particles and second family names are there in one record only.
    let contained = x.len().min(y.len()) >= 3
        && (x.starts_with(y.as_str())
            || y.starts_with(x.as_str())
            || x.ends_with(y.as_str())
            || y.ends_with(x.as_str()));
    let swapped = a.given == *y || b.given == *x;
    let shared =
        || a.authors.iter().take(50).filter(|name| b.authors.iter().take(50).any(|other| other == *name)).count();
    if x == y || contained || swapped || dice_of(x, y) >= 0.8 || shared() >= 2 { Same } else { Different }
}

/// Words that journals are named without in abbreviations.
const SMALL_WORDS: &[&str] =
    &["the", "of", "and", "in", "for", "a", "an", "on", "de", "la", "et", "der", "und", "journal", "j"];
/// Words that name a meeting.
const MEETINGS: &[&str] = &["workshop", "conference", "symposium", "congress", "meeting"];

fn containers(a: &str, b: &str) -> Agreement {
    match texts(a, b) {
        Different => {}
        agreement => return agreement,
    }
    // "Journal" and "Journal. Conference: …" of a supplement.
    let goes_on = |long: &str, short: &str| long.strip_prefix(short).is_some_and(|rest| rest.starts_with(' '));
    if goes_on(a, b) || goes_on(b, a) {
        return Same;
    }
    let words = |s: &'_ str| -> Vec<String> {
        s.split(' ').filter(|w| !SMALL_WORDS.contains(w)).take(40).map(str::to_owned).collect()
    };
    let (x, y) = (words(a), words(b));
    let alike = |one: &String, other: &String| one.starts_with(other.as_str()) || other.starts_with(one.as_str());
    if !x.is_empty() && !y.is_empty() && x.iter().zip(&y).all(|(one, other)| alike(one, other)) {
        return Same;
    }
    let meets = |s: &str| s.split(' ').any(|w| MEETINGS.contains(&w));
    if meets(a) != meets(b) {
        return Different;
    }
    let (short, long) = if x.len() <= y.len() { (x, y) } else { (y, x) };
    let mut rest = long.iter();
    let abbreviated = !short.is_empty()
        && short
            .iter()
            .all(|word| rest.any(|other| other.starts_with(word.as_str()) || word.starts_with(other.as_str())));
    let initials: String = long.iter().filter_map(|w| w.chars().next()).collect();
    let acronym = short.len() == 1 && short[0] == initials;
    if abbreviated || acronym || dice_of(a, b) > 0.85 { Same } else { Different }
}
