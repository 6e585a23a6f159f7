//! Exports of Ovid's databases, read only: its tagged layout ("TI  - A title"), and the older one in which the names of
//! the fields stand on lines of their own. Source: the field guides of its databases.
//!
//! What a work appeared in is one line of print (`SO`), whose form differs from database to database.

mod names;
mod printed;

use super::{Tagged, cut, problem, tags_of};
use crate::bibliography::draft::{self, Draft, joined_keywords};
use crate::bibliography::{Library, Lines, ReadError, Source, Spec};
use crate::work::{DateField, Doi, Field, Role, Work, WorkKind};

pub(in crate::bibliography) static SPEC: Spec = Spec {
    name: "ovid",
    aliases: &["ovid-tagged"],
    extensions: &[],
    sniff: |head| {
        let mut lines = head.lines().filter(|line| !line.trim().is_empty());
        lines.next().is_some_and(|first| {
            tag_of(first).is_some_and(|(tag, value)| {
                tag == "VN" && value.contains("Ovid")
                    || tag == RECORD && lines.next().is_some_and(|l| tag_of(l).is_some())
            })
        })
    },
    read,
    write: None,
};

/// Stands for the line that begins a record: its number in angle brackets.
const RECORD: &str = "<";

/// Names of fields in the older layout, and the tags that mean the same.
const LONG_NAMES: &[(&str, &str)] = &[
    ("Accession Number", "AN"),
    ("Author", "AU"),
    ("Authors", "AU"),
    ("Editor", "ED"),
    ("Institution", "IN"),
    ("Title", "TI"),
    ("Chapter Title", CHAPTER),
    ("Source", "SO"),
    ("Abstract", "AB"),
    ("Publication Type", "PT"),
    ("Document Type", "DT"),
    ("Publisher", "PU"),
    ("Language", "LG"),
    ("ISSN", "IS"),
    ("ISBN", "IB"),
    ("DOI", "DO"),
    ("Digital Object Identifier", "DO"),
    ("Year of Publication", "YR"),
    ("Date of Publication", "DP"),
    ("Volume", "VO"),
    ("Issue", "IP"),
    ("Pages", "PG"),
    ("Page", "PG"),
    ("Journal Name", "JN"),
    ("Keywords", "KW"),
    ("Keyword", "KW"),
    ("Status", "Status"),
    ("Author e-mail", "Author e-mail"),
    ("Publication Date", "DP"),
    ("Edition", "ET"),
    ("Series", "Series"),
    ("Notes", "NT"),
    ("Score", "SCORE"),
];

/// The title of a chapter, where `TI` is that of the book.
const CHAPTER: &str = "CT";

/// Tag and rest of a line "TG  - value", a field's name alone on its line, or the number of a record.
fn tag_of(line: &str) -> Option<(&str, &str)> {
    let bare = line.trim();
    if let Some(number) = bare.strip_prefix('<').and_then(|rest| rest.strip_suffix('>')) {
        let digits = number.trim().trim_end_matches('.');
        return (!digits.is_empty() && digits.bytes().all(|b| b.is_ascii_digit())).then_some((RECORD, digits));
    }
    // What goes on with a value is indented, some exports as a whole by one blank.
    if line.starts_with("  ") || line.starts_with('\t') {
        return None;
    }
    if let Some((tag, rest)) = bare.split_once(" -") {
        let tag = tag.trim_end();
        let is_tag =
            tag == "SCORE" || tag.len() == 2 && tag.bytes().all(|b| b.is_ascii_uppercase() || b.is_ascii_digit());
        return (is_tag && (rest.is_empty() || rest.starts_with(' '))).then_some((tag, rest));
    }
    LONG_NAMES.iter().find(|(name, _)| name.eq_ignore_ascii_case(bare)).map(|(_, tag)| (*tag, ""))
}

fn read(source: &Source) -> Result<Library, ReadError> {
    let text = source.text();
    let mut lines = Lines::new(text);
    let mut library = Library { works: Vec::new(), problems: source.problem().into_iter().collect() };
    let all = cut(text, tag_of);
    if let Some(at) = all.stray {
        library.problems.push(problem(&mut lines, at, "", "this stands before the first tag and was not read"));
    }
    for record in all.fields.split(|field| field.tag == RECORD).filter(|record| !record.is_empty()) {
        library.works.push(work(record));
    }
    Ok(library)
}

fn work(fields: &[Tagged]) -> Work {
    let value = |tag: &str| fields.iter().find(|f| f.tag == tag).map(Tagged::line).unwrap_or_default();
    let mut work = Work { kind: kind(fields), ..Work::default() };
    let present = tags_of(fields);
    let has = |tag: &str| present.contains(tag);
    let mut keywords = Vec::new();
    for field in fields {
        let text = field.line();
        if text.is_empty() {
            continue;
        }
        let taken = match field.tag {
            "AU" | "ED" => {
                let role = if field.tag == "ED" { Role::Editor } else { Role::Author };
                for (stated, name) in names::names(&text) {
                    work.name(stated.unwrap_or(role), name);
                }
                true
            }
            // The book's title, where the chapter's is given too.
            "TI" if has(CHAPTER) => work.first(Field::ContainerTitle, &title(&text)),
            "TI" | CHAPTER => work.first(Field::Title, &title(&text)),
            "KW" => {
                keywords.extend(text.split(';').map(|word| word.trim().to_owned()));
                true
            }
            "MH" => {
                keywords.push(text.trim_start_matches('*').to_owned());
                true
            }
            "IS" | "IT" => {
                work.also(Field::Issn, number(&text), ", ");
                true
            }
            "IB" => {
                text.split(',').for_each(|isbn| work.also(Field::Isbn, number(isbn), ", "));
                true
            }
            "DI" | "DO" => {
                text.parse::<Doi>().is_ok() && {
                    work.first(Field::Doi, text.find("10.").map_or(text.as_str(), |at| &text[at..]))
                }
            }
            "PG" if text.starts_with("No Pagination") => true,
            // The publisher's place comes after it, behind the last separator there is.
            "PU" | "PB" => {
                let separator = if field.tag == "PU" { ';' } else { ',' };
                let (name, place) = text.rsplit_once(separator).unwrap_or((&text, ""));
                work.first(
                    Field::PublisherPlace,
                    Some(place.trim()).filter(|p| !p.contains("not given")).unwrap_or(""),
                );
                work.first(Field::Publisher, name)
            }
            "LC" if has("PU") && !text.bytes().any(|b| b.is_ascii_digit()) => {
                work.first(Field::PublisherPlace, text.trim_end_matches('.'))
            }
            "IN" if work.kind == WorkKind::Thesis => {
                let place = text.split_once(": ").map_or(text.as_str(), |(_, place)| place);
                work.first(Field::Publisher, place.trim_end_matches('.'))
            }
            "YR" | "DP" => {
                work.date(DateField::Issued, draft::date(text.trim_end_matches('.')));
                true
            }
            "SO" | "BT" => true,
            // The name of the program.
            "VN" => true,
            "JN" | "VO" | "IP" if work.kind == WorkKind::Thesis => false,
            "LG" => work.first(Field::Language, text.trim_end_matches('.')),
            "AB" => work.first(Field::Abstract, field.value.trim()),
            tag => variable(tag).is_some_and(|variable| work.first(variable, text.trim_end_matches([' ', '.']))),
        };
        if !taken {
            work.keep(field.tag, &text);
        }
    }
    work.set(Field::Keyword, joined_keywords(&keywords));
    for tag in ["SO", "BT"].into_iter().filter(|tag| has(tag)) {
        source(&mut work, &value(tag), tag);
    }
    work.fields.retain(|_, text| !text.is_empty());
    work
}

/// What the printed source says and no field of its own has said.
fn source(work: &mut Work, text: &str, tag: &str) {
    match work.kind {
        // Where the summary of a thesis appeared, and the gazette that told of a patent, are not where the works did.
        WorkKind::Thesis | WorkKind::Patent => return work.keep(tag, text),
        WorkKind::Book if tag == "SO" => return work.keep(tag, text),
        WorkKind::Book => return,
        _ => {}
    }
    let publisher = work.get(Field::Publisher).unwrap_or_default().to_owned();
    let Some(printed) = printed::read(text, &publisher) else { return work.keep(tag, text) };
    for (stated, name) in names::names(&printed.editors) {
        if !work.names(Role::Editor).contains(&name) {
            work.name(stated.unwrap_or(Role::Editor), name);
        }
    }
    for (field, text) in [
        (Field::ContainerTitle, printed.container),
        (Field::Volume, printed.volume),
        (Field::Issue, printed.issue),
        (Field::Page, draft::whole_pages(&printed.pages)),
    ] {
        work.first(field, &text);
    }
    let date = draft::date(&printed.date);
    if date.year().is_some() {
        work.date(DateField::Issued, date);
    }
}

/// A title without the stop that ends it and the type in brackets behind that; a title in brackets was translated.
fn title(text: &str) -> String {
    let mut out = text.trim();
    if let Some((before, _)) = out.trim_end_matches('.').strip_suffix(']').and_then(|o| o.rsplit_once('['))
        && before.trim_end().ends_with(['.', '?', '!', '"'])
    {
        out = before.trim_end();
    }
    out.strip_suffix('.').filter(|o| !o.ends_with('.')).unwrap_or(out).trim_end().to_owned()
}

/// A standard number without the remark behind it.
fn number(text: &str) -> &str {
    text.trim().split([' ', '(']).next().unwrap_or_default()
}

fn kind(fields: &[Tagged]) -> WorkKind {
    let said: Vec<String> =
        fields.iter().filter(|f| matches!(f.tag, "PT" | "DT")).map(|f| f.line().to_lowercase()).collect();
    let is = |words: &str| said.iter().any(|s| s.contains(words));
    let has = |tag: &str| fields.iter().any(|f| f.tag == tag && !f.value.trim().is_empty());
    if is("patent") {
        WorkKind::Patent
    } else if is("dissertation") || is("thesis") {
        WorkKind::Thesis
    } else if is("chapter") || has(CHAPTER) {
        WorkKind::Chapter
    } else if is("book") && !is("book review") || has("IB") && !has("IS") && !has("SO") {
        WorkKind::Book
    } else if is("conference paper") && !is("article") && !is("journal") {
        WorkKind::PaperConference
    } else {
        WorkKind::ArticleJournal
    }
}

fn variable(tag: &str) -> Option<Field> {
    Some(match tag {
        "TT" => Field::OriginalTitle,
        "JN" | "JT" => Field::ContainerTitle,
        "JA" => Field::ContainerTitleShort,
        "VO" => Field::Volume,
        "IP" => Field::Issue,
        "PG" => Field::Page,
        "PN" => Field::Number,
        "PM" => Field::Pmid,
        "ET" => Field::Edition,
        "DB" => Field::Archive,
        "AN" => Field::ArchiveLocation,
        "NT" => Field::Note,
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use crate::bibliography::read;
    use crate::work::{DateField, Field, Name, Role, WorkKind};

    #[test]
    fn tagged_records() {
        let text = "<1. >\nVN  - Ovid Technologies\nDB  - Ferry Abstracts\nAN  - 7.\nAU  - Holm, Ada MD, PhD 1,2,*\nAU  - Berg, B. [Author; E-mail: b@example.org]\n\
            TI  - Tides at home.  [Article]\nSO  - Journal of Ferries May 2004;12(3):34-56\nIS  - 1234-5679 (print)\nLG  - English.\n\
            DI  - 10.5555/a\nKW  - tides;  ferries\nRF  - One.\n\n      Two.\n\n<2. >\nVN  - Ovid Technologies\nTI  - A chapter\n\
            SO  - Holm, Ada [Ed]; Berg, Bo [Ed]. (2005). A book of ferries. (pp. 1-9). x, 90 pp. Harbour: Press.\nPT  - Book\nDT  - Chapter\nPU  - Press; Harbour\n";
        let library = read(text.as_bytes(), None).unwrap();
        assert_eq!((library.works.len(), &library.problems[..]), (2, &[][..]));
        let work = &library.works[0];
        assert_eq!(work.names(Role::Author), [Name::person("Holm", "Ada"), Name::person("Berg", "B.")]);
        assert_eq!((work.get(Field::Title), work.get(Field::Issn)), (Some("Tides at home"), Some("1234-5679")));
        assert_eq!(work.get(Field::ContainerTitle), Some("Journal of Ferries"));
        assert_eq!(work.dates[&DateField::Issued].to_string(), "2004-05");
        assert_eq!((work.get(Field::Volume), work.get(Field::Issue)), (Some("12"), Some("3")));
        assert_eq!(work.get(Field::Page), Some("34–56"));
        let chapter = &library.works[1];
        assert_eq!((chapter.kind, chapter.year()), (WorkKind::Chapter, Some(2005)));
        assert_eq!(chapter.names(Role::Editor), [Name::person("Holm", "Ada"), Name::person("Berg", "Bo")]);
        assert_eq!(chapter.get(Field::ContainerTitle), Some("A book of ferries"));
        assert_eq!(chapter.get(Field::PublisherPlace), Some("Harbour"));
    }

    #[test]
    fn names_of_fields_on_their_own_lines() {
        let text = "<12>\nAccession Number\n  7.\nAuthor\n  Holm, Ada MD *;  van Berg, Bo +\nTitle\n  Tides.[Article]\nSource\n  \
            Journal of Ferries.   28(2):103-106, April 2015.\n\n<11>\nAuthor\n  Holm, Ada [Ed]\nTitle\n  Book\nPublication Type\n  Book\n";
        let library = read(text.as_bytes(), None).unwrap();
        let work = &library.works[0];
        assert_eq!(work.names(Role::Author), [Name::person("Holm", "Ada"), Name::person("van Berg", "Bo")]);
        assert_eq!((work.get(Field::Title), work.get(Field::Page)), (Some("Tides"), Some("103–106")));
        assert_eq!(work.dates[&DateField::Issued].to_string(), "2015-04");
        assert_eq!(library.works[1].names(Role::Editor), [Name::person("Holm", "Ada")]);
    }
}
