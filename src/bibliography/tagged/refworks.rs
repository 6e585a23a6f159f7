//! RefWorks' tagged format, read only. Source: the legend of tags with which its exports begin, and its types of
//! references.

use super::{Tagged, cut, problem, tags_of};
use crate::bibliography::draft::{self, Draft, Unmarked, is_isbn, joined_keywords, kind_of_name};
use crate::bibliography::{Library, Lines, ReadError, Source, Spec};
use crate::work::{DateField, Doi, Field, Role, Work, WorkKind};

pub(in crate::bibliography) static SPEC: Spec = Spec {
    name: "refworks",
    aliases: &["refworks-tagged"],
    extensions: &[],
    sniff: |head| {
        head.lines().map(str::trim).find(|line| !line.is_empty()).is_some_and(|line| {
            line.eq_ignore_ascii_case(TITLE) || line.strip_prefix("RT ").is_some_and(|name| kind(name).is_some())
        })
    },
    read,
    write: None,
};

/// The first line of a whole export.
const TITLE: &str = "Refworks Export Tagged Format";
/// The line after the legend.
const BEGINNING: &str = "BEGIN EXPORTED REFERENCES";

const KINDS: &[(&str, WorkKind)] = &[
    ("Journal Article", WorkKind::ArticleJournal),
    ("Journal", WorkKind::ArticleJournal),
    ("Journal, Electronic", WorkKind::ArticleJournal),
    ("Abstract", WorkKind::ArticleJournal),
    ("Magazine Article", WorkKind::ArticleMagazine),
    ("Newspaper Article", WorkKind::ArticleNewspaper),
    ("Book, Whole", WorkKind::Book),
    ("Book", WorkKind::Book),
    ("Book, Edited", WorkKind::Book),
    ("Monograph", WorkKind::Book),
    ("Book, Section", WorkKind::Chapter),
    ("Conference Proceedings", WorkKind::PaperConference),
    ("Dissertation", WorkKind::Thesis),
    ("Dissertation/Thesis", WorkKind::Thesis),
    ("Dissertation/Thesis, Unpublished", WorkKind::Thesis),
    ("Report", WorkKind::Report),
    ("Unpublished Material", WorkKind::Manuscript),
    ("Web Page", WorkKind::Webpage),
    ("Online Discussion Forum", WorkKind::Post),
    ("Computer Program", WorkKind::Software),
    ("Patent", WorkKind::Patent),
    ("Case/Court Decisions", WorkKind::LegalCase),
    ("Laws/Statutes", WorkKind::Legislation),
    ("Bills/Resolutions", WorkKind::Bill),
    ("Hearing", WorkKind::Hearing),
    ("Map", WorkKind::Map),
    ("Artwork", WorkKind::Graphic),
    ("Motion Picture", WorkKind::MotionPicture),
    ("Video/ DVD", WorkKind::MotionPicture),
    ("Video/DVD", WorkKind::MotionPicture),
    ("Sound Recording", WorkKind::Song),
    ("Music Score", WorkKind::MusicalScore),
    ("Personal Communication", WorkKind::PersonalCommunication),
    ("Generic", WorkKind::Document),
    ("Grant", WorkKind::Document),
];

/// The kind of a type. Exports add a number in brackets.
fn kind(name: &str) -> Option<WorkKind> {
    let name = name.split_once('(').map_or(name, |(name, _)| name);
    kind_of_name(KINDS, name)
}

/// Tag and rest of a line "TG value".
fn tag_of(line: &str) -> Option<(&str, &str)> {
    let (tag, rest) = line.split_once(' ').unwrap_or((line, ""));
    let known = match tag.len() {
        2 | 3 => tag.as_bytes()[..2].iter().all(|b| b.is_ascii_uppercase() || b.is_ascii_digit()) && is_tag(tag),
        _ => matches!(tag, "PMID" | "PMCID"),
    };
    known.then_some((tag, rest))
}

/// The tags of the legend; any other two letters may begin a line of an abstract.
fn is_tag(tag: &str) -> bool {
    const TAGS: &str = " RT SR ID A1 T1 JF JO YR FD VO IS SP OP K1 AB NO A2 T2 ED PB PP A3 A4 A5 T3 SN AV AD AN LA CL SF OT LK \
        DO CN DB DS IP RD ST UL SL LL CR WT A6 WV WP OL ";
    let user = tag.strip_prefix('U').is_some_and(|n| n.parse().is_ok_and(|n: u8| (1..=15).contains(&n)));
    user || TAGS.split(' ').any(|known| !known.is_empty() && known == tag)
}

fn read(source: &Source) -> Result<Library, ReadError> {
    let text = source.text();
    let mut lines = Lines::new(text);
    let mut library = Library { works: Vec::new(), problems: source.problem().into_iter().collect() };
    // The legend of tags is not of any record.
    let begin = text.find(BEGINNING).map_or(0, |at| at + BEGINNING.len());
    let all = cut(&text[begin..], tag_of);
    if let Some(at) = all.stray {
        library.problems.push(problem(&mut lines, begin + at, "", "this stands before the first tag and was not read"));
    }
    let mut rest = &all.fields[..];
    while let Some(first) = rest.first() {
        let end = rest[1..].iter().position(|f| f.tag == "RT").map_or(rest.len(), |i| i + 1);
        if first.tag == "RT" {
            library.works.push(work(&rest[..end]));
        } else {
            let message = "this stands outside of a record and was not read: a record begins with “RT ” and its type";
            library.problems.push(problem(&mut lines, begin + first.at, "", message));
        }
        rest = &rest[end..];
    }
    Ok(library)
}

fn work(fields: &[Tagged]) -> Work {
    let mut work = Work::default();
    let ty = fields[0].line();
    match kind(&ty) {
        Some(kind) => work.kind = kind,
        None => work.keep("RT", &ty),
    }
    let present = tags_of(fields);
    let has = |tag: &str| present.contains(tag);
    let value = |tag: &str| fields.iter().find(|f| f.tag == tag).map(Tagged::line).unwrap_or_default();
    pages(&mut work, &value("SP"), &value("OP"));
    issued(&mut work, &value("YR"), &value("FD"));
    let mut keywords = Vec::new();
    for field in &fields[1..] {
        let text = field.line();
        if text.is_empty() {
            continue;
        }
        if let Some(role) = role(field.tag, work.kind, &ty) {
            field.lines().for_each(|name| work.name(role, draft::name(name, Unmarked::Literal)));
            continue;
        }
        match field.tag {
            "SP" | "OP" | "YR" | "FD" | "SR" | "OL" => {}
            "K1" => keywords.push(text),
            "AB" => {
                work.first(Field::Abstract, field.value.trim());
            }
            // Some sources put the DOI among the notes.
            "NO" if !has("DO") && text.parse::<Doi>().is_ok() => {
                work.first(Field::Doi, text.find("10.").map_or(text.as_str(), |at| &text[at..]));
            }
            "NO" => work.also(Field::Note, field.value.trim(), "\n"),
            "RD" => work.date(DateField::Accessed, draft::date(&text)),
            "WP" => work.date(DateField::AvailableDate, draft::date(&text)),
            tag => {
                if !variable(tag, &text, work.kind).is_some_and(|variable| work.first(variable, &text)) {
                    work.keep(tag, &text);
                }
            }
        }
    }
    work.set(Field::Keyword, joined_keywords(&keywords));
    if work.get(Field::ContainerTitle).is_none()
        && let Some(short) = work.fields.remove(&Field::ContainerTitleShort)
    {
        work.set(Field::ContainerTitle, short);
    }
    work
}

/// SP is the first page or the number of all, OP the last page or what is left of the pages.
fn pages(work: &mut Work, first: &str, other: &str) {
    let counts = matches!(work.kind, WorkKind::Book | WorkKind::Thesis | WorkKind::Manuscript);
    if counts && other.is_empty() && !first.contains(['-', '–', ',']) {
        work.first(Field::NumberOfPages, first);
    } else {
        work.pages(first, other);
    }
}

/// YR is the year and FD what else is known of the date, in any words.
fn issued(work: &mut Work, year: &str, free: &str) {
    let whole = match free.split_once('/').map(|(a, b)| (a.trim().parse::<u8>(), b.trim().parse::<u8>())) {
        // Month and day; where both could be the month, nothing tells which is.
        Some((Ok(a), Ok(b))) if a == b || b > 12 => draft::date_of_parts(year, &a.to_string(), &b.to_string()),
        Some((Ok(a), Ok(b))) if a > 12 => draft::date_of_parts(year, &b.to_string(), &a.to_string()),
        Some((Ok(_), Ok(_))) => None,
        _ if free.is_empty() => None,
        _ => [draft::date(free), draft::date(&format!("{free} {year}"))].into_iter().find(|d| d.year().is_some()),
    };
    match whole {
        Some(date) => work.date(DateField::Issued, date),
        None => {
            if !year.is_empty() {
                work.date(DateField::Issued, draft::date(year));
            }
            work.keep("FD", free);
        }
    }
}

fn role(tag: &str, kind: WorkKind, ty: &str) -> Option<Role> {
    use WorkKind::*;
    Some(match (tag, kind) {
        ("A1", Book) if ty.to_lowercase().contains("edited") => Role::Editor,
        ("A1", MotionPicture) => Role::Director,
        ("A1", _) => Role::Author,
        ("A2", PersonalCommunication) => Role::Recipient,
        ("A2", Thesis) => Role::Contributor,
        ("A2" | "A6", _) => Role::Editor,
        ("A3", _) => Role::CollectionEditor,
        ("A4" | "A5", _) => Role::Contributor,
        _ => return None,
    })
}

fn variable(tag: &str, text: &str, kind: WorkKind) -> Option<Field> {
    use WorkKind::*;
    let alone = matches!(kind, Book | Thesis | Report | Map | Software | Song | Manuscript);
    Some(match tag {
        "T1" => Field::Title,
        "JF" | "WT" => Field::ContainerTitle,
        "JO" => Field::ContainerTitleShort,
        "T2" if alone => Field::CollectionTitle,
        "T2" => Field::ContainerTitle,
        "T3" => Field::CollectionTitle,
        "ST" => Field::TitleShort,
        "OT" => Field::OriginalTitle,
        "VO" => Field::Volume,
        "IS" if matches!(kind, Patent | Report | Bill | Hearing) => Field::Number,
        "IS" => Field::Issue,
        "ED" => Field::Edition,
        "WV" => Field::Version,
        "PB" => Field::Publisher,
        "PP" => Field::PublisherPlace,
        "SN" if is_isbn(text) || matches!(kind, Book | Chapter) => Field::Isbn,
        "SN" => Field::Issn,
        "LA" => Field::Language,
        "DO" => Field::Doi,
        "UL" | "LK" => Field::Url,
        "CN" => Field::CallNumber,
        "DB" => Field::Archive,
        "AN" | "AV" => Field::ArchiveLocation,
        "DS" => Field::Source,
        "PMID" => Field::Pmid,
        "PMCID" => Field::Pmcid,
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use crate::bibliography::{Format, read};
    use crate::work::{DateField, Field, Name, Role, WorkKind};

    #[test]
    fn records_after_the_legend() {
        let text = "Refworks Export Tagged Format\n\nTag legend\n*****\nRT=Reference Type\nA1=Primary Authors\n*****\n\
            BEGIN EXPORTED REFERENCES\n\n\nRT Journal Article\nSR Electronic(1)\nID 7\nA1 Holm,Ada\nA1 Berg,Bo\n\
            T1 Tides at home\nJF Journal of Ferries\nJO J Ferr\nYR 2004\nFD 03/03\nVO 12\nIS 3\nSP 34\nOP 56\nK1 tides\nK1 ferries\n\
            AB It was seen.\nUS ferries were not.\nNO doi: 10.5555/a\nSN 1234-5679\nOL Unknown(0)\n\n\
            RT Book, Section\nA1 Holm,Ada\nT1 A chapter\nA2 Berg,Bo\nT2 A book\nYR 2005\nFD 01/02\nPB Press\nU12 mine\n";
        let library = read(text.as_bytes(), None).unwrap();
        assert_eq!((library.works.len(), &library.problems[..]), (2, &[][..]));
        let work = &library.works[0];
        assert_eq!(work.names(Role::Author), [Name::person("Holm", "Ada"), Name::person("Berg", "Bo")]);
        assert_eq!((work.get(Field::Doi), work.get(Field::Page)), (Some("10.5555/a"), Some("34–56")));
        assert_eq!(work.dates[&DateField::Issued].to_string(), "2004-03-03");
        assert_eq!(work.get(Field::Abstract), Some("It was seen.\nUS ferries were not."));
        let chapter = &library.works[1];
        assert_eq!((chapter.kind, chapter.get(Field::ContainerTitle)), (WorkKind::Chapter, Some("A book")));
        assert_eq!((chapter.names(Role::Editor).len(), chapter.custom["U12"].as_str()), (1, "mine"));
        assert_eq!((chapter.year(), chapter.custom["FD"].as_str()), (Some(2005), "01/02"));
    }

    #[test]
    fn what_is_no_record_is_said() {
        let library = read(b"T1 Lost\nRT Generic\nT1 A\n", Format::from_name("refworks")).unwrap();
        assert_eq!(library.works.len(), 1);
        assert!(library.problems[0].to_string().starts_with("1:1: this stands outside of a record"));
    }
}
