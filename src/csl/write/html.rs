//! HTML: a fragment of inline elements, and `div` for the blocks of an entry (the class names are those that
//! citation tools agree on).

use super::{Mark, Run};
use crate::csl::output::Block;
use crate::text::{is_web_address, push_html};

#[derive(Default)]
pub(super) struct Writer(String);

impl super::Writer for Writer {
    fn run(&mut self, run: &Run) {
        push_html(&run.text, &mut self.0);
    }

    fn open(&mut self, mark: &Mark) {
        match mark {
            Mark::Link(address) if is_web_address(address) => {
                self.0.push_str("<a href=\"");
                push_html(address, &mut self.0);
                self.0.push_str("\">");
            }
            Mark::Link(_) => {}
            mark => self.0.push_str(tags(mark).0),
        }
    }

    fn close(&mut self, mark: &Mark) {
        match mark {
            Mark::Link(address) if is_web_address(address) => self.0.push_str("</a>"),
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
