//! XML and HTML as a tree of elements and text, bounded in depth.

mod attributes;
mod html;
mod tree;
mod xml;

pub(super) use html::parse as parse_html;
pub(super) use tree::{Node, NodeId, Tree, clean};
pub(super) use xml::{Damage, parse as parse_xml};
