//! What a person sees: width, colour, wrapped lines; quiet when asked to be.

use std::io::{IsTerminal, Write};

use anstream::{AutoStream, ColorChoice};
use anstyle::{AnsiColor, Style};
use clap::ValueEnum;

use super::error::CliError;
pub(super) use crate::text::count;
use crate::text::{inert, inert_line, is_web_address};

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
    hyperlinks: Hyperlinks,
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
        Self { choice, hyperlinks: Hyperlinks::of(color), quiet, width: width() }
    }

    /// One that says nothing, for work on many files at a time.
    pub fn quiet() -> Self {
        Self::new(Color::Never, true)
    }

    /// Columns to fill.
    pub fn width(&self) -> usize {
        self.width
    }

    /// Whether standard output shows hyperlinks. [`Console::print`] takes them out itself.
    pub fn hyperlinks(&self) -> Hyperlinks {
        self.hyperlinks
    }

    /// Writes an answer. It must be inert already but for our own styles and hyperlinks.
    pub fn print(&self, text: &str) -> Result<(), CliError> {
        let without = (self.hyperlinks == Hyperlinks::Hidden).then(|| without_hyperlinks(text));
        let text = without.as_deref().unwrap_or(text);
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

/// Whether hyperlinks (OSC 8) are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Hyperlinks {
    Shown,
    Hidden,
}

impl Hyperlinks {
    /// Terminals pass over a hyperlink that they cannot show, but for the simplest; what is no terminal gets none.
    fn of(color: Color) -> Self {
        let is_set = |name: &str| std::env::var_os(name).is_some_and(|value| !value.is_empty());
        let is_simple = std::env::var("TERM").is_ok_and(|term| term == "dumb" || term == "linux");
        let is_plain = color == Color::Never || is_simple || (is_set("NO_COLOR") && color == Color::Auto);
        if is_plain || !std::io::stdout().is_terminal() { Self::Hidden } else { Self::Shown }
    }
}

const LINK: &str = "\x1b]8;;";
const LINK_END: &str = "\x1b\\";

/// A text, made inert already, that a terminal opens an address for (OSC 8).
pub(super) fn hyperlink(text: &str, address: &str) -> String {
    match is_web_address(address) && address.chars().all(|c| c.is_ascii_graphic()) {
        true => format!("{LINK}{address}{LINK_END}{text}{LINK}{LINK_END}"),
        false => text.to_owned(),
    }
}

/// The text alone.
fn without_hyperlinks(text: &str) -> String {
    let mut pieces = text.split(LINK);
    let mut out = pieces.next().unwrap_or_default().to_owned();
    for piece in pieces {
        out.push_str(piece.split_once(LINK_END).map_or(piece, |(_, rest)| rest));
    }
    out
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hyperlinks_come_and_go() {
        let linked = format!("a {} b", hyperlink("key", "https://doi.org/10.1/x"));
        assert_eq!(linked, "a \x1b]8;;https://doi.org/10.1/x\x1b\\key\x1b]8;;\x1b\\ b");
        assert_eq!(without_hyperlinks(&linked), "a key b");
        for address in ["javascript:alert(1)", "https://a/ü", "https://a/\x1b\\", "https://a b"] {
            assert_eq!(hyperlink("key", address), "key");
        }
    }
}
