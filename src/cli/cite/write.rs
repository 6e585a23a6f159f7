//! Lists of citations and references as a piece of a document, or as JSON; each text is written as soon as it is rendered.

use std::io::Write;

use serde_json::{Value, json};

use super::List;
use crate::cli::args::{CiteArgs, CiteFormat, CiteOrder, CitePart};
use crate::cli::error::CliError;
use crate::cli::output::{Hyperlinks, hyperlink};
use crate::cli::style::ChosenStyle;
use crate::csl::{Citation, Mark, Node, Output, Rendering, Run, Source, Target};
use crate::text::inert;

/// A list with the citations of its works, each of a single cite.
type Cited<'a> = (&'a List, Vec<Citation<'a>>);

/// Writes all lists.
///
/// # Errors
/// When the output cannot be written.
pub(super) fn write(
    out: &mut impl Write,
    lists: &[Cited<'_>],
    style: &ChosenStyle,
    args: &CiteArgs,
    hyperlinks: Hyperlinks,
) -> Result<(), CliError> {
    match args.to {
        CiteFormat::Json => json(out, lists, style, args)?,
        format => {
            let [before, after] = if format == CiteFormat::Rtf { ["{\\rtf1\\ansi\n", "}\n"] } else { ["", ""] };
            out.write_all(before.as_bytes())?;
            for (i, cited) in lists.iter().enumerate() {
                if i > 0 {
                    writeln!(out)?;
                }
                list(out, cited, style, args, hyperlinks)?;
            }
            out.write_all(after.as_bytes())?;
        }
    }
    Ok(out.flush()?)
}

/// The texts of a list, each with the place of its work in the list.
struct Texts<'a> {
    citations: &'a [Citation<'a>],
    rendering: Rendering<'a>,
    args: &'a CiteArgs,
    hyperlinks: Hyperlinks,
}

impl<'a> Texts<'a> {
    fn new(
        (list, citations): &'a Cited<'_>,
        style: &'a ChosenStyle,
        args: &'a CiteArgs,
        hyperlinks: Hyperlinks,
    ) -> Self {
        let rendering = Rendering::new(&style.style, style.locale.as_deref(), &list.works, citations);
        Self { citations, rendering, args, hyperlinks }
    }

    fn citations(&self) -> impl Iterator<Item = (usize, String)> {
        let works = self.citations.iter().flat_map(|citation| &citation.cites).map(|cite| cite.work);
        works.zip(self.rendering.citations().map(|output| self.text(&output)))
    }

    fn entries(&self) -> Box<dyn Iterator<Item = (usize, String)> + '_> {
        let entries = self.rendering.bibliography().map(|entry| (entry.work, self.text(&entry.output)));
        match (self.args.what, self.args.order) {
            (CitePart::Citations, _) => Box::new(std::iter::empty()),
            (_, CiteOrder::Style) => Box::new(entries),
            (_, CiteOrder::Citation) => {
                let mut entries: Vec<_> = entries.collect();
                entries.sort_by_key(|(work, _)| *work);
                Box::new(entries.into_iter())
            }
        }
    }
}

impl Texts<'_> {
    fn text(&self, output: &Output) -> String {
        let text = text(output, self.args.to);
        match (self.args.to, self.hyperlinks) {
            (CiteFormat::Text, Hyperlinks::Shown) => linked(text, &output.nodes),
            _ => text,
        }
    }
}

/// A text in which the links of its output can be followed on a terminal.
fn linked(mut text: String, nodes: &[Node]) -> String {
    for node in nodes {
        let Node::Span(span) = node else { continue };
        match &span.mark {
            Mark::Link(address) => {
                let shown = inert(&Output { nodes: span.children.clone() }.plain());
                if !shown.is_empty() {
                    text = text.replacen(&shown, &hyperlink(&shown, address), 1);
                }
            }
            _ => text = linked(text, &span.children),
        }
    }
    text
}

/// An output written for a format. Text goes to a terminal as it is; the writers of other targets escape for theirs.
fn text(output: &Output, format: CiteFormat) -> String {
    match format {
        CiteFormat::Text => inert(&output.write(Target::Text)),
        CiteFormat::Json => output.write(Target::Text),
        CiteFormat::Html => output.write(Target::Html),
        CiteFormat::Markdown => output.write(Target::Markdown),
        CiteFormat::Latex => output.write(Target::Latex),
        CiteFormat::Typst => output.write(Target::Typst),
        CiteFormat::Rtf => output.write(Target::Rtf),
    }
}

/// A list as a piece of a document.
fn list(
    out: &mut impl Write,
    cited: &Cited<'_>,
    style: &ChosenStyle,
    args: &CiteArgs,
    hyperlinks: Hyperlinks,
) -> Result<(), CliError> {
    let format = args.to;
    if let Some(given) = &cited.0.heading {
        let run = Node::Run(Run { text: given.clone(), source: Source::Style });
        let heading = text(&Output { nodes: vec![run] }, format);
        match format {
            CiteFormat::Html => writeln!(out, "<h3>{heading}</h3>")?,
            CiteFormat::Markdown => writeln!(out, "### {heading}\n")?,
            CiteFormat::Latex => writeln!(out, "\\subsection*{{{heading}}}\n")?,
            CiteFormat::Typst => writeln!(out, "=== {heading}\n")?,
            CiteFormat::Rtf => writeln!(out, "{{\\b {heading}}}\\par")?,
            CiteFormat::Text | CiteFormat::Json => writeln!(out, "{heading}\n")?,
        }
    }
    let texts = Texts::new(cited, style, args, hyperlinks);
    for (_, text) in texts.citations() {
        writeln!(out, "{text}{}", end_of_line(format))?;
    }
    let mut entries = texts.entries().peekable();
    if entries.peek().is_none() {
        return Ok(());
    }
    if !cited.1.is_empty() {
        writeln!(out)?;
    }
    let [before, after] = match format {
        CiteFormat::Html => ["  <div class=\"csl-entry\">", "</div>"],
        CiteFormat::Rtf => ["", "\\par"],
        _ => ["", ""],
    };
    // These need a blank line between paragraphs.
    let apart = matches!(format, CiteFormat::Markdown | CiteFormat::Latex | CiteFormat::Typst);
    if format == CiteFormat::Html {
        writeln!(out, "<div class=\"csl-bib-body\">")?;
    }
    for (i, (_, text)) in entries.enumerate() {
        if apart && i > 0 {
            writeln!(out)?;
        }
        writeln!(out, "{before}{text}{after}")?;
    }
    if format == CiteFormat::Html {
        writeln!(out, "</div>")?;
    }
    Ok(())
}

/// What ends a line that is to stay one.
fn end_of_line(format: CiteFormat) -> &'static str {
    match format {
        CiteFormat::Html => "<br>",
        CiteFormat::Markdown | CiteFormat::Latex | CiteFormat::Typst => "\n",
        CiteFormat::Rtf => "\\par",
        CiteFormat::Text | CiteFormat::Json => "",
    }
}

/// One object: of a single list its parts, else a group for each list.
fn json(out: &mut impl Write, lists: &[Cited<'_>], style: &ChosenStyle, args: &CiteArgs) -> Result<(), CliError> {
    write!(out, "{{\"style\":{}", json!(style.name))?;
    if args.by.is_none() {
        for cited in lists {
            json_parts(out, cited, style, args)?;
        }
    } else {
        write!(out, ",\"groups\":[")?;
        for (i, cited) in lists.iter().enumerate() {
            let comma = if i > 0 { "," } else { "" };
            write!(out, "{comma}{{\"heading\":{}", json!(cited.0.heading))?;
            json_parts(out, cited, style, args)?;
            write!(out, "}}")?;
        }
        write!(out, "]")?;
    }
    Ok(writeln!(out, "}}")?)
}

fn json_parts(out: &mut impl Write, cited: &Cited<'_>, style: &ChosenStyle, args: &CiteArgs) -> Result<(), CliError> {
    let texts = Texts::new(cited, style, args, Hyperlinks::Hidden);
    let row = |(work, text): (usize, String)| json!({ "id": cited.0.works[work].key, "text": text });
    if args.what != CitePart::Bibliography {
        json_rows(out, "citations", texts.citations().map(row))?;
    }
    if args.what != CitePart::Citations {
        json_rows(out, "bibliography", texts.entries().map(row))?;
    }
    Ok(())
}

fn json_rows(out: &mut impl Write, name: &str, rows: impl Iterator<Item = Value>) -> Result<(), CliError> {
    write!(out, ",\"{name}\":[")?;
    for (i, row) in rows.enumerate() {
        let comma = if i > 0 { "," } else { "" };
        write!(out, "{comma}{row}")?;
    }
    Ok(write!(out, "]")?)
}
