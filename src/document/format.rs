//! Which format a document is in.

use std::fmt;
use std::path::Path;

use super::archive;

/// A format of documents that can be read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Format {
    Text,
    Markdown,
    Latex,
    Typst,
    Jats,
    Html,
    Docx,
}

/// Name, and endings of file names, of each format. The first ending is also its short name.
const NAMES: &[(Format, &str, &[&str])] = &[
    (Format::Text, "text", &["txt", "text"]),
    (Format::Markdown, "markdown", &["md", "markdown", "mdown", "mkd", "qmd", "rmd", "pandoc"]),
    (Format::Latex, "latex", &["tex", "latex", "ltx"]),
    (Format::Typst, "typst", &["typ", "typst"]),
    (Format::Jats, "jats", &["xml", "nxml", "jats"]),
    (Format::Html, "html", &["html", "htm", "xhtml"]),
    (Format::Docx, "docx", &["docx", "docm", "dotx", "dotm"]),
];

/// How much of a file is looked at to tell its format.
const SNIFFED: usize = 4096;

impl Format {
    /// All formats.
    pub fn all() -> impl Iterator<Item = Self> {
        NAMES.iter().map(|n| n.0)
    }

    /// The name used on the command line.
    pub fn name(self) -> &'static str {
        NAMES.iter().find(|n| n.0 == self).map_or("text", |n| n.1)
    }

    /// The format of a name ("markdown", "md"); case does not matter.
    pub fn from_name(name: &str) -> Option<Self> {
        let name = name.trim().to_ascii_lowercase();
        NAMES.iter().find(|n| n.1 == name || n.2.contains(&name.as_str())).map(|n| n.0)
    }

    /// The endings of the names of documents.
    pub fn endings() -> impl Iterator<Item = &'static str> {
        NAMES.iter().flat_map(|n| n.2.iter().copied())
    }

    /// Whether a document of the format may be several files, one of which takes in the others.
    pub fn takes_in_files(self) -> bool {
        matches!(self, Self::Markdown | Self::Latex | Self::Typst)
    }

    /// The format of a file by its name's ending, where that names one format and the content does not speak against
    /// it: what was saved from a browser may be called anything.
    pub fn of_file(path: &Path, bytes: &[u8]) -> Self {
        let sniffed = Self::sniff(bytes);
        if sniffed == Self::Docx {
            return sniffed;
        }
        let named = path.extension().and_then(|e| e.to_str()).and_then(Self::from_name);
        match (named, sniffed) {
            (Some(named @ (Self::Markdown | Self::Latex | Self::Typst)), _) => named,
            // A page or an article without its first lines.
            (Some(named @ (Self::Html | Self::Jats)), Self::Text) => named,
            (_, sniffed) => sniffed,
        }
    }

    /// The format a file looks like from its beginning.
    pub fn sniff(bytes: &[u8]) -> Self {
        if archive::kind(bytes) == Some(archive::Kind::Word) {
            return Self::Docx;
        }
        let head = String::from_utf8_lossy(&bytes[..bytes.len().min(SNIFFED)]);
        let head = head.trim_start_matches(['\u{feff}', ' ', '\t', '\r', '\n']);
        let holds = |what: &str| head.lines().any(|l| l.trim_start().starts_with(what));
        if holds("\\documentclass") || holds("\\documentstyle") || holds("\\begin{document}") {
            return Self::Latex;
        }
        let lower = head.to_ascii_lowercase();
        if lower.starts_with("<!doctype html")
            || lower.starts_with("<html")
            || lower.starts_with('<') && lower.contains("<html")
        {
            return Self::Html;
        }
        let is_article = ["<article ", "<article>", "<pmc-articleset", "<book-part"].iter().any(|e| lower.contains(e));
        if lower.starts_with('<') && is_article {
            return if lower.contains("<div") { Self::Html } else { Self::Jats };
        }
        // The metadata of Pandoc, at the top and closed.
        let metadata = head.strip_prefix("---\n").or_else(|| head.strip_prefix("---\r\n"));
        if metadata.is_some_and(|m| m.lines().any(|l| matches!(l.trim_end(), "---" | "..."))) && holds("title:") {
            return Self::Markdown;
        }
        Self::Text
    }
}

impl fmt::Display for Format {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn formats_are_found_by_name_ending_and_beginning() {
        assert_eq!(Format::from_name("MD"), Some(Format::Markdown));
        assert_eq!(Format::from_name("bib"), None);
        for (name, content, format) in [
            ("a.md", "text", Format::Markdown),
            ("a.TEX", "text", Format::Latex),
            ("a.typ", "= Heading", Format::Typst),
            ("a.txt", "text", Format::Text),
            ("a.txt", "% ours\n\\documentclass{article}", Format::Latex),
            ("a", "---\ntitle: Bark\n---\n", Format::Markdown),
            ("a", "---\nBark\n---\n", Format::Text),
        ] {
            assert_eq!(Format::of_file(Path::new(name), content.as_bytes()), format, "{name} {content}");
        }
    }
}
