//! Field names of BibTeX and biblatex ⇄ variables of a work.
//!
//! A variable that neither knows is written under its CSL name in lower case, and read from there.

use std::borrow::Cow;

use crate::work::{DateField, Field, Role, WorkKind};

/// Where the value of a field goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Target {
    Names(Role),
    /// Text in which braces protect capitals.
    Title(Field),
    Text(Field),
    /// No prose: an address, an identifier.
    Verbatim(Field),
    Date(DateField),
}

/// What a field name in lower case means in an entry of a kind.
pub(super) fn target(name: &str, kind: WorkKind) -> Option<Target> {
    use Target::*;
    Some(match name {
        "author" => Names(Role::Author),
        "editor" => Names(Role::Editor),
        "translator" => Names(Role::Translator),
        "bookauthor" => Names(Role::ContainerAuthor),
        "title" => Title(Field::Title),
        "shorttitle" => Title(Field::TitleShort),
        "journal" | "journaltitle" | "booktitle" | "maintitle" => Title(Field::ContainerTitle),
        "shortjournal" => Title(Field::ContainerTitleShort),
        "series" => Title(Field::CollectionTitle),
        "shortseries" => Title(Field::CollectionTitleShort),
        "eventtitle" => Title(Field::EventTitle),
        "origtitle" => Title(Field::OriginalTitle),
        "volume" => Text(Field::Volume),
        "number" => Text(numbered(kind)),
        "issue" => Text(Field::Issue),
        "eid" => Text(Field::Number),
        "pages" => Text(Field::Page),
        "pagetotal" => Text(Field::NumberOfPages),
        "volumes" => Text(Field::NumberOfVolumes),
        "part" => Text(Field::PartNumber),
        "chapter" => Text(Field::ChapterNumber),
        "edition" => Text(Field::Edition),
        "publisher" | "institution" | "school" | "organization" => Text(Field::Publisher),
        "address" | "location" => Text(Field::PublisherPlace),
        "origpublisher" => Text(Field::OriginalPublisher),
        "origlocation" => Text(Field::OriginalPublisherPlace),
        "venue" => Text(Field::EventPlace),
        "type" => Text(Field::Genre),
        "pubstate" => Text(Field::Status),
        "abstract" => Text(Field::Abstract),
        "keywords" => Text(Field::Keyword),
        "language" | "langid" => Text(Field::Language),
        "note" => Text(Field::Note),
        "annote" | "annotation" => Text(Field::Annote),
        "version" => Text(Field::Version),
        "doi" => Verbatim(Field::Doi),
        "url" => Verbatim(Field::Url),
        "pmid" => Verbatim(Field::Pmid),
        "pmcid" => Verbatim(Field::Pmcid),
        "isbn" => Verbatim(Field::Isbn),
        "issn" => Verbatim(Field::Issn),
        "date" => Date(DateField::Issued),
        "urldate" => Date(DateField::Accessed),
        "origdate" => Date(DateField::OriginalDate),
        "eventdate" => Date(DateField::EventDate),
        other => return csl_target(other),
    })
}

fn csl_target(name: &str) -> Option<Target> {
    let named = |csl: &str| csl.eq_ignore_ascii_case(name);
    if let Some(field) = Field::ALL.iter().find(|f| named(f.as_str())) {
        return Some(if is_title(*field) { Target::Title(*field) } else { Target::Text(*field) });
    }
    if let Some(field) = DateField::ALL.iter().find(|f| named(f.as_str())) {
        return Some(Target::Date(*field));
    }
    Role::ALL.iter().find(|r| named(r.as_str())).map(|role| Target::Names(*role))
}

fn is_title(field: Field) -> bool {
    matches!(field, Field::PartTitle | Field::VolumeTitle | Field::VolumeTitleShort | Field::ReviewedTitle)
}

/// What `number` counts: issues of a periodical, volumes of a series, or the work itself.
fn numbered(kind: WorkKind) -> Field {
    use WorkKind::*;
    match kind {
        ArticleJournal | ArticleMagazine | ArticleNewspaper | Periodical | Review | ReviewBook => Field::Issue,
        Book | Chapter | Classic | Collection | Entry | EntryDictionary | EntryEncyclopedia | MusicalScore
        | Pamphlet | PaperConference => Field::CollectionNumber,
        _ => Field::Number,
    }
}

/// The name a variable is written under in an entry of a kind.
pub(super) fn field_name(field: Field, kind: WorkKind) -> Cow<'static, str> {
    let name = match field {
        Field::Title => "title",
        Field::TitleShort => "shorttitle",
        Field::ContainerTitle if is_in_book(kind) => "booktitle",
        Field::ContainerTitle => "journal",
        Field::ContainerTitleShort => "shortjournal",
        Field::CollectionTitle => "series",
        Field::CollectionTitleShort => "shortseries",
        Field::EventTitle => "eventtitle",
        Field::OriginalTitle => "origtitle",
        Field::Issue | Field::CollectionNumber | Field::Number if numbered(kind) == field => "number",
        Field::Issue => "issue",
        Field::Number => "eid",
        Field::Page => "pages",
        Field::NumberOfPages => "pagetotal",
        Field::NumberOfVolumes => "volumes",
        Field::PartNumber => "part",
        Field::ChapterNumber => "chapter",
        Field::Publisher if kind == WorkKind::Thesis => "school",
        Field::Publisher if kind == WorkKind::Report => "institution",
        Field::PublisherPlace => "address",
        Field::OriginalPublisher => "origpublisher",
        Field::OriginalPublisherPlace => "origlocation",
        Field::EventPlace => "venue",
        Field::Genre => "type",
        Field::Status => "pubstate",
        Field::Keyword => "keywords",
        other => other.as_str(),
    };
    if name.bytes().any(|b| b.is_ascii_uppercase()) { name.to_ascii_lowercase().into() } else { name.into() }
}

fn is_in_book(kind: WorkKind) -> bool {
    use WorkKind::*;
    matches!(kind, Chapter | PaperConference | Entry | EntryDictionary | EntryEncyclopedia | Book)
}

/// The name a list of names is written under.
pub(super) fn role_name(role: Role) -> &'static str {
    match role {
        Role::ContainerAuthor => "bookauthor",
        role => role.as_str(),
    }
}

/// The name a date is written under, when it is not taken apart into year, month and day.
pub(super) fn date_name(field: DateField) -> &'static str {
    match field {
        DateField::Issued => "date",
        DateField::Accessed => "urldate",
        DateField::OriginalDate => "origdate",
        DateField::EventDate => "eventdate",
        field => field.as_str(),
    }
}

/// Whether the value of a field that is no variable is no prose either.
pub(super) fn is_verbatim(name: &str) -> bool {
    matches!(name, "file" | "pdf" | "eprint" | "verba" | "verbb" | "verbc" | "urlraw" | "local-url" | "uri" | "ids")
        || name.starts_with("bdsk-")
}

/// Fields that are read, but are no variable by themselves.
pub(super) fn is_structural(name: &str) -> bool {
    matches!(
        name,
        "year"
            | "month"
            | "day"
            | "subtitle"
            | "booksubtitle"
            | "mainsubtitle"
            | "journalsubtitle"
            | "crossref"
            | "xdata"
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_variable_comes_back_in_every_kind() {
        for kind in WorkKind::ALL {
            let mut names = std::collections::BTreeSet::new();
            for field in Field::ALL {
                let name = field_name(*field, *kind);
                assert!(
                    matches!(target(&name, *kind), Some(Target::Title(f) | Target::Text(f) | Target::Verbatim(f)) if f == *field),
                    "{kind} {field} {name}"
                );
                assert!(names.insert(name.into_owned()));
            }
            for role in Role::ALL {
                assert_eq!(target(role_name(*role), *kind), Some(Target::Names(*role)));
                assert!(names.insert(role_name(*role).to_owned()));
            }
            for field in DateField::ALL {
                assert_eq!(target(date_name(*field), *kind), Some(Target::Date(*field)));
                assert!(names.insert(date_name(*field).to_owned()));
            }
        }
    }
}
