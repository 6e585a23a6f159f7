//! Markdown as pandoc reads it; what Markdown has no mark for stays plain.

use super::{Mark, Run, begins_list, gap};
use crate::text::is_web_address;

#[derive(Default)]
pub(super) struct Writer(String);

impl super::Writer for Writer {
    fn run(&mut self, run: &Run) {
        let mut chars = run.text.chars().peekable();
        while let Some(c) = chars.next() {
            match c {
                '\\' | '`' | '*' | '_' | '[' | ']' | '<' | '>' | '#' | '^' | '~' | '$' | '|' | '@' => {
                    self.0.push('\\');
                    self.0.push(c);
                }
                // "&copy;" would become a sign of its own.
                '&' if chars.peek().is_some_and(|next| next.is_ascii_alphabetic() || *next == '#') => {
                    self.0.push_str("\\&");
                }
                '\n' | '\r' => self.0.push(' '),
                c if begins_list(&self.0, c) => {
                    self.0.push('\\');
                    self.0.push(c);
                }
                c => self.0.push(c),
            }
        }
    }

    fn open(&mut self, mark: &Mark) {
        match mark {
            Mark::Block(block) => self.0.push_str(gap(&self.0, *block)),
            Mark::Link(address) if is_web_address(address) => self.0.push('['),
            mark => self.0.push_str(signs(mark).0),
        }
    }

    fn close(&mut self, mark: &Mark) {
        match mark {
            Mark::Link(address) if is_web_address(address) => {
                self.0.push_str("](");
                for c in address.chars() {
                    match c {
                        ' ' => self.0.push_str("%20"),
                        '(' => self.0.push_str("%28"),
                        ')' => self.0.push_str("%29"),
                        '<' => self.0.push_str("%3C"),
                        '>' => self.0.push_str("%3E"),
                        '\\' => self.0.push_str("%5C"),
                        c => self.0.push(c),
                    }
                }
                self.0.push(')');
            }
            mark => self.0.push_str(signs(mark).1),
        }
    }

    fn finish(&mut self) -> String {
        std::mem::take(&mut self.0)
    }
}

fn signs(mark: &Mark) -> (&'static str, &'static str) {
    match mark {
        Mark::Italic => ("*", "*"),
        Mark::Bold => ("**", "**"),
        Mark::SmallCaps => ("[", "]{.smallcaps}"),
        Mark::Underline => ("[", "]{.underline}"),
        Mark::Superscript => ("^", "^"),
        Mark::Subscript => ("~", "~"),
        _ => ("", ""),
    }
}
