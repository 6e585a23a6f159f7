//! The reference list of an article: what its elements name is taken as it stands.

use super::super::RawReference;
use super::super::compose::Composer;
use super::super::markup::{NodeId, Tree};
use crate::work::{Date, DateField, Field, Name, NameList, Role, Work, WorkKind};

pub(super) fn read(tree: &Tree, list: NodeId, composer: &mut Composer<'_>) {
    for &entry in tree.children(list) {
        if tree.name(entry) == "ref" {
            reference(tree, entry, composer);
        }
    }
}

fn is_citation(name: &str) -> bool {
    matches!(name, "element-citation" | "mixed-citation" | "citation" | "nlm-citation")
}

fn reference(tree: &Tree, entry: NodeId, composer: &mut Composer<'_>) {
    let label = tree.child(entry, "label").map(|l| tree.plain(l, ""));
    let label = label.map(|l| l.trim_matches(['.', '[', ']', '(', ')', ' ']).to_owned()).filter(|l| !l.is_empty());
    // Of the same entry in several forms the one with elements says most.
    let citations: Vec<NodeId> = tree.below(entry).into_iter().filter(|&c| is_citation(tree.name(c))).collect();
    let Some(&citation) = citations.iter().find(|&&c| tree.name(c) == "element-citation").or(citations.first()) else {
        return;
    };
    let is_mixed = tree.name(citation) == "mixed-citation";
    let printed = citations.iter().copied().find(|&c| tree.name(c) == "mixed-citation");
    let text = match printed {
        Some(printed) => tree.plain(printed, ""),
        None => tree.plain(citation, " "),
    };
    let mut known = work(tree, citation);
    if is_mixed && (known.creators().is_empty() || known.year().is_none()) {
        // Half of the elements would hide the other half that only the text has.
        known.fields.retain(|field, _| matches!(field, Field::Doi | Field::Pmid | Field::Pmcid));
    }
    let ids = [Some(entry), Some(citation)].into_iter().flatten().filter_map(|n| tree.attribute(n, "id"));
    let ids: Vec<String> = ids.map(str::to_owned).collect();
    composer.reference(RawReference { label, text, known: Some(known), ..RawReference::default() }, ids, 0..0);
}

fn work(tree: &Tree, citation: NodeId) -> Work {
    let mut work = Work::default();
    let first = |name: &str| -> Option<String> {
        let found = tree.below(citation).into_iter().find(|&c| tree.name(c) == name)?;
        Some(tree.plain(found, "")).filter(|t| !t.is_empty())
    };
    let article = first("article-title").or_else(|| first("data-title"));
    let chapter = first("chapter-title").or_else(|| first("part-title"));
    let source = first("source");
    let kind = tree.attribute(citation, "publication-type").or_else(|| tree.attribute(citation, "citation-type"));
    let has_volume = first("volume").is_some();
    let is_part = article.is_some() || chapter.is_some();
    let csl = match kind.unwrap_or_default().to_ascii_lowercase().as_str() {
        "journal" | "article" => "article-journal",
        "book" | "edited-book" | "chapter" if is_part && source.is_some() => "chapter",
        "book" | "edited-book" => "book",
        "confproc" | "conference" | "conf-proc" | "conference-proceedings" => "paper-conference",
        "thesis" => "thesis",
        "web" | "webpage" | "website" => "webpage",
        "report" | "gov" => "report",
        "patent" => "patent",
        "data" | "database" => "dataset",
        "software" => "software",
        "newspaper" => "article-newspaper",
        "preprint" => "article",
        _ if is_part && source.is_some() && has_volume => "article-journal",
        _ => "document",
    };
    work.kind = WorkKind::from_csl(csl).unwrap_or(work.kind);
    match article.or(chapter) {
        Some(title) => {
            work.set(Field::Title, title);
            if let Some(source) = source {
                work.set(Field::ContainerTitle, source);
            }
        }
        None => {
            let field = if csl == "article-journal" { Field::ContainerTitle } else { Field::Title };
            work.set(field, source.unwrap_or_default());
        }
    }
    for (name, field) in [
        ("volume", Field::Volume),
        ("issue", Field::Issue),
        ("publisher-name", Field::Publisher),
        ("publisher-loc", Field::PublisherPlace),
        ("edition", Field::Edition),
        ("series", Field::CollectionTitle),
        ("isbn", Field::Isbn),
    ] {
        if let Some(value) = first(name) {
            work.set(field, value);
        }
    }
    let pages = match (first("fpage"), first("lpage")) {
        (Some(from), Some(to)) if from != to => Some(format!("{from}–{to}")),
        (Some(from), _) => Some(from),
        _ => first("page-range").or_else(|| first("elocation-id")),
    };
    work.set(Field::Page, pages.unwrap_or_default());
    if let Some(year) = first("year").and_then(|y| y.chars().take(4).collect::<String>().parse().ok()) {
        work.dates.insert(DateField::Issued, Date::from_year(year));
    }
    identifiers(tree, citation, &mut work);
    contributors(tree, citation, &mut work);
    work
}

fn identifiers(tree: &Tree, citation: NodeId, work: &mut Work) {
    for node in tree.below(citation) {
        let value = || tree.plain(node, "");
        match (tree.name(node), tree.attribute(node, "pub-id-type").or_else(|| tree.attribute(node, "ext-link-type"))) {
            ("pub-id", Some("doi")) => work.set(Field::Doi, value().trim_start_matches("doi:").trim().to_owned()),
            ("pub-id", Some("pmid")) => work.set(Field::Pmid, value()),
            ("pub-id", Some("pmcid")) => work.set(Field::Pmcid, value()),
            ("ext-link" | "uri", kind) => {
                let address = tree.attribute(node, "href").map_or_else(value, str::to_owned);
                let doi = address.contains("doi.org/") || kind == Some("doi");
                if doi && work.get(Field::Doi).is_none() {
                    if let Ok(doi) = address.parse::<crate::work::Doi>() {
                        work.set(Field::Doi, doi.as_str());
                    }
                } else if !doi && address.starts_with("http") && work.get(Field::Url).is_none() {
                    work.set(Field::Url, address);
                }
            }
            _ => {}
        }
    }
}

fn contributors(tree: &Tree, citation: NodeId, work: &mut Work) {
    let mut put = |role: Role, node: NodeId| {
        let list: &mut NameList = work.contributors.entry(role).or_default();
        match tree.name(node) {
            "etal" => list.incomplete = true,
            "collab" | "institution" => {
                let text = tree.plain(node, "");
                if !text.is_empty() {
                    list.names.push(Name::literal(text));
                }
            }
            _ => list.names.extend(name(tree, node)),
        }
    };
    let is_name = |n: &str| matches!(n, "name" | "string-name" | "collab" | "etal" | "institution");
    for &part in tree.children(citation) {
        match tree.name(part) {
            "person-group" => {
                let role = match tree.attribute(part, "person-group-type") {
                    Some("editor") => Role::Editor,
                    Some("translator") => Role::Translator,
                    _ => Role::Author,
                };
                for &child in tree.children(part) {
                    match tree.name(child) {
                        "name-alternatives" => {
                            tree.child(child, "name").into_iter().for_each(|n| put(role, n));
                        }
                        n if is_name(n) => put(role, child),
                        _ => {}
                    }
                }
            }
            n if is_name(n) => put(Role::Author, part),
            _ => {}
        }
    }
    work.contributors.retain(|_, list| !list.names.is_empty());
}

fn name(tree: &Tree, node: NodeId) -> Option<Name> {
    let part = |name: &str| tree.child(node, name).map(|n| tree.plain(n, "")).unwrap_or_default();
    let (family, given) = (part("surname"), part("given-names"));
    if family.is_empty() {
        let text = tree.plain(node, "");
        return (!text.is_empty()).then(|| Name::literal(text));
    }
    let mut name = Name::person(family, given);
    let suffix = part("suffix");
    if let (Name::Person(person), false) = (&mut name, suffix.is_empty()) {
        person.suffix = Some(suffix);
    }
    Some(name)
}
