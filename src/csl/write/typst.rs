//! Typst markup.

use super::{Mark, Run, gap, is_web};

#[derive(Default)]
pub(super) struct Writer(String);

impl super::Writer for Writer {
    fn run(&mut self, run: &Run) {
        let mut before = ' ';
        for c in run.text.chars() {
            match c {
                '\\' | '*' | '_' | '`' | '$' | '#' | '@' | '<' | '>' | '[' | ']' | '~' | '"' | '\'' | '=' => {
                    self.0.push('\\');
                    self.0.push(c);
                }
                // Two slashes or a slash and a star begin a comment.
                '/' | '-' if before == c || c == '/' => {
                    self.0.push('\\');
                    self.0.push(c);
                }
                '\n' | '\r' => self.0.push(' '),
                '\u{a0}' => self.0.push('~'),
                c => self.0.push(c),
            }
            before = c;
        }
    }

    fn open(&mut self, mark: &Mark) {
        match mark {
            Mark::Block(block) => self.0.push_str(gap(&self.0, *block)),
            Mark::Link(address) if is_web(address) => {
                self.0.push_str("#link(\"");
                self.0.push_str(&address.replace('\\', "\\\\").replace('"', "\\\""));
                self.0.push_str("\")[");
            }
            mark => self.0.push_str(function(mark)),
        }
    }

    fn close(&mut self, mark: &Mark) {
        let open = match mark {
            Mark::Link(address) => is_web(address),
            mark => !function(mark).is_empty(),
        };
        if open {
            self.0.push(']');
        }
    }

    fn finish(&mut self) -> String {
        // Text after a function's brackets must not read as its next argument.
        std::mem::take(&mut self.0).replace("](", "]\\(")
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
