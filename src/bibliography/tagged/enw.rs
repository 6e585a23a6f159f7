//! EndNote's tagged format (`.enw`), which is refer's with more tags. Sources: refer(1), BibIX, and EndNote's
//! “EndNote Import” filter.

use super::{Tagged, cut, problem, tags_of};
use crate::bibliography::draft::{self, Draft, Unmarked, inverted, is_isbn, joined_keywords, split_keywords};
use crate::bibliography::endnote_kinds::{kind, stands_alone, type_of};
use crate::bibliography::{Library, Lines, ReadError, Source, Spec};
use crate::text::collapse_spaces;
use crate::work::{Date, DateField, DatePoint, Doi, Field, Role, Work, WorkKind};

pub(in crate::bibliography) static SPEC: Spec = Spec {
    name: "enw",
    aliases: &["refer", "endnote", "bibix"],
    extensions: &["enw", "ref", "refer"],
    sniff: |head| {
        let line = head.lines().find(|line| !line.trim().is_empty());
        line.and_then(tag_of).is_some_and(|(tag, _)| matches!(tag, "%0" | "%A" | "%T" | "%F" | "%R" | "%D"))
    },
    read,
    write: Some(write),
};

fn tag_of(line: &str) -> Option<(&str, &str)> {
    let (tag, rest) = (line.get(..2)?, line.get(2..)?);
    (tag.starts_with('%') && !tag.ends_with([' ', '%']) && (rest.is_empty() || rest.starts_with([' ', '\t'])))
        .then_some((tag, rest))
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
        // A record ends at a blank line, or where the next type stands.
        let ends = |i: &usize| {
            rest[i - 1].value.ends_with('\n') || rest[*i].tag == "%0" && rest[..*i].iter().any(|f| f.tag != "%0")
        };
        let end = (1..rest.len()).find(ends).unwrap_or(rest.len());
        library.works.push(work(&rest[..end]));
        rest = &rest[end..];
    }
    Ok(library)
}

fn work(fields: &[Tagged]) -> Work {
    let mut work = Work::default();
    let present = tags_of(fields);
    let has = |tag: &str| present.contains(tag);
    let stated = fields.iter().rev().find(|f| f.tag == "%0").map(Tagged::line);
    let mut edited = false;
    match stated.as_deref().map(|name| (name, kind(name))) {
        Some((name, Some(kind))) => {
            edited = name.eq_ignore_ascii_case("edited book");
            work.kind = kind;
        }
        Some((name, None)) => work.keep("%0", name),
        None if has("%J") => work.kind = WorkKind::ArticleJournal,
        None if has("%B") => work.kind = WorkKind::Chapter,
        None if has("%I") => work.kind = WorkKind::Book,
        None => {}
    }
    let mut keywords = Vec::new();
    for field in fields {
        let text = field.line();
        if text.is_empty() || field.tag == "%0" {
            continue;
        }
        if let Some(role) = role(field.tag, work.kind, edited) {
            field.lines().for_each(|name| work.name(role, draft::name(name, Unmarked::GivenFirst)));
            continue;
        }
        let taken = match field.tag {
            "%D" | "%8" => {
                issued(&mut work, &text);
                true
            }
            "%[" => {
                work.date(DateField::Accessed, draft::date(&text));
                true
            }
            "%K" => {
                keywords.extend(field.lines().map(str::to_owned));
                true
            }
            "%F" if work.key.is_empty() && !text.contains(' ') => {
                work.key.clone_from(&text);
                true
            }
            "%R" => text.parse::<Doi>().is_ok() && work.first(Field::Doi, text.trim_start_matches("doi:").trim()),
            "%Z" => {
                work.also(Field::Note, field.value.trim(), "\n");
                true
            }
            "%X" => work.first(Field::Abstract, field.value.trim()),
            tag => variable(tag, &text, &work, &has).is_some_and(|variable| work.first(variable, &text)),
        };
        if !taken {
            work.keep(field.tag, &text);
        }
    }
    work.set(Field::Keyword, joined_keywords(&keywords));
    work
}

/// %D is the year and %8 the date; either may say both.
fn issued(work: &mut Work, text: &str) {
    match (draft::date(text), work.dates.get(&DateField::Issued).cloned()) {
        (Date::Literal(words), Some(year @ Date::Point(_))) => {
            let whole = draft::date(&format!("{words} {year}"));
            if whole.year().is_some() {
                work.date(DateField::Issued, whole);
            } else {
                work.keep("%8", &words);
            }
        }
        (date, _) => work.date(DateField::Issued, date),
    }
}

fn role(tag: &str, kind: WorkKind, edited: bool) -> Option<Role> {
    use WorkKind::*;
    Some(match (tag, kind) {
        ("%A", _) if edited => Role::Editor,
        ("%A", MotionPicture) => Role::Director,
        ("%A", Song) => Role::Composer,
        ("%A", _) => Role::Author,
        ("%E", PersonalCommunication) => Role::Recipient,
        ("%E", _) => Role::Editor,
        ("%Y", Thesis) => Role::Contributor,
        ("%Y", Book | Chapter | PaperConference | Classic) => Role::CollectionEditor,
        ("%?", _) => Role::Translator,
        _ => return None,
    })
}

fn variable(tag: &str, text: &str, work: &Work, has: &impl Fn(&str) -> bool) -> Option<Field> {
    use WorkKind::*;
    let (kind, alone) = (work.kind, stands_alone(work.kind));
    Some(match tag {
        "%T" => Field::Title,
        "%J" | "%B" if work.get(Field::ContainerTitle).is_none() && !(alone && tag == "%B") => Field::ContainerTitle,
        "%B" if alone && !has("%S") => Field::CollectionTitle,
        "%S" => Field::CollectionTitle,
        "%!" => Field::TitleShort,
        "%V" => Field::Volume,
        "%N" if matches!(kind, Report | Standard | Patent | Bill | Hearing) => Field::Number,
        "%N" if alone => Field::CollectionNumber,
        "%N" => Field::Issue,
        "%P" if alone && !text.contains(['-', '–', ',']) && kind != Report => Field::NumberOfPages,
        "%P" => Field::Page,
        "%I" => Field::Publisher,
        "%C" => Field::PublisherPlace,
        "%@" if is_isbn(text) || matches!(kind, Book | Chapter | Classic) => Field::Isbn,
        "%@" => Field::Issn,
        "%U" => Field::Url,
        "%7" if matches!(kind, Software | Dataset) => Field::Version,
        "%7" => Field::Edition,
        "%9" => Field::Genre,
        "%G" => Field::Language,
        "%L" => Field::CallNumber,
        "%W" => Field::Archive,
        "%6" => Field::NumberOfVolumes,
        "%&" => Field::Section,
        _ => return None,
    })
}

fn write(works: &[Work]) -> String {
    works.iter().map(record).collect::<Vec<_>>().join("\n")
}

fn record(work: &Work) -> String {
    let mut out = String::new();
    let mut line = |tag: &str, value: &str| {
        let value = collapse_spaces(value);
        if !value.is_empty() {
            out.push_str(&format!("{tag} {value}\n"));
        }
    };
    let unknown = work.custom.get("%0").filter(|_| work.kind == WorkKind::Document);
    line("%0", unknown.map_or(type_of(work.kind).0, String::as_str));
    if !work.key.contains(char::is_whitespace) {
        line("%F", &work.key);
    }
    for tag in ["%A", "%E", "%Y", "%?"] {
        let Some(role) = role(tag, work.kind, false) else { continue };
        for name in work.names(role) {
            // A body ends with a comma, or its words would be taken for given and family name.
            let body = matches!(name, crate::work::Name::Literal { .. });
            line(tag, &format!("{}{}", inverted(name), if body { "," } else { "" }));
        }
        if work.contributors.get(&role).is_some_and(|list| list.incomplete) {
            line(tag, "et al.");
        }
    }
    if let Some(date) = work.dates.get(&DateField::Issued) {
        match date {
            Date::Point(DatePoint { year: 0..=9999, month: None, .. }) => line("%D", &date.to_string()),
            date => {
                date.year().filter(|y| (0..=9999).contains(y)).into_iter().for_each(|y| line("%D", &format!("{y:04}")));
                line("%8", &date.to_string());
            }
        }
    }
    if let Some(date) = work.dates.get(&DateField::Accessed) {
        line("%[", &date.to_string());
    }
    // As the reader has the work when it comes to a field: only its kind counts.
    let bare = Work { kind: work.kind, ..Work::default() };
    for (field, text) in &work.fields {
        match field {
            Field::Keyword => split_keywords(text).for_each(|word| line("%K", word)),
            Field::Note => text.lines().for_each(|note| line("%Z", note)),
            Field::Abstract => line("%X", text),
            Field::Doi => line("%R", text),
            field => {
                let found = TAGS.iter().find(|tag| variable(tag, text, &bare, &|_| false) == Some(*field));
                if let Some(tag) = found {
                    line(tag, text);
                }
            }
        }
    }
    for (name, text) in &work.custom {
        let is_tag = tag_of(name).is_some() && name.len() == 2;
        if is_tag && name != "%0" && name != "%K" {
            text.lines().for_each(|value| line(name, value));
        }
    }
    out
}

/// Tags of one value each, the more usual of a variable's first.
const TAGS: &[&str] =
    &["%T", "%J", "%S", "%!", "%V", "%N", "%P", "%I", "%C", "%@", "%U", "%7", "%9", "%G", "%L", "%W", "%6", "%&"];

#[cfg(test)]
mod tests {
    use crate::bibliography::{Format, read, write};
    use crate::work::{DateField, Field, Role, WorkKind};

    #[test]
    fn records_come_back() {
        let text = "%0 Journal Article\n%F holm2004\n%A Holm, Ada\n%A Ferry Board,\n%D 2004\n%8 May 3\n%T Tides at home\n\
            %J Journal of Ferries\n%V 12\n%N 3\n%P 34-56\n%@ 1234-5679\n%R doi:10.5555/a\n%K tides\nferries\n%M 99\n\n\
            %A Ada Holm\n%T A book\n%I Press\n";
        let library = read(text.as_bytes(), None).unwrap();
        let work = &library.works[0];
        assert_eq!((library.works.len(), library.problems.len()), (2, 0));
        assert_eq!(work.dates[&DateField::Issued].to_string(), "2004-05-03");
        assert_eq!(work.names(Role::Author).len(), 2);
        assert_eq!(work.get(Field::Keyword), Some("tides, ferries"));
        assert_eq!(library.works[1].kind, WorkKind::Book);
        assert_eq!(library.works[1].names(Role::Author), [crate::work::Name::person("Holm", "Ada")]);
        let again = read(write(&library.works, Format::from_name("enw").unwrap()).as_bytes(), None).unwrap();
        assert_eq!(again, library);
    }
}
