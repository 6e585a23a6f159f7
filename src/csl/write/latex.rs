//! LaTeX; links need the package `hyperref`.

use super::{Mark, Run, gap};
use crate::text::is_web_address;

#[derive(Default)]
pub(super) struct Writer(String);

impl super::Writer for Writer {
    fn run(&mut self, run: &Run) {
        for c in run.text.chars() {
            match c {
                '\\' => self.0.push_str("\\textbackslash{}"),
                '&' | '%' | '$' | '#' | '_' | '{' | '}' => {
                    self.0.push('\\');
                    self.0.push(c);
                }
                '~' => self.0.push_str("\\textasciitilde{}"),
                '^' => self.0.push_str("\\textasciicircum{}"),
                '\u{a0}' => self.0.push('~'),
                '\n' | '\r' => self.0.push(' '),
                c if c.is_control() => {}
                c => self.0.push(c),
            }
        }
    }

    fn open(&mut self, mark: &Mark) {
        match mark {
            Mark::Block(block) => self.0.push_str(gap(&self.0, *block)),
            Mark::Link(address) if is_web_address(address) => {
                self.0.push_str("\\href{");
                for c in address.chars() {
                    match c {
                        '%' | '#' => {
                            self.0.push('\\');
                            self.0.push(c);
                        }
                        '\\' => self.0.push_str("\\%5C"),
                        '{' => self.0.push_str("\\%7B"),
                        '}' => self.0.push_str("\\%7D"),
                        '^' => self.0.push_str("\\%5E"),
                        c if c.is_whitespace() => self.0.push_str("\\%20"),
                        c => self.0.push(c),
                    }
                }
                self.0.push_str("}{");
            }
            mark => self.0.push_str(command(mark)),
        }
    }

    fn close(&mut self, mark: &Mark) {
        let open = match mark {
            Mark::Link(address) => is_web_address(address),
            mark => !command(mark).is_empty(),
        };
        if open {
            self.0.push('}');
        }
    }

    fn finish(&mut self) -> String {
        std::mem::take(&mut self.0)
    }
}

fn command(mark: &Mark) -> &'static str {
    match mark {
        Mark::Italic => "\\textit{",
        Mark::Upright => "\\textup{",
        Mark::Bold => "\\textbf{",
        Mark::NormalWeight | Mark::Light => "\\textmd{",
        Mark::SmallCaps => "\\textsc{",
        Mark::NormalCaps => "\\textnormal{",
        Mark::Underline => "\\underline{",
        Mark::Superscript => "\\textsuperscript{",
        Mark::Subscript => "\\textsubscript{",
        Mark::NoUnderline | Mark::Baseline | Mark::Block(_) | Mark::Link(_) => "",
    }
}
