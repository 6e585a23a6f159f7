//! The order of the parts of a personal name (CSL 1.0.2, "Name-part Order").

use citationberg::{DemoteNonDroppingParticle, IndependentStyle, Name as NameElement, NamePart};

use super::Purpose;
use super::name_parts::{Parts, joins_directly};
use crate::csl::case::{self, Language};
use crate::csl::markup;
use crate::csl::output::Source;
use crate::csl::punctuation::QuoteStyle;
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
    pub quotes: &'o QuoteStyle,
    pub purpose: Purpose,
}

/// Which `name-part` a word is set as.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    Family,
    Given,
    /// Suffixes have no part of their own.
    Plain,
}

impl Person<'_> {
    /// The pieces of the name: long or only the family name, in natural or sorting order.
    pub fn order(&self, long: bool, inverted: bool) -> (Vec<Piece>, Ordering) {
        let p = &self.parts;
        let family_name = [(Kind::Family, p.non_dropping.as_str()), (Kind::Family, p.family.as_str())];
        if !long {
            return (vec![self.part(Kind::Family, &family_name)], Ordering::Natural);
        }
        let given = [(Kind::Given, p.given.as_str())];
        if p.unspaced {
            return (vec![self.part(Kind::Family, &family_name), self.part(Kind::Given, &given)], Ordering::Natural);
        }
        if p.static_order && self.purpose == Purpose::Display {
            let mut pieces = vec![self.part(Kind::Family, &family_name)];
            let given = self.part(Kind::Given, &[(Kind::Given, &p.dropping), (Kind::Given, &p.given)]);
            self.add(&mut pieces, " ", given);
            return (pieces, Ordering::Natural);
        }
        if inverted {
            return (self.inverted(), Ordering::Inverted);
        }
        let comma = if p.comma_suffix && !p.suffix.is_empty() { ", " } else { " " };
        let mut words = vec![(Kind::Given, p.dropping.as_str())];
        words.extend(family_name);
        let mut family = self.words(&words);
        self.add(&mut family, comma, self.word((Kind::Plain, &p.suffix)));
        let mut pieces = Vec::new();
        self.add(&mut pieces, " ", self.part(Kind::Given, &given));
        self.add(&mut pieces, " ", self.affixed(Kind::Family, family));
        (pieces, Ordering::Natural)
    }

    fn inverted(&self) -> Vec<Piece> {
        let p = &self.parts;
        let demoted = match self.demote {
            DemoteNonDroppingParticle::Never => false,
            DemoteNonDroppingParticle::SortOnly => self.purpose == Purpose::Sort,
            DemoteNonDroppingParticle::DisplayAndSort => true,
        };
        let separator = if self.purpose == Purpose::Sort { " " } else { self.separator };
        let particle = (Kind::Family, p.non_dropping.as_str());
        let mut family = vec![(Kind::Family, p.family.as_str())];
        let mut given = vec![(Kind::Given, p.given.as_str()), (Kind::Given, p.dropping.as_str())];
        if demoted {
            given.push(particle);
        } else {
            family.insert(0, particle);
        }
        let mut pieces = Vec::new();
        self.add(&mut pieces, "", self.part(Kind::Family, &family));
        self.add(&mut pieces, separator, self.part(Kind::Given, &given));
        self.add(&mut pieces, separator, self.word((Kind::Plain, &p.suffix)));
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

    /// Words with the affixes of a `name-part` around them.
    fn part(&self, kind: Kind, words: &[(Kind, &str)]) -> Piece {
        self.affixed(kind, self.words(words))
    }

    fn affixed(&self, kind: Kind, children: Vec<Piece>) -> Piece {
        let affixes = self.format(kind).map(|f| f.affixes.clone()).unwrap_or_default();
        Group {
            children,
            prefix: affixes.prefix.unwrap_or_default(),
            suffix: affixes.suffix.unwrap_or_default(),
            ..Group::default()
        }
        .into()
    }

    /// Words with spaces between them, but none after an apostrophe or a hyphen.
    fn words(&self, words: &[(Kind, &str)]) -> Vec<Piece> {
        let mut pieces = Vec::new();
        let mut direct = true;
        for (kind, word) in words.iter().filter(|(_, w)| !w.is_empty()) {
            if !direct {
                pieces.push(Piece::text(" ", self.source));
            }
            pieces.push(self.word((*kind, word.trim_end())));
            // In a sort key a particle is a word of its own.
            direct = self.purpose == Purpose::Display && joins_directly(word);
        }
        pieces
    }

    fn word(&self, (kind, word): (Kind, &str)) -> Piece {
        let mut children = markup::pieces(word, self.source, self.quotes);
        let Some(format) = self.format(kind) else { return Piece::group(children) };
        if let Some(text_case) = format.text_case {
            case::apply(&mut children, text_case, self.language);
        }
        Group { children, formatting: format.formatting, ..Group::default() }.into()
    }

    fn format(&self, kind: Kind) -> Option<&NamePart> {
        match kind {
            Kind::Family => self.element.name_part_family(),
            Kind::Given => self.element.name_part_given(),
            Kind::Plain => None,
        }
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

/// Words with spaces between them.
fn join(words: &[&str]) -> String {
    let mut out = String::new();
    for word in words.iter().filter(|w| !w.is_empty()) {
        if !out.is_empty() {
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
