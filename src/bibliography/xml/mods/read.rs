//! MODS → [`Work`]s.

use super::SPEC;
use super::kinds::{GENRES, role_of_relator};
use crate::bibliography::draft::{self, Draft, Unmarked, joined_keywords};
use crate::bibliography::xml::{Element, read_records};
use crate::bibliography::{Library, ReadError, Source};
use crate::work::{Date, DateEnd, DateField, Field, Name, PersonName, Role, Work, WorkKind};

pub(super) fn read(source: &Source) -> Result<Library, ReadError> {
    read_records(source, SPEC.name, |name| name == "mods", |record| vec![work(&record)])
}

fn work(mods: &Element) -> Work {
    let mut work = Work { key: mods.attribute("ID").unwrap_or_default().to_owned(), ..Work::default() };
    let host = mods.all("relatedItem").find(|item| item.attribute("type") == Some("host"));
    let series = mods.all("relatedItem").find(|item| item.attribute("type") == Some("series"));
    work.kind = kind(mods, host);
    titles(&mut work, mods);
    for element in mods.all("name") {
        name(&mut work, element, None);
    }
    origin(&mut work, mods);
    part(&mut work, mods);
    identifiers(&mut work, mods, true);
    if let Some(host) = host {
        container(&mut work, host);
    }
    if let Some(series) = series {
        work.first(Field::CollectionTitle, &main_title(series));
        work.first(Field::CollectionNumber, &series.text_at(&["titleInfo", "partNumber"]));
        part(&mut work, series);
    }
    if let Some(summary) = mods.child("abstract") {
        work.first(Field::Abstract, &summary.text());
    }
    for note in mods.all("note") {
        work.also(Field::Note, &note.text(), "\n");
    }
    let language = mods.at(&["language", "languageTerm"]).map(Element::text).unwrap_or_default();
    work.first(Field::Language, &language);
    let topics: Vec<String> = mods
        .all("subject")
        .flat_map(Element::elements)
        .filter(|e| !e.name.ends_with("Info"))
        .map(Element::text)
        .collect();
    work.set(Field::Keyword, joined_keywords(&topics));
    for url in mods.all("location").flat_map(|l| l.all("url")) {
        if !work.first(Field::Url, &url.text()) {
            work.keep("url", &url.text());
        }
        if let Some(date) = url.attribute("dateLastAccessed") {
            work.date(DateField::Accessed, draft::date(date));
        }
    }
    for place in mods.all("location") {
        work.first(Field::CallNumber, &place.text_at(&["shelfLocator"]));
        work.first(Field::Archive, &place.text_at(&["physicalLocation"]));
    }
    work.first(Field::CallNumber, &mods.text_at(&["classification"]));
    if let Some(extent) = mods.at(&["physicalDescription", "extent"]).map(Element::text)
        && let Some(pages) =
            extent.split_once(" p").map(|(before, _)| before.rsplit([' ', ',']).next().unwrap_or(before))
        && !pages.is_empty()
        && pages.bytes().all(|b| b.is_ascii_digit())
    {
        work.first(Field::NumberOfPages, pages);
    }
    for custom in mods.at(&["extension"]).into_iter().flat_map(|e| e.all("field")) {
        if let Some(name) = custom.attribute("name") {
            extension(&mut work, name, &custom.text());
        }
    }
    work.fields.retain(|_, text| !text.is_empty());
    work
}

/// What our own extension says: a variable, or a custom field.
fn extension(work: &mut Work, name: &str, text: &str) {
    match (Field::from_csl(name), WorkKind::from_csl(text)) {
        (Some(field), _) => {
            work.set(field, text);
        }
        (None, Some(kind)) if name == "type" => work.kind = kind,
        (None, _) => {
            work.keep(name, text);
        }
    }
}

fn kind(mods: &Element, host: Option<&Element>) -> WorkKind {
    let genres: Vec<String> = mods.all("genre").map(|g| g.text().to_lowercase()).collect();
    let named = |genre: &String| {
        GENRES.iter().find(|(name, _)| name == genre).map(|(_, kind)| *kind).or_else(|| WorkKind::from_csl(genre))
    };
    let issuance = |e: &Element| e.text_at(&["originInfo", "issuance"]);
    let host_genre =
        || host.map(|h| h.all("genre").map(|g| g.text().to_lowercase()).collect::<Vec<_>>()).unwrap_or_default();
    let mut found = genres.iter().find_map(named);
    // "article" of MODS is of any periodical; CSL means a preprint.
    if genres.iter().any(|g| g == "article") && matches!(found, None | Some(WorkKind::Article)) {
        found = Some(WorkKind::ArticleJournal);
    }
    if host.is_some() && matches!(found, Some(WorkKind::Book)) {
        found = Some(WorkKind::Chapter);
    }
    // Proceedings as a whole have the genre of their papers.
    if host.is_none() && issuance(mods) == "monographic" && found == Some(WorkKind::PaperConference) {
        found = Some(WorkKind::Book);
    }
    if let Some(kind) = found {
        return kind;
    }
    if let Some(host) = host {
        let genres = host_genre();
        let is = |name: &str| genres.iter().any(|g| g == name);
        let serial = matches!(issuance(host).as_str(), "continuing" | "serial");
        let issn = host.all("identifier").any(|id| id.attribute("type") == Some("issn"));
        if is("newspaper") {
            return WorkKind::ArticleNewspaper;
        }
        if is("magazine") {
            return WorkKind::ArticleMagazine;
        }
        if is("conference publication") {
            return WorkKind::PaperConference;
        }
        if is("periodical") || is("academic journal") || is("journal") || serial || issn {
            return WorkKind::ArticleJournal;
        }
        if is("web site") || is("website") {
            return WorkKind::Webpage;
        }
        let published = !host.text_at(&["originInfo", "publisher"]).is_empty();
        if is("book") || issuance(host) == "monographic" || published {
            return WorkKind::Chapter;
        }
    }
    // What the Government Publishing Office of the United States calls its collections.
    match mods.text_at(&["extension", "collectionCode"]).as_str() {
        "CHRG" => return WorkKind::Hearing,
        "BILLS" => return WorkKind::Bill,
        "PLAW" | "STATUTE" => return WorkKind::Legislation,
        "USCOURTS" => return WorkKind::LegalCase,
        _ => {}
    }
    let is_page = mods.below("internetMediaType").iter().any(|e| e.text() == "text/html");
    if host.is_some() && is_page && mods.at(&["location", "url"]).is_some() {
        return WorkKind::Webpage;
    }
    match mods.text_at(&["typeOfResource"]).as_str() {
        "cartographic" => WorkKind::Map,
        "moving image" => WorkKind::MotionPicture,
        "sound recording" | "sound recording-musical" | "sound recording-nonmusical" => WorkKind::Song,
        "still image" => WorkKind::Graphic,
        "notated music" => WorkKind::MusicalScore,
        "software, multimedia" => WorkKind::Software,
        _ if host.is_none() && matches!(issuance(mods).as_str(), "monographic") => WorkKind::Book,
        _ => WorkKind::Document,
    }
}

fn titles(work: &mut Work, mods: &Element) {
    for info in mods.all("titleInfo") {
        match info.attribute("type") {
            None => {
                work.first(Field::Title, &title_with_part(info));
            }
            Some("abbreviated") => {
                work.first(Field::TitleShort, &title(info));
            }
            Some(other) => work.keep(&format!("{other}-title"), &title(info)),
        }
    }
    if work.get(Field::Title).is_none()
        && let Some(info) = mods.child("titleInfo")
    {
        work.set(Field::Title, title(info));
    }
}

/// A title with the number and name of the part that the record is of.
fn title_with_part(info: &Element) -> String {
    let mut out = title(info);
    for (name, joint) in [("partNumber", ". "), ("partName", ": ")] {
        let part = info.text_at(&[name]);
        if !part.is_empty() && !out.is_empty() {
            // A name without a number comes after a stop.
            out.push_str(if info.child("partNumber").is_none() { ". " } else { joint });
            out.push_str(&part);
        }
    }
    out
}

fn main_title(element: &Element) -> String {
    let mut infos = element.all("titleInfo");
    let first = infos.next();
    element.all("titleInfo").find(|i| i.attribute("type").is_none()).or(first).map(title).unwrap_or_default()
}

fn title(info: &Element) -> String {
    let mut out = String::new();
    let non_sort = info.text_at(&["nonSort"]);
    if !non_sort.is_empty() {
        out.push_str(&non_sort);
        if !non_sort.ends_with(['\'', '’']) {
            out.push(' ');
        }
    }
    let main = info.text_at(&["title"]);
    out.push_str(main.trim_end_matches([':', ' ']));
    let subtitle = info.text_at(&["subTitle"]);
    if !subtitle.is_empty() {
        out.push_str(if out.ends_with(['?', '!']) { " " } else { ": " });
        out.push_str(&subtitle);
    }
    out
}

fn name(work: &mut Work, element: &Element, unstated: Option<Role>) {
    let terms: Vec<String> = element.below("roleTerm").iter().map(|t| t.text().to_lowercase()).collect();
    // Who published it stands in the imprint.
    if !terms.is_empty() && terms.iter().all(|t| matches!(t.as_str(), "publisher" | "pbl" | "distributor" | "dst")) {
        return;
    }
    let role = match terms.iter().find_map(|term| role_of_relator(term)) {
        Some(role) => role,
        None if terms.is_empty() => unstated.unwrap_or(Role::Author),
        None => Role::Contributor,
    };
    let parts = |kind: &str| {
        element
            .all("namePart")
            .filter(|p| p.attribute("type") == Some(kind))
            .map(Element::text)
            .collect::<Vec<_>>()
            .join(" ")
    };
    let plain = element
        .all("namePart")
        .filter(|p| p.attribute("type").is_none())
        .map(Element::text)
        .collect::<Vec<_>>()
        .join(" ");
    let (family, given, suffix) = (parts("family"), parts("given"), parts("termsOfAddress"));
    let corporate = matches!(element.attribute("type"), Some("corporate" | "conference"));
    let name = if family.is_empty() && given.is_empty() {
        if corporate {
            Name::literal(plain)
        } else {
            draft::name(
                plain.trim_end_matches([',', '.']),
                if corporate { Unmarked::Literal } else { Unmarked::GivenFirst },
            )
        }
    } else {
        match draft::person(&family, &given, "") {
            Name::Person(person) => {
                Name::Person(PersonName { suffix: (!suffix.is_empty()).then_some(suffix), ..person })
            }
            name => name,
        }
    };
    work.name(role, name);
    if element.child("etal").is_some() {
        work.contributors.entry(role).or_default().incomplete = true;
    }
}

fn origin(work: &mut Work, element: &Element) {
    for origin in element.all("originInfo") {
        work.first(Field::Publisher, &origin.text_at(&["publisher"]));
        work.first(Field::Edition, &origin.text_at(&["edition"]));
        let places: Vec<&Element> = origin.below("placeTerm");
        let text = places.iter().find(|p| p.attribute("type") != Some("code")).map(|p| p.text()).unwrap_or_default();
        work.first(Field::PublisherPlace, text.trim_matches(['[', ']']));
        for name in ["copyrightDate", "dateIssued", "dateCreated"].iter().rev() {
            if let Some(date) = date(origin, name) {
                // The date of issue goes before the others whatever they say.
                if *name == "dateIssued" || !work.dates.contains_key(&DateField::Issued) {
                    work.dates.insert(DateField::Issued, date);
                }
            }
        }
        if let Some(date) = date(origin, "dateCaptured") {
            work.date(DateField::Accessed, date);
        }
    }
}

/// A date given as one, or as the two ends of a range.
fn date(origin: &Element, name: &str) -> Option<Date> {
    let all: Vec<&Element> = origin.all(name).filter(|d| !d.text().is_empty()).collect();
    let end = |point: &str| all.iter().find(|d| d.attribute("point") == Some(point)).map(|d| parsed(&d.text()));
    match (end("start"), end("end")) {
        (Some(Date::Point(start)), Some(Date::Point(end))) => {
            Some(Date::Range { start: DateEnd::Date(start), end: DateEnd::Date(end) })
        }
        (Some(start), _) => Some(start),
        _ => {
            // An encoded one can be read without guessing.
            let encoded = all.iter().find(|d| d.attribute("encoding").is_some_and(|e| e != "marc"));
            encoded.or(all.first()).map(|d| parsed(&d.text()))
        }
    }
}

/// Eight digits are a day of ISO 8601; brackets, "c" and full stops are the cataloguer's.
fn parsed(text: &str) -> Date {
    let text = text.trim();
    if text.len() == 8 && text.bytes().all(|b| b.is_ascii_digit()) {
        let day = format!("{}-{}-{}", &text[..4], &text[4..6], &text[6..]);
        return day.parse().unwrap_or(Date::Literal(text.to_owned()));
    }
    match draft::date(text) {
        Date::Literal(words) => match draft::date(words.trim_matches(['[', ']', '.', 'c', '©', ' '])) {
            Date::Literal(_) => Date::Literal(words),
            date => date,
        },
        date => date,
    }
}

fn part(work: &mut Work, element: &Element) {
    for part in element.all("part") {
        for detail in part.all("detail") {
            let number = detail
                .child("number")
                .or(detail.child("caption"))
                .or(detail.child("title"))
                .map(Element::text)
                .unwrap_or_default();
            let field = match detail.attribute("type") {
                Some("volume") => Field::Volume,
                Some("issue" | "number" | "no.") => Field::Issue,
                Some("section") => Field::Section,
                Some("page" | "pages") => Field::Page,
                _ => continue,
            };
            work.first(field, &number);
        }
        for extent in part.all("extent") {
            if matches!(extent.attribute("unit"), Some("page" | "pages") | None) {
                work.pages(&extent.text_at(&["start"]), &extent.text_at(&["end"]));
                work.first(
                    Field::Page,
                    extent.text_at(&["list"]).trim_start_matches("pp.").trim_start_matches("p.").trim(),
                );
            }
        }
        if let Some(date) = part.child("date").filter(|_| !work.dates.contains_key(&DateField::Issued)) {
            work.date(DateField::Issued, parsed(&date.text()));
        }
    }
}

fn identifiers(work: &mut Work, element: &Element, own: bool) {
    for id in element.all("identifier") {
        let text = id.text();
        let kind = id.attribute("type").unwrap_or_default().to_lowercase();
        match kind.as_str() {
            "doi" if own => {
                work.first(Field::Doi, text.trim_start_matches("doi:").trim());
            }
            // "0801486394 (pbk. : acid-free paper)"
            "isbn" => work.also(Field::Isbn, text.split(" (").next().unwrap_or_default(), ", "),
            "issn" => work.also(Field::Issn, &text, ", "),
            "pmid" | "pubmed" if own => {
                work.first(Field::Pmid, &text);
            }
            "pmc" if own => {
                work.first(Field::Pmcid, &text);
            }
            "uri" if own && text.starts_with("http") => {
                work.first(Field::Url, &text);
            }
            "citekey" if own && work.key.is_empty() && !text.contains(' ') => work.key = text,
            "report" | "report number" | "patent" if own => {
                work.first(Field::Number, &text);
            }
            kind if own => work.keep(if kind.is_empty() { "identifier" } else { kind }, &text),
            _ => {}
        }
    }
}

fn container(work: &mut Work, host: &Element) {
    work.first(Field::ContainerTitle, &main_title(host));
    for info in host.all("titleInfo").filter(|i| i.attribute("type") == Some("abbreviated")) {
        work.first(Field::ContainerTitleShort, &title(info));
    }
    for element in host.all("name") {
        let before = work.names(Role::Author).len();
        name(work, element, Some(Role::ContainerAuthor));
        // Authors of the whole are not those of the part.
        if work.names(Role::Author).len() > before
            && let Some(list) = work.contributors.get_mut(&Role::Author)
        {
            let moved = list.names.split_off(before);
            moved.into_iter().for_each(|name| work.name(Role::ContainerAuthor, name));
        }
    }
    work.contributors.retain(|_, list| !list.names.is_empty() || list.incomplete);
    origin(work, host);
    part(work, host);
    identifiers(work, host, false);
    if let Some(series) = host.all("relatedItem").find(|item| item.attribute("type") == Some("series")) {
        work.first(Field::CollectionTitle, &main_title(series));
        work.first(Field::CollectionNumber, &series.text_at(&["titleInfo", "partNumber"]));
    }
}
