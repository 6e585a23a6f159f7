//! PubMed's format for reference managers (`.nbib`), and MEDLINE's display format. Source: “MEDLINE/PubMed Data Element
//! (Field) Descriptions” of the National Library of Medicine.

use super::{Tagged, cut, problem, tags_of};
use crate::bibliography::draft::{self, Draft, Unmarked, inverted, joined_keywords, split_keywords};
use crate::bibliography::xml::pubmed::article_number;
use crate::bibliography::{Library, Lines, ReadError, Source, Spec};
use crate::text::collapse_spaces;
use crate::work::{Date, DateField, DatePoint, Field, Month, Qualifier, Role, Season, Work, WorkKind};

pub(in crate::bibliography) static SPEC: Spec = Spec {
    name: "nbib",
    aliases: &["pubmed", "medline"],
    extensions: &["nbib"],
    sniff: |head| {
        head.lines().take(50).any(|line| {
            tag_of(line).is_some_and(|(tag, value)| tag == "PMID" || tag == "OWN" && value.trim() == "ERIC")
        })
    },
    read,
    write: Some(write),
};

/// Tag and rest of a line "TAG - value": two to four letters, blanks up to a hyphen in the fifth column.
fn tag_of(line: &str) -> Option<(&str, &str)> {
    let (tag, value) = line.split_once('-')?;
    let name = tag.trim_end();
    let letters = (2..=4).contains(&name.len()) && name.bytes().all(|b| b.is_ascii_uppercase() || b.is_ascii_digit());
    (letters && tag.len() <= 5 && line.starts_with(|c: char| c.is_ascii_uppercase())).then_some((name, value))
}

fn read(source: &Source) -> Result<Library, ReadError> {
    let text = source.text();
    let mut lines = Lines::new(text);
    let mut library = Library { works: Vec::new(), problems: source.problem().into_iter().collect() };
    let all = cut(text, tag_of);
    if let Some(at) = all.stray {
        library.problems.push(problem(&mut lines, at, "", "this stands before the first tag and was not read"));
    }
    let mut rest = &all.fields[..];
    while !rest.is_empty() {
        // A record ends at a blank line, or where the next identifier stands.
        let begins = |i: usize| rest[i].tag == "PMID" && rest[..i].iter().any(|f| f.tag == "PMID");
        let end = (1..rest.len()).find(|i| rest[i - 1].value.ends_with('\n') || begins(*i)).unwrap_or(rest.len());
        library.works.push(work(&rest[..end]));
        rest = &rest[end..];
    }
    Ok(library)
}

/// The value before a mark in brackets ("10.1000/x [doi]").
fn marked(value: &str, mark: &str) -> Option<String> {
    Some(value.trim().strip_suffix(']')?.strip_suffix(mark)?.strip_suffix('[')?.trim().to_owned())
}

fn work(fields: &[Tagged]) -> Work {
    let mut work = Work { kind: WorkKind::ArticleJournal, ..Work::default() };
    let present = tags_of(fields);
    let has = |tag: &str| present.contains(tag);
    let mut keywords = Vec::new();
    let is_book = has("BTI") || has("ISBN") && !has("JT");
    let book_types = [Some(WorkKind::Book), Some(WorkKind::Chapter)];
    let in_collection = is_book || fields.iter().any(|f| f.tag == "PT" && book_types.contains(&kind(&f.line())));
    for field in fields {
        let text = field.line();
        if text.is_empty() {
            continue;
        }
        let name = |unmarked| draft::name(&text, unmarked);
        let taken = match field.tag {
            "FAU" => {
                work.name(Role::Author, name(Unmarked::Literal));
                true
            }
            "FED" => {
                work.name(Role::Editor, name(Unmarked::Literal));
                true
            }
            // The same people again, in short.
            "AU" if has("FAU") => true,
            "ED" if has("FED") => true,
            "AU" => {
                work.name(Role::Author, name(Unmarked::Initials));
                true
            }
            "ED" => {
                work.name(Role::Editor, name(Unmarked::Initials));
                true
            }
            "CN" => {
                work.name(Role::Author, crate::work::Name::literal(text.clone()));
                true
            }
            "PT" => {
                if let Some(kind) = kind(&text) {
                    work.kind = kind;
                }
                false
            }
            "DP" => {
                work.date(DateField::Issued, draft::date(&text));
                true
            }
            "AID" | "LID" => match (marked(&text, "doi"), marked(&text, "pii")) {
                (Some(doi), _) => work.first(Field::Doi, &doi),
                (None, Some(pii)) if field.tag == "LID" && !has("PG") => {
                    article_number(&pii).is_some_and(|number| work.first(Field::Page, number))
                }
                (None, _) => false,
            },
            "MH" | "OT" => {
                keywords.push(text.clone());
                true
            }
            "ISSN" => {
                work.also(Field::Issn, text.trim_start_matches(['E', 'I', 'S', 'N', '-']), ", ");
                true
            }
            "IS" => {
                work.also(Field::Issn, text.split(" (").next().unwrap_or_default(), ", ");
                true
            }
            "ISBN" => {
                let number = text.split(" (").next().unwrap_or_default();
                work.also(Field::Isbn, number.trim_start_matches("ISBN-"), ", ");
                true
            }
            "PG" => work.first(Field::Page, &draft::whole_pages(&text)),
            "AB" => work.first(Field::Abstract, &text),
            tag => variable(tag, in_collection).is_some_and(|variable| work.first(variable, &text)),
        };
        if !taken {
            work.keep(field.tag, &text);
        }
    }
    if has("OWN") && fields.iter().any(|f| f.tag == "OWN" && f.line() == "ERIC") {
        of_eric(&mut work, fields);
    } else if is_book {
        work.kind = match (has("TI"), has("BTI")) {
            (true, true) => WorkKind::Chapter,
            // Without the title of a book around it, the type of publication tells.
            (_, false) if work.kind != WorkKind::ArticleJournal => work.kind,
            _ => WorkKind::Book,
        };
        if !has("TI")
            && let Some(title) = work.fields.remove(&Field::ContainerTitle)
        {
            work.set(Field::Title, title);
        }
    }
    // A type that the kind says already need not be kept, unless another one would be taken for the kind then.
    if let (Some(name), Some(kept)) = (publication_type(work.kind), work.custom.get("PT")) {
        let others: Vec<&str> = kept.lines().filter(|line| *line != name).collect();
        if !others.iter().any(|line| kind(line).is_some()) {
            let others = others.join("\n");
            work.custom.remove("PT");
            work.keep("PT", &others);
        }
    }
    let journal = || work.get(Field::ContainerTitleShort).map(str::to_owned);
    if work.get(Field::ContainerTitle).is_none()
        && let Some(short) = journal()
    {
        work.set(Field::ContainerTitle, short);
        work.fields.remove(&Field::ContainerTitleShort);
        if let Some(other) = work.custom.remove("TA") {
            work.set(Field::ContainerTitleShort, other.replace('\n', " "));
        }
    }
    work.set(Field::Keyword, joined_keywords(&keywords));
    // The full stop is PubMed's.
    if let Some(title) = work.fields.get_mut(&Field::Title)
        && title.ends_with('.')
        && !title.ends_with("..")
    {
        title.pop();
    }
    work
}

/// ERIC gives the publisher of what is no article as the journal, and a university with the degree.
fn of_eric(work: &mut Work, fields: &[Tagged]) {
    let types: Vec<String> = fields.iter().filter(|f| f.tag == "PT").map(Tagged::line).collect();
    let is = |name: &str| types.iter().any(|t| t.starts_with(name));
    work.kind = match () {
        () if is("Journal Articles") || work.get(Field::Volume).is_some() => return,
        () if is("Dissertations") => WorkKind::Thesis,
        () if is("Books") => WorkKind::Book,
        () if is("Reports") => WorkKind::Report,
        () => return,
    };
    let publisher = work.fields.remove(&Field::ContainerTitle).unwrap_or_default();
    let source = work.custom.get("SO").cloned().unwrap_or_default();
    let university = source.split_once("Dissertation, ").map(|(_, university)| university.to_owned());
    let publisher = university.filter(|_| work.kind == WorkKind::Thesis).unwrap_or(publisher);
    work.first(Field::Publisher, &publisher);
}

fn kind(publication_type: &str) -> Option<WorkKind> {
    Some(match publication_type {
        "Book" | "Books" => WorkKind::Book,
        "Book Chapter" => WorkKind::Chapter,
        "Preprint" => WorkKind::Article,
        "Technical Report" => WorkKind::Report,
        "Academic Dissertation" => WorkKind::Thesis,
        "Newspaper Article" => WorkKind::ArticleNewspaper,
        "Dataset" => WorkKind::Dataset,
        _ => return None,
    })
}

/// The publication type a kind is read from.
fn publication_type(kind: WorkKind) -> Option<&'static str> {
    Some(match kind {
        WorkKind::Book => "Book",
        WorkKind::Chapter => "Book Chapter",
        WorkKind::Article => "Preprint",
        WorkKind::Report => "Technical Report",
        WorkKind::Thesis => "Academic Dissertation",
        WorkKind::ArticleNewspaper => "Newspaper Article",
        WorkKind::Dataset => "Dataset",
        _ => return None,
    })
}

fn variable(tag: &str, is_book: bool) -> Option<Field> {
    Some(match tag {
        "PMID" => Field::Pmid,
        "PMC" => Field::Pmcid,
        "TI" => Field::Title,
        "BTI" => Field::ContainerTitle,
        "JT" => Field::ContainerTitle,
        "TA" => Field::ContainerTitleShort,
        "CTI" if is_book => Field::CollectionTitle,
        "VI" => Field::Volume,
        "IP" => Field::Issue,
        "LA" => Field::Language,
        "PL" => Field::PublisherPlace,
        "PB" => Field::Publisher,
        "EN" => Field::Edition,
        _ => return None,
    })
}

fn write(works: &[Work]) -> String {
    works.iter().map(record).collect::<Vec<_>>().join("\n")
}

fn record(work: &Work) -> String {
    let mut out = String::new();
    let of = |field| work.get(field).unwrap_or_default();
    // A record begins with its identifier, an empty one where there is none.
    out.push_str(&format!("PMID- {}\n", collapse_spaces(of(Field::Pmid))));
    let mut line = |tag: &str, value: &str| {
        let value = collapse_spaces(value);
        if !value.is_empty() {
            out.push_str(&format!("{tag:<4}- {value}\n"));
        }
    };
    let in_book = work.kind == WorkKind::Chapter;
    let is_book = in_book || work.kind == WorkKind::Book;
    let title = of(Field::Title);
    let title =
        if title.ends_with(['.', '?', '!']) || title.is_empty() { title.to_owned() } else { format!("{title}.") };
    let container = if in_book { "BTI" } else { "JT" };
    for (tag, value) in [
        ("IS", of(Field::Issn)),
        ("ISBN", of(Field::Isbn)),
        ("VI", of(Field::Volume)),
        ("IP", of(Field::Issue)),
        ("TI", &title),
        (container, of(Field::ContainerTitle)),
        ("TA", of(Field::ContainerTitleShort)),
        ("PG", of(Field::Page)),
        ("PMC", of(Field::Pmcid)),
        ("AB", of(Field::Abstract)),
        ("LA", of(Field::Language)),
        ("PL", of(Field::PublisherPlace)),
        ("PB", of(Field::Publisher)),
        ("EN", of(Field::Edition)),
        ("CTI", if is_book { of(Field::CollectionTitle) } else { "" }),
    ] {
        if matches!(tag, "IS" | "ISBN") {
            value.split(", ").for_each(|value| line(tag, value));
        } else {
            line(tag, value);
        }
    }
    for (role, tag) in [(Role::Author, "FAU"), (Role::Editor, "FED")] {
        for name in work.names(role) {
            let body = matches!(name, crate::work::Name::Literal { .. }) && role == Role::Author;
            line(if body { "CN" } else { tag }, &inverted(name));
        }
        if work.contributors.get(&role).is_some_and(|list| list.incomplete) {
            line(tag, "et al.");
        }
    }
    if let Some(date) = work.dates.get(&DateField::Issued) {
        line("DP", &in_words(date));
    }
    if !of(Field::Doi).is_empty() {
        line("AID", &format!("{} [doi]", of(Field::Doi)));
    }
    // The last type counts. A chapter without a title is read as its book.
    let is_untitled = in_book && of(Field::Title).is_empty();
    let written = if is_untitled { WorkKind::Book } else { work.kind };
    let kept = work.custom.get("PT").map(String::as_str).unwrap_or_default();
    let said = kept.lines().filter_map(kind).next_back() == Some(written);
    kept.lines().filter(|name| said || kind(name).is_none()).for_each(|name| line("PT", name));
    if let Some(name) = publication_type(written).filter(|_| !said) {
        line("PT", name);
    }
    split_keywords(of(Field::Keyword)).for_each(|word| line("OT", word));
    for (name, text) in &work.custom {
        let is_tag = tag_of(&format!("{name:<4}- ")).is_some_and(|(tag, _)| tag == name);
        let several = matches!(name.as_str(), "AID" | "LID");
        // A further value of a tag comes back as one; a first one would be read as what it is not.
        let further = variable(name, is_book).is_none_or(|field| work.get(field).is_some());
        if is_tag && name != "PT" && (several || further && !is_special(name)) {
            text.lines().for_each(|value| line(name, value));
        }
    }
    out
}

/// Tags that are read in a way of their own.
fn is_special(tag: &str) -> bool {
    matches!(tag, "FAU" | "AU" | "FED" | "ED" | "CN" | "MH" | "OT" | "IS" | "ISBN" | "ISSN" | "PG" | "DP" | "PMID")
}

/// "2004 May 3", or EDTF where that cannot say it.
fn in_words(date: &Date) -> String {
    const MONTHS: [&str; 12] = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
    let Date::Point(DatePoint { year: year @ 0..=9999, month, day, qualifier: Qualifier::Certain }) = date else {
        return date.to_string();
    };
    let month = match month {
        None => String::new(),
        Some(Month::Calendar(m)) => {
            MONTHS.get(usize::from(*m).wrapping_sub(1)).map(|m| format!(" {m}")).unwrap_or_default()
        }
        Some(Month::Season(Season::Spring)) => " Spring".to_owned(),
        Some(Month::Season(Season::Summer)) => " Summer".to_owned(),
        Some(Month::Season(Season::Autumn)) => " Autumn".to_owned(),
        Some(Month::Season(Season::Winter)) => " Winter".to_owned(),
    };
    format!("{year:04}{month}{}", day.map(|d| format!(" {d}")).unwrap_or_default())
}

#[cfg(test)]
mod tests {
    use crate::bibliography::{Format, read, write};
    use crate::work::{DateField, Field, Role};

    #[test]
    fn records_come_back() {
        let text = "PMID- 12345\nIS  - 1234-5679 (Print)\nVI  - 12\nIP  - 3\nDP  - 2004 May-Jun\nTI  - Tides at\n      home.\n\
            PG  - 235-8\nFAU - Holm, Ada B\nAU  - Holm AB\nCN  - Ferry Board\nAID - 10.5555/a [doi]\nAID - S1 [pii]\n\
            JT  - Journal of ferries\nTA  - J Ferr\nPT  - Journal Article\nMH  - Tides\nOWN - NLM\n\nPMID- 2\nTI  - Next.\n";
        let library = read(text.as_bytes(), None).unwrap();
        let work = &library.works[0];
        assert_eq!((library.works.len(), library.problems.len()), (2, 0));
        assert_eq!(work.get(Field::Title), Some("Tides at home"));
        assert_eq!(work.get(Field::Page), Some("235–238"));
        assert_eq!(work.get(Field::Doi), Some("10.5555/a"));
        assert_eq!(work.names(Role::Author).len(), 2);
        assert_eq!(work.dates[&DateField::Issued].to_string(), "2004-05/2004-06");
        let again = read(write(&library.works, Format::from_name("nbib").unwrap()).as_bytes(), None).unwrap();
        assert_eq!(again.works[0], library.works[0]);
    }
}
