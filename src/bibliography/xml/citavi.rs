//! Projects of Citavi as XML (versions 5 and 6), also packed as a backup (`.ctv6bak`), read only. Source: the files it
//! exports; it documents the types of references and their fields in its manual.
//!
//! Persons, periodicals and the like stand in lists of their own, and further lists say which reference has which. A
//! contribution is bound to the reference it appeared in.

use std::collections::HashMap;

use super::{Element, read_records};
use crate::archive::Archive;
use crate::bibliography::draft::{self, Draft, joined_keywords, kind_of_name};
use crate::bibliography::{Library, ReadError, Source, Spec};
use crate::work::{DateField, Field, Name, Role, Work, WorkKind};

pub(in crate::bibliography) static SPEC: Spec = Spec {
    name: "citavi",
    aliases: &["citavi-xml", "ctv6"],
    extensions: &["ctv5", "ctv6", "ctv5bak", "ctv6bak"],
    sniff: |head| head.contains("<CitaviExchangeData") || is_backup(head),
    read,
    write: None,
};

const KINDS: &[(&str, WorkKind)] = &[
    ("JournalArticle", WorkKind::ArticleJournal),
    ("NewspaperArticle", WorkKind::ArticleNewspaper),
    ("Book", WorkKind::Book),
    ("BookEdited", WorkKind::Book),
    ("CollectedWorks", WorkKind::Book),
    ("ConferenceProceedings", WorkKind::Book),
    ("SpecialIssue", WorkKind::Periodical),
    ("Contribution", WorkKind::Chapter),
    ("ContributionInLegalCommentary", WorkKind::Chapter),
    ("LegalCommentary", WorkKind::Book),
    ("Thesis", WorkKind::Thesis),
    ("UnpublishedWork", WorkKind::Report),
    ("PressRelease", WorkKind::Report),
    ("Manuscript", WorkKind::Manuscript),
    ("ArchiveMaterial", WorkKind::Manuscript),
    ("InternetDocument", WorkKind::Webpage),
    ("Lecture", WorkKind::Speech),
    ("InterviewMaterial", WorkKind::Interview),
    ("PersonalCommunication", WorkKind::PersonalCommunication),
    ("AudioBook", WorkKind::Song),
    ("MusicAlbum", WorkKind::Song),
    ("MusicTrack", WorkKind::Song),
    ("AudioOrVideoDocument", WorkKind::MotionPicture),
    ("Movie", WorkKind::MotionPicture),
    ("Broadcast", WorkKind::Broadcast),
    ("RadioPlay", WorkKind::Broadcast),
    ("Map", WorkKind::Map),
    ("ComputerProgram", WorkKind::Software),
    ("Patent", WorkKind::Patent),
    ("Standard", WorkKind::Standard),
    ("StatuteOrRegulation", WorkKind::Legislation),
    ("CourtDecision", WorkKind::LegalCase),
];

/// Fields that are the program's own business, or that are read from another one.
const PASSED_OVER: &[&str] = &[
    "CreatedBy",
    "CreatedOn",
    "ModifiedBy",
    "ModifiedOn",
    "ShortTitle",
    "CitationKey",
    "CoverPath",
    "DateForSorting",
    "HasLabel1",
    "HasLabel2",
    "LanguageCode",
    "OriginalCheckedBy",
    "PageRangeNumber",
    "PageRangeNumeralSystem",
    "PeriodicalID",
    "Rating",
    "ReferenceType",
    "SequenceNumber",
    "SeriesTitleID",
    "SourceOfBibliographicInformation",
    "StaticIDs",
    "Subtitle",
    "TableOfContents",
    "Title",
];

/// The lists of a project beside its references.
#[derive(Default)]
struct Project {
    /// By identifier.
    persons: HashMap<String, Name>,
    /// Names of publishers, keywords and series by identifier.
    names: HashMap<String, String>,
    /// Name, abbreviation and ISSN by identifier.
    periodicals: HashMap<String, [String; 3]>,
    /// A list's name, and the identifiers of a reference and of what it has.
    bonds: Vec<(String, Vec<String>)>,
    /// Identifier, periodical and series of each reference, in the order of the works.
    references: Vec<[String; 3]>,
}

/// Elements that are records, or lists of bonds between them.
fn is_record(name: &str) -> bool {
    matches!(name, "Reference" | "Person" | "Publisher" | "Keyword" | "SeriesTitle" | "Periodical") || is_bond(name)
}

fn is_bond(name: &str) -> bool {
    matches!(
        name,
        "ReferenceAuthors"
            | "ReferenceEditors"
            | "ReferenceCollaborators"
            | "ReferenceOrganizations"
            | "ReferencePublishers"
            | "ReferenceKeywords"
            | "ReferenceReferences"
    )
}

/// What an archive begins with.
const ARCHIVE: &[u8] = b"PK\x03\x04";

/// Whether a file is an archive of one XML file: the name of its first part stands near its beginning.
fn is_backup(head: &str) -> bool {
    let is_project = |text: &str| [".ctv5", ".ctv6", ".xml"].iter().any(|end| text.contains(end));
    // Files of word processors are archives of XML as well.
    let start: String = head.chars().take(300).collect();
    start.as_bytes().starts_with(ARCHIVE) && is_project(&start) && !start.contains("[Content_Types]")
}

fn read(source: &Source) -> Result<Library, ReadError> {
    if !source.bytes().starts_with(ARCHIVE) {
        return read_project(source);
    }
    let refused = |reason: String| ReadError::NotOfFormat { format: SPEC.name, line: 1, column: 1, reason };
    let mut archive = Archive::open(source.bytes()).map_err(|e| refused(e.to_string()))?;
    let names: Vec<String> = archive.names().into_iter().filter(|n| is_project_file(n)).collect();
    let [name] = &names[..] else {
        return Err(refused(format!("the archive holds {} projects, and one was expected", names.len())));
    };
    let project = archive.part(name).map_err(|e| refused(e.to_string()))?.unwrap_or_default();
    read_project(&Source::decode(&project))
}

/// Whether a part of a backup is the project, and no attachment.
fn is_project_file(name: &str) -> bool {
    let name = name.to_ascii_lowercase();
    !name.contains('/') && [".ctv5", ".ctv6", ".xml"].iter().any(|end| name.ends_with(end))
}

fn read_project(source: &Source) -> Result<Library, ReadError> {
    let mut project = Project::default();
    let mut library = read_records(source, SPEC.name, is_record, |record| project.take(&record).into_iter().collect())?;
    project.bind(&mut library.works);
    Ok(library)
}

impl Project {
    /// Takes in a record; a reference becomes a work.
    fn take(&mut self, record: &Element) -> Option<Work> {
        let id = record.attribute("id").unwrap_or_default().to_owned();
        let text = |name: &str| record.text_at(&[name]);
        match record.name.as_str() {
            "Reference" => {
                self.references.push([id, text("PeriodicalID"), text("SeriesTitleID")]);
                return Some(work(record));
            }
            "Person" => {
                self.persons.insert(id, person(record));
            }
            "Periodical" => {
                let short = ["StandardAbbreviation", "UserAbbreviation1"].map(text);
                let short = short.into_iter().find(|name| !name.is_empty()).unwrap_or_default();
                self.periodicals.insert(id, [text("Name"), short, text("ISSN")]);
            }
            list if is_bond(list) => {
                for bond in record.all("OnetoN") {
                    let ids = bond.text().split(';').map(str::to_owned).collect();
                    self.bonds.push((list.to_owned(), ids));
                }
            }
            _ => {
                self.names.insert(id, text("Name"));
            }
        }
        None
    }

    /// Gives the works what the lists bind to them.
    fn bind(&self, works: &mut [Work]) {
        let index: HashMap<&str, usize> = self.references.iter().enumerate().map(|(i, r)| (r[0].as_str(), i)).collect();
        for (work, [_, periodical, series]) in works.iter_mut().zip(&self.references) {
            if let Some([name, short, issn]) = self.periodicals.get(periodical) {
                work.set(Field::ContainerTitle, name.as_str());
                work.set(Field::ContainerTitleShort, short.as_str());
                work.set(Field::Issn, issn.as_str());
            }
            if let Some(name) = self.names.get(series) {
                work.set(Field::CollectionTitle, name.as_str());
            }
        }
        let mut parents: Vec<Option<usize>> = vec![None; works.len()];
        let mut keywords: HashMap<usize, Vec<&str>> = HashMap::new();
        for (list, ids) in &self.bonds {
            let Some((owner, others)) = ids.split_first() else { continue };
            let Some(&owner) = index.get(owner.as_str()) else { continue };
            let persons = || others.iter().filter_map(|id| self.persons.get(id));
            let names = || others.iter().filter_map(|id| self.names.get(id)).map(String::as_str);
            let work = &mut works[owner];
            match list.as_str() {
                "ReferenceAuthors" => persons().for_each(|name| work.name(Role::Author, name.clone())),
                "ReferenceEditors" => persons().for_each(|name| work.name(Role::Editor, name.clone())),
                "ReferenceCollaborators" => persons().for_each(|name| work.name(Role::Contributor, name.clone())),
                "ReferenceOrganizations" => organisations(work, persons().cloned().collect()),
                "ReferencePublishers" => names().for_each(|name| work.also(Field::Publisher, name, "; ")),
                "ReferenceKeywords" => keywords.entry(owner).or_default().extend(names()),
                _ => others
                    .iter()
                    .filter_map(|id| index.get(id.as_str()))
                    .for_each(|child| parents[*child] = Some(owner).filter(|parent| parent != child)),
            }
        }
        for (owner, words) in keywords {
            works[owner].set(Field::Keyword, joined_keywords(&words));
        }
        for (child, parent) in parents.into_iter().enumerate() {
            if let Some(parent) = parent {
                let parent = works[parent].clone();
                appeared_in(&mut works[child], &parent);
            }
        }
    }
}

/// A body publishes a thesis, and is the author of what names nobody else.
fn organisations(work: &mut Work, bodies: Vec<Name>) {
    for body in bodies {
        match work.kind {
            WorkKind::Thesis => work.also(Field::Publisher, &body.cited(), "; "),
            _ if work.names(Role::Author).iter().any(|name| matches!(name, Name::Person(_))) => {
                work.name(Role::Contributor, body);
            }
            _ => work.name(Role::Author, body),
        }
    }
}

/// What a contribution has from the book, proceedings or issue it appeared in.
fn appeared_in(work: &mut Work, whole: &Work) {
    if let Some(title) = whole.get(Field::Title) {
        work.set(Field::ContainerTitle, title);
    }
    if whole.get(Field::EventTitle).or(whole.get(Field::EventPlace)).is_some() {
        work.kind = WorkKind::PaperConference;
    }
    for field in [
        Field::Publisher,
        Field::PublisherPlace,
        Field::Edition,
        Field::Volume,
        Field::Issue,
        Field::Isbn,
        Field::Issn,
        Field::CollectionTitle,
        Field::CollectionNumber,
        Field::EventTitle,
        Field::EventPlace,
        Field::NumberOfVolumes,
    ] {
        if let Some(value) = whole.get(field) {
            work.first(field, value);
        }
    }
    // An issue of a journal is told by the journal.
    if whole.kind == WorkKind::Periodical
        && let Some(journal) = whole.get(Field::ContainerTitle)
    {
        work.kind = WorkKind::ArticleJournal;
        work.set(Field::ContainerTitle, journal);
        work.set(Field::VolumeTitle, whole.get(Field::Title).unwrap_or_default());
    }
    if let (None, Some(date)) = (work.dates.get(&DateField::Issued), whole.dates.get(&DateField::Issued)) {
        work.dates.insert(DateField::Issued, date.clone());
    }
    if let (None, Some(editors)) = (work.contributors.get(&Role::Editor), whole.contributors.get(&Role::Editor)) {
        work.contributors.insert(Role::Editor, editors.clone());
    }
}

/// Persons have given names; what has none is a body.
fn person(record: &Element) -> Name {
    let part = |name: &str| record.text_at(&[name]);
    let given = [part("FirstName"), part("MiddleName")].join(" ");
    match given.trim() {
        "" => Name::literal(part("LastName")),
        given => {
            let mut name = draft::person(&part("LastName"), given, &part("Suffix"));
            if let Name::Person(person) = &mut name {
                person.non_dropping_particle = Some(part("Prefix")).filter(|prefix| !prefix.is_empty());
            }
            name
        }
    }
}

fn work(record: &Element) -> Work {
    let text = |name: &str| record.text_at(&[name]);
    let kind = text("ReferenceType").split_whitespace().collect::<String>();
    let mut work = Work { kind: kind_of_name(KINDS, &kind).unwrap_or_default(), ..Work::default() };
    work.key = text("CitationKey").split_whitespace().collect();
    let (title, subtitle) = (text("Title"), text("Subtitle"));
    work.set(
        Field::Title,
        match subtitle.as_str() {
            "" => title,
            subtitle if title.ends_with(['?', '!', ':', '.']) => format!("{title} {subtitle}"),
            subtitle => format!("{title}: {subtitle}"),
        },
    );
    let is_patent = work.kind == WorkKind::Patent;
    for date in ["Date", if is_patent { "Date2" } else { "Year" }, "Year", "Date2"].map(text) {
        let date = draft::date(day_first(&date).as_deref().unwrap_or(&date));
        let is_better = date.year().is_some() || !work.dates.contains_key(&DateField::Issued);
        if is_better && date.to_string() != "" {
            work.date(DateField::Issued, date);
        }
    }
    for element in record.elements().filter(|e| !PASSED_OVER.contains(&e.name.as_str())) {
        let name = element.name.as_str();
        let text = element.text();
        let is_setting = name.ends_with("Format") || name.ends_with("Formatted") || name.ends_with("UpdateType");
        if text.is_empty() || is_setting || name.ends_with("Complexity") || name.ends_with("IsComplex") {
            continue;
        }
        let field = match name {
            "Year" | "Date" | "Date2" => continue,
            "PageRange" => {
                work.set(Field::Page, draft::whole_pages(&printed(&text)));
                continue;
            }
            "PageCount" => {
                work.set(Field::NumberOfPages, printed(&text));
                continue;
            }
            "AccessDate" => {
                work.date(DateField::Accessed, draft::date(day_first(&text).as_deref().unwrap_or(&text)));
                continue;
            }
            "Language" => {
                let code = record.text_at(&["LanguageCode"]);
                work.set(Field::Language, if code.is_empty() { text } else { code });
                continue;
            }
            "Number" => number_field(&work, record),
            "SpecificField1" if kind == "ConferenceProceedings" => Some(Field::EventPlace),
            "SpecificField7" if kind == "ConferenceProceedings" => Some(Field::EventTitle),
            "SpecificField4" if kind == "ComputerProgram" => Some(Field::Version),
            "SpecificField2" if matches!(work.kind, WorkKind::MotionPicture | WorkKind::Song) => {
                Some(Field::Dimensions)
            }
            name => variable(name),
        };
        let taken = field.is_some_and(|field| work.first(field, &text));
        if !taken {
            work.keep(name, &text);
        }
    }
    work
}

fn variable(name: &str) -> Option<Field> {
    Some(match name {
        "Abstract" => Field::Abstract,
        "DOI" => Field::Doi,
        "Edition" => Field::Edition,
        "Evaluation" => Field::Annote,
        "ISBN" => Field::Isbn,
        "Notes" => Field::Note,
        "NumberOfVolumes" => Field::NumberOfVolumes,
        "OnlineAddress" => Field::Url,
        "PlaceOfPublication" => Field::PublisherPlace,
        "PMCID" => Field::Pmcid,
        "PubMedID" => Field::Pmid,
        "StorageMedium" => Field::Medium,
        "TitleSupplement" => Field::Genre,
        "Volume" => Field::Volume,
        _ => return None,
    })
}

/// What the number of a reference counts.
fn number_field(work: &Work, record: &Element) -> Option<Field> {
    match work.kind {
        WorkKind::ArticleJournal | WorkKind::ArticleNewspaper | WorkKind::Periodical => Some(Field::Issue),
        _ if record.child("SeriesTitleID").is_some() => Some(Field::CollectionNumber),
        _ => Some(Field::Number),
    }
}

/// Pages are kept as a piece of XML in a text; its last `os` is what was typed.
fn printed(text: &str) -> String {
    let Some((before, _)) = text.rsplit_once("</os>") else { return text.to_owned() };
    before.rsplit_once("<os>").map_or(text, |(_, typed)| typed).to_owned()
}

/// "03.05.2004" → "2004-05-03", as German programs write dates.
fn day_first(text: &str) -> Option<String> {
    let mut parts = text.trim().splitn(3, '.');
    let (day, month, year) = (parts.next()?, parts.next()?, parts.next()?);
    let digits = |s: &str, most: usize| (1..=most).contains(&s.len()) && s.bytes().all(|b| b.is_ascii_digit());
    (digits(day, 2) && digits(month, 2) && digits(year, 4) && year.len() == 4)
        .then(|| format!("{year}-{month:0>2}-{day:0>2}"))
}

#[cfg(test)]
mod tests {
    use std::io::{Cursor, Write};

    use zip::ZipWriter;
    use zip::write::SimpleFileOptions;

    use crate::bibliography::{Format, read};
    use crate::work::{DateField, Field, Name, Role, WorkKind};

    const PROJECT: &str = r#"<?xml version="1.0"?><CitaviExchangeData Version="6.8.0.0"><Keywords><Keyword id="k"><Name>tides</Name></Keyword></Keywords>
        <Periodicals><Periodical id="j"><ISSN>1234-5679</ISSN><Name>Journal of Ferries</Name><StandardAbbreviation>J. Ferries</StandardAbbreviation></Periodical></Periodicals>
        <Persons><Person id="p1"><FirstName>Ada</FirstName><LastName>Holm</LastName><MiddleName>B.</MiddleName><Prefix>van</Prefix></Person>
        <Person id="p2"><LastName>Ferry Board</LastName></Person><Person id="p3"><FirstName>Oya</FirstName><LastName>Tan</LastName></Person></Persons>
        <Publishers><Publisher id="u"><Name>Ferry Press</Name></Publisher></Publishers><References>
        <Reference id="r1"><ReferenceType>JournalArticle</ReferenceType><Title>Tides</Title><Subtitle>A study</Subtitle><PeriodicalID>j</PeriodicalID><Year>2004</Year>
        <Volume>12</Volume><Number>3</Number><PageRange>&lt;sp&gt;&lt;os&gt;34&lt;/os&gt;&lt;/sp&gt;&lt;ep&gt;&lt;os&gt;56&lt;/os&gt;&lt;/ep&gt;&lt;os&gt;34-56&lt;/os&gt;</PageRange>
        <DOI>10.5555/a</DOI><CitationKey>Holm 2004</CitationKey><AccessDate>03.05.2005</AccessDate></Reference>
        <Reference id="r2"><ReferenceType>BookEdited</ReferenceType><Title>Book of Ferries</Title><Year>2001</Year><ISBN>9780306406157</ISBN></Reference>
        <Reference id="r3"><ReferenceType>Contribution</ReferenceType><Title>Harbours</Title><CustomField1>red</CustomField1></Reference></References>
        <ReferenceAuthors><OnetoN>r1;p1</OnetoN><OnetoN>r3;p1</OnetoN></ReferenceAuthors><ReferenceEditors><OnetoN>r2;p3</OnetoN></ReferenceEditors>
        <ReferenceOrganizations><OnetoN>r2;p2</OnetoN></ReferenceOrganizations><ReferencePublishers><OnetoN>r2;u</OnetoN></ReferencePublishers>
        <ReferenceKeywords><OnetoN>r1;k</OnetoN></ReferenceKeywords><ReferenceReferences><OnetoN>r2;r3</OnetoN></ReferenceReferences></CitaviExchangeData>"#;

    #[test]
    fn references_have_what_the_lists_bind_to_them() {
        assert_eq!(Format::sniff(PROJECT.as_bytes()).unwrap().name(), "citavi");
        let library = read(PROJECT.as_bytes(), None).unwrap();
        let [article, book, chapter] = &library.works[..] else { panic!("three works") };
        assert_eq!((article.key.as_str(), article.kind), ("Holm2004", WorkKind::ArticleJournal));
        let Name::Person(holm) = &article.names(Role::Author)[0] else { panic!("a person") };
        assert_eq!((holm.given.as_deref(), holm.non_dropping_particle.as_deref()), (Some("Ada B."), Some("van")));
        assert_eq!(article.dates[&DateField::Accessed].to_string(), "2005-05-03");
        for (field, value) in [
            (Field::Title, "Tides: A study"),
            (Field::ContainerTitle, "Journal of Ferries"),
            (Field::Issn, "1234-5679"),
            (Field::Issue, "3"),
            (Field::Page, "34–56"),
            (Field::Keyword, "tides"),
        ] {
            assert_eq!(article.get(field), Some(value), "{field}");
        }
        assert_eq!(book.names(Role::Author), [Name::literal("Ferry Board")]);
        assert_eq!(chapter.get(Field::ContainerTitle), Some("Book of Ferries"));
        assert_eq!(chapter.get(Field::Publisher), Some("Ferry Press"));
        assert_eq!(chapter.names(Role::Editor), [Name::person("Tan", "Oya")]);
        assert_eq!(chapter.year(), Some(2001));
        assert_eq!(chapter.custom["CustomField1"], "red");
    }

    /// A backup with parts of these names.
    fn backup(names: &[&str]) -> Vec<u8> {
        let mut archive = ZipWriter::new(Cursor::new(Vec::new()));
        for name in names {
            archive.start_file(*name, SimpleFileOptions::default()).unwrap();
            archive.write_all(PROJECT.as_bytes()).unwrap();
        }
        archive.finish().unwrap().into_inner()
    }

    #[test]
    fn backups_are_unpacked() {
        let packed = backup(&["Ferries.ctv6"]);
        assert_eq!(Format::sniff(&packed).unwrap().name(), "citavi");
        assert_eq!(read(&packed, None).unwrap(), read(PROJECT.as_bytes(), None).unwrap());
        let citavi = Format::from_name("citavi");
        let error = read(&backup(&["a.ctv6", "b.ctv6"]), citavi).unwrap_err().to_string();
        assert!(error.contains("the archive holds 2 projects"), "{error}");
        assert!(read(&packed[..packed.len() / 2], citavi).is_err());
    }

    #[test]
    fn bonds_that_lead_nowhere_or_round_in_a_circle() {
        let text = PROJECT
            .replace("<OnetoN>r2;r3</OnetoN>", "<OnetoN>r2;r3</OnetoN><OnetoN>r3;r2</OnetoN><OnetoN>r1;r1;r9</OnetoN>")
            .replace("<OnetoN>r1;k</OnetoN>", "<OnetoN>;</OnetoN><OnetoN>r1;none</OnetoN>");
        assert_eq!(read(text.as_bytes(), None).unwrap().works.len(), 3);
    }
}
