//! Citations: every cite is evaluated, then sorted, grouped, collapsed and joined.

use citationberg::taxonomy::OtherTerm;
use citationberg::taxonomy::Term;
use citationberg::{InheritableNameOptions, StyleClass, TermForm, ToFormatting};

use super::eval::{Area, Disambiguation, Engine, Facts};
use super::locale::Plural;
use super::output::{Output, Source};
use super::position::{self, Place};
use super::punctuation::{self, Brackets};
use super::sort::{self, Collation};
use super::tree::{Group, GroupRole, Piece};
use super::{Citation, Cite, CiteMode, collapse, markup};

/// A cite that was evaluated.
pub(super) struct Evaluated<'c> {
    pub cite: &'c Cite<'c>,
    /// What the style prints for the cite.
    pub piece: Piece,
    pub number: usize,
}

impl Evaluated<'_> {
    /// Prefix or suffix of the writer, or a locator: the cite stands for itself.
    pub fn is_plain(&self) -> bool {
        self.cite.prefix.is_empty() && self.cite.suffix.is_empty() && self.cite.locator.is_none()
    }
}

/// Renders all citations, each when it is asked for.
pub(super) fn render<'r>(
    engine: &'r Engine<'_>,
    collation: &'r Collation,
    citations: &'r [Citation<'_>],
    numbers: &'r [usize],
    apart: &'r [Disambiguation],
) -> impl Iterator<Item = Output> {
    let places = position::places(citations, engine.style.citation.near_note_distance);
    let options = engine.name_options(Area::Citation);
    citations
        .iter()
        .zip(places)
        .map(move |(citation, places)| one(engine, collation, (citation, &places), numbers, apart, &options))
}

fn one(
    engine: &Engine<'_>,
    collation: &Collation,
    (citation, places): (&Citation<'_>, &[Place]),
    numbers: &[usize],
    apart: &[Disambiguation],
    options: &InheritableNameOptions,
) -> Output {
    let style = &engine.style.citation;
    let mut cites: Vec<(Vec<sort::Key>, Evaluated<'_>)> = Vec::with_capacity(citation.cites.len());
    let mut names_in_text: Option<Piece> = None;
    for (cite, place) in citation.cites.iter().zip(places) {
        if cite.work >= engine.works.len() {
            continue;
        }
        let facts = Facts {
            position: place.position,
            near_note: place.near_note,
            first_note: place.first_note,
            locator: cite.locator.map(|l| (l.label.0, l.value)),
            number: numbers[cite.work],
        };
        let mut cx = engine.context(cite.work, Area::Citation, &facts, &apart[cite.work], options);
        cx.started = !begins_sentence(cite.prefix, cites.is_empty());
        let mut piece = Piece::group(engine.elements(&mut cx, &style.layout.elements).pieces);
        match cite.mode {
            CiteMode::Normal => {}
            CiteMode::AuthorOnly => piece = author(engine, cite.work, &piece),
            CiteMode::SuppressAuthor => drop_names(&mut piece),
            CiteMode::Composite => {
                if names_in_text.is_none() {
                    names_in_text = Some(author(engine, cite.work, &piece));
                }
                drop_names(&mut piece);
            }
        }
        let keys = match &style.sort {
            Some(sort) if citation.cites.len() > 1 => {
                sort::keys(engine, collation, sort, (Area::Citation, cite.work), &facts, &apart[cite.work])
            }
            _ => Vec::new(),
        };
        cites.push((keys, Evaluated { cite, piece, number: numbers[cite.work] }));
    }
    cites.sort_by(|a, b| sort::compare(&a.0, &b.0));
    let author_only = citation.cites.iter().all(|c| c.mode == CiteMode::AuthorOnly) && !citation.cites.is_empty();
    let cites: Vec<Evaluated<'_>> = cites.into_iter().map(|(_, cite)| cite).collect();
    let body = join(engine, collapse::collapse(style, cites));
    let mut pieces = Vec::new();
    if author_only {
        pieces.push(Piece::group(body));
    } else {
        let layout = &style.layout;
        let inner = Group {
            children: body,
            prefix: layout.prefix.clone().unwrap_or_default(),
            suffix: layout.suffix.clone().unwrap_or_default(),
            ..Group::default()
        };
        let layout = Group { children: vec![inner.into()], formatting: layout.to_formatting(), ..Group::default() };
        if let Some(names) = names_in_text {
            pieces.push(names);
            if engine.style.settings.class != StyleClass::Note {
                pieces.push(Piece::text(" ", Source::Style));
            }
        }
        pieces.push(layout.into());
    }
    let note = engine.style.settings.class == StyleClass::Note;
    let brackets = if note { Brackets::Alternate } else { Brackets::Kept };
    punctuation::settle(pieces, &engine.locale.quotes, brackets)
}

/// Whether a cite begins a sentence: at the beginning of a citation, or after words that end one.
fn begins_sentence(prefix: &str, first: bool) -> bool {
    let prefix = prefix.trim_end().trim_end_matches(['”', '’', '"', '\'', ')', ']']);
    if prefix.is_empty() { first } else { prefix.ends_with(['.', '!', '?']) && prefix.contains(' ') }
}

/// Cites with their own prefixes and suffixes, and the delimiters between them.
fn join(engine: &Engine<'_>, cites: Vec<(Evaluated<'_>, Option<String>)>) -> Vec<Piece> {
    let mut out: Vec<Piece> = Vec::new();
    let mut waiting: Option<String> = None;
    let mut last_suffix = "";
    for (cite, delimiter) in cites {
        let (cite_prefix, suffix) = (cite.cite.prefix, cite.cite.suffix);
        let piece = around(engine, cite);
        if piece.is_empty() {
            continue;
        }
        // Punctuation of the writer takes the place of the delimiter.
        let own = [',', ';', '.', ':'];
        let written = cite_prefix.trim_start().starts_with(own) || last_suffix.trim_end().ends_with(own);
        last_suffix = suffix;
        if let Some(before) = waiting.take()
            && !out.is_empty()
        {
            let before = if !written || before.is_empty() {
                before
            } else if cite_prefix.is_empty() {
                " ".to_owned()
            } else {
                String::new()
            };
            out.push(Piece::text(before, Source::Style));
        }
        out.push(piece);
        waiting = delimiter;
    }
    out
}

/// A cite between the prefix and suffix of its writer. A space is set where words would touch.
fn around(engine: &Engine<'_>, evaluated: Evaluated<'_>) -> Piece {
    let cite = evaluated.cite;
    let mut children = Vec::new();
    if !cite.prefix.is_empty() {
        children.extend(markup::pieces(cite.prefix, Source::Cite, &engine.locale.quotes));
        if cite.prefix.ends_with(|c: char| c.is_alphanumeric() || matches!(c, '.' | ',' | ':' | ';' | ')' | '?' | '!'))
        {
            children.push(Piece::text(" ", Source::Cite));
        }
    }
    // Punctuation that the writer put after the cite belongs to what it follows.
    let marks = cite.suffix.find(|c| !matches!(c, '.' | ',' | '!' | '?' | ':' | ';')).unwrap_or(cite.suffix.len());
    let (marks, suffix) = cite.suffix.split_at(marks);
    if marks.is_empty() {
        children.push(evaluated.piece);
    } else {
        children.push(Group { children: vec![evaluated.piece], suffix: marks.to_owned(), ..Group::default() }.into());
    }
    if !suffix.is_empty() {
        if cite.suffix.starts_with(|c: char| c.is_alphanumeric() || matches!(c, '(' | '[' | '“' | '"')) {
            children.push(Piece::text(" ", Source::Cite));
        }
        children.extend(markup::pieces(suffix, Source::Cite, &engine.locale.quotes));
    }
    Piece::group(children)
}

/// The names of a cite; of a style that prints none, the family names of the work.
fn author(engine: &Engine<'_>, work: usize, piece: &Piece) -> Piece {
    if let Some(names) = piece.find(GroupRole::Names) {
        return Group { prefix: String::new(), suffix: String::new(), ..names.clone() }.into();
    }
    let names: Vec<String> = engine.works[work].creators().iter().map(|n| n.cited()).collect();
    let term = |term| engine.locale.term(Term::Other(term), TermForm::Long, Plural::One).unwrap_or_default();
    let text = match names.as_slice() {
        [] => return Piece::text("", Source::Style),
        [one] => one.clone(),
        [one, two] => format!("{one} {} {two}", term(OtherTerm::And)),
        [one, ..] => format!("{one} {}", term(OtherTerm::EtAl)),
    };
    Piece::text(text, Source::Names(crate::work::Role::Author))
}

/// Takes the first printed names away.
pub(super) fn drop_names(piece: &mut Piece) {
    if let Some(names) = piece.find_mut(GroupRole::Names) {
        names.children.clear();
    }
}
