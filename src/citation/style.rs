//! How a document cites: found out from the document itself and its reference list.
//!
//! Evidence for a way of citing is how much of the list it reaches, and, for numbers, whether new numbers come in the
//! order of the list. Brackets with numbers in them prove little when only one or two references are reached by them.

use super::numeric::Group;

/// How a document cites. A document may mix authors and numbers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Style {
    pub author_year: bool,
    pub numbers: Option<NumberStyle>,
}

/// How the numbers of a document are set off from its text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NumberStyle {
    /// `[12]`
    Square,
    /// "(12)"
    Round,
    /// Raised, as markup or as raised digits.
    Superscript,
    /// Raised once: plain digits in the text.
    LostSuperscript,
}

/// What a way of citing reaches of a list.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Evidence {
    /// Different references that are reached.
    pub reached: usize,
    /// Citations with all their numbers in the list.
    pub inside: usize,
    /// Citations with a number that is not in the list.
    pub outside: usize,
    /// New numbers that follow the highest one before them.
    pub in_order: usize,
}

/// A range of more works proves nothing.
const MOST_IN_A_RANGE: u32 = 20;

impl Evidence {
    /// What groups of numbers in the order of the text reach of a list with numbers up to `highest`.
    pub fn of<'a>(groups: impl IntoIterator<Item = &'a Group>, highest: u32) -> Self {
        let mut evidence = Self::default();
        let mut seen = std::collections::HashSet::new();
        let mut top = 0;
        for group in groups {
            if group.highest() > highest {
                evidence.outside += 1;
                continue;
            }
            evidence.inside += 1;
            // "(7–37)" is a part of something, not thirty works.
            if group.items.iter().any(|i| i.last - i.first > MOST_IN_A_RANGE) {
                continue;
            }
            for number in group.numbers() {
                if seen.insert(number) {
                    evidence.in_order += usize::from(number > top && number <= top + 3);
                }
                top = top.max(number);
            }
        }
        evidence.reached = seen.len();
        evidence
    }

    fn mostly_inside(self) -> bool {
        self.inside >= self.outside * 2
    }

    fn is_ordered(self) -> bool {
        self.in_order * 10 >= self.reached * 6
    }
}

/// What speaks for each way of citing.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Signs {
    pub listed: usize,
    /// The list prints no numbers that citations could mean.
    pub unnumbered: bool,
    /// Different references reached by authors and year.
    pub by_authors: usize,
    pub square: Evidence,
    pub round: Evidence,
    pub superscript: Evidence,
    pub plain: Evidence,
}

/// The style that the signs speak for.
pub(super) fn detect(signs: &Signs) -> Style {
    let authors = signs.by_authors;
    let share = |reached: usize, percent: usize| reached * 100 >= signs.listed * percent;
    // Where much of the list is reached by authors, numbers must do as well to be citations, too; and what may be
    // the numbers of notes or of equations is.
    let by_authors = share(authors, 30) && authors > 1;
    // Numbers in the output of programs are those of no list that prints none.
    let only_authors = signs.unnumbered && share(authors, 50) && authors > 1;
    let enough = |style: NumberStyle, e: Evidence| match style {
        _ if only_authors => false,
        NumberStyle::Square | NumberStyle::Superscript if by_authors => share(e.reached, 30) && e.reached > authors / 2,
        NumberStyle::Round | NumberStyle::LostSuperscript if by_authors => false,
        NumberStyle::LostSuperscript => e.reached > authors * 2,
        NumberStyle::Square | NumberStyle::Round | NumberStyle::Superscript => e.reached > authors / 2,
    };
    let square = signs.square;
    let round = signs.round;
    let superscript = signs.superscript;
    let plain = signs.plain;
    let candidates = [
        (NumberStyle::Square, square, square.reached > 0 && square.mostly_inside()),
        (
            NumberStyle::Superscript,
            superscript,
            superscript.reached > 1 && (share(superscript.reached, 40) || superscript.is_ordered()),
        ),
        (NumberStyle::Round, round, round.reached > 2 && share(round.reached, 30) && round.is_ordered()),
        (NumberStyle::LostSuperscript, plain, plain.reached > 4 && share(plain.reached, 50) && plain.is_ordered()),
    ];
    let mut best: Option<(NumberStyle, Evidence)> = None;
    for (style, evidence, speaks) in candidates {
        // What is set off better wins unless another way reaches far more.
        let better = best.is_none_or(|(_, b)| evidence.reached > b.reached * 3 / 2 + 2);
        if speaks && enough(style, evidence) && better {
            best = Some((style, evidence));
        }
    }
    let author_year = best.is_none_or(|(_, e)| authors > 2 && authors * 2 >= e.reached);
    Style { author_year, numbers: best.map(|(style, _)| style) }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn reaching(reached: usize) -> Evidence {
        Evidence { reached, inside: reached, outside: 0, in_order: reached }
    }

    #[test]
    fn styles() {
        let none = Signs { listed: 40, ..Signs::default() };
        let cases = [
            ("nothing known", none, true, None),
            ("authors, and a list (1), (2)", Signs { by_authors: 30, round: reaching(3), ..none }, true, None),
            (
                "square",
                Signs { by_authors: 1, square: reaching(35), round: reaching(4), ..none },
                false,
                Some(NumberStyle::Square),
            ),
            (
                "authors, and the output of programs",
                Signs { by_authors: 30, square: reaching(35), unnumbered: true, ..none },
                true,
                None,
            ),
            ("round", Signs { round: reaching(30), ..none }, false, Some(NumberStyle::Round)),
            (
                "raised",
                Signs { superscript: reaching(38), plain: reaching(39), ..none },
                false,
                Some(NumberStyle::Superscript),
            ),
            ("lost", Signs { plain: reaching(39), ..none }, false, Some(NumberStyle::LostSuperscript)),
            ("mixed", Signs { by_authors: 20, square: reaching(22), ..none }, true, Some(NumberStyle::Square)),
        ];
        for (name, signs, author_year, numbers) in cases {
            assert_eq!(detect(&signs), Style { author_year, numbers }, "{name}");
        }
    }
}
