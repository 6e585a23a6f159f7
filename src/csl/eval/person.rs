//! The order of the parts of a personal name (CSL 1.0.2, "Name-part Order").

use citationberg::{DemoteNonDroppingParticle, IndependentStyle, Name as NameElement, NamePart};

use super::Purpose;
use super::name_parts::{Parts, joins_directly};
use crate::csl::case::{self, Language};
use crate::csl::markup;
use crate::csl::output::Source;
use crate::csl::tree::{Group, Piece};
use crate::work::PersonName;

/// Whether the family name was put first.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Ordering {
    Natural,
    Inverted,
}

/// A name and how it is to look.
pub(super) struct Person<'o> {
    pub parts: Parts,
    pub demote: DemoteNonDroppingParticle,
    pub separator: &'o str,
    pub element: &'o NameElement,
    pub source: Source,
    pub language: Language,
    pub purpose: Purpose,
}

impl Person<'_> {
    /// The pieces of the name: long or only the family name, in natural or sorting order.
    pub fn order(&self, long: bool, inverted: bool) -> (Vec<Piece>, Ordering) {
        let p = &self.parts;
        if !long {
            return (vec![self.family(&[&p.non_dropping, &p.family])], Ordering::Natural);
        }
        if p.unspaced {
            let pieces = vec![self.family(&[&p.family]), self.given(&[&p.given])];
            return (pieces, Ordering::Natural);
        }
        if p.static_order && self.purpose == Purpose::Display {
            let mut pieces = vec![self.family(&[&p.non_dropping, &p.family])];
            self.add(&mut pieces, " ", self.given(&[&p.dropping, &p.given]));
            return (pieces, Ordering::Natural);
        }
        if inverted {
            return (self.inverted(), Ordering::Inverted);
        }
        let mut pieces = Vec::new();
        self.add(&mut pieces, " ", self.given(&[&p.given, &p.dropping]));
        let space = if joins_directly(&p.dropping) { "" } else { " " };
        self.add(&mut pieces, space, self.family(&[&p.non_dropping, &p.family]));
        let before = if p.comma_suffix { ", " } else { " " };
        self.add(&mut pieces, before, Piece::text(p.suffix.clone(), self.source));
        (pieces, Ordering::Natural)
    }

    fn inverted(&self) -> Vec<Piece> {
        let p = &self.parts;
        let demoted = match self.demote {
            DemoteNonDroppingParticle::Never => false,
            DemoteNonDroppingParticle::SortOnly => self.purpose == Purpose::Sort,
            DemoteNonDroppingParticle::DisplayAndSort => true,
        };
        let separator = if self.purpose == Purpose::Sort { "  " } else { self.separator };
        let mut pieces = Vec::new();
        let (family, given) = if demoted {
            (self.family(&[&p.family]), self.given(&[&p.given, &p.dropping, &p.non_dropping]))
        } else {
            (self.family(&[&p.non_dropping, &p.family]), self.given(&[&p.given, &p.dropping]))
        };
        self.add(&mut pieces, "", family);
        self.add(&mut pieces, separator, given);
        self.add(&mut pieces, separator, Piece::text(p.suffix.clone(), self.source));
        pieces
    }

    fn add(&self, pieces: &mut Vec<Piece>, separator: &str, piece: Piece) {
        if piece.is_empty() {
            return;
        }
        if !pieces.is_empty() {
            pieces.push(Piece::text(separator, Source::Style));
        }
        pieces.push(piece);
    }

    fn family(&self, words: &[&str]) -> Piece {
        part(self.element.name_part_family(), markup::pieces(&join(words), self.source), self.language)
    }

    fn given(&self, words: &[&str]) -> Piece {
        part(self.element.name_part_given(), markup::pieces(&join(words), self.source), self.language)
    }
}

/// A part of a name under its `name-part`.
pub(super) fn part(format: Option<&NamePart>, mut children: Vec<Piece>, language: Language) -> Piece {
    let Some(format) = format else { return Piece::group(children) };
    if let Some(text_case) = format.text_case {
        case::apply(&mut children, text_case, language);
    }
    Group {
        children,
        prefix: format.affixes.prefix.clone().unwrap_or_default(),
        suffix: format.affixes.suffix.clone().unwrap_or_default(),
        formatting: format.formatting,
        ..Group::default()
    }
    .into()
}

/// Words with spaces between them, but none after an apostrophe or hyphen.
fn join(words: &[&str]) -> String {
    let mut out = String::new();
    for word in words.iter().filter(|w| !w.is_empty()) {
        if !out.is_empty() && !joins_directly(&out) {
            out.push(' ');
        }
        out.push_str(word);
    }
    out
}

/// A name as text that sorts: family name first, particles where the style wants them.
pub(in crate::csl) fn sortable(name: &PersonName, style: &IndependentStyle) -> String {
    let p = Parts::of(name);
    let words: [&str; 4] = match style.settings.demote_non_dropping_particle {
        DemoteNonDroppingParticle::Never => [&p.non_dropping, &p.family, &p.given, &p.dropping],
        _ => [&p.family, &p.given, &p.dropping, &p.non_dropping],
    };
    format!("{} {}", join(&words), p.suffix)
}
