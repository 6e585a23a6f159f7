//! Round and square brackets of a text.

use std::ops::Range;

/// No bracket with citations is longer, in bytes.
const LONGEST: usize = 3_000;
/// Brackets nested deeper are none of prose.
const DEEPEST: usize = 8;

/// A pair of brackets.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Bracket {
    /// Byte range with the brackets.
    pub range: Range<usize>,
    pub shape: Shape,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) enum Shape {
    Round,
    Square,
}

impl Bracket {
    /// Byte range of what is inside.
    pub fn inner(&self) -> Range<usize> {
        self.range.start + 1..self.range.end - 1
    }
}

/// All closed brackets, by where they open. An unclosed one is none.
pub(super) fn brackets(text: &str) -> Vec<Bracket> {
    let mut found = Vec::new();
    let mut open: Vec<(usize, Shape)> = Vec::new();
    for (i, byte) in text.bytes().enumerate() {
        let shape = match byte {
            b'(' | b')' => Shape::Round,
            b'[' | b']' => Shape::Square,
            _ => continue,
        };
        if matches!(byte, b'(' | b'[') {
            // What has been open for too long was never a bracket.
            open.retain(|&(start, _)| i - start <= LONGEST);
            if open.len() >= DEEPEST {
                open.remove(0);
            }
            open.push((i, shape));
        } else if let Some(depth) = open.iter().rposition(|&(_, s)| s == shape) {
            let start = open[depth].0;
            open.truncate(depth);
            if i + 1 - start <= LONGEST {
                found.push(Bracket { range: start..i + 1, shape });
            }
        }
    }
    found.sort_by_key(|b| b.range.start);
    found
}

/// Answers, for places asked in ascending order, which bracket is the innermost around each.
#[derive(Debug)]
pub(super) struct Innermost<'a> {
    brackets: &'a [Bracket],
    next: usize,
    /// Those that may still hold the next place, outermost first.
    open: Vec<usize>,
}

impl<'a> Innermost<'a> {
    pub fn new(brackets: &'a [Bracket]) -> Self {
        Self { brackets, next: 0, open: Vec::new() }
    }

    /// The indices of the innermost bracket around a place and of the one around that.
    pub fn around(&mut self, place: usize) -> (Option<usize>, Option<usize>) {
        while let Some(bracket) = self.brackets.get(self.next).filter(|b| b.range.start <= place) {
            let start = bracket.range.start;
            self.open.retain(|&i| self.brackets[i].range.end > start);
            self.open.push(self.next);
            self.next += 1;
        }
        self.open.retain(|&i| self.brackets[i].range.end > place);
        let depth = self.open.len();
        let at = |back: usize| depth.checked_sub(back).map(|i| self.open[i]);
        (at(1), at(2))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nested_and_unclosed() {
        let found = brackets("a (b [c] d) (e] f");
        assert_eq!(found.iter().map(|b| b.range.clone()).collect::<Vec<_>>(), [2..11, 5..8]);
        let mut innermost = Innermost::new(&found);
        assert_eq!(innermost.around(3), (Some(0), None));
        assert_eq!(innermost.around(6), (Some(1), Some(0)));
        assert_eq!(innermost.around(9), (Some(0), None));
        assert_eq!(innermost.around(12), (None, None));
    }
}
