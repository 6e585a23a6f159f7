//! Typst markup.

use super::{Mark, Run, begins_list, gap};
use crate::text::is_web_address;

#[derive(Default)]
pub(super) struct Writer(String);

impl super::Writer for Writer {
    fn run(&mut self, run: &Run) {
        let mut chars = run.text.chars().peekable();
        while let Some(c) = chars.next() {
            // Right after a function's brackets these would read as its arguments, fields or end.
            let after_call = self.0.ends_with(']') && matches!(c, '(' | '.' | ';');
            let escaped = after_call
                || match c {
                    '\\' | '*' | '_' | '`' | '$' | '#' | '@' | '<' | '>' | '[' | ']' | '~' | '"' | '\'' => true,
                    // Two slashes, or a slash and a star, begin a comment; hyphens in a row become a dash.
                    '/' => self.0.ends_with('/') || matches!(chars.peek(), Some('/' | '*')),
                    '-' => self.0.ends_with('-'),
                    c => begins_list(&self.0, c),
                };
            match c {
                '\n' | '\r' => self.0.push(' '),
                '\u{a0}' => self.0.push('~'),
                c => {
                    if escaped {
                        self.0.push('\\');
                    }
                    self.0.push(c);
                }
            }
        }
    }

    fn open(&mut self, mark: &Mark) {
        match mark {
            Mark::Block(block) => self.0.push_str(gap(&self.0, *block)),
            Mark::Link(address) if is_web_address(address) => {
                self.0.push_str("#link(\"");
                self.0.push_str(&address.replace('\\', "\\\\").replace('"', "\\\""));
                self.0.push_str("\")[");
            }
            mark => self.0.push_str(function(mark)),
        }
    }

    fn close(&mut self, mark: &Mark) {
        let open = match mark {
            Mark::Link(address) => is_web_address(address),
            mark => !function(mark).is_empty(),
        };
        if open {
            self.0.push(']');
        }
    }

    fn finish(&mut self) -> String {
        std::mem::take(&mut self.0)
    }
}

fn function(mark: &Mark) -> &'static str {
    match mark {
        Mark::Italic => "#emph[",
        Mark::Bold => "#strong[",
        Mark::Upright => "#text(style: \"normal\")[",
        Mark::NormalWeight => "#text(weight: \"regular\")[",
        Mark::Light => "#text(weight: \"light\")[",
        Mark::SmallCaps => "#smallcaps[",
        Mark::Underline => "#underline[",
        Mark::Superscript => "#super[",
        Mark::Subscript => "#sub[",
        Mark::NormalCaps | Mark::NoUnderline | Mark::Baseline | Mark::Block(_) | Mark::Link(_) => "",
    }
}
