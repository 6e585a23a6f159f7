//! HTML: a fragment of inline elements, and `div` for the blocks of an entry (the class names are those that
//! citation tools agree on).

use super::{Mark, Run, is_web};
use crate::csl::output::Block;

#[derive(Default)]
pub(super) struct Writer(String);

impl super::Writer for Writer {
    fn run(&mut self, run: &Run) {
        escape(&run.text, &mut self.0);
    }

    fn open(&mut self, mark: &Mark) {
        match mark {
            Mark::Link(address) if is_web(address) => {
                self.0.push_str("<a href=\"");
                escape(address, &mut self.0);
                self.0.push_str("\">");
            }
            Mark::Link(_) => {}
            mark => self.0.push_str(tags(mark).0),
        }
    }

    fn close(&mut self, mark: &Mark) {
        match mark {
            Mark::Link(address) if is_web(address) => self.0.push_str("</a>"),
            Mark::Link(_) => {}
            mark => self.0.push_str(tags(mark).1),
        }
    }

    fn finish(&mut self) -> String {
        std::mem::take(&mut self.0)
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
        Mark::Baseline => ("<span style=\"vertical-align:baseline;\">", "</span>"),
        Mark::Block(Block::Block) => ("<div class=\"csl-block\">", "</div>"),
        Mark::Block(Block::LeftMargin) => ("<div class=\"csl-left-margin\">", "</div>"),
        Mark::Block(Block::RightInline) => ("<div class=\"csl-right-inline\">", "</div>"),
        Mark::Block(Block::Indent) => ("<div class=\"csl-indent\">", "</div>"),
        Mark::Link(_) => ("", ""),
    }
}

fn escape(text: &str, out: &mut String) {
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            c => out.push(c),
        }
    }
}
