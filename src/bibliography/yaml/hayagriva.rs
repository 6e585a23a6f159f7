//! Hayagriva's YAML, the bibliographies of Typst. Source: its file format, version 0.10.

use serde_json::{Map, Value, json};

use super::values::{list, text, text_at};
use super::{salvage, write};
use crate::bibliography::draft::{self, Draft, Unmarked, inverted};
use crate::bibliography::{Library, Problem, ReadError, Source, Spec};
use crate::work::{DateField, Field, Name, PersonName, Role, Work, WorkKind};

pub(in crate::bibliography) static SPEC: Spec = Spec {
    name: "hayagriva",
    aliases: &["typst"],
    extensions: &[],
    sniff: |head| {
        let mut lines = head.lines().filter(|l| !l.trim().is_empty() && !l.starts_with('#') && *l != "---");
        let key = lines.next().is_some_and(|line| {
            !line.starts_with([' ', '-', '{', '<', '@', '%', '"', '[']) && line.trim_end().ends_with(':')
        });
        key && lines.take(40).any(|line| line.starts_with(' ') && line.trim_start().starts_with("type:"))
    },
    read,
    write: Some(write_all),
};

/// Type of an entry, type of what it is in, kind. The first row of a kind is the one written.
const KINDS: &[(&str, &str, WorkKind)] = &[
    ("article", "periodical", WorkKind::ArticleJournal),
    ("article", "newspaper", WorkKind::ArticleNewspaper),
    ("article", "proceedings", WorkKind::PaperConference),
    ("article", "conference", WorkKind::PaperConference),
    ("article", "blog", WorkKind::PostWeblog),
    ("article", "", WorkKind::Article),
    ("article", "misc", WorkKind::ArticleMagazine),
    ("chapter", "book", WorkKind::Chapter),
    ("anthos", "anthology", WorkKind::Chapter),
    ("entry", "reference", WorkKind::EntryEncyclopedia),
    ("entry", "", WorkKind::Entry),
    ("book", "", WorkKind::Book),
    ("anthology", "", WorkKind::Collection),
    ("report", "", WorkKind::Report),
    ("thesis", "", WorkKind::Thesis),
    ("web", "", WorkKind::Webpage),
    ("post", "", WorkKind::Post),
    ("repository", "", WorkKind::Software),
    ("patent", "", WorkKind::Patent),
    ("case", "", WorkKind::LegalCase),
    ("legislation", "", WorkKind::Legislation),
    ("manuscript", "", WorkKind::Manuscript),
    ("artwork", "", WorkKind::Graphic),
    ("video", "", WorkKind::MotionPicture),
    ("audio", "", WorkKind::Song),
    ("performance", "", WorkKind::Performance),
    ("periodical", "", WorkKind::Periodical),
    ("reference", "", WorkKind::Book),
    ("proceedings", "", WorkKind::Book),
    ("newspaper", "", WorkKind::Periodical),
    ("scene", "", WorkKind::MotionPicture),
    ("misc", "", WorkKind::Document),
];

fn read(source: &Source) -> Result<Library, ReadError> {
    let begins = |line: &str| !line.starts_with([' ', '\t', '#', '-', '}', ']', '.']) && line.trim_end().ends_with(':');
    let (value, problems) = salvage::read(source, SPEC.name, begins)?;
    let mut library = Library { works: Vec::new(), problems };
    let Value::Object(entries) = value else {
        let reason = "a map of keys and entries was expected".to_owned();
        return Err(ReadError::NotOfFormat { format: SPEC.name, line: 1, column: 1, reason });
    };
    for (key, entry) in &entries {
        match entry {
            Value::Object(_) => library.works.push(work(key, entry)),
            _ => library.problems.push(Problem {
                message: "this is no entry and was left out: an entry is a map of fields".to_owned(),
                line: 1,
                column: 1,
                key: Some(key.clone()),
            }),
        }
    }
    Ok(library)
}

fn work(key: &str, entry: &Value) -> Work {
    let mut work = Work { key: key.to_owned(), ..Work::default() };
    let parents = entry.get("parent").map(list).unwrap_or_default();
    let parent = parents.first().copied();
    let own = text_at(entry, "type").to_lowercase();
    let inside = parent.map(|p| text_at(p, "type").to_lowercase()).unwrap_or_default();
    let row =
        KINDS.iter().find(|(t, p, _)| *t == own && *p == inside).or_else(|| KINDS.iter().find(|(t, ..)| *t == own));
    match row {
        Some((.., kind)) => work.kind = *kind,
        None => work.keep("type", &own),
    }
    fields(&mut work, entry, Level::Own);
    for (i, parent) in parents.iter().enumerate() {
        let title = title(parent);
        work.first(if i == 0 { Field::ContainerTitle } else { Field::CollectionTitle }, &title);
        if i == 0 {
            fields(&mut work, parent, Level::Parent);
            if let Some(series) = parent.get("parent") {
                work.first(Field::CollectionTitle, &self::title(series));
            }
        }
    }
    work.fields.retain(|_, text| !text.is_empty());
    work
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Level {
    Own,
    Parent,
}

fn title(entry: &Value) -> String {
    match entry.get("title") {
        Some(Value::Object(map)) => map.get("value").and_then(text).unwrap_or_default(),
        Some(value) => text(value).unwrap_or_default(),
        None => String::new(),
    }
}

/// Fields of the entry, or those its parent gives where it has none.
fn fields(work: &mut Work, entry: &Value, level: Level) {
    let Value::Object(map) = entry else { return };
    for (name, value) in map {
        let one = text(value).unwrap_or_default();
        match (name.as_str(), value) {
            ("type" | "parent", _) => {}
            ("title", _) if level == Level::Own => {
                work.first(Field::Title, &title(entry));
                if let Some(short) = value.get("short").and_then(text) {
                    work.first(Field::TitleShort, &short);
                }
            }
            ("title", _) => {
                if let Some(short) = value.get("short").and_then(text) {
                    work.first(Field::ContainerTitleShort, &short);
                }
            }
            ("author", _) => names(work, if level == Level::Own { Role::Author } else { Role::ContainerAuthor }, value),
            ("editor", _) if work.names(Role::Editor).is_empty() => names(work, Role::Editor, value),
            ("affiliated", _) => {
                for group in list(value) {
                    let role = Role::from_csl(&text_at(group, "role")).unwrap_or(Role::Contributor);
                    names(work, role, group.get("names").unwrap_or(&Value::Null));
                }
            }
            ("date", _) if !one.is_empty() && (level == Level::Own || !work.dates.contains_key(&DateField::Issued)) => {
                work.date(DateField::Issued, draft::date(&one));
            }
            ("publisher", Value::Object(_)) => {
                work.first(Field::Publisher, &text_at(value, "name"));
                work.first(Field::PublisherPlace, &text_at(value, "location"));
            }
            ("url", Value::Object(_)) if level == Level::Own => {
                work.first(Field::Url, &text_at(value, "value"));
                let accessed = text_at(value, "date");
                if !accessed.is_empty() {
                    work.date(DateField::Accessed, draft::date(&accessed));
                }
            }
            ("serial-number", Value::Object(numbers)) => {
                for (name, value) in numbers {
                    serial_number(work, name, &text(value).unwrap_or_default(), level);
                }
            }
            ("page-range", _) => {
                work.first(Field::Page, &one);
            }
            ("note", _) if level == Level::Own => work.also(Field::Note, &one, "\n"),
            (name, _) => {
                let taken = variable(name).is_some_and(|field| !one.is_empty() && work.first(field, &one));
                if !taken && level == Level::Own && !value.is_null() {
                    work.keep(name, &if one.is_empty() { value.to_string() } else { one });
                }
            }
        }
    }
}

fn serial_number(work: &mut Work, name: &str, value: &str, level: Level) {
    let field = match name {
        "isbn" => Field::Isbn,
        "issn" => Field::Issn,
        _ if level == Level::Parent => return,
        "doi" => Field::Doi,
        "pmid" => Field::Pmid,
        "pmcid" => Field::Pmcid,
        "serial" => Field::Number,
        name => return work.keep(name, value),
    };
    work.first(field, value);
}

fn names(work: &mut Work, role: Role, value: &Value) {
    for one in list(value) {
        let name = match one {
            Value::Object(_) => {
                let part = |name: &str| Some(text_at(one, name)).filter(|s| !s.is_empty());
                Name::Person(PersonName {
                    family: text_at(one, "name"),
                    given: part("given-name"),
                    non_dropping_particle: part("prefix"),
                    suffix: part("suffix"),
                    ..PersonName::default()
                })
            }
            one => draft::name(&text(one).unwrap_or_default(), Unmarked::Literal),
        };
        work.name(role, name);
    }
}

/// Fields of one value, in the order they are written.
const VALUES: &[(&str, Field)] = &[
    ("genre", Field::Genre),
    ("publisher", Field::Publisher),
    ("location", Field::PublisherPlace),
    ("organization", Field::Authority),
    ("issue", Field::Issue),
    ("volume", Field::Volume),
    ("volume-total", Field::NumberOfVolumes),
    ("chapter", Field::ChapterNumber),
    ("edition", Field::Edition),
    ("page-total", Field::NumberOfPages),
    ("url", Field::Url),
    ("language", Field::Language),
    ("archive", Field::Archive),
    ("archive-location", Field::ArchiveLocation),
    ("call-number", Field::CallNumber),
    ("abstract", Field::Abstract),
    ("runtime", Field::Dimensions),
];

fn variable(name: &str) -> Option<Field> {
    VALUES.iter().find(|(n, _)| *n == name).map(|(_, field)| *field)
}

fn write_all(works: &[Work]) -> String {
    let mut out = String::new();
    let mut used = std::collections::HashSet::new();
    for work in works {
        // Keys of a map are unique; a second work of a key would not be read.
        let mut key = work.key.clone();
        let mut n = 1;
        while !used.insert(key.clone()) {
            n += 1;
            key = format!("{}-{n}", work.key);
        }
        let mut map = Map::new();
        map.insert(key, entry(work));
        write(&mut out, &Value::Object(map), 0);
    }
    if out.is_empty() { "{}\n".to_owned() } else { out }
}

fn entry(work: &Work) -> Value {
    let row = KINDS.iter().find(|(.., kind)| *kind == work.kind);
    let (own, inside) = row.map_or(("misc", ""), |(own, inside, _)| (*own, *inside));
    let mut map = Map::new();
    map.insert("type".to_owned(), own.into());
    if let Some(title) = work.get(Field::Title) {
        map.insert("title".to_owned(), with_short(title, work.get(Field::TitleShort)));
    }
    let mut affiliated = Vec::new();
    for (role, list) in &work.contributors {
        let mut names: Vec<Value> = list.names.iter().map(name).collect();
        if list.incomplete {
            names.push("others".into());
        }
        match role {
            Role::Author | Role::Editor => {
                map.insert(role.as_str().to_owned(), Value::Array(names));
            }
            Role::ContainerAuthor if !inside.is_empty() => {}
            role => affiliated.push(json!({ "role": role.as_str(), "names": names })),
        }
    }
    if !affiliated.is_empty() {
        map.insert("affiliated".to_owned(), Value::Array(affiliated));
    }
    if let Some(date) = work.dates.get(&DateField::Issued) {
        map.insert("date".to_owned(), date.to_string().into());
    }
    if let Some(pages) = work.get(Field::Page) {
        map.insert("page-range".to_owned(), pages.into());
    }
    for (name, field) in VALUES {
        if let Some(text) = work.get(*field) {
            map.insert((*name).to_owned(), text.into());
        }
    }
    if let (Some(url), Some(date)) = (work.get(Field::Url), work.dates.get(&DateField::Accessed)) {
        map.insert("url".to_owned(), json!({ "value": url, "date": date.to_string() }));
    }
    let mut numbers = Map::new();
    for (name, field) in [
        ("doi", Field::Doi),
        ("isbn", Field::Isbn),
        ("issn", Field::Issn),
        ("pmid", Field::Pmid),
        ("pmcid", Field::Pmcid),
        ("serial", Field::Number),
    ] {
        if let Some(text) = work.get(field) {
            numbers.insert(name.to_owned(), text.into());
        }
    }
    if !numbers.is_empty() {
        map.insert("serial-number".to_owned(), Value::Object(numbers));
    }
    if let Some(note) = work.get(Field::Note) {
        map.insert("note".to_owned(), note.into());
    }
    if let Some(parent) = parent(work, inside) {
        map.insert("parent".to_owned(), parent);
    }
    Value::Object(map)
}

fn parent(work: &Work, kind: &str) -> Option<Value> {
    let series = work.get(Field::CollectionTitle);
    let series = series.map(|title| json!({ "type": "anthology", "title": title }));
    let container = work.get(Field::ContainerTitle);
    if kind.is_empty() && container.is_none() {
        // Of two parents the second is the series.
        return series.map(|series| json!([{ "type": "misc" }, series]));
    }
    let mut map = Map::new();
    map.insert("type".to_owned(), if kind.is_empty() { "misc" } else { kind }.into());
    if let Some(title) = container {
        map.insert("title".to_owned(), with_short(title, work.get(Field::ContainerTitleShort)));
    }
    if let Some(authors) = work.contributors.get(&Role::ContainerAuthor).filter(|_| !kind.is_empty()) {
        map.insert("author".to_owned(), authors.names.iter().map(name).collect());
    }
    if let Some(series) = series {
        map.insert("parent".to_owned(), series);
    }
    Some(Value::Object(map))
}

fn with_short(title: &str, short: Option<&str>) -> Value {
    match short {
        Some(short) => json!({ "value": title, "short": short }),
        None => title.into(),
    }
}

fn name(name: &Name) -> Value {
    match name {
        Name::Person(p) if p.suffix.is_some() || p.non_dropping_particle.is_some() || p.given.is_none() => {
            let mut map = Map::new();
            map.insert("name".to_owned(), p.family.clone().into());
            let parts = [("given-name", &p.given), ("prefix", &p.non_dropping_particle), ("suffix", &p.suffix)];
            for (name, part) in parts {
                if let Some(part) = part {
                    map.insert(name.to_owned(), part.clone().into());
                }
            }
            Value::Object(map)
        }
        name => inverted(name).into(),
    }
}

#[cfg(test)]
mod tests {
    use crate::bibliography::{Format, read, write};
    use crate::work::{DateField, Field, Role, WorkKind};

    #[test]
    fn entries_come_back() {
        let yaml = "holm2004:\n  type: article\n  title: Tides at home\n  author: [\"Holm, Ada\", {name: Berg, prefix: van, given-name: Bo}]\n  date: 2004-05\n\
            \x20 page-range: 34-56\n  serial-number: {doi: 10.5555/a}\n  url: {value: https://example.org, date: 2020-01-02}\n\
            \x20 parent:\n    type: periodical\n    title: Journal of Ferries\n    volume: 12\n";
        let library = read(yaml.as_bytes(), None).unwrap();
        let work = &library.works[0];
        assert_eq!(work.kind, WorkKind::ArticleJournal);
        assert_eq!(work.get(Field::ContainerTitle), Some("Journal of Ferries"));
        assert_eq!((work.get(Field::Volume), work.get(Field::Doi)), (Some("12"), Some("10.5555/a")));
        assert_eq!(work.dates[&DateField::Issued].to_string(), "2004-05");
        assert_eq!(work.names(Role::Author)[1].cited(), "van Berg");
        let written = write(&library.works, Format::from_name("hayagriva").unwrap());
        assert_eq!(read(written.as_bytes(), None).unwrap(), library, "{written}");
    }
}
