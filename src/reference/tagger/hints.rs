//! What the rules found, as one label for every token.

use super::label::Label;
use crate::reference::lex::Token;
use crate::reference::segment::Segments;

/// Values longer than this are looked for only as they stand; shorter ones with spaces left out too.
const SHORT: usize = 60;

/// The label that the rules give each token.
pub(super) fn hints(text: &str, tokens: &[Token], rules: &Segments) -> Vec<Label> {
    let mut out = Hints { text, tokens, labels: vec![Label::Other; tokens.len()] };
    let authors = out.mark(&rules.authors, Label::Author, 0);
    let editors = out.mark(&rules.editors, Label::Editor, 0);
    let title = out.mark(&rules.title, Label::Title, authors);
    let container = out.mark(&rules.container, Label::Container, title.max(authors));
    let start = container.max(authors);
    out.mark(&rules.publisher, Label::Publisher, start.max(title));
    out.mark(&rules.place, Label::Place, start.max(title));
    out.mark(&rules.date, Label::Date, authors.max(if authors == 0 { editors } else { 0 }));
    let numbers = &rules.numbers;
    let behind = if container > 0 { container } else { title.max(authors) };
    let pages = [(&numbers.volume, Label::Volume), (&numbers.issue, Label::Issue), (&numbers.pages, Label::Pages)];
    for (value, label) in pages {
        if let Some(value) = value {
            out.mark(value, label, behind);
        }
    }
    out.mark(&rules.edition, Label::Note, 0);
    out.mark(&rules.genre, Label::Note, 0);
    out.labels
}

struct Hints<'a> {
    text: &'a str,
    tokens: &'a [Token<'a>],
    labels: Vec<Label>,
}

impl Hints<'_> {
    /// Labels the tokens of the first place behind `from` where a value stands, else before it. Gives the end.
    fn mark(&mut self, value: &str, label: Label, from: usize) -> usize {
        let value = value.trim();
        if value.is_empty() {
            return 0;
        }
        self.mark_from(value, label, from).or_else(|| self.mark_from(value, label, 0).filter(|_| from > 0)).unwrap_or(0)
    }

    fn mark_from(&mut self, value: &str, label: Label, from: usize) -> Option<usize> {
        let first = self.tokens.partition_point(|t| t.start < from);
        if value.len() > SHORT {
            let start = from + self.text.get(from..)?.find(value)?;
            return self.set(start, start + value.len(), label);
        }
        let opening = value.chars().next()?;
        for token in &self.tokens[first..] {
            if token.text.starts_with(opening)
                && let Some(end) = loose_prefix(&self.text[token.start..], value)
                && let Some(end) = self.set(token.start, token.start + end, label)
            {
                return Some(end);
            }
        }
        None
    }

    /// Labels the tokens of a byte range if all are free and none is cut.
    fn set(&mut self, start: usize, end: usize, label: Label) -> Option<usize> {
        let first = self.tokens.partition_point(|t| t.end <= start);
        let last = self.tokens.partition_point(|t| t.start < end);
        let free = self.labels[first..last].iter().all(|l| *l == Label::Other);
        if first == last || !free || self.tokens[last - 1].end > end {
            return None;
        }
        self.labels[first..last].fill(label);
        Some(end)
    }
}

/// Whether a text starts with a value, spaces left out: how long that start is.
fn loose_prefix(text: &str, value: &str) -> Option<usize> {
    let mut wanted = value.chars().filter(|c| *c != ' ');
    let mut next = wanted.next();
    for (at, c) in text.char_indices() {
        let Some(expected) = next else { return Some(at) };
        if c == ' ' {
            continue;
        }
        if c != expected {
            return None;
        }
        next = wanted.next();
    }
    next.is_none().then_some(text.len())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::reference::lex::tokens;
    use crate::reference::segment::{ListStyle, segment};

    #[test]
    fn labels_of_the_rules() {
        let text = "Roe A. Winter skin. J Skin. 2004;21(3):483 - 5.";
        let found = hints(text, &tokens(text), &segment(text, ListStyle::default()));
        let shown: String = found
            .iter()
            .map(|l| match l {
                Label::Author => 'A',
                Label::Title => 'T',
                Label::Container => 'C',
                Label::Date => 'D',
                Label::Volume => 'V',
                Label::Issue => 'I',
                Label::Pages => 'P',
                _ => '.',
            })
            .collect();
        assert_eq!(shown, "AAATT.CC.D.V.I..PPP.");
    }
}
