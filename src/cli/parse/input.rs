//! The references of an input, block by block: a list of a million lines takes no more memory than one of a thousand.

use std::fs::File;
use std::io::{BufRead, BufReader};
use std::path::Path;

use super::super::error::CliError;
use super::super::scope::{io_message, shown_name};
use super::OnePer;
use crate::text::collapse_spaces;

/// References that are read, and take votes on their style, together.
const MOST: usize = 4_096;
/// A block of long lines ends sooner, at so many bytes.
const MOST_BYTES: usize = 4 << 20;

/// What is left to be read of the input.
pub(in super::super) struct References {
    input: Box<dyn BufRead>,
    unit: OnePer,
    name: String,
    line: usize,
}

impl References {
    pub fn open(path: &Path, unit: OnePer) -> Result<Self, CliError> {
        let input: Box<dyn BufRead> = if path == Path::new("-") {
            Box::new(BufReader::new(std::io::stdin()))
        } else {
            let file = File::open(path).map_err(|e| CliError::file(path, io_message(&e)))?;
            Box::new(BufReader::with_capacity(1 << 16, file))
        };
        Ok(Self::of(input, unit, shown_name(path)))
    }

    /// `name` is how messages call the input.
    pub fn of(input: Box<dyn BufRead>, unit: OnePer, name: String) -> Self {
        Self { input, unit, name, line: 0 }
    }

    /// The next references; none at the end.
    pub fn block(&mut self) -> Result<Vec<String>, CliError> {
        let mut out = Vec::new();
        let mut bytes = 0;
        while out.len() < MOST && bytes < MOST_BYTES {
            let next = match self.unit {
                OnePer::Line => self.filled_line()?,
                OnePer::Paragraph => self.paragraph()?,
            };
            let Some(next) = next else { break };
            bytes += next.len();
            out.push(next);
        }
        Ok(out)
    }

    fn filled_line(&mut self) -> Result<Option<String>, CliError> {
        while let Some(line) = self.next_line()? {
            if !line.trim().is_empty() {
                return Ok(Some(line));
            }
        }
        Ok(None)
    }

    fn paragraph(&mut self) -> Result<Option<String>, CliError> {
        let Some(mut paragraph) = self.filled_line()? else { return Ok(None) };
        while let Some(line) = self.next_line()?.filter(|line| !line.trim().is_empty()) {
            paragraph.push(' ');
            paragraph.push_str(&line);
        }
        Ok(Some(collapse_spaces(&paragraph)))
    }

    /// A line without its end, and without the mark of byte order at the front of the input.
    fn next_line(&mut self) -> Result<Option<String>, CliError> {
        let path = Path::new(&self.name);
        let mut bytes = Vec::new();
        let read = self.input.read_until(b'\n', &mut bytes).map_err(|e| CliError::file(path, io_message(&e)))?;
        if read == 0 {
            return Ok(None);
        }
        self.line += 1;
        let mut line = String::from_utf8(bytes).map_err(|e| {
            let column = e.utf8_error().valid_up_to() + 1;
            let message = format!("line {}, byte {column}: not UTF-8; save the file as UTF-8", self.line);
            CliError::file(path, message)
        })?;
        line.truncate(line.trim_end_matches(['\n', '\r']).len());
        if self.line == 1 && line.starts_with('\u{feff}') {
            line.remove(0);
        }
        Ok(Some(line))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn split(text: &'static str, unit: OnePer) -> Vec<String> {
        let mut references =
            References { input: Box::new(text.as_bytes()), unit, name: "refs.txt".to_owned(), line: 0 };
        references.block().expect("UTF-8")
    }

    #[test]
    fn lines_and_paragraphs() {
        assert_eq!(split("\u{feff}a\r\n\nb\n", OnePer::Line), ["a", "b"]);
        assert_eq!(split("a\n b\n\n\nc", OnePer::Paragraph), ["a b", "c"]);
    }

    #[test]
    fn bytes_that_are_no_text_are_named() {
        let input: Box<dyn BufRead> = Box::new(&b"a\nb\xff\n"[..]);
        let mut references = References { input, unit: OnePer::Line, name: "refs.txt".to_owned(), line: 0 };
        assert!(references.block().expect_err("no UTF-8").to_string().contains("line 2, byte 2"));
    }
}
