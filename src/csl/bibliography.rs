//! The reference list: its order, its entries, and what repeats from one entry to the next.

use citationberg::{Display, Formatting, SubsequentAuthorSubstituteRule, ToFormatting};

use super::eval::{Area, Cx, Disambiguation, Engine, Facts};
use super::output::{Output, Source};
use super::position::Position;
use super::punctuation::{self, Brackets};
use super::sort::{self, Collation};
use super::tree::{Group, GroupRole, Piece, Quotes};
use super::{Citation, Entry};
use crate::work::Name;

/// The facts of an entry: it has no position.
fn facts(number: usize) -> Facts<'static> {
    Facts { position: Position::First, near_note: false, first_note: None, locator: None, number }
}

/// All works in the order of the list; without sort keys in the order they are cited, then as they come.
pub(super) fn order(engine: &Engine<'_>, collation: &Collation, citations: &[Citation<'_>]) -> Vec<usize> {
    let mut order = Vec::with_capacity(engine.works.len());
    let mut cited = vec![false; engine.works.len()];
    let cites = citations.iter().flat_map(|c| &c.cites).map(|c| c.work);
    for work in cites.chain(0..engine.works.len()) {
        if let Some(seen) = cited.get_mut(work)
            && !*seen
        {
            *seen = true;
            order.push(work);
        }
    }
    let Some(sort) = engine.style.bibliography.as_ref().and_then(|b| b.sort.as_ref()) else { return order };
    let apart = Disambiguation::default();
    let mut keyed: Vec<(Vec<sort::Key>, usize)> = order
        .iter()
        .enumerate()
        .map(|(n, work)| {
            (sort::keys(engine, collation, sort, (Area::Bibliography, *work), &facts(n + 1), &apart), *work)
        })
        .collect();
    keyed.sort_by(|a, b| sort::compare(&a.0, &b.0));
    keyed.into_iter().map(|(_, work)| work).collect()
}

/// The entries, in order, each rendered when it is asked for.
pub(super) fn render<'r>(
    engine: &'r Engine<'_>,
    order: &'r [usize],
    numbers: &'r [usize],
    apart: &'r [Disambiguation],
) -> impl Iterator<Item = Entry> {
    let options = engine.name_options(Area::Bibliography);
    let mut before = Vec::new();
    order.iter().filter_map(move |&work| {
        let bibliography = engine.style.bibliography.as_ref()?;
        let facts = facts(numbers[work]);
        let mut cx = engine.context(work, Area::Bibliography, &facts, &apart[work], &options);
        let mut pieces = engine.elements(&mut cx, &bibliography.layout.elements).pieces;
        pieces.retain(|p| !p.is_empty());
        if let Some(substitute) = &bibliography.subsequent_author_substitute
            && let Some(names) = pieces.iter_mut().find_map(|p| p.find_mut(GroupRole::Names))
            && !is_constant(names)
        {
            let here = printed_names(names, &cx);
            replace_names(names, &before, &here, substitute, bibliography.subsequent_author_substitute_rule);
            before = here;
        } else {
            before.clear();
        }
        let layout = &bibliography.layout;
        let affixes = (layout.prefix.clone().unwrap_or_default(), layout.suffix.clone().unwrap_or_default());
        let entry = if bibliography.second_field_align.is_some() && pieces.len() > 1 {
            aligned(pieces, affixes, layout.to_formatting())
        } else {
            let suffix = if within_last_block(&mut pieces, &affixes.1) { String::new() } else { affixes.1 };
            let inner = Group { children: pieces, prefix: affixes.0, suffix, ..Group::default() };
            vec![Group { children: vec![inner.into()], formatting: layout.to_formatting(), ..Group::default() }.into()]
        };
        Some(Entry { work, output: settle(engine, entry) })
    })
}

fn settle(engine: &Engine<'_>, pieces: Vec<Piece>) -> Output {
    punctuation::settle(pieces, &engine.locale.quotes, Brackets::Kept)
}

/// Puts the suffix of the layout into the block that ends the entry, if one does.
fn within_last_block(pieces: &mut [Piece], suffix: &str) -> bool {
    match pieces.last_mut() {
        Some(Piece::Group(g)) if g.display.is_some() => {
            let children = std::mem::take(&mut g.children);
            let delimiter = std::mem::take(&mut g.delimiter);
            let own = std::mem::take(&mut g.suffix);
            let inner = Group { children, delimiter, suffix: own, ..Group::default() };
            g.children =
                vec![Group { children: vec![inner.into()], suffix: suffix.to_owned(), ..Group::default() }.into()];
            true
        }
        Some(Piece::Group(g)) if g.suffix.is_empty() && g.quotes == Quotes::No => {
            g.children.retain(|c| !c.is_empty());
            within_last_block(&mut g.children, suffix)
        }
        _ => false,
    }
}

/// The first field stands in the margin, the rest right of it.
fn aligned(mut pieces: Vec<Piece>, (prefix, suffix): (String, String), formatting: Formatting) -> Vec<Piece> {
    let rest = pieces.split_off(1);
    let first = Group { children: pieces, prefix, formatting, display: Some(Display::LeftMargin), ..Group::default() };
    let inner = Group { children: rest, suffix, ..Group::default() };
    let rest =
        Group { children: vec![inner.into()], formatting, display: Some(Display::RightInline), ..Group::default() };
    vec![first.into(), rest.into()]
}

/// A name as the list prints it, with the given names it stands for: "Olsen, K." may be two people.
type PrintedName<'a> = (String, Option<&'a str>);

fn printed_names<'a>(names: &Group, cx: &Cx<'a, '_>) -> Vec<PrintedName<'a>> {
    let texts = name_texts(names);
    let lists = cx.blocks.iter().map(|b| cx.work.names(b.role).iter().take(b.shown));
    let mut persons: Vec<&Name> = Vec::with_capacity(texts.len());
    for list in lists {
        if persons.len() < texts.len() {
            persons.extend(list);
        }
    }
    // Where the two are not of one length (a last name after "…"), the texts alone are compared.
    let are_names = names.children.iter().any(|c| c.find(GroupRole::Name).is_some());
    let known = are_names && persons.len() == texts.len();
    let given = |n: usize| match persons.get(n) {
        Some(Name::Person(person)) if known => person.given.as_deref(),
        _ => None,
    };
    texts.into_iter().enumerate().map(|(n, text)| (text, given(n))).collect()
}

/// Whether words of the style alone ("Anon.") stand in for names; they are repeated in every entry.
fn is_constant(names: &Group) -> bool {
    let mut constant = true;
    for child in &names.children {
        child.texts(&mut |t| constant &= matches!(t.source, Source::Style | Source::Term));
    }
    constant
}

/// The texts of the single names of a `names` element, or its whole text when it printed something else.
fn name_texts(names: &Group) -> Vec<String> {
    let mut out = Vec::new();
    fn walk(group: &Group, out: &mut Vec<String>) {
        for child in &group.children {
            if let Piece::Group(g) = child {
                if g.role == GroupRole::Name {
                    out.push(text_of(child));
                } else {
                    walk(g, out);
                }
            }
        }
    }
    walk(names, &mut out);
    if out.is_empty() {
        out = names.children.iter().map(text_of).collect();
    }
    out
}

fn text_of(piece: &Piece) -> String {
    let mut text = String::new();
    piece.texts(&mut |t| text.push_str(&t.text));
    text
}

/// Replaces names that repeat the entry before (CSL 1.0.2, "Reference Grouping").
fn replace_names(
    names: &mut Group,
    before: &[PrintedName<'_>],
    here: &[PrintedName<'_>],
    substitute: &str,
    rule: SubsequentAuthorSubstituteRule,
) {
    if before.is_empty() || here.is_empty() {
        return;
    }
    let same = before == here;
    let leading = before.iter().zip(here).take_while(|(a, b)| a == b).count();
    let piece = || Piece::text(substitute, Source::Style);
    match rule {
        SubsequentAuthorSubstituteRule::CompleteAll => {
            if same && !substitute.is_empty() {
                replace_all(names, &piece());
            } else if same {
                names.children.clear();
            }
        }
        SubsequentAuthorSubstituteRule::CompleteEach if same => replace_some(names, here.len(), &piece()),
        SubsequentAuthorSubstituteRule::PartialEach => replace_some(names, leading, &piece()),
        SubsequentAuthorSubstituteRule::PartialFirst => replace_some(names, leading.min(1), &piece()),
        SubsequentAuthorSubstituteRule::CompleteEach => {}
    }
}

/// One substitute for all names; labels stay.
fn replace_all(names: &mut Group, substitute: &Piece) {
    let mut first = true;
    let mut replaced = false;
    for child in &mut names.children {
        if let Piece::Group(list) = child
            && list.role == GroupRole::NameList
        {
            replaced = true;
            for row in &mut list.children {
                if row.find(GroupRole::Name).is_some() {
                    *row = if first { substitute.clone() } else { Piece::text("", Source::Style) };
                    first = false;
                }
            }
        }
    }
    if !replaced {
        names.children = vec![substitute.clone()];
    }
}

/// A substitute for each of the first names.
fn replace_some(names: &mut Group, count: usize, substitute: &Piece) {
    fn walk(group: &mut Group, left: &mut usize, substitute: &Piece) {
        for child in &mut group.children {
            if let Piece::Group(g) = child {
                if g.role == GroupRole::Name {
                    if *left == 0 {
                        return;
                    }
                    *left -= 1;
                    g.children = vec![substitute.clone()];
                } else {
                    walk(g, left, substitute);
                }
            }
        }
    }
    let mut left = count;
    if names.children.iter().all(|c| c.find(GroupRole::Name).is_none()) {
        if count > 0 {
            names.children = vec![substitute.clone()];
        }
        return;
    }
    walk(names, &mut left, substitute);
}
