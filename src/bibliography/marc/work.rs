//! The fields of a record → [`Work`].

use std::sync::LazyLock;

use regex::Regex;

use super::{Field, Record, bare, host, names};
use crate::bibliography::draft::{Draft, joined_keywords};
use crate::text::is_web_address;
use crate::work::{Date, DateField, DatePoint, Doi, Field as Variable, Qualifier, Work, WorkKind};

pub(super) fn work(record: &Record) -> Work {
    let level = Record::code(&record.leader, 7);
    let host = record.all("773").find(|field| host::names_a_work(field));
    let mut work = Work { kind: kind(record, level, host), ..Work::default() };
    if let Some(field) = record.first("245") {
        work.first(Variable::Title, &title(field));
    }
    let statement = record.first("245").map(|field| field.get('c').to_owned()).unwrap_or_default();
    names::add(&mut work, &record.fields, &statement);
    imprint(&mut work, record);
    thesis(&mut work, record);
    extent(&mut work, record);
    series(&mut work, record);
    identifiers(&mut work, record);
    if let Some(field) = host {
        host::add(&mut work, field);
    }
    words(&mut work, record);
    work.fields.retain(|_, text| !text.is_empty());
    work
}

/// Leader 06 and 07, and fields that only some kinds have.
fn kind(record: &Record, level: char, host: Option<&Field>) -> WorkKind {
    let has = |tag: &str| record.first(tag).is_some();
    if has("502") {
        return WorkKind::Thesis;
    }
    let of_file = Record::code(record.control("008"), 26);
    match Record::code(&record.leader, 6) {
        'c' | 'd' => return WorkKind::MusicalScore,
        'e' | 'f' => return WorkKind::Map,
        'g' => return WorkKind::MotionPicture,
        'i' | 'j' => return WorkKind::Song,
        'k' => return WorkKind::Graphic,
        'm' if of_file == 'b' => return WorkKind::Software,
        'm' if matches!(of_file, 'a' | 'e') => return WorkKind::Dataset,
        // An electronic book is catalogued as a file by some.
        'm' if has("020") => {}
        'm' => return WorkKind::Document,
        'o' | 'p' | 'r' => return WorkKind::Document,
        _ => {}
    }
    match (host, level) {
        (Some(host), level) => host::kind(host, level),
        (None, 'a') => WorkKind::Chapter,
        (None, 'b') => WorkKind::ArticleJournal,
        (None, 's') => WorkKind::Periodical,
        (None, 'c') => WorkKind::Collection,
        (None, _) if has("027") || has("088") => WorkKind::Report,
        (None, _) => WorkKind::Book,
    }
}

/// Title, subtitle and part: what stands before a subfield says what it is.
fn title(field: &Field) -> String {
    let mut out = String::new();
    let mut before = "";
    for (code, value) in &field.subfields {
        let joint = match (code, before.trim_end().chars().last()) {
            _ if out.is_empty() => "",
            ('a' | 'b', Some('=')) => " = ",
            ('a' | 'b', Some(';')) => "; ",
            ('b', _) => ": ",
            ('p', Some(',')) => ", ",
            ('n' | 'p', _) => ". ",
            _ => "",
        };
        if matches!(code, 'a' | 'b' | 'n' | 'p') {
            let part = bare(value);
            if !part.is_empty() {
                let joint = if out.ends_with(['?', '!', '.']) && joint.starts_with([':', '.']) { " " } else { joint };
                out.push_str(joint);
                out.push_str(part);
            }
        }
        before = value;
    }
    out
}

/// Who published it, where and when: 264 of RDA, 260 before it.
fn imprint(work: &mut Work, record: &Record) {
    if let Some(edition) = record.first("250") {
        work.first(Variable::Edition, bare(edition.get('a')));
    }
    let published = record.all("264").filter(|f| f.indicators[1] == '1');
    let copyright = record.all("264").filter(|f| matches!(f.indicators[1], '4' | ' '));
    let fields: Vec<&Field> = published.chain(record.all("260")).chain(copyright).collect();
    for field in &fields {
        let joined = |code| field.all(code).map(known).filter(|v| !v.is_empty()).collect::<Vec<_>>().join("; ");
        work.first(Variable::PublisherPlace, &joined('a'));
        work.first(Variable::Publisher, &joined('b'));
    }
    let printed = fields.iter().flat_map(|field| field.all('c')).find_map(year);
    let coded = || {
        let digits: String = record.control("008").chars().skip(7).take(4).collect();
        digits.parse().ok().filter(|year| (1000..=2100).contains(year)).map(|year| (year, Qualifier::Certain))
    };
    if let Some((year, qualifier)) = printed.or_else(coded) {
        work.date(DateField::Issued, Date::Point(DatePoint { year, month: None, day: None, qualifier }));
    }
}

/// A value of the imprint without its punctuation; what a catalogue does not know it says in brackets.
fn known(value: &str) -> &str {
    let value = bare(bare(value).trim_matches(['[', ']']));
    let said = value.to_lowercase();
    let unknown =
        said.contains("not identified") || matches!(said.as_str(), "s.l." | "s.l" | "s.n." | "s.n" | "s. l." | "s. n.");
    if unknown { "" } else { value }
}

static YEAR: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"(?i)(i\. ?e\. ?|ca?\. |circa |zirka )?c?(1[0-9]\d\d|20\d\d)(\?)?").expect("the pattern is well-formed")
});

/// The year of “[1957?]”, “c1999”, “[ca. 1900]” and “1989 [i.e. 1998]”.
fn year(text: &str) -> Option<(i32, Qualifier)> {
    let found: Vec<_> = YEAR.captures_iter(text).collect();
    let before = |i: usize| found[i].get(1).map(|m| m.as_str().to_lowercase()).unwrap_or_default();
    let corrected = (0..found.len()).find(|i| before(*i).starts_with('i'));
    let at = corrected.unwrap_or(0);
    let parts = found.get(at)?;
    let about = !before(at).is_empty() && corrected.is_none();
    let qualifier = match (about, parts.get(3).is_some()) {
        (true, true) => Qualifier::UncertainAndApproximate,
        (true, false) => Qualifier::Approximate,
        (false, true) => Qualifier::Uncertain,
        (false, false) => Qualifier::Certain,
    };
    Some((parts[2].parse().ok()?, qualifier))
}

/// Degree, institution and year of a thesis, in subfields or as “Thesis (Ph.D.)--University, 1990.”
fn thesis(work: &mut Work, record: &Record) {
    let Some(field) = record.first("502") else { return };
    let (kind, rest) = field.get('a').split_once("--").unwrap_or((field.get('a'), ""));
    let (institution, year_of_note) = rest.rsplit_once(',').unwrap_or((rest, ""));
    let genre = if field.get('b').is_empty() { kind } else { field.get('b') };
    work.first(Variable::Genre, bare(genre));
    let school = if field.get('c').is_empty() { institution } else { field.get('c') };
    if !school.trim().is_empty() {
        // Who prints copies of a thesis is not where it was written.
        work.set(Variable::Publisher, bare(school));
    }
    if let Some((year, qualifier)) = year(field.get('d')).or_else(|| year(year_of_note)) {
        work.date(DateField::Issued, Date::Point(DatePoint { year, month: None, day: None, qualifier }));
    }
}

static PAGES: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"(?i)\[?(\d+)\]?\s*(?:p\b|pages|s\.|seiten|str\.|blz|pp\b|leaves|bl\.)")
        .expect("the pattern is well-formed")
});

/// The number of pages: of “xii, [4], 127 p.” the last one.
fn extent(work: &mut Work, record: &Record) {
    let Some(field) = record.first("300") else { return };
    let is_part = matches!(work.kind, WorkKind::ArticleJournal | WorkKind::Chapter);
    if let Some(pages) = PAGES.captures(field.get('a')).filter(|_| !is_part) {
        work.first(Variable::NumberOfPages, &pages[1]);
    }
    if let Some(scale) = record.first("255") {
        work.first(Variable::Scale, bare(scale.get('a')));
    }
}

fn series(work: &mut Work, record: &Record) {
    let stated = ["490", "440", "830"].into_iter().find_map(|tag| record.first(tag));
    if let Some(field) = stated {
        work.first(Variable::CollectionTitle, bare(field.get('a')));
        work.first(Variable::CollectionNumber, bare(field.get('v')));
    }
}

fn identifiers(work: &mut Work, record: &Record) {
    let bare_number = |value: &str| value.trim().split([' ', '(']).next().unwrap_or_default().to_owned();
    for field in record.all("020").flat_map(|f| f.all('a')) {
        work.also(Variable::Isbn, &bare_number(field), ", ");
    }
    for field in record.all("022").flat_map(|f| f.all('a')) {
        work.also(Variable::Issn, &bare_number(field), ", ");
    }
    for field in record.all("024") {
        let value = field.get('a');
        if field.get('2').eq_ignore_ascii_case("doi") && value.parse::<Doi>().is_ok() {
            work.first(Variable::Doi, value.find("10.").map_or(value, |at| &value[at..]));
        }
    }
    for field in ["088", "027", "028"].into_iter().filter_map(|tag| record.first(tag)) {
        work.first(Variable::Number, bare(field.get('a')));
    }
    for field in record.all("856") {
        let url = field.get('u');
        let remark = format!("{} {}", field.get('3'), field.get('y')).to_lowercase();
        let of_the_work = match field.indicators[1] {
            '0' | '1' => true,
            // Nothing says what it leads to, unless a remark does.
            ' ' | '8' => {
                remark.trim().is_empty()
                    || ["full text", "fulltext", "volltext", "texte intégral"].iter().any(|w| remark.contains(w))
            }
            _ => false,
        };
        if of_the_work && is_web_address(url) {
            if field.indicators[1] == '0' && url.contains("doi.org/") && url.parse::<Doi>().is_ok() {
                work.first(Variable::Doi, url.find("10.").map_or(url, |at| &url[at..]));
            }
            work.first(Variable::Url, url);
        }
    }
    for (tag, codes) in [("050", "ab"), ("090", "ab"), ("852", "khim"), ("082", "a")] {
        if let Some(field) = record.first(tag) {
            let parts: Vec<&str> = codes.chars().map(|c| field.get(c)).filter(|v| !v.is_empty()).collect();
            work.first(Variable::CallNumber, &parts.join(" "));
        }
    }
    work.keep("marc-001", record.control("001"));
    record.all("035").for_each(|field| work.keep("marc-035", field.get('a')));
}

/// Language, summary, notes and subjects.
fn words(work: &mut Work, record: &Record) {
    let control = record.control("008");
    let coded: String = control.chars().skip(35).take(3).collect();
    let coded = Some(coded).filter(|c| control.chars().count() == 40 && c.bytes().all(|b| b.is_ascii_lowercase()));
    let language = record.first("041").map(|f| f.get('a').to_owned()).filter(|l| !l.is_empty()).or(coded);
    work.first(Variable::Language, &language.unwrap_or_default());
    for field in record.all("520") {
        work.also(Variable::Abstract, field.get('a'), "\n");
    }
    let mut subjects: Vec<String> = Vec::new();
    for field in &record.fields {
        match field.tag.as_str() {
            "500" => work.also(Variable::Note, field.get('a'), "\n"),
            // A subject with its subdivisions.
            "600" | "610" | "611" | "630" | "648" | "650" | "651" | "653" | "655" => {
                let parts = field.subfields.iter().filter(|(code, _)| "axyzv".contains(*code));
                let subject = parts.map(|(_, value)| bare(value).trim_end_matches('.')).collect::<Vec<_>>().join("--");
                if !subjects.contains(&subject) && subjects.len() < MOST_SUBJECTS {
                    subjects.push(subject);
                }
            }
            "240" | "246" | "501" | "504" | "505" | "506" | "508" | "510" | "511" | "515" | "518" | "521" | "530"
            | "533" | "534" | "538" | "540" | "546" | "550" | "580" | "586" | "880" => {
                work.keep(&format!("marc-{}", field.tag), &field.text())
            }
            _ => {}
        }
    }
    work.set(Variable::Keyword, joined_keywords(&subjects));
}

/// Subjects of one record that are looked through for repetitions.
const MOST_SUBJECTS: usize = 500;

#[cfg(test)]
mod tests {
    use super::*;
    use crate::work::{Name, Role};

    /// A record of lines "TAG ii$a…$b…".
    fn record(leader: &str, lines: &[&str]) -> Record {
        let field = |line: &&str| Field {
            tag: line[..3].to_owned(),
            indicators: [Record::code(line, 4), Record::code(line, 5)],
            subfields: line[6..].split('$').skip(1).map(|s| (s.chars().next().unwrap(), s[1..].to_owned())).collect(),
        };
        Record { leader: leader.to_owned(), fields: lines.iter().map(field).collect(), ..Record::default() }
    }

    #[test]
    fn titles_and_parts() {
        let of = |line: &str| title(&record("", &[line]).fields[0]);
        assert_eq!(of("245 10$aTides$h[electronic resource] :$ba study /$cAda Holm."), "Tides: a study");
        assert_eq!(of("245 10$aTides =$bGezeiten"), "Tides = Gezeiten");
        assert_eq!(of("245 10$aTides.$nVol. 1,$pNorth"), "Tides. Vol. 1, North");
        assert_eq!(of("245 10$aWhat tides?$bA study"), "What tides? A study");
    }

    #[test]
    fn people_by_code_and_by_what_the_title_page_says() {
        let lines = [
            "245 10$aTides /$cAda Holm and Bo Berg ; edited by Cy Dahl ; with illustrations by Di Elm.",
            "100 1 $aHolm, Ada,$d1950-",
            "700 1 $aBerg, Bo.",
            "700 1 $aDahl, Cy",
            "700 1 $aElm, Di",
            "700 1 $aFox, Eve,$4trl",
            "700 1 $aGale, Flo,$eHerausgeberIn",
            "700 12$aHill, Gus.$tAnother work",
            "700 1 $aKing, Lea",
            "710 2 $aPress$4pbl",
            "710 2 $aFerry Board.$bNorth.",
        ];
        let work = work(&record("00000nam a2200000 a 4500", &lines));
        let person = |family: &str, given: &str| Name::person(family, given);
        assert_eq!(work.names(Role::Author), [person("Holm", "Ada"), person("Berg", "Bo")]);
        assert_eq!(work.names(Role::Editor), [person("Dahl", "Cy"), person("Gale", "Flo")]);
        assert_eq!(work.names(Role::Illustrator), [person("Elm", "Di")]);
        assert_eq!(work.names(Role::Translator), [person("Fox", "Eve")]);
        assert_eq!(work.names(Role::Contributor), [person("King", "Lea"), Name::literal("Ferry Board. North")]);
    }

    #[test]
    fn articles_and_theses() {
        let lines = [
            "245 10$aTides at home /$cAda Holm.",
            "100 1 $aHolm, Ada.",
            "773 0 $tJournal of ferries.$gVol. 12, no. 3 (May 2004), p. 34-56$x1234-5679",
            "856 40$uhttps://doi.org/10.5555/a",
        ];
        let article = work(&record("00000naa a2200000 a 4500", &lines));
        assert_eq!((article.kind, article.year()), (WorkKind::ArticleJournal, Some(2004)));
        assert_eq!(article.get(Variable::ContainerTitle), Some("Journal of ferries"));
        assert_eq!((article.get(Variable::Page), article.get(Variable::Doi)), (Some("34–56"), Some("10.5555/a")));
        let thesis = work(&record(
            "00000nam a2200000 a 4500",
            &["245 10$aTides", "502   $aThesis (Ph.D.)--Ferry University, 1990."],
        ));
        assert_eq!((thesis.kind, thesis.year()), (WorkKind::Thesis, Some(1990)));
        assert_eq!(
            (thesis.get(Variable::Publisher), thesis.get(Variable::Genre)),
            (Some("Ferry University"), Some("Thesis (Ph.D.)"))
        );
    }

    #[test]
    fn years_of_an_imprint() {
        for (text, expected) in [
            ("[1957?]", "1957?"),
            ("c1999.", "1999"),
            ("[ca. 1900]", "1900~"),
            ("1989 [i.e. 1998]", "1998"),
            ("año 1687.", "1687"),
        ] {
            let (year, qualifier) = year(text).unwrap();
            assert_eq!(
                Date::Point(DatePoint { year, month: None, day: None, qualifier }).to_string(),
                expected,
                "{text}"
            );
        }
        assert_eq!(year("n.d."), None);
    }
}
