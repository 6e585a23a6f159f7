//! Resources by their identifiers.

use std::collections::{HashMap, HashSet};

use super::kinds;
use crate::bibliography::xml::Element;

pub(super) struct Graph<'e> {
    by_id: HashMap<&'e str, &'e Element>,
    /// Periodicals, series and books that others say to be part of.
    containers: HashSet<&'e str>,
}

/// Names of the property that leads from a part to the whole.
const PART_OF: &str = "isPartOf";

impl<'e> Graph<'e> {
    pub fn new(resources: &'e [Element]) -> Self {
        let mut graph = Self { by_id: HashMap::new(), containers: HashSet::new() };
        let mut open: Vec<&Element> = resources.iter().collect();
        while let Some(element) = open.pop() {
            // A resource may be described at several places; what says most is it.
            if let Some(id) = id(element) {
                let says = |e: &Element| e.children.len();
                let known = graph.by_id.entry(id).or_insert(element);
                if says(element) > says(known) {
                    *known = element;
                }
            }
            if element.name == PART_OF
                && let Some(id) = reference(element)
            {
                graph.containers.insert(id);
            }
            open.extend(element.elements());
        }
        graph
    }

    /// What a property leads to: a resource elsewhere or in it, or itself when it is a text.
    pub fn target(&self, property: &'e Element) -> &'e Element {
        let elsewhere = reference(property).and_then(|id| self.by_id.get(id)).copied();
        elsewhere.or_else(|| property.elements().next()).unwrap_or(property)
    }

    /// The wholes that a resource is part of, the next one first.
    pub fn wholes(&self, resource: &'e Element) -> Vec<&'e Element> {
        let mut found: Vec<&Element> = Vec::new();
        let mut open = vec![resource];
        while let Some(part) = open.pop() {
            for property in part.all(PART_OF) {
                let whole = self.target(property);
                let is_new = !std::ptr::eq(whole, resource) && !found.iter().any(|f| std::ptr::eq(*f, whole));
                if is_new && found.len() < MOST_WHOLES {
                    found.push(whole);
                    open.insert(0, whole);
                }
            }
        }
        found
    }

    /// Whether a resource at the top of a file is a work by itself.
    pub fn is_work(&self, resource: &'e Element) -> bool {
        let names = kinds::names(resource);
        let is_titled = ["title", "name"].iter().any(|name| resource.child(name).is_some());
        let is_person =
            ["familyName", "surname", "givenName", "givenname"].iter().any(|name| resource.child(name).is_some());
        let only_contains = names.iter().any(|name| kinds::is_container(name))
            && id(resource).is_some_and(|id| self.containers.contains(id));
        is_titled && !is_person && !only_contains && !names.iter().any(|name| kinds::is_no_work(name))
    }
}

/// A part of a part of a part: no record has more.
const MOST_WHOLES: usize = 8;

/// The identifier of a resource.
fn id(element: &Element) -> Option<&str> {
    element
        .attribute("about")
        .or(element.attribute("ID"))
        .or(element.attribute("nodeID").filter(|_| !element.children.is_empty()))
}

/// The identifier that a property refers to.
fn reference(property: &Element) -> Option<&str> {
    property.attribute("resource").or(property.attribute("nodeID")).filter(|_| property.elements().next().is_none())
}

/// An address at which a resource is, or a name of it that is one.
pub(super) fn address(element: &Element) -> Option<&str> {
    element.attribute("about").or(element.attribute("resource"))
}
