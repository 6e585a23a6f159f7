//! Text and formatted references in HTML.

use crate::csl::{Block, Mark, Node, Output};
use crate::review::PairState;
pub(super) use crate::text::count;
use crate::text::{inert_line, is_web_address, push_html};

/// Text made harmless for an element or an attribute: what HTML acts on is escaped, and controls and marks that turn the
/// direction of writing are shown.
pub(super) fn text(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 8);
    push(text, &mut out);
    out
}

fn push(text: &str, out: &mut String) {
    push_html(&inert_line(text), out);
}

/// A formatted reference. The page's policy allows no style attributes, so marks become elements and classes.
pub(super) fn reference(output: &Output) -> String {
    let mut out = String::new();
    nodes(&output.nodes, &mut out);
    out
}

fn nodes(list: &[Node], out: &mut String) {
    for node in list {
        match node {
            Node::Run(run) => push(&run.text, out),
            Node::Span(span) => {
                let (open, close) = tags(&span.mark);
                out.push_str(&open);
                nodes(&span.children, out);
                out.push_str(close);
            }
        }
    }
}

fn tags(mark: &Mark) -> (String, &'static str) {
    let class = |name: &str| (format!("<span class=\"{name}\">"), "</span>");
    match mark {
        Mark::Italic => ("<i>".to_owned(), "</i>"),
        Mark::Bold => ("<b>".to_owned(), "</b>"),
        Mark::Superscript => ("<sup>".to_owned(), "</sup>"),
        Mark::Subscript => ("<sub>".to_owned(), "</sub>"),
        Mark::Upright => class("upright"),
        Mark::Light | Mark::NormalWeight => class("normal-weight"),
        Mark::SmallCaps => class("small-caps"),
        Mark::NormalCaps => class("normal-caps"),
        Mark::Underline => class("underline"),
        Mark::NoUnderline | Mark::Baseline | Mark::Block(Block::RightInline | Block::Block | Block::Indent) => {
            class("part")
        }
        Mark::Block(Block::LeftMargin) => ("<span class=\"part\">".to_owned(), " </span>"),
        Mark::Link(address) => match link(address) {
            Some(link) => (link, "</a>"),
            None => class("part"),
        },
    }
}

/// The opening tag of a link, when the address is one of the web.
pub(super) fn link(address: &str) -> Option<String> {
    is_web_address(address).then(|| format!("<a href=\"{}\" rel=\"noreferrer noopener\">", text(address)))
}

/// A link to a part of the page, with the mark of a state and its name for those who do not see it.
pub(super) fn marked_link(place: &str, name: &str, state: PairState) -> String {
    let mark = match state.mark() {
        Some(mark) => format!("<b role=\"img\" aria-label=\"{}\">{mark}</b>", state.words()),
        None => "<span class=\"unseen\"> (open)</span>".to_owned(),
    };
    format!("<a class=\"{}\" href=\"#{place}\">{}{mark}</a>", class(state), text(name))
}

/// The class of a state: what it asks of a reader.
pub(super) fn class(state: PairState) -> &'static str {
    use crate::review::Verdict;
    match state {
        PairState::Open => "open",
        PairState::NoAccess => "no-access",
        PairState::Checked(Verdict::Supported) => "good",
        PairState::Checked(Verdict::Partly) => "partly",
        PairState::Checked(_) => "bad",
        PairState::Stale => "stale",
        PairState::Conflict => "conflict",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_cannot_act() {
        assert_eq!(text("<b a='1' c=\"2\">&"), "&lt;b a='1' c=&quot;2&quot;&gt;&amp;");
        assert_eq!(text("a\u{202e}b\x1b\nc"), "a\u{fffd}b␛ c");
        assert_eq!(link("javascript:alert(1)"), None);
        assert_eq!(
            link("https://a.example/?x=\"y").as_deref(),
            Some("<a href=\"https://a.example/?x=&quot;y\" rel=\"noreferrer noopener\">")
        );
    }
}
