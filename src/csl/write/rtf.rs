//! The inside of an RTF document: groups with control words, every character beyond ASCII as its UTF-16 number.

use super::{Mark, Run, gap};
use crate::text::is_web_address;

#[derive(Default)]
pub(super) struct Writer(String);

impl super::Writer for Writer {
    fn run(&mut self, run: &Run) {
        escape(&run.text, &mut self.0);
    }

    fn open(&mut self, mark: &Mark) {
        match mark {
            Mark::Block(block) => match gap(&self.0, *block) {
                "\n" => self.0.push_str("\\line\n"),
                other => self.0.push_str(other),
            },
            Mark::Link(address) if is_web_address(address) => {
                self.0.push_str("{\\field{\\*\\fldinst{HYPERLINK \"");
                escape(&address.replace('"', "%22").replace('\\', "%5C"), &mut self.0);
                self.0.push_str("\"}}{\\fldrslt ");
            }
            mark => self.0.push_str(control(mark)),
        }
    }

    fn close(&mut self, mark: &Mark) {
        match mark {
            Mark::Link(address) if is_web_address(address) => self.0.push_str("}}"),
            Mark::Link(_) => {}
            mark if control(mark).is_empty() => {}
            _ => self.0.push('}'),
        }
    }

    fn finish(&mut self) -> String {
        std::mem::take(&mut self.0)
    }
}

fn control(mark: &Mark) -> &'static str {
    match mark {
        Mark::Italic => "{\\i ",
        Mark::Upright => "{\\i0 ",
        Mark::Bold => "{\\b ",
        Mark::NormalWeight | Mark::Light => "{\\b0 ",
        Mark::SmallCaps => "{\\scaps ",
        Mark::NormalCaps => "{\\scaps0 ",
        Mark::Underline => "{\\ul ",
        Mark::NoUnderline => "{\\ulnone ",
        Mark::Superscript => "{\\super ",
        Mark::Subscript => "{\\sub ",
        Mark::Baseline => "{\\nosupersub ",
        Mark::Block(_) | Mark::Link(_) => "",
    }
}

fn escape(text: &str, out: &mut String) {
    for c in text.chars() {
        match c {
            '\\' | '{' | '}' => {
                out.push('\\');
                out.push(c);
            }
            '\n' | '\r' | '\t' => out.push(' '),
            ' '..='~' => out.push(c),
            c if c.is_control() => {}
            c => {
                let mut units = [0; 2];
                for unit in c.encode_utf16(&mut units) {
                    out.push_str(&format!("\\u{}?", unit.cast_signed()));
                }
            }
        }
    }
}
