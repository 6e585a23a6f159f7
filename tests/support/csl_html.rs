//! The HTML flavour in which the fixtures of the CSL test suite are written.

use citetrail::csl::{Block, Mark, Node, Output};
use unicode_normalization::UnicodeNormalization;

/// What the fixtures have in the place of a cite without any text.
const NOTHING: &str = "[CSL STYLE ERROR: reference with no printed form.]";

pub fn citation(output: &Output) -> String {
    if output.is_empty() {
        return NOTHING.to_owned();
    }
    entry(output)
}

pub fn entry(output: &Output) -> String {
    let mut out = String::new();
    nodes(&output.nodes, &mut out);
    out
}

/// This flavour of HTML sets the superscript letters of Unicode as plain letters in `sup`.
fn superscript(c: char) -> Option<String> {
    let raised = matches!(c, 'ª' | '²' | '³' | '¹' | 'º' | 'ʰ'..='ʸ' | 'ˠ'..='ˤ' | 'ᴬ'..='ᵡ' | '⁰'..='ⁿ' | '℠' | '™'
        | '㆒'..='㆟' | 'ˀ' | 'ˁ' | 'ۥ' | 'ۦ');
    raised.then(|| match c {
        'ˀ' => "ʔ".to_owned(),
        'ˁ' => "ʕ".to_owned(),
        'ۥ' => "و".to_owned(),
        'ۦ' => "ي".to_owned(),
        c => c.to_string().nfkc().collect(),
    })
}

fn nodes(list: &[Node], out: &mut String) {
    for node in list {
        match node {
            Node::Run(run) => {
                for c in run.text.chars() {
                    match c {
                        '&' => out.push_str("&#38;"),
                        '<' => out.push_str("&#60;"),
                        '>' => out.push_str("&#62;"),
                        c => match superscript(c) {
                            Some(plain) => out.push_str(&format!("<sup>{plain}</sup>")),
                            None => out.push(c),
                        },
                    }
                }
            }
            Node::Span(span) => {
                let (open, close) = tags(&span.mark);
                out.push_str(open);
                nodes(&span.children, out);
                out.push_str(close);
            }
        }
    }
}

fn tags(mark: &Mark) -> (&'static str, &'static str) {
    match mark {
        Mark::Italic => ("<i>", "</i>"),
        Mark::Upright => ("<span style=\"font-style:normal;\">", "</span>"),
        Mark::Bold => ("<b>", "</b>"),
        Mark::Light => ("<span style=\"font-weight:lighter;\">", "</span>"),
        Mark::NormalWeight => ("<span style=\"font-weight:normal;\">", "</span>"),
        Mark::SmallCaps => ("<span style=\"font-variant:small-caps;\">", "</span>"),
        Mark::NormalCaps => ("<span style=\"font-variant:normal;\">", "</span>"),
        Mark::Underline => ("<span style=\"text-decoration:underline;\">", "</span>"),
        Mark::NoUnderline => ("<span style=\"text-decoration:none;\">", "</span>"),
        Mark::Superscript => ("<sup>", "</sup>"),
        Mark::Subscript => ("<sub>", "</sub>"),
        Mark::Baseline => ("<span style=\"baseline\">", "</span>"),
        Mark::Block(Block::Block) => ("\n\n    <div class=\"csl-block\">", "</div>\n"),
        Mark::Block(Block::LeftMargin) => ("\n    <div class=\"csl-left-margin\">", "</div>"),
        Mark::Block(Block::RightInline) => ("<div class=\"csl-right-inline\">", "</div>\n  "),
        Mark::Block(Block::Indent) => ("<div class=\"csl-indent\">", "</div>\n  "),
        Mark::Link(_) => ("", ""),
    }
}
