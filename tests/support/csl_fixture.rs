//! Reads a fixture of the CSL test suite and renders it.

use std::collections::HashMap;

use citetrail::bibliography::{self, Format};
use citetrail::csl::{Citation, Cite, CiteMode, Entry, LocatorLabel, Place, Position, Rendered, Source, Style, render};
use citetrail::work::Work;
use serde_json::Value;

use super::csl_html;

pub struct Fixture {
    sections: HashMap<String, String>,
}

/// A cite as the fixture gives it.
struct CiteData {
    id: String,
    locator: Option<(LocatorLabel, String)>,
    prefix: String,
    suffix: String,
    mode: CiteMode,
    position: Option<Position>,
}

/// A citation of the document, in the state that the last change left it.
struct Cluster {
    id: String,
    note: u32,
    cites: Vec<CiteData>,
}

impl Fixture {
    pub fn parse(text: &str) -> Result<Self, String> {
        let mut sections = HashMap::new();
        let mut open: Option<(String, String)> = None;
        for line in text.lines() {
            let name = |mark: &str| {
                let inner = line.trim().strip_prefix(mark)?.strip_suffix(mark)?;
                Some(inner.trim_matches(['=', ' ']).to_owned())
            };
            if let Some(name) = name(">>") {
                open = Some((name, String::new()));
            } else if let Some(name) = name("<<") {
                if let Some((_, body)) = open.take() {
                    sections.insert(name, body);
                }
            } else if let Some((_, body)) = &mut open {
                body.push_str(line);
                body.push('\n');
            }
        }
        if sections.contains_key("CSL") { Ok(Self { sections }) } else { Err("no CSL section".to_owned()) }
    }

    fn section(&self, name: &str) -> &str {
        self.sections.get(name).map_or("", String::as_str)
    }

    pub fn expected(&self) -> String {
        let text = self.section("RESULT").trim();
        if !self.sections.contains_key("CITATIONS") {
            return text.to_owned();
        }
        // The marks tell which citations an incremental processor reports as changed; ours renders whole documents.
        let unmarked = |line: &str| match line.strip_prefix(">>[").or_else(|| line.strip_prefix("..[")) {
            Some(rest) => format!("[{rest}"),
            None => line.to_owned(),
        };
        text.lines().map(unmarked).collect::<Vec<_>>().join("\n")
    }

    pub fn run(&self) -> Result<String, String> {
        let style = Style::from_xml(self.section("CSL"), |_| None).map_err(|e| e.to_string())?;
        let format = Format::from_name("csl-json").ok_or("CSL-JSON is not known")?;
        let library = bibliography::read(self.section("INPUT").as_bytes(), Some(format)).map_err(|e| e.to_string())?;
        let mut works: Vec<Work> = Vec::new();
        for work in library.works {
            // A later item replaces an earlier one of the same id.
            match works.iter_mut().find(|w| w.key == work.key && !w.key.is_empty()) {
                Some(earlier) => *earlier = work,
                None => works.push(work),
            }
        }
        let bibliography = self.section("MODE").trim() == "bibliography";
        if let Some(changes) = self.sections.get("CITATIONS") {
            return citations(&style, &works, changes, bibliography);
        }
        if bibliography {
            let works = self.selected(works)?;
            return Ok(entries(&render(&style, None, &works, &[]).bibliography));
        }
        let clusters = match self.sections.get("CITATION-ITEMS") {
            Some(items) => {
                let lists: Vec<Vec<Value>> = serde_json::from_str(items).map_err(|e| e.to_string())?;
                lists.iter().map(|list| list.iter().map(cite_data).collect()).collect()
            }
            None => vec![works.iter().map(|w| plain(&w.key)).collect::<Vec<_>>()],
        };
        let lines: Vec<String> = clusters.iter().map(|cites| alone(&style, &works, cites)).collect();
        Ok(lines.join("\n").trim().to_owned())
    }

    /// The works of the last `BIBENTRIES` list.
    fn selected(&self, works: Vec<Work>) -> Result<Vec<Work>, String> {
        let Some(entries) = self.sections.get("BIBENTRIES") else { return Ok(works) };
        let lists: Vec<Vec<String>> = serde_json::from_str(entries).map_err(|e| e.to_string())?;
        let last = lists.last().cloned().unwrap_or_default();
        Ok(last.iter().filter_map(|id| works.iter().find(|w| w.key == *id).cloned()).collect())
    }
}

fn plain(id: &str) -> CiteData {
    CiteData {
        id: id.to_owned(),
        locator: None,
        prefix: String::new(),
        suffix: String::new(),
        mode: CiteMode::Normal,
        position: None,
    }
}

fn cite_data(value: &Value) -> CiteData {
    let text = |name: &str| match &value[name] {
        Value::String(s) => Some(s.clone()),
        Value::Number(n) => Some(n.to_string()),
        _ => None,
    };
    let locator = text("locator").filter(|l| !l.trim().is_empty()).map(|locator| {
        let label = text("label").and_then(|l| l.parse().ok()).unwrap_or(LocatorLabel::PAGE);
        (label, locator)
    });
    let set = |name: &str| value[name] == Value::Bool(true);
    CiteData {
        id: text("id").unwrap_or_default(),
        locator,
        prefix: text("prefix").unwrap_or_default(),
        suffix: text("suffix").unwrap_or_default(),
        mode: match () {
            () if set("author-only") => CiteMode::AuthorOnly,
            () if set("suppress-author") => CiteMode::SuppressAuthor,
            () => CiteMode::Normal,
        },
        position: match value["position"].as_u64() {
            Some(0) => Some(Position::First),
            Some(1) => Some(Position::Subsequent),
            Some(2) => Some(Position::Ibid),
            Some(3) => Some(Position::IbidWithLocator),
            _ => None,
        },
    }
}

fn cite<'a>(works: &[Work], data: &'a CiteData) -> Option<Cite<'a>> {
    let work = works.iter().position(|w| w.key == data.id)?;
    Some(Cite {
        locator: data.locator.as_ref().map(|(label, value)| Place { label: *label, value }),
        prefix: &data.prefix,
        suffix: &data.suffix,
        mode: data.mode,
        position: data.position,
        ..Cite::of(work)
    })
}

/// A citation that stands alone in a document that knows all works: they are numbered as they come.
fn alone(style: &Style, works: &[Work], cites: &[CiteData]) -> String {
    let mut citations: Vec<Citation<'_>> = (0..works.len()).map(Citation::of).collect();
    let mut cites: Vec<Cite<'_>> = cites.iter().filter_map(|c| cite(works, c)).collect();
    for cite in &mut cites {
        cite.position = cite.position.or(Some(Position::First));
    }
    citations.push(Citation { cites, note_number: None });
    let rendered = render(style, None, works, &citations);
    rendered.citations.last().map(csl_html::citation).unwrap_or_default()
}

fn entries(entries: &[Entry]) -> String {
    let numeric = entries.iter().any(|e| {
        let mut found = false;
        e.output.runs(|run| found |= run.source == Source::CitationNumber);
        found
    });
    let body: String = entries
        .iter()
        .filter(|e| numeric || !e.output.is_empty())
        .map(|e| format!("  <div class=\"csl-entry\">{}</div>\n", csl_html::entry(&e.output)))
        .collect();
    format!("<div class=\"csl-bib-body\">\n{body}</div>")
}

/// Applies the changes of a document one by one and renders what is left.
fn citations(style: &Style, works: &[Work], changes: &str, bibliography: bool) -> Result<String, String> {
    let changes: Vec<Value> = serde_json::from_str(changes).map_err(|e| e.to_string())?;
    let mut clusters: Vec<Cluster> = Vec::new();
    for change in &changes {
        apply(&mut clusters, change);
    }
    let rendered = document(style, works, &clusters);
    if bibliography {
        return Ok(entries(&rendered.bibliography));
    }
    let texts = rendered.citations.iter().map(csl_html::citation);
    Ok(texts.enumerate().map(|(i, text)| format!("[{i}] {text}")).collect::<Vec<_>>().join("\n"))
}

fn apply(clusters: &mut Vec<Cluster>, change: &Value) {
    let citation = &change[0];
    let id = citation["citationID"].as_str().unwrap_or_default().to_owned();
    let cites = citation["citationItems"].as_array().map(|items| items.iter().map(cite_data).collect());
    let note = citation["properties"]["noteIndex"].as_u64().unwrap_or(0);
    let mut old: HashMap<String, Cluster> = clusters.drain(..).map(|c| (c.id.clone(), c)).collect();
    old.insert(id.clone(), Cluster { id: id.clone(), note: note_number(note), cites: cites.unwrap_or_default() });
    let of = |list: &Value| -> Vec<(String, u64)> {
        let pair = |v: &Value| Some((v[0].as_str()?.to_owned(), v[1].as_u64().unwrap_or(0)));
        list.as_array().map(|l| l.iter().filter_map(pair).collect()).unwrap_or_default()
    };
    for (id, note) in of(&change[1]).into_iter().chain([(id, note)]).chain(of(&change[2])) {
        if let Some(mut cluster) = old.remove(&id) {
            cluster.note = note_number(note);
            clusters.push(cluster);
        }
    }
}

fn note_number(n: u64) -> u32 {
    u32::try_from(n).unwrap_or(0)
}

/// Renders the document; it knows the works it cites, in the order it cites them.
fn document(style: &Style, works: &[Work], clusters: &[Cluster]) -> Rendered {
    let cited = |w: &&Work| clusters.iter().any(|c| c.cites.iter().any(|c| c.id == w.key));
    let works: Vec<Work> = works.iter().filter(cited).cloned().collect();
    let citations: Vec<Citation<'_>> = clusters
        .iter()
        .map(|c| Citation {
            cites: c.cites.iter().filter_map(|c| cite(&works, c)).collect(),
            note_number: (c.note > 0).then_some(c.note),
        })
        .collect();
    render(style, None, &works, &citations)
}
