//! How the time of reading a document grows with its size, on inputs made to be hard: brackets that nest or never close,
//! one line without end, thousands of citations, tags within tags.
//!
//! `cargo bench --bench growth` prints CPU seconds at a size and at twice that, and marks what more than doubles;
//! `BENCHMARKS.md` keeps a summary. `cargo bench --bench growth -- markdown` is one format.

use citetrail::analysis::analyse;
use citetrail::document::{Format, ReadOptions, read};
use cpu_time::ProcessTime;

/// A text of about so many bytes.
type Shape = fn(usize) -> String;

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    // `cargo test --benches` only wants to know that it runs.
    let size = if arguments.iter().any(|a| a == "--test") { 2_000 } else { 500_000 };
    let wanted: Vec<&String> = arguments.iter().filter(|a| !a.starts_with("--")).collect();
    println!("{:10} {:28} {:>8} {:>8} {:>6}", "format", "input", "CPU s", "twice", "ratio");
    for &(format, name, shape) in SHAPES {
        if !wanted.is_empty() && !wanted.iter().any(|w| *w == format.name()) {
            continue;
        }
        let (once, twice) = (seconds(format, &shape(size)), seconds(format, &shape(2 * size)));
        let mark = if twice > 0.1 && twice > 2.6 * once { "  more than linear" } else { "" };
        println!("{:10} {name:28} {once:>8.3} {twice:>8.3} {:>6.1}{mark}", format.name(), twice / once.max(1e-6));
    }
}

/// CPU seconds of reading a document and resolving its citations, the best of two.
fn seconds(format: Format, text: &str) -> f64 {
    let options = ReadOptions { format: Some(format), ..ReadOptions::default() };
    let once = || {
        let start = ProcessTime::now();
        if let Ok(document) = read(text.as_bytes(), &options) {
            std::hint::black_box(analyse(document));
        }
        start.elapsed().as_secs_f64()
    };
    once().min(once())
}

/// `unit` again and again between a beginning and an end.
fn between(before: &str, unit: &str, after: &str, size: usize) -> String {
    before.to_owned() + &unit.repeat(size / unit.len() + 1) + after
}

/// Openings, and as many ends.
fn nested(before: &str, (open, close): (&str, &str), after: &str, size: usize) -> String {
    let depth = size / (open.len() + close.len());
    before.to_owned() + &open.repeat(depth) + "x" + &close.repeat(depth) + after
}

/// A unit made from its number.
fn counted(before: &str, unit: impl Fn(usize) -> String, after: &str, size: usize) -> String {
    let mut text = before.to_owned();
    let mut i = 0;
    while text.len() < size {
        text.push_str(&unit(i));
        i += 1;
    }
    text + after
}

fn entry(i: usize) -> String {
    format!(
        "{}. Name{i}, A. B. ({}). Title of number {i}. Journal, {}, {i}–{}.\n",
        i + 1,
        1900 + i % 120,
        i % 90,
        i + 9
    )
}

const TEX: &str = "\\documentclass{article}\\begin{document}";
const TEX_END: &str = "\\end{document}";
const HTML: &str = "<!DOCTYPE html><html><body><h1>T</h1><p>";
const HTML_END: &str = "</p></body></html>";
const JATS: &str = "<article><body><sec><title>T</title><p>";
const JATS_END: &str = "</p></sec></body></article>";

const SHAPES: &[(Format, &str, Shape)] = &[
    (Format::Text, "one line of words", |n| between("", "word ", "", n)),
    (Format::Text, "( without end", |n| between("", "(", "", n)),
    (Format::Text, "nested ()", |n| nested("", ("(", ")"), "", n)),
    (Format::Text, "[1] [1] …", |n| between("", "[1] ", "", n)),
    (Format::Text, "Smith (2001) …", |n| between("", "Smith (2001) ", "", n)),
    (Format::Text, "(Smith, 2001; …", |n| between("(", "Smith, 2001; ", ")", n)),
    (Format::Text, "Smith and Jones, …", |n| between("", "Smith and Jones, ", "", n)),
    (Format::Text, "1999–2001 …", |n| between("", "1999–2001 ", "", n)),
    (Format::Text, "ibid. …", |n| between("", "(ibid.) ", "", n)),
    (Format::Text, "outline", |n| counted("", |i| format!("{}1. item\n", "  ".repeat(i % 40)), "", n)),
    (Format::Text, "list of references", |n| counted("Text [1].\n\nReferences\n\n", entry, "", n)),
    (Format::Text, "list, all names misspelt", |n| {
        counted("Text ", |i| format!("(Nome{i}, {}). ", 1900 + i % 120), "", n / 4)
            + &counted("\n\nReferences\n\n", entry, "", n * 3 / 4)
    }),
    (Format::Text, "list of one name", |n| {
        between("Text ", "(Smith, 2001) ", "", n / 8)
            + &counted(
                "\n\nReferences\n\n",
                |i| format!("Smith, A. ({}). Title {i}. J, 3, 4.\n", 1800 + i % 200),
                "",
                n,
            )
    }),
    (Format::Markdown, "@a @a …", |n| between("", "@a ", "", n)),
    (Format::Markdown, "[@a; @a; …", |n| between("[", "@a; ", "]", n)),
    (Format::Markdown, "@{ …", |n| between("", "@{", "", n)),
    (Format::Markdown, "[ without end", |n| between("", "[", "", n)),
    (Format::Markdown, "nested []", |n| nested("", ("[", "]"), "", n)),
    (Format::Markdown, "` ` …", |n| between("", "` ", "", n)),
    (Format::Markdown, "<!-- without end", |n| between("", "<!-- ", "", n)),
    (Format::Markdown, "lists in lists", |n| counted("", |i| format!("{}- x\n", " ".repeat(i % 60)), "", n)),
    (Format::Markdown, "footnotes", |n| counted("", |i| format!("[^a{i}]: text @b\n\n"), "", n)),
    (Format::Latex, "\\cite{a} …", |n| between(TEX, "\\cite{a} ", TEX_END, n)),
    (Format::Latex, "\\cite{a,a,…", |n| between("\\begin{document}\\cite{", "a,", "}\\end{document}", n)),
    (Format::Latex, "{ without end", |n| between(TEX, "{", TEX_END, n)),
    (Format::Latex, "\\emph in \\emph", |n| nested(TEX, ("\\emph{", "}"), TEX_END, n)),
    (Format::Latex, "lists in lists", |n| between(TEX, "\\begin{itemize}\\item a ", TEX_END, n)),
    (Format::Latex, "\\bibitem …", |n| {
        counted(
            "\\begin{document}\\begin{thebibliography}{9}",
            |i| format!("\\bibitem{{k{i}}} Smith, J. (2001). T. J, 3, 4.\n"),
            "\\end{thebibliography}\\end{document}",
            n,
        )
    }),
    (Format::Typst, "@a @a …", |n| between("", "@a ", "", n)),
    (Format::Typst, "#f[ without end", |n| between("", "#f[", "", n)),
    (Format::Typst, "/* in /*", |n| nested("", ("/*", "*/"), "", n)),
    (Format::Html, "<div> in <div>", |n| nested(HTML, ("<div>", "</div>"), HTML_END, n)),
    (Format::Html, "< < …", |n| between(HTML, "<", HTML_END, n)),
    (Format::Html, "one tag, many attributes", |n| between("<html><p><a ", "a=\"x\" ", ">x</a></p></html>", n)),
    (Format::Html, "links to references", |n| between(HTML, "<a href=\"#r1\">[1]</a> ", HTML_END, n)),
    (Format::Html, "references alike", |n| {
        counted(
            "<html><h1>T</h1><p>a</p><h2>References</h2><ol>",
            |i| format!("<li id=\"r{i}\">Smith, J. (2001). Title {i}. J, 3, 4.</li>"),
            "</ol></html>",
            n,
        )
    }),
    (Format::Jats, "<sec> in <sec>", |n| {
        nested("<article><body>", ("<sec><title>a</title><p>a</p>", "</sec>"), "</body></article>", n)
    }),
    (Format::Jats, "<xref> …", |n| between(JATS, "<xref ref-type=\"bibr\" rid=\"r1\">1</xref> ", JATS_END, n)),
    (Format::Jats, "one xref of many", |n| {
        between("<article><body><p><xref ref-type=\"bibr\" rid=\"", "r1 ", "\">1</xref></p></body></article>", n)
    }),
];
