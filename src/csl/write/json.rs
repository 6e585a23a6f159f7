//! The tree as JSON: `{"text", "source"}` for runs, `{"mark", "children"}` for spans.

use serde_json::{Value, json};

use crate::csl::output::{Block, Mark, Node, Output, Source};

pub(super) fn write(output: &Output) -> String {
    Value::Array(output.nodes.iter().map(node).collect()).to_string()
}

fn node(of: &Node) -> Value {
    match of {
        Node::Run(run) => json!({"text": run.text, "source": source(run.source)}),
        Node::Span(span) => {
            let mut value = json!({"mark": mark(&span.mark)});
            if let Mark::Link(address) = &span.mark {
                value["href"] = json!(address);
            }
            value["children"] = span.children.iter().map(node).collect();
            value
        }
    }
}

fn source(source: Source) -> &'static str {
    match source {
        Source::Field(field) => field.as_str(),
        Source::Date(date) => date.as_str(),
        Source::Names(role) => role.as_str(),
        Source::CitationNumber => "citation-number",
        Source::CitationLabel => "citation-label",
        Source::YearSuffix => "year-suffix",
        Source::Locator => "locator",
        Source::FirstNote => "first-reference-note-number",
        Source::Term => "term",
        Source::Cite => "cite",
        Source::Style => "style",
    }
}

fn mark(mark: &Mark) -> &'static str {
    match mark {
        Mark::Italic => "italic",
        Mark::Upright => "upright",
        Mark::Bold => "bold",
        Mark::Light => "light",
        Mark::NormalWeight => "normal-weight",
        Mark::SmallCaps => "small-caps",
        Mark::NormalCaps => "normal-caps",
        Mark::Underline => "underline",
        Mark::NoUnderline => "no-underline",
        Mark::Superscript => "superscript",
        Mark::Subscript => "subscript",
        Mark::Baseline => "baseline",
        Mark::Block(Block::Block) => "block",
        Mark::Block(Block::LeftMargin) => "left-margin",
        Mark::Block(Block::RightInline) => "right-inline",
        Mark::Block(Block::Indent) => "indent",
        Mark::Link(_) => "link",
    }
}
