//! The map as a graph in Graphviz's DOT language.

use std::collections::BTreeMap;
use std::fmt::Write;

use super::map::{Link, LinkedWork, Map};
use crate::answers::Origin;
use crate::review::{PairState, Verdict};
use crate::text::inert_line;
use crate::work::{Field, Work};

/// Columns of a label.
const WIDTH: usize = 40;
/// A label's longest text, in scalars; the whole claim is its tooltip.
const SHOWN: usize = 200;

pub(super) fn write(map: &Map) -> String {
    let mut out = String::from(
        "digraph claims {\n  rankdir=LR;\n  node [fontname=\"sans-serif\", fontsize=10];\n  edge [fontname=\"sans-serif\", fontsize=9];\n",
    );
    let mut works: BTreeMap<String, (&str, &Work)> = BTreeMap::new();
    for (d, document) in map.documents.iter().enumerate() {
        let title = document.analysis.document.title.as_deref().unwrap_or(&document.name);
        let _ = writeln!(out, "  subgraph cluster_{d} {{\n    label={};", quoted(&inert_line(title)));
        let mut last = None;
        for (link, work) in map.linked().filter(|(link, _)| link.document == d) {
            works.entry(work_node(map, link, work)).or_insert((work.name(), &work.work));
            // Links of one claim stand together.
            if last.replace(link.claim) != Some(link.claim) {
                let text = inert_line(&document.analysis.bare_text(link.claim));
                let (node, label) = (claim_node(map, link), label(&text));
                let _ = writeln!(out, "    {node} [shape=box, label={label}, tooltip={}];", quoted(&text));
            }
        }
        out.push_str("  }\n");
    }
    for (node, (name, work)) in &works {
        let address = work.link().map(|link| format!(", URL={}", quoted(&inert_line(&link)))).unwrap_or_default();
        let _ = writeln!(out, "  {node} [shape=note, label={}{address}];", label(&described(name, work)));
    }
    for (link, work) in map.linked() {
        let _ = writeln!(out, "  {} -> {} [{}];", claim_node(map, link), work_node(map, link, work), edge(work));
    }
    out.push_str("}\n");
    out
}

fn claim_node(map: &Map, link: &Link) -> String {
    quoted(&inert_line(&format!("{}#{}", map.document(link).name, map.id(link, link.claim))))
}

/// A reference without an entry is a work of its document alone.
fn work_node(map: &Map, link: &Link, work: &LinkedWork) -> String {
    quoted(&inert_line(&match &work.key {
        Some(key) => format!("work:{key}"),
        None => format!("{}#work:{}", map.document(link).name, work.name()),
    }))
}

/// Key, first creator and year, title.
fn described(key: &str, work: &Work) -> String {
    let name = work.creators().first().map(|n| n.cited()).unwrap_or_default();
    let year = work.year().map(|y| format!(" ({y})")).unwrap_or_default();
    inert_line(&format!("{key}: {name}{year} {}", work.plain(Field::Title).unwrap_or_default()))
}

/// How a work stands behind a claim: the line says how it came there, colour and words what people judged.
fn edge(work: &LinkedWork) -> String {
    let style = match work.origin {
        Origin::Cited => "solid",
        Origin::Inherited { .. } => "dashed",
        Origin::Asserted(_) => "bold",
    };
    let state = work.standing.state;
    let colour = match state {
        PairState::Open | PairState::NoAccess => "#57606a",
        PairState::Checked(Verdict::Supported) => "#1a7f37",
        PairState::Checked(Verdict::Partly) | PairState::Stale => "#9a6700",
        PairState::Checked(_) | PairState::Conflict => "#cf222e",
    };
    let mut words = state.mark().map(|mark| vec![format!("{mark} {}", state.words())]).unwrap_or_default();
    if work.ambiguous {
        words.push("? ambiguous".to_owned());
    }
    if work.inherited_from().is_some() {
        words.push("inherited".to_owned());
    }
    format!("style={style}, color=\"{colour}\", label={}", quoted(&words.join(", ")))
}

/// A text in lines, cut where it is long.
fn label(text: &str) -> String {
    let mut shown: String = text.chars().take(SHOWN).collect();
    if text.chars().nth(SHOWN).is_some() {
        shown.push('…');
    }
    let lines = textwrap::wrap(&shown, WIDTH);
    let escaped: Vec<String> = lines.iter().map(|line| escaped(line)).collect();
    // "\l" ends a line that is set flush left.
    format!("\"{}\\l\"", escaped.join("\\l"))
}

fn quoted(text: &str) -> String {
    format!("\"{}\"", escaped(text))
}

/// A text inside quotes. In labels Graphviz also reads backslashes and the entities of HTML.
fn escaped(text: &str) -> String {
    text.replace('\\', "\\\\").replace('"', "\\\"").replace('&', "&amp;")
}
