//! What can be typed.

use std::path::PathBuf;

use clap::{Args, Parser, Subcommand, ValueEnum};

use super::output::Color;
use crate::{bibliography, document};

/// Which source backs this claim?
///
/// citetrail reads a document, takes it apart into claims, reads its reference list, and resolves every in-text
/// citation. Then it tells what backs a claim and what rests on a work, and exports citations and DOI lists.
#[derive(Debug, Parser)]
#[command(
    name = "citetrail",
    version,
    propagate_version = true,
    max_term_width = 100,
    after_help = "\
Examples:
  citetrail why acne --in entry.txt         what backs this claim of a document
  citetrail cite --all --in entry.txt       its references, formatted
  citetrail init && citetrail load *.txt    start a project and read documents into it"
)]
pub struct Cli {
    /// The project's folder, in place of the one around the current folder.
    #[arg(long, global = true, value_name = "DIR")]
    pub project: Option<PathBuf>,
    /// Say nothing but the answer and errors.
    #[arg(short, long, global = true)]
    pub quiet: bool,
    /// When to use colour.
    #[arg(long, global = true, value_name = "WHEN", default_value = "auto")]
    pub color: Color,
    #[command(subcommand)]
    pub command: Command,
}

#[derive(Debug, Subcommand)]
pub enum Command {
    Why(WhyArgs),
    Claims(ClaimsArgs),
    Backs(BacksArgs),
    Cite(CiteArgs),
    Dois(DoisArgs),
    Check(super::check::CheckArgs),
    Scan(super::scan::ScanArgs),
    Link(super::link::LinkArgs),
    Parse(super::parse::ParseArgs),
    Convert(ConvertArgs),
    Init(InitArgs),
    Load(super::load::LoadArgs),
    Index(super::index::IndexArgs),
    Match(super::match_::MatchArgs),
    Resolve(super::resolve::ResolveArgs),
    Report(super::report::ReportArgs),
    Export(super::export::ExportArgs),
    Refs(super::refs::RefsArgs),
    Attach(super::attach::AttachArgs),
    Evidence(super::evidence::EvidenceArgs),
    Review(super::review::ReviewArgs),
    Verdict(super::verdict::VerdictArgs),
    Assert(super::assert::AssertArgs),
    Retract(super::retract::RetractArgs),
    History(super::history::HistoryArgs),
    Undo(UndoArgs),
    Styles(StylesArgs),
    Completions(CompletionsArgs),
    Man(ManArgs),
}

/// Where a question is asked: in the project, or in single documents.
#[derive(Debug, Clone, Default, Args)]
pub struct ScopeArgs {
    /// Answer from this document alone, without a project ("-" is standard input).
    #[arg(long = "in", value_name = "DOC")]
    pub document: Option<PathBuf>,
    /// Take the works of the document from this bibliography where it has them.
    #[arg(long, value_name = "FILE")]
    pub bib: Option<PathBuf>,
    #[command(flatten)]
    pub reading: ReadingArgs,
}

/// How a document is read.
#[derive(Debug, Clone, Default, Args)]
pub struct ReadingArgs {
    /// The heading of the reference list, where it is an unusual one.
    #[arg(long, value_name = "HEADING")]
    pub references_heading: Option<String>,
    /// The format of the document, in place of what its name and content say.
    #[arg(long, value_name = "FORMAT", value_parser = document_format)]
    pub format: Option<document::Format>,
    /// The folder below which the document may take in files (\input, {{< include >}}, #include); its own without.
    #[arg(long, value_name = "DIR")]
    pub root: Option<PathBuf>,
}

fn document_format(name: &str) -> Result<document::Format, String> {
    let known = || document::Format::all().map(document::Format::name).collect::<Vec<_>>().join(", ");
    document::Format::from_name(name)
        .ok_or_else(|| format!("no format of documents has this name; known are {}", known()))
}

/// How references are formatted.
#[derive(Debug, Clone, Default, Args)]
pub struct StyleArgs {
    /// Citation style: a name (see `citetrail styles`) or a .csl file.
    #[arg(long, value_name = "NAME|FILE")]
    pub style: Option<String>,
    /// A folder of .csl files whose names --style may give.
    #[arg(long, value_name = "DIR")]
    pub styles_dir: Option<PathBuf>,
    /// Language of the citations ("de-DE"), in place of the style's own.
    #[arg(long, value_name = "TAG")]
    pub locale: Option<String>,
}

/// Text for people or JSON for programs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, ValueEnum)]
pub enum AnswerFormat {
    #[default]
    Text,
    Json,
}

/// What backs a claim: directly, or inherited from which enclosing claim
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  citetrail why acne --in entry.txt
  citetrail why \"insect bites\"
  citetrail why \"Genetics > 1 > e > iii > a\" --style vancouver")]
pub struct WhyArgs {
    /// Words of the claim, its path, or its id.
    #[arg(required = true, value_name = "CLAIM")]
    pub claim: Vec<String>,
    #[command(flatten)]
    pub scope: ScopeArgs,
    #[command(flatten)]
    pub style: StyleArgs,
    #[arg(long, value_name = "FORMAT", default_value = "text")]
    pub to: AnswerFormat,
}

/// The claims, each with its sources
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  citetrail claims --in entry.txt
  citetrail claims burn
  citetrail claims --without-source")]
pub struct ClaimsArgs {
    /// Only claims with these words.
    #[arg(value_name = "QUERY")]
    pub query: Vec<String>,
    /// Only claims with no source, own or inherited.
    #[arg(long)]
    pub without_source: bool,
    /// Show the ids of claims.
    #[arg(long)]
    pub ids: bool,
    #[command(flatten)]
    pub scope: ScopeArgs,
    #[arg(long, value_name = "FORMAT", default_value = "text")]
    pub to: AnswerFormat,
}

/// Which claims rest on a work
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  citetrail backs nunley2009
  citetrail backs 10.1001/archderm.144.5.585
  citetrail backs nunley jones --in entry.txt")]
pub struct BacksArgs {
    /// Citation key, DOI, or words of author, title, year.
    #[arg(required = true, value_name = "WORK")]
    pub work: Vec<String>,
    #[command(flatten)]
    pub scope: ScopeArgs,
    #[command(flatten)]
    pub style: StyleArgs,
    #[arg(long, value_name = "FORMAT", default_value = "text")]
    pub to: AnswerFormat,
}

/// What `cite` writes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, ValueEnum)]
pub enum CiteFormat {
    #[default]
    Text,
    Html,
    Markdown,
    Latex,
    Typst,
    Rtf,
    Json,
}

/// Which part `cite` writes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, ValueEnum)]
pub enum CitePart {
    #[default]
    Bibliography,
    Citations,
    Both,
}

/// The order of the reference list.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, ValueEnum)]
pub enum CiteOrder {
    /// As the style sorts it.
    #[default]
    Style,
    /// As the works are cited or named.
    Citation,
}

/// What gets a reference list of its own.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum CiteBy {
    Claim,
    Section,
    Document,
}

/// Formatted citations of a claim (with everything below it), a section, a document or works
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  citetrail cite \"dystrophic calcinosis cutis\" --style vancouver
  citetrail cite --all --in entry.txt --style apa --to html
  citetrail cite --all --by section --order citation
  citetrail cite --bib refs.bib nunley2009 \"wu2008:p. 576\" --what both")]
pub struct CiteArgs {
    /// Claims, sections, documents or citation keys; a key may have a place ("wu2008:p. 576").
    #[arg(value_name = "WHAT", required_unless_present_any = ["all", "bib"])]
    pub what_to_cite: Vec<String>,
    /// Every work: of the project's bibliography, or of the document's list.
    #[arg(long, conflicts_with = "what_to_cite")]
    pub all: bool,
    /// One list for each claim, section or document that cites.
    #[arg(long, value_name = "PART")]
    pub by: Option<CiteBy>,
    /// The order of the reference list.
    #[arg(long, value_name = "ORDER", default_value = "style")]
    pub order: CiteOrder,
    #[command(flatten)]
    pub scope: ScopeArgs,
    #[command(flatten)]
    pub style: StyleArgs,
    #[arg(long, value_name = "FORMAT", default_value = "text")]
    pub to: CiteFormat,
    /// The reference list, the in-text citations, or both.
    #[arg(long, value_name = "PART", default_value = "bibliography")]
    pub what: CitePart,
}

/// What `dois` writes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, ValueEnum)]
pub enum DoiFormat {
    /// One DOI a line.
    #[default]
    Text,
    /// One https://doi.org address a line.
    Url,
    Csv,
    Json,
}

/// The DOIs of a claim (with everything below it), a section, a document or works
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  citetrail dois --all
  citetrail dois \"localized tissue damage\" --to url
  citetrail dois --all --missing
  citetrail dois --all --matched                    with those that `citetrail resolve` found
  citetrail dois --all --in entry.txt --matched --index works

DOIs that were found by matching stand in no entry: --matched adds them, each marked as such, with the fields that disagree.")]
pub struct DoisArgs {
    /// Claims, sections, documents or citation keys.
    #[arg(value_name = "WHAT", required_unless_present_any = ["all", "bib"])]
    pub what_to_cite: Vec<String>,
    /// Every work: of the project's bibliography, or of the document's list.
    #[arg(long, conflicts_with = "what_to_cite")]
    pub all: bool,
    /// List the works that have no DOI instead.
    #[arg(long)]
    pub missing: bool,
    /// Add DOIs that were found by matching, marked as such: those that `resolve` kept, or, with --index, those of an index.
    #[arg(long)]
    pub matched: bool,
    /// With --matched, the index of works to look in now.
    #[arg(long, value_name = "DIR", requires = "matched")]
    pub index: Option<PathBuf>,
    #[command(flatten)]
    pub scope: ScopeArgs,
    #[arg(long, value_name = "FORMAT", default_value = "text")]
    pub to: DoiFormat,
}

/// Bibliographies from one format into another
#[derive(Debug, Args)]
#[command(after_help = "\
Formats read and written: bib, csl-json, csl-yaml, jsonl, ris, nbib, enw, endnote-xml, mods, hayagriva, csv, tsv.
Formats read: pubmed-xml, wos, ovid, refworks, marc, marcxml, rdf, unixref, crossref-json, openalex, europe-pmc,
datacite-json, datacite-xml, citavi, jats, tei, word-xml, cff; csv also as Scopus exports it.

What the format asked for cannot carry is said on standard error. A single .bib file that is asked for as .bib again
comes back byte for byte.

Exit status: 0 all was read, 1 something was not (standard error says what and where), 2 nothing was.

Examples:
  citetrail convert export.ris --to bib -o refs.bib
  citetrail convert pubmed.nbib embase.ris --to csl-json
  curl -s https://example.org/list.xml | citetrail convert - --from mods --to ris")]
pub struct ConvertArgs {
    /// Bibliography files (\"-\" is standard input).
    #[arg(value_name = "IN", required = true)]
    pub input: Vec<PathBuf>,
    /// The format to write.
    #[arg(long, value_name = "FORMAT", value_parser = super::convert::written_format)]
    pub to: bibliography::Format,
    /// The format of the files, where their content and name do not tell.
    #[arg(long, value_name = "FORMAT", value_parser = super::convert::read_format)]
    pub from: Option<bibliography::Format>,
    /// Write to this file instead of standard output.
    #[arg(short, long, value_name = "FILE")]
    pub output: Option<PathBuf>,
}

/// Start a project in a folder
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  citetrail init
  citetrail init thesis")]
pub struct InitArgs {
    /// The folder; made if it is not there.
    #[arg(value_name = "DIR", default_value = ".")]
    pub folder: PathBuf,
}

/// Take back the newest change
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  citetrail undo
  citetrail undo --list")]
pub struct UndoArgs {
    /// List what can be taken back, newest first.
    #[arg(long)]
    pub list: bool,
}

/// The citation styles that are at hand
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  citetrail styles
  citetrail styles chicago --preview")]
pub struct StylesArgs {
    /// Only styles with this in name or title.
    #[arg(value_name = "QUERY")]
    pub query: Vec<String>,
    /// Show how each formats two sample works.
    #[arg(long)]
    pub preview: bool,
    /// A folder of .csl files to list, too.
    #[arg(long, value_name = "DIR")]
    pub styles_dir: Option<PathBuf>,
}

/// Completions for a shell, on standard output
#[derive(Debug, Args)]
#[command(
    after_help = "Examples:\n  citetrail completions bash > ~/.local/share/bash-completion/completions/citetrail"
)]
pub struct CompletionsArgs {
    pub shell: clap_complete::Shell,
}

/// Write the manual pages into a folder
#[derive(Debug, Args)]
#[command(after_help = "Examples:\n  citetrail man ~/.local/share/man/man1")]
pub struct ManArgs {
    #[arg(value_name = "DIR")]
    pub folder: PathBuf,
}
