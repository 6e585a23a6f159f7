//! Writing an [`Output`] for a target: one file a target, each escapes what its target could act on.

mod html;
mod json;
mod latex;
mod markdown;
mod rtf;
mod text;
mod typst;

use super::output::{Block, Mark, Node, Output, Run};

/// What a text is written for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Target {
    Text,
    Html,
    Markdown,
    Latex,
    Typst,
    Rtf,
    /// The tree itself, for other programs.
    Json,
}

impl Output {
    /// The text for a target.
    pub fn write(&self, target: Target) -> String {
        match target {
            Target::Text => walk(self, &mut text::Writer::default()),
            Target::Html => walk(self, &mut html::Writer::default()),
            Target::Markdown => walk(self, &mut markdown::Writer::default()),
            Target::Latex => walk(self, &mut latex::Writer::default()),
            Target::Typst => walk(self, &mut typst::Writer::default()),
            Target::Rtf => walk(self, &mut rtf::Writer::default()),
            Target::Json => json::write(self),
        }
    }
}

/// A target: runs and marks come in order.
trait Writer {
    fn run(&mut self, run: &Run);
    fn open(&mut self, mark: &Mark);
    fn close(&mut self, mark: &Mark);
    fn finish(&mut self) -> String;
}

fn walk(output: &Output, writer: &mut impl Writer) -> String {
    nodes(&output.nodes, writer);
    writer.finish()
}

fn nodes(list: &[Node], writer: &mut impl Writer) {
    for node in list {
        match node {
            Node::Run(run) => writer.run(run),
            Node::Span(span) => {
                writer.open(&span.mark);
                nodes(&span.children, writer);
                writer.close(&span.mark);
            }
        }
    }
}

/// Whether a character would make a list item or heading of the line it follows: "1." or "-" at its beginning.
fn begins_list(line: &str, c: char) -> bool {
    match c {
        '.' | ')' => !line.is_empty() && line.bytes().all(|b| b.is_ascii_digit()),
        '-' | '+' | '=' | '/' => line.is_empty(),
        _ => false,
    }
}

/// Parts of an entry that stand side by side are set apart by a space; blocks by a line.
fn gap(out: &str, block: Block) -> &'static str {
    match block {
        _ if out.is_empty() => "",
        Block::Block | Block::Indent if !out.ends_with('\n') => "\n",
        Block::RightInline if !out.ends_with(char::is_whitespace) => " ",
        _ => "",
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::csl::output::{Source, Span};

    fn output() -> Output {
        let run = |text: &str| Node::Run(Run { text: text.into(), source: Source::Style });
        let span = |mark, children| Node::Span(Span { mark, children });
        Output {
            nodes: vec![
                run("5 < 6 & *x* #1 "),
                span(Mark::Italic, vec![run("a_b")]),
                run(" "),
                span(Mark::Link("https://doi.org/10.1/x".into()), vec![run("10.1/x")]),
                span(Mark::Link("javascript:alert(1)".into()), vec![run("no")]),
            ],
        }
    }

    #[test]
    fn numbers_make_no_lists() {
        let run = Node::Run(Run { text: "1. Doe. 2. (x)".into(), source: Source::Style });
        let output = Output { nodes: vec![run] };
        assert_eq!(output.write(Target::Markdown), "1\\. Doe. 2. (x)");
        assert_eq!(output.write(Target::Typst), "1\\. Doe. 2. (x)");
    }

    #[test]
    fn markdown_has_citations_and_entities() {
        let run = Node::Run(Run { text: "@doe & sons, R&D, &copy; &#9;".into(), source: Source::Style });
        let output = Output { nodes: vec![run] };
        assert_eq!(output.write(Target::Markdown), "\\@doe & sons, R\\&D, \\&copy; \\&\\#9;");
    }

    #[test]
    fn every_target_escapes() {
        for (target, expected) in [
            (Target::Text, "5 < 6 & *x* #1 a_b 10.1/xno"),
            (Target::Html, "5 &lt; 6 &amp; *x* #1 <i>a_b</i> <a href=\"https://doi.org/10.1/x\">10.1/x</a>no"),
            (Target::Markdown, "5 \\< 6 & \\*x\\* \\#1 *a\\_b* [10.1/x](https://doi.org/10.1/x)no"),
            (Target::Latex, "5 < 6 \\& *x* \\#1 \\textit{a\\_b} \\href{https://doi.org/10.1/x}{10.1/x}no"),
            (Target::Typst, "5 \\< 6 & \\*x\\* \\#1 #emph[a\\_b] #link(\"https://doi.org/10.1/x\")[10.1/x]no"),
            (
                Target::Rtf,
                "5 < 6 & *x* #1 {\\i a_b} {\\field{\\*\\fldinst{HYPERLINK \"https://doi.org/10.1/x\"}}{\\fldrslt 10.1/x}}no",
            ),
        ] {
            assert_eq!(output().write(target), expected, "{target:?}");
        }
    }
}
