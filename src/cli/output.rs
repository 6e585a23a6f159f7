//! What a person sees: width, colour, wrapped lines; quiet when asked to be.

use std::io::{IsTerminal, Write};

use anstream::{AutoStream, ColorChoice};
use anstyle::{AnsiColor, Style};
use clap::ValueEnum;

use super::error::CliError;
pub(super) use crate::text::count;
use crate::text::{inert, inert_line};

/// When to colour.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, ValueEnum)]
pub enum Color {
    /// On a terminal, unless NO_COLOR is set.
    #[default]
    Auto,
    Always,
    Never,
}

pub(super) const BOLD: Style = Style::new().bold();
pub(super) const DIM: Style = Style::new().dimmed();
pub(super) const KEY: Style = AnsiColor::Cyan.on_default();
pub(super) const GOOD: Style = AnsiColor::Green.on_default();
pub(super) const WARN: Style = AnsiColor::Yellow.on_default();
pub(super) const BAD: Style = AnsiColor::Red.on_default().bold();

/// Standard output and standard error.
#[derive(Debug)]
pub(super) struct Console {
    choice: ColorChoice,
    quiet: bool,
    width: usize,
}

impl Console {
    pub fn new(color: Color, quiet: bool) -> Self {
        let choice = match color {
            Color::Auto => ColorChoice::Auto,
            Color::Always => ColorChoice::AlwaysAnsi,
            Color::Never => ColorChoice::Never,
        };
        Self { choice, quiet, width: width() }
    }

    /// One that says nothing, for work on many files at a time.
    pub fn quiet() -> Self {
        Self::new(Color::Never, true)
    }

    /// Columns to fill.
    pub fn width(&self) -> usize {
        self.width
    }

    /// Writes an answer. It must be inert already but for our own styles.
    pub fn print(&self, text: &str) -> Result<(), CliError> {
        let mut out = AutoStream::new(std::io::stdout().lock(), self.choice);
        out.write_all(text.as_bytes())?;
        out.flush()?;
        Ok(())
    }

    /// Writes machine-readable output as it is, without regard to colour.
    pub fn print_raw(&self, text: &str) -> Result<(), CliError> {
        let mut out = std::io::stdout().lock();
        out.write_all(text.as_bytes())?;
        out.flush()?;
        Ok(())
    }

    /// Standard output, to write a long machine-readable answer piece by piece. It must be flushed at the end.
    pub fn raw_output(&self) -> impl Write {
        std::io::BufWriter::new(std::io::stdout().lock())
    }

    /// Something to know, on standard error.
    pub fn note(&self, message: &str) {
        if !self.quiet {
            self.say(&format!("{}\n", inert(message)));
        }
    }

    /// Something that may be wrong, on standard error.
    pub fn warn(&self, message: &str) {
        if !self.quiet {
            self.say(&format!("{WARN}warning:{WARN:#} {}\n", inert(message)));
        }
    }

    /// Why the work was not done; said even when quiet.
    pub fn error(&self, message: &str) {
        self.say(&format!("{BAD}error:{BAD:#} {}\n", inert(message)));
    }

    /// A question on standard error, also when quiet: an answer is waited for.
    pub fn ask(&self, question: &str) {
        self.say(&inert(question));
    }

    /// Whether progress is worth showing.
    pub fn shows_progress(&self) -> bool {
        !self.quiet && std::io::stderr().is_terminal()
    }

    /// Puts a line of progress in the place of the one before; an empty one wipes it.
    pub fn progress(&self, message: &str) {
        if self.shows_progress() {
            self.say(&format!("\r\x1b[K{}", inert_line(message)));
        }
    }

    fn say(&self, text: &str) {
        let mut err = AutoStream::new(std::io::stderr().lock(), self.choice);
        // Nothing can be done when standard error is gone.
        let _ = err.write_all(text.as_bytes());
    }
}

/// The terminal's width between 40 and 120 columns; 80 where there is no terminal.
fn width() -> usize {
    terminal_size::terminal_size().map_or(80, |(w, _)| usize::from(w.0)).clamp(40, 120)
}

/// Wraps a text made inert to lines of `width` columns; the first begins with `first`, the others with `rest`.
pub(super) fn wrap(text: &str, width: usize, first: &str, rest: &str) -> String {
    let clean = inert_line(text);
    let options = textwrap::Options::new(width)
        .initial_indent(first)
        .subsequent_indent(rest)
        // A DOI or URL is worth more whole than within the margin.
        .break_words(false)
        .word_splitter(textwrap::WordSplitter::NoHyphenation)
        .word_separator(textwrap::WordSeparator::AsciiSpace);
    let mut out = String::new();
    for line in textwrap::wrap(&clean, options) {
        out.push_str(line.trim_end());
        out.push('\n');
    }
    out
}
