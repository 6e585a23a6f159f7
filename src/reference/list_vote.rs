//! The references of one list share a style: the order of their fields.
//!
//! Where the tagger is unsure and finds an order that hardly any other reference of the list has, but the rules find
//! one that many have, the rules are believed.

use std::collections::HashMap;

use super::tagger::{Corrected, Label};

/// Lists shorter than this have no style to speak of.
const LEAST: usize = 8;
/// References that are at least so likely right vote.
const VOTES_FROM: f32 = 0.6;

/// How many sure references of a list have each order of fields.
pub(super) struct Votes {
    orders: HashMap<Vec<Label>, usize>,
    all: usize,
}

impl Votes {
    pub fn count<'a>(readings: impl Iterator<Item = &'a Corrected>) -> Self {
        let mut out = Self { orders: HashMap::new(), all: 0 };
        for reading in readings.filter(|r| r.confidence >= VOTES_FROM) {
            *out.orders.entry(reading.order.clone()).or_default() += 1;
            out.all += 1;
        }
        out
    }

    /// Whether the list speaks for the rules and against the tagger.
    pub fn prefer_rules(&self, reading: &Corrected) -> bool {
        let votes = |order: &[Label]| self.orders.get(order).copied().unwrap_or(0);
        self.all >= LEAST
            && reading.confidence < VOTES_FROM
            && votes(&reading.order) * 100 <= self.all
            && votes(&reading.rules_order) * 10 >= self.all
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::reference::segment::Segments;

    fn reading(order: &[Label], rules_order: &[Label], confidence: f32) -> Corrected {
        Corrected {
            segments: Segments::default(),
            rules: Segments::default(),
            order: order.to_vec(),
            rules_order: rules_order.to_vec(),
            fields: Vec::new(),
            left_out: Vec::new(),
            confidence,
        }
    }

    #[test]
    fn an_order_that_no_other_reference_has() {
        let usual = [Label::Author, Label::Title, Label::Container];
        let odd = [Label::Title, Label::Author];
        let sure: Vec<Corrected> = (0..9).map(|_| reading(&usual, &usual, 0.9)).collect();
        let votes = Votes::count(sure.iter());
        assert!(votes.prefer_rules(&reading(&odd, &usual, 0.4)));
        assert!(!votes.prefer_rules(&reading(&odd, &usual, 0.8)));
        assert!(!votes.prefer_rules(&reading(&usual, &odd, 0.4)));
        assert!(!Votes::count(sure[..3].iter()).prefer_rules(&reading(&odd, &usual, 0.4)));
    }
}
