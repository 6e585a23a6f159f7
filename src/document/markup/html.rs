//! HTML → tree. The tokens are those of the standard; of its rules for building trees only those that pages of text
//! need: elements without end tags, and end tags that may be left out.

use html5gum::emitters::default::{DefaultEmitter, Token};
use html5gum::{Span, Tokenizer};

use super::attributes;
use super::tree::Tree;

const VOID: &[&str] =
    &["area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source", "track", "wbr"];
/// Start tags that end an open paragraph.
const BLOCKS: &[&str] = &[
    "address",
    "article",
    "aside",
    "blockquote",
    "div",
    "dl",
    "fieldset",
    "figure",
    "footer",
    "form",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "header",
    "hr",
    "main",
    "nav",
    "ol",
    "p",
    "pre",
    "section",
    "table",
    "ul",
];
/// How far up an end tag looks for its element.
const REACH: usize = 40;

pub(in crate::document) fn parse(source: &str) -> Tree {
    let source = &*attributes::bounded(source);
    let mut tree = Tree::new();
    let mut emitter = DefaultEmitter::<usize>::new_with_span();
    emitter.naively_switch_states(true);
    for token in Tokenizer::new_with_emitter(source, emitter) {
        let Ok(token) = token;
        match token {
            Token::StartTag(tag) => {
                let name = String::from_utf8_lossy(&tag.name).to_lowercase();
                imply_ends(&mut tree, &name);
                let attributes = tag
                    .attributes
                    .iter()
                    .map(|(k, v)| {
                        (String::from_utf8_lossy(k).into_owned(), String::from_utf8_lossy(&v.value).into_owned())
                    })
                    .collect();
                let is_void = VOID.contains(&name.as_str()) || tag.self_closing;
                tree.open(name, attributes);
                if is_void {
                    tree.close();
                }
            }
            Token::EndTag(tag) => {
                let name = String::from_utf8_lossy(&tag.name).to_lowercase();
                let depth = tree.open_names().take(REACH).position(|n| n == name);
                if let Some(depth) = depth {
                    for _ in 0..=depth {
                        tree.close();
                    }
                }
            }
            Token::String(text) => {
                let Span { start, .. } = text.span;
                tree.text(String::from_utf8_lossy(&text.value).into_owned(), start);
            }
            Token::Comment(_) | Token::Doctype(_) | Token::Error(_) => {}
        }
    }
    while tree.close().is_some() {}
    tree
}

fn imply_ends(tree: &mut Tree, name: &str) {
    // The elements that end, and those beyond which none is looked for.
    let (ends, stops): (&[&str], &[&str]) = match name {
        "li" => (&["li"], &["ul", "ol", "menu"]),
        "dt" | "dd" => (&["dt", "dd"], &["dl"]),
        "tr" => (&["tr"], &["table"]),
        "td" | "th" => (&["td", "th"], &["tr", "table"]),
        "option" => (&["option"], &["select"]),
        n if BLOCKS.contains(&n) => {
            (&["p"], &["div", "section", "td", "li", "table", "article", "body", "button", "blockquote", "dd"])
        }
        _ => return,
    };
    let mut depth = None;
    for (i, open) in tree.open_names().take(REACH).enumerate() {
        if ends.contains(&open) {
            depth = Some(i);
            break;
        }
        if stops.contains(&open) {
            break;
        }
    }
    for _ in 0..depth.map_or(0, |d| d + 1) {
        tree.close();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tag_soup() {
        let tree =
            parse("<body><p>one<p>two <b>b<ul><li>x<li>y</ul></b><script>if (a<b) {}</script><br>&eacute;&copy;</div>");
        let names: Vec<&str> =
            tree.below(Tree::ROOT).into_iter().map(|n| tree.name(n)).filter(|n| !n.is_empty()).collect();
        assert_eq!(names, ["body", "p", "p", "b", "ul", "li", "li", "script", "br"]);
        assert!(tree.plain(Tree::ROOT, "").ends_with("é©"));
    }
}
