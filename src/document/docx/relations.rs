//! What a part points to: other parts, and addresses of links (ECMA-376, part 2, 9).

use std::collections::HashMap;

use super::super::ReadError;
use super::super::markup::Tree;
use super::package::{Package, resolve};
use super::xml;

#[derive(Debug)]
struct Relation {
    /// The last part of its type: "styles", "footnotes", "hyperlink".
    kind: String,
    target: String,
}

/// The relations of one part.
#[derive(Debug, Default)]
pub(super) struct Relations {
    by_id: HashMap<String, Relation>,
}

impl Relations {
    /// The relations of a part; "" is the package itself.
    pub fn of(package: &mut Package<'_>, part: &str) -> Result<Self, ReadError> {
        let (folder, file) = part.rsplit_once('/').unwrap_or(("", part));
        let slash = if folder.is_empty() { "" } else { "/" };
        let name = format!("{folder}{slash}_rels/{file}.rels");
        let Some(bytes) = package.part(&name)? else { return Ok(Self::default()) };
        let tree = xml::parse(&bytes, &name)?;
        let mut by_id = HashMap::new();
        for node in tree.below(Tree::ROOT) {
            let attribute = |name: &str| tree.attribute(node, name).unwrap_or_default();
            if tree.name(node) != "Relationship" {
                continue;
            }
            let kind = attribute("Type").rsplit('/').next().unwrap_or_default().to_owned();
            let external = attribute("TargetMode").eq_ignore_ascii_case("external");
            let target = if external { attribute("Target").to_owned() } else { resolve(part, attribute("Target")) };
            by_id.insert(attribute("Id").to_owned(), Relation { kind, target });
        }
        Ok(Self { by_id })
    }

    /// The names of the parts of a kind, in the order of their names.
    pub fn all(&self, kind: &str) -> Vec<&str> {
        let mut found: Vec<&str> = self.by_id.values().filter(|r| r.kind == kind).map(|r| r.target.as_str()).collect();
        found.sort_unstable();
        found
    }

    pub fn first(&self, kind: &str) -> Option<&str> {
        self.all(kind).first().copied()
    }

    /// Where a link goes.
    pub fn address(&self, id: &str) -> Option<&str> {
        self.by_id.get(id).filter(|r| r.kind == "hyperlink").map(|r| r.target.as_str())
    }
}
