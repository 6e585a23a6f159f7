//! What the styles of a document say of its paragraphs and runs (ECMA-376, part 1, 17.7).

use std::collections::HashMap;

use super::super::markup::{NodeId, Tree};
use crate::text::fold;

/// Styles based on each other beyond this are not followed.
const LONGEST_CHAIN: usize = 24;

/// What a paragraph is by its style.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Role {
    Text,
    Title,
    /// Authors, dates, addresses.
    FrontMatter,
    /// A heading of this depth, from 1.
    Heading(usize),
    Abstract,
    /// A line of a table of contents or an index.
    Contents,
    /// An entry of the reference list.
    Reference,
}

/// A list and the level in it, from 0.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct ListPlace {
    pub number: String,
    pub level: usize,
}

#[derive(Debug, Default)]
struct Style {
    name: String,
    based_on: Option<String>,
    outline: Option<usize>,
    number: Option<String>,
    level: Option<usize>,
    marks: Marks,
}

/// What run properties say; `None` where they say nothing.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Marks {
    pub raised: Option<bool>,
    pub hidden: Option<bool>,
    pub bold: Option<bool>,
}

impl Marks {
    /// Of run properties (`rPr`).
    pub fn of(tree: &Tree, properties: NodeId) -> Self {
        let mut marks = Self::default();
        for &node in tree.children(properties) {
            let value = tree.attribute(node, "val");
            match tree.name(node) {
                "vertAlign" => marks.raised = Some(value == Some("superscript")),
                // Half points above the line.
                "position" => {
                    marks.raised = Some(value.and_then(|v| v.parse::<i32>().ok()).is_some_and(|v| v >= 4));
                }
                "vanish" => marks.hidden = Some(is_on(value)),
                "b" => marks.bold = Some(is_on(value)),
                _ => {}
            }
        }
        marks
    }

    /// What these marks say, and where they say nothing, what `other` says.
    pub fn or(self, other: Self) -> Self {
        Self {
            raised: self.raised.or(other.raised),
            hidden: self.hidden.or(other.hidden),
            bold: self.bold.or(other.bold),
        }
    }
}

/// The value of a property that is on when it has none.
pub(super) fn is_on(value: Option<&str>) -> bool {
    !matches!(value, Some("0" | "false" | "off" | "none"))
}

/// The styles of a document by their ids.
#[derive(Debug, Default)]
pub(super) struct Styles {
    by_id: HashMap<String, Style>,
    default_paragraph: Option<String>,
}

impl Styles {
    pub fn read(tree: &Tree) -> Self {
        let mut styles = Self::default();
        let Some(root) = tree.find(Tree::ROOT, "styles") else { return styles };
        for &node in tree.children(root) {
            let Some(id) = tree.attribute(node, "styleId").filter(|_| tree.name(node) == "style") else { continue };
            let value = |name: &str| tree.child(node, name).and_then(|c| tree.attribute(c, "val")).map(str::to_owned);
            let mut style =
                Style { name: value("name").unwrap_or_default(), based_on: value("basedOn"), ..Style::default() };
            if let Some(properties) = tree.child(node, "pPr") {
                style.outline = outline(tree, properties);
                if let Some(list) = tree.child(properties, "numPr") {
                    style.number = number(tree, list);
                    style.level = level(tree, list);
                }
            }
            if let Some(properties) = tree.child(node, "rPr") {
                style.marks = Marks::of(tree, properties);
            }
            let is_default = tree.attribute(node, "default").is_some_and(|v| is_on(Some(v)));
            if is_default && tree.attribute(node, "type") == Some("paragraph") {
                styles.default_paragraph = Some(id.to_owned());
            }
            styles.by_id.insert(id.to_owned(), style);
        }
        styles
    }

    /// A style and those it is based on.
    fn chain<'s>(&'s self, id: Option<&'s str>) -> impl Iterator<Item = &'s Style> {
        let mut next = id.or(self.default_paragraph.as_deref());
        std::iter::from_fn(move || {
            let style = self.by_id.get(next?)?;
            next = style.based_on.as_deref();
            Some(style)
        })
        .take(LONGEST_CHAIN)
    }

    /// What a paragraph of the style is.
    pub fn role(&self, id: Option<&str>) -> Role {
        // Without a definition the id is all that tells.
        if let Some(id) = id
            && !self.by_id.contains_key(id)
        {
            return named(id).unwrap_or(Role::Text);
        }
        let by_name = self.chain(id).find_map(|s| named(&s.name));
        match (by_name, self.chain(id).find_map(|s| s.outline)) {
            (Some(role @ (Role::Title | Role::Contents | Role::Reference)), _) => role,
            (_, Some(depth)) if depth < 9 => Role::Heading(depth + 1),
            (Some(Role::Heading(_)), Some(_)) => Role::Text,
            (role, _) => role.unwrap_or(Role::Text),
        }
    }

    /// The list that paragraphs of the style are in.
    pub fn list(&self, id: Option<&str>) -> Option<ListPlace> {
        let number = self.chain(id).find_map(|s| s.number.clone())?;
        let level = self.chain(id).find_map(|s| s.level).unwrap_or(0);
        Some(ListPlace { number, level })
    }

    /// The marks of runs in paragraphs of the style, or of a style of runs.
    pub fn marks(&self, id: Option<&str>) -> Marks {
        self.chain(id).fold(Marks::default(), |marks, style| marks.or(style.marks))
    }
}

/// The outline level of paragraph properties, from 0; 9 is body text.
pub(super) fn outline(tree: &Tree, properties: NodeId) -> Option<usize> {
    tree.child(properties, "outlineLvl").and_then(|c| tree.attribute(c, "val")).and_then(|v| v.parse().ok())
}

fn number(tree: &Tree, list: NodeId) -> Option<String> {
    tree.child(list, "numId").and_then(|c| tree.attribute(c, "val")).map(str::to_owned)
}

fn level(tree: &Tree, list: NodeId) -> Option<usize> {
    tree.child(list, "ilvl").and_then(|c| tree.attribute(c, "val")).and_then(|v| v.parse().ok())
}

/// The place that a paragraph's own properties name. The number "0" takes it out of its style's list.
pub(super) fn list_place(tree: &Tree, properties: NodeId) -> Option<(Option<String>, usize)> {
    let list = tree.child(properties, "numPr")?;
    Some((number(tree, list), level(tree, list).unwrap_or(0).min(8)))
}

/// What styles of this name are for. Word names its own styles in English whatever its language; other programs do not.
fn named(name: &str) -> Option<Role> {
    /// Folded, without the number of the level.
    const HEADINGS: &[&str] = &[
        "heading",
        "uberschrift",
        "berschrift",
        "titre",
        "titulo",
        "titolo",
        "kop",
        "rubrik",
        "overskrift",
        "otsikko",
        "naglowek",
        "nadpis",
        "cimsor",
        "baslik",
        "заголовок",
        "heading num",
        "見出し",
        "标题",
        "標題",
        "제목",
    ];
    let name = fold(name);
    let bare = name.trim_end_matches(|c: char| c.is_ascii_digit()).trim_end();
    let digits = &name[bare.len()..].trim();
    let depth = digits.parse::<usize>().ok().filter(|d| (1..=9).contains(d));
    if let Some(depth) = depth
        && HEADINGS.contains(&bare)
    {
        return Some(Role::Heading(depth));
    }
    if bare.starts_with("toc") && (bare == "toc" || bare.contains("heading")) {
        return Some(Role::Contents);
    }
    Some(match name.as_str() {
        "title" | "titel" => Role::Title,
        "subtitle" | "author" | "authors" | "date" | "affiliation" | "affiliations" | "untertitel" => Role::FrontMatter,
        "abstract" => Role::Abstract,
        "abstract title" | "abstracttitle" => Role::Heading(1),
        "bibliography" | "endnote bibliography" | "bibliography 1" | "literaturverzeichnis" | "bibliographie" => {
            Role::Reference
        }
        "endnote bibliography title" => Role::Heading(1),
        "table of figures" | "table of authorities" | "contents heading" => Role::Contents,
        _ if depth.is_some() && matches!(bare, "index" | "contents" | "verzeichnis") => Role::Contents,
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::docx::xml;

    #[test]
    fn roles() {
        let styles = r#"<w:styles xmlns:w="w">
            <w:style w:type="paragraph" w:default="1" w:styleId="Standard"><w:name w:val="Normal"/></w:style>
            <w:style w:styleId="berschrift1"><w:name w:val="heading 1"/><w:basedOn w:val="Standard"/></w:style>
            <w:style w:styleId="Eigen"><w:name w:val="Eigene"/><w:basedOn w:val="berschrift1"/></w:style>
            <w:style w:styleId="Lvl"><w:name w:val="Kapitel"/><w:pPr><w:outlineLvl w:val="2"/></w:pPr></w:style>
            <w:style w:styleId="Loop"><w:name w:val="x"/><w:basedOn w:val="Loop"/></w:style>
            <w:style w:styleId="Toc1"><w:name w:val="toc 1"/></w:style></w:styles>"#;
        let styles = Styles::read(&xml::parse(styles.as_bytes(), "styles").unwrap());
        for (id, role) in [
            (None, Role::Text),
            (Some("berschrift1"), Role::Heading(1)),
            (Some("Eigen"), Role::Heading(1)),
            (Some("Lvl"), Role::Heading(3)),
            (Some("Loop"), Role::Text),
            (Some("Toc1"), Role::Contents),
            (Some("Heading2"), Role::Heading(2)),
            (Some("Überschrift 3"), Role::Heading(3)),
        ] {
            assert_eq!(styles.role(id), role, "{id:?}");
        }
    }
}
