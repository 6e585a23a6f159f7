//! Puts the files that a manuscript takes in into their places.

use std::borrow::Cow;
use std::ops::Range;

use super::super::{Format, Notice, decode};
use super::path::{folder, inside};
use super::{Files, Include, IsTakenIn, NotRead, content};
use crate::text::{ScalarOffsets, Span};

/// Files within files beyond this depth are not read.
const DEEPEST: usize = 32;
/// A manuscript does not take in more files, each counted as often as it is.
const MOST_FILES: usize = 2_000;
/// Its text is not longer, in bytes.
const LONGEST: usize = 64 << 20;
/// Notices about files that are not there.
const MOST_NOTICES: usize = 50;

/// The text of a manuscript with all its files.
pub(in crate::document) struct Joined<'s> {
    pub text: Cow<'s, str>,
    /// The files that are part of it, or would be if they were there, by their paths; each once.
    pub files: Vec<String>,
    /// What was not read, with the place of the command in `text`.
    pub notices: Vec<Notice>,
    /// Where the pieces of `text` come from, in order.
    pub pieces: Vec<JoinedPiece>,
}

/// A piece of a joined text that is one piece of one file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::document) struct JoinedPiece {
    /// Where it begins in the joined text, in bytes.
    pub at: usize,
    /// The path of its file; the manuscript itself has none.
    pub file: Option<String>,
    /// Where it begins in the decoded text of its file, in bytes.
    pub start: usize,
}

/// Joins a manuscript of a format with the files it takes in.
pub(in crate::document) fn join<'s>(source: &'s str, format: Format, files: &dyn Files) -> Joined<'s> {
    let whole = content(format, source, IsTakenIn::No).filter(|c| !c.includes.is_empty());
    let Some(whole) = whole else {
        let pieces = vec![JoinedPiece { at: 0, file: None, start: 0 }];
        return Joined { text: source.into(), files: Vec::new(), notices: Vec::new(), pieces };
    };
    let mut joiner = Joiner {
        files,
        format,
        out: String::with_capacity(source.len()),
        open: vec![files.own_path().to_owned()],
        taken: Vec::new(),
        count: 0,
        notices: Vec::new(),
        alone: Vec::new(),
        pieces: Vec::new(),
    };
    joiner.append(source, whole.range, &whole.includes, None);
    let Joiner { out, taken, mut notices, alone, pieces, .. } = joiner;
    if let Some((first, _)) = alone.first() {
        let names: Vec<&str> = alone.iter().map(|(_, name)| name.as_str()).collect();
        let message = format!(
            "The manuscript takes in other files, which were not read since it came without its folder: {}. Read it from its file.",
            names.join(", ")
        );
        notices.insert(0, (first.clone(), message));
    }
    let mut offsets = ScalarOffsets::new(&out);
    notices.sort_by_key(|n| n.0.start);
    let notice = |(range, message): (Range<usize>, String)| {
        let span: Span = offsets.span(range);
        Notice { message, span: Some(span) }
    };
    let notices = notices.into_iter().map(notice).collect();
    Joined { text: out.into(), files: taken, notices, pieces }
}

struct Joiner<'f> {
    files: &'f dyn Files,
    format: Format,
    out: String,
    /// The files being read, outermost first.
    open: Vec<String>,
    taken: Vec<String>,
    count: usize,
    notices: Vec<(Range<usize>, String)>,
    /// Commands for which there was no folder to look in.
    alone: Vec<(Range<usize>, String)>,
    pieces: Vec<JoinedPiece>,
}

impl Joiner<'_> {
    /// Appends a part of a file. `base` is the folder that the commands around it name.
    fn append(&mut self, source: &str, range: Range<usize>, includes: &[Include], base: Option<&str>) {
        let mut at = range.start;
        for include in includes.iter().filter(|i| i.range.start >= range.start && i.range.end <= range.end) {
            if include.range.start < at {
                continue;
            }
            self.piece(source, at..include.range.start);
            at = include.range.end;
            let command = &source[include.range.clone()];
            let line = || source[..include.range.start].matches('\n').count() + 1;
            if let Err(reason) = self.take_in(include, base) {
                let place = self.out.len()..self.out.len() + command.len();
                self.piece(source, include.range.clone());
                match reason {
                    Refusal::NoFolder => self.alone.push((place, include.target.clone())),
                    Refusal::Because(reason) if self.notices.len() < MOST_NOTICES => {
                        // The manuscript's own name is known to whoever reads this.
                        let file = match &self.open[..] {
                            [_, .., inner] => format!("{inner}, "),
                            _ => String::new(),
                        };
                        let message =
                            format!("{file}line {}: “{}” was not taken in: {reason}.", line(), include.target);
                        self.notices.push((place, message));
                    }
                    Refusal::Because(_) => {}
                }
            }
        }
        self.piece(source, at..range.end);
    }

    /// Appends a piece of the file that is being read.
    fn piece(&mut self, source: &str, range: Range<usize>) {
        let file = if self.open.len() > 1 { self.open.last().cloned() } else { None };
        self.pieces.push(JoinedPiece { at: self.out.len(), file, start: range.start });
        self.out.push_str(&source[range]);
    }

    fn take_in(&mut self, include: &Include, base: Option<&str>) -> Result<(), Refusal> {
        let refused = |reason: &str| Err(Refusal::Because(reason.to_owned()));
        if self.open.len() > DEEPEST {
            return refused("files are taken in too deeply");
        }
        self.count += 1;
        if self.count > MOST_FILES {
            return refused("the manuscript takes in too many files");
        }
        let own = folder(self.files.own_path()).to_owned();
        let here = folder(self.open.last().map_or("", String::as_str)).to_owned();
        // LaTeX looks beside the manuscript whichever file the command stands in; the others beside that file.
        let folders: Vec<&str> = match self.format {
            Format::Latex => base.into_iter().chain([own.as_str(), here.as_str()]).collect(),
            _ => vec![here.as_str(), own.as_str()],
        };
        let mut paths: Vec<String> = Vec::new();
        for from in folders {
            let from = match &include.folder {
                Some(named) => match inside(from, named, false).or_else(|| named.is_empty().then(String::new)) {
                    Some(folder) => folder,
                    None => continue,
                },
                None => from.to_owned(),
            };
            // With its ending first, as LaTeX does.
            let names = include.endings.iter().map(|e| format!("{}{e}", include.target));
            for name in names.chain([include.target.clone()]) {
                paths.extend(inside(&from, &name, self.format == Format::Typst));
            }
        }
        let mut seen = std::collections::HashSet::new();
        paths.retain(|p| seen.insert(p.clone()));
        if paths.is_empty() {
            return refused(
                "it lies outside of the manuscript's folder; if that is meant, name the folder that holds both with --root",
            );
        }
        for path in &paths {
            let bytes = match self.files.read(path) {
                Ok(bytes) => bytes,
                Err(NotRead::Missing) => continue,
                Err(NotRead::NoFolder) => return Err(Refusal::NoFolder),
                Err(NotRead::Refused(reason)) => return Err(Refusal::Because(reason)),
            };
            self.note(path);
            if self.open.contains(path) {
                return Err(Refusal::Because(format!("it takes in itself ({} → {path})", self.open.join(" → "))));
            }
            if self.out.len() + bytes.len() > LONGEST {
                return refused("the manuscript becomes too long with it");
            }
            let text = match decode::decode(&bytes) {
                Ok(decoded) => decoded.text,
                Err(super::super::ReadError::Empty) => String::new(),
                Err(error) => return Err(Refusal::Because(error.to_string())),
            };
            if let Some(inner) = content(self.format, &text, IsTakenIn::Yes) {
                // The folder that the command names is where the file's own commands look first.
                let base =
                    if include.folder.is_some() { Some(folder(path).to_owned()) } else { base.map(str::to_owned) };
                self.open.push(path.clone());
                self.append(&text, inner.range, &inner.includes, base.as_deref());
                self.open.pop();
            }
            return Ok(());
        }
        self.note(&paths[0]);
        refused("there is no such file; check the name")
    }

    fn note(&mut self, path: &str) {
        if !self.taken.iter().any(|t| t == path) {
            self.taken.push(path.to_owned());
        }
    }
}

enum Refusal {
    NoFolder,
    Because(String),
}

#[cfg(test)]
mod tests {
    use super::*;

    struct Folder(&'static str, &'static [(&'static str, &'static str)]);

    impl Files for Folder {
        fn own_path(&self) -> &str {
            self.0
        }

        fn read(&self, path: &str) -> Result<Vec<u8>, NotRead> {
            let found = self.1.iter().find(|f| f.0 == path);
            found.map(|f| f.1.as_bytes().to_vec()).ok_or(NotRead::Missing)
        }
    }

    fn joined(source: &str, format: Format, files: &Folder) -> (String, Vec<String>) {
        let joined = join(source, format, files);
        (joined.text.into_owned(), joined.notices.into_iter().map(|n| n.message).collect())
    }

    #[test]
    fn latex() {
        let files = Folder(
            "main.tex",
            &[
                ("one.tex", "One. \\input{parts/two}"),
                ("parts/two.tex", "Two. % \\input{no}\n\\endinput gone"),
                ("deep/a.tex", "A. \\input{b}"),
                ("deep/b.tex", "B."),
                ("sub/s.tex", "\\documentclass[../main]{subfiles}\n\\begin{document}\nS.\n\\end{document}\n"),
            ],
        );
        let source = "\\include{one} x\n\\import{deep/}{a} \\subfile{sub/s}\\input{gone}\n\\begin{verbatim}\\input{one}\\end{verbatim}";
        let (text, notices) = joined(source, Format::Latex, &files);
        let expected =
            "One. Two. % \\input{no}\n x\nA. B. \nS.\n\\input{gone}\n\\begin{verbatim}\\input{one}\\end{verbatim}";
        assert_eq!(text, expected);
        assert_eq!(notices, ["line 2: “gone” was not taken in: there is no such file; check the name."]);
    }

    #[test]
    fn markdown_and_typst() {
        let files = Folder(
            "x/main.qmd",
            &[("x/_a.qmd", "---\ntitle: no\n---\nA. \n{{< include b/_b.qmd >}}"), ("x/b/_b.qmd", "B.")],
        );
        let source = "Text.\n\n{{< include _a.qmd >}}\n\n```\n{{< include _a.qmd >}}\n```\n";
        let (text, notices) = joined(source, Format::Markdown, &files);
        assert_eq!(text, "Text.\n\nA. \nB.\n\n```\n{{< include _a.qmd >}}\n```\n");
        assert!(notices.is_empty());
        let files = Folder(
            "main.typ",
            &[("a/a.typ", "A #include \"b.typ\""), ("a/b.typ", "B #include \"/c.typ\""), ("c.typ", "C")],
        );
        let (text, notices) =
            joined("#include \"a/a.typ\" // #include \"c.typ\"\n#include \"../up.typ\"", Format::Typst, &files);
        assert_eq!(text, "A B C // #include \"c.typ\"\n#include \"../up.typ\"");
        assert!(notices[0].contains("outside of the manuscript's folder"), "{notices:?}");
    }

    #[test]
    fn circles_and_fans_end() {
        let files = Folder("main.tex", &[("a.tex", "A \\input{b}"), ("b.tex", "B \\input{a}")]);
        let (text, notices) = joined("\\input{a}", Format::Latex, &files);
        assert_eq!(text, "A B \\input{a}");
        assert!(notices[0].contains("takes in itself (main.tex → a.tex → b.tex → a.tex)"), "{notices:?}");
        let files = Folder(
            "main.tex",
            &[
                ("a.tex", "\\input{b}\\input{b}\\input{b}\\input{b}\\input{b}\\input{b}\\input{b}\\input{b}"),
                ("b.tex", "\\input{c}\\input{c}\\input{c}\\input{c}\\input{c}\\input{c}\\input{c}\\input{c}"),
                ("c.tex", "\\input{d}\\input{d}\\input{d}\\input{d}\\input{d}\\input{d}\\input{d}\\input{d}"),
                ("d.tex", "\\input{e}\\input{e}\\input{e}\\input{e}\\input{e}\\input{e}\\input{e}\\input{e}"),
                ("e.tex", "e"),
            ],
        );
        let (_, notices) = joined("\\input{a}", Format::Latex, &files);
        assert!((1..=MOST_NOTICES).contains(&notices.len()) && notices[0].contains("too many files"));
    }

    #[test]
    fn without_a_folder() {
        let joined = join("\\input{a}\\include{b}", Format::Latex, &super::super::NoFiles);
        assert_eq!(joined.notices.len(), 1);
        assert!(joined.notices[0].message.contains("came without its folder: a, b"));
    }
}
