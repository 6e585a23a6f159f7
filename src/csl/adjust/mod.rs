//! Punctuation that meets, before the tree becomes text.
//!
//! Affixes and delimiters of a style are written without knowledge of what stands beside them: a title that ends in a
//! question mark is followed by ". ", a quotation by ", ". The specification only says that doubled punctuation is
//! dropped, so this follows citeproc-js step for step, including what it leaves alone: punctuation moves
//! up out of first affixes (`upward`), from a prefix to the text before it (`leftward`), from delimiters and outer
//! suffixes down to the text that they follow (`downward`), and at last into or out of quotation marks (`swap`). Where
//! two marks meet on the way, `merge` says which of them stay.

#[cfg(test)]
mod tests;

use citationberg::Formatting;

use super::output::Source;
use super::punctuation::PunctuationPlace;
use super::tree::{Group, Piece, Quotes};

/// Settles all punctuation below a group.
pub(super) fn adjust(group: &mut Group, place: PunctuationPlace) {
    purge(group);
    upward(group);
    leftward(group);
    downward(group, place);
    swap(group, place);
}

/// Drops what prints nothing; its affixes and the delimiters around it go with it.
fn purge(group: &mut Group) {
    group.children.retain_mut(|child| match child {
        Piece::Text(t) => !t.text.is_empty(),
        Piece::Group(g) => {
            purge(g);
            !g.children.is_empty()
        }
    });
}

const fn is_mark(c: char) -> bool {
    matches!(c, '!' | '?' | '.' | ':' | ',' | ';')
}

fn is_mark_or_space(c: char) -> bool {
    is_mark(c) || c == ' '
}

/// What becomes of two different marks that meet.
enum Meeting {
    First,
    Second,
    Both,
}

fn meet(first: char, second: char) -> Meeting {
    match (first, second) {
        ('!' | '?', '.' | ':') | (':' | ';', '.') | (';', ':') => Meeting::First,
        (':' | ';', '!' | '?') => Meeting::Second,
        _ => Meeting::Both,
    }
}

fn first(s: &str) -> Option<char> {
    s.chars().next()
}

fn last(s: &str) -> Option<char> {
    s.chars().next_back()
}

fn drop_first(s: &mut String) {
    if !s.is_empty() {
        s.remove(0);
    }
}

/// Moves the mark that begins `right` to the end of `left`, or drops one of the two.
fn merge_left(left: &mut String, right: &mut String) {
    let Some(b) = first(right) else { return };
    let a = last(left);
    if a == Some(b) {
        drop_first(right);
    } else if is_mark(b) {
        drop_first(right);
        match a.map_or(Meeting::Both, |a| meet(a, b)) {
            Meeting::First => {}
            Meeting::Second => {
                left.pop();
                left.push(b);
            }
            Meeting::Both => left.push(b),
        }
    }
}

/// Moves the mark that ends `left` to the beginning of `right`, or drops one of the two.
fn merge_right(left: &mut String, right: &mut String) {
    let Some(a) = last(left) else { return };
    let b = first(right);
    left.pop();
    if b == Some(a) {
        return;
    }
    match b.map_or(Meeting::Both, |b| meet(a, b)) {
        Meeting::First => {
            drop_first(right);
            right.insert(0, a);
        }
        Meeting::Second => {}
        Meeting::Both => right.insert(0, a),
    }
}

/// A node of the tree: a text, or a group of them. A group around a single text counts as that text.
enum Node<'p> {
    Leaf(&'p str),
    Branch(&'p [Piece]),
}

impl Group {
    fn node(&self) -> Node<'_> {
        match self.children.as_slice() {
            [Piece::Text(t)] => Node::Leaf(&t.text),
            children => Node::Branch(children),
        }
    }

    fn leaf_mut(&mut self) -> Option<&mut String> {
        match self.children.as_mut_slice() {
            [Piece::Text(t)] => Some(&mut t.text),
            _ => None,
        }
    }

    fn is_decorated(&self) -> bool {
        self.formatting != Formatting::default()
    }

    fn is_decorated_or_quoted(&self) -> bool {
        self.is_decorated() || self.quotes != Quotes::No
    }
}

impl Piece {
    fn node(&self) -> Node<'_> {
        match self {
            Self::Text(t) => Node::Leaf(&t.text),
            Self::Group(g) => g.node(),
        }
    }

    fn prefix(&self) -> &str {
        match self {
            Self::Text(_) => "",
            Self::Group(g) => &g.prefix,
        }
    }

    fn suffix(&self) -> &str {
        match self {
            Self::Text(_) => "",
            Self::Group(g) => &g.suffix,
        }
    }

    /// The piece as a group, which can bear affixes.
    fn as_group(&mut self) -> &mut Group {
        if let Self::Text(t) = self {
            let text = Self::text(std::mem::take(&mut t.text), t.source);
            *self = Self::group(vec![text]);
        }
        match self {
            Self::Group(g) => g,
            Self::Text(_) => unreachable!("it was made a group"),
        }
    }

    fn drop_first_of_prefix(&mut self) {
        if let Self::Group(g) = self {
            drop_first(&mut g.prefix);
        }
    }

    fn drop_last_of_suffix(&mut self) {
        if let Self::Group(g) = self {
            g.suffix.pop();
        }
    }

    fn is_decorated(&self) -> bool {
        matches!(self, Self::Group(g) if g.is_decorated())
    }

    fn is_decorated_or_quoted(&self) -> bool {
        matches!(self, Self::Group(g) if g.is_decorated_or_quoted())
    }

    /// Numbers of citations and letters of years: marks are never moved into them.
    fn is_number(&self) -> bool {
        let number =
            |p: &Piece| matches!(p, Self::Text(t) if matches!(t.source, Source::CitationNumber | Source::YearSuffix));
        number(self) || matches!(self, Self::Group(g) if g.children.len() == 1 && number(&g.children[0]))
    }

    fn ends_in_number(&self) -> bool {
        self.is_number() || matches!(self, Self::Group(g) if g.children.last().is_some_and(Self::ends_in_number))
    }

    /// Whether a mark that follows would merge with one inside.
    fn merges_with(&self, mark: char) -> bool {
        let end = last(self.suffix()).or_else(|| match self.node() {
            Node::Leaf(text) => last(text),
            Node::Branch(_) => None,
        });
        if end.is_some_and(|e| e != mark && !matches!(meet(e, mark), Meeting::Both)) {
            return true;
        }
        match self.node() {
            Node::Leaf(_) => false,
            Node::Branch(children) => children.last().is_some_and(|c| c.merges_with(mark)),
        }
    }

    fn ends_in_quotation(&self) -> bool {
        let Self::Group(g) = self else { return false };
        g.quotes != Quotes::No
            || matches!(g.node(), Node::Branch(children) if children.last().is_some_and(Self::ends_in_quotation))
    }
}

fn drop_repeated_suffix(group: &mut Group) {
    if let Node::Leaf(text) = group.node()
        && let Some(c) = first(&group.suffix).filter(|c| is_mark(*c))
        && last(text) == Some(c)
    {
        drop_first(&mut group.suffix);
    }
}

/// Marks and spaces that begin or end a group go to its outside.
fn upward(group: &mut Group) {
    if matches!(group.node(), Node::Leaf(_)) {
        drop_repeated_suffix(group);
        return;
    }
    let decorated = group.is_decorated_or_quoted();
    let count = group.children.len();
    for i in (0..count).rev() {
        let Piece::Group(child) = &mut group.children[i] else { continue };
        upward(child);
        if i == 0 {
            if group.prefix.ends_with(' ') && child.prefix.starts_with(' ') {
                drop_first(&mut child.prefix);
            }
            if let Some(c) = first(&child.prefix).filter(|c| is_mark_or_space(*c))
                && !decorated
                && group.prefix.is_empty()
            {
                group.prefix.push(c);
                drop_first(&mut child.prefix);
            }
        }
        if i + 1 == count && !decorated && child.suffix.ends_with(' ') {
            if !group.suffix.starts_with(' ') {
                group.suffix.insert(0, ' ');
            }
            child.suffix.pop();
        }
        if i > 0
            && let Some(c) = last(&group.delimiter).filter(|c| is_mark_or_space(*c))
            && child.prefix.starts_with(c)
        {
            drop_first(&mut child.prefix);
        }
    }
}

/// A mark that begins a prefix follows the text before it, unless one of the two is set in another way.
fn leftward(group: &mut Group) {
    if matches!(group.node(), Node::Leaf(_)) {
        return;
    }
    for i in (0..group.children.len()).rev() {
        if let Piece::Group(child) = &mut group.children[i] {
            leftward(child);
        }
        if i + 1 == group.children.len() || !group.delimiter.is_empty() {
            continue;
        }
        let (before, after) = group.children.split_at_mut(i + 1);
        let (child, sibling) = (&mut before[i], &mut after[0]);
        let Some(mark) = first(sibling.prefix()).filter(|c| is_mark(*c)) else { continue };
        if child.is_decorated() || sibling.is_decorated() {
            continue;
        }
        let ends_so = matches!(child.node(), Node::Leaf(text) if child.suffix().is_empty() && last(text) == Some(mark));
        if last(child.suffix()) == Some(mark) || ends_so {
            sibling.drop_first_of_prefix();
        } else {
            merge_left(&mut child.as_group().suffix, &mut sibling.as_group().prefix);
        }
    }
}

/// Marks that begin a delimiter or a suffix go to the text that they follow.
fn downward(group: &mut Group, place: PunctuationPlace) {
    if matches!(group.node(), Node::Leaf(_)) {
        drop_repeated_suffix(group);
        return;
    }
    let count = group.children.len();
    if let Some(mark) = first(&group.delimiter).filter(|c| is_mark(*c)) {
        for child in group.children.iter_mut().take(count.saturating_sub(1)) {
            if last(child.suffix()) != Some(mark) {
                child.as_group().suffix.push(mark);
            }
        }
        drop_first(&mut group.delimiter);
    }
    for i in (0..count).rev() {
        if i + 1 == count {
            suffix_downward(group, place);
        } else if let Some(c) = first(&group.delimiter) {
            if is_mark_or_space(c) && last(group.children[i].suffix()) == Some(c) {
                group.children[i].drop_last_of_suffix();
            }
        } else {
            let (before, after) = group.children.split_at_mut(i + 1);
            let (child, sibling) = (&before[i], &mut after[0]);
            if let Some(c) = last(child.suffix()).filter(|c| is_mark_or_space(*c))
                && !child.is_number()
                && !child.is_decorated_or_quoted()
                && first(sibling.prefix()) == Some(c)
            {
                sibling.drop_first_of_prefix();
            }
        }
        let free = !group.children[i].is_number() && !group.children[i].is_decorated_or_quoted();
        if let Piece::Group(child) = &mut group.children[i] {
            if free && first(&child.suffix).is_some_and(is_mark) {
                let mut suffix = std::mem::take(&mut child.suffix);
                if let Some(text) = child.leaf_mut() {
                    merge_left(text, &mut suffix);
                }
                child.suffix = suffix;
            }
            downward(child, place);
        }
    }
}

/// The suffix of a group and the child that ends it.
fn suffix_downward(group: &mut Group, place: PunctuationPlace) {
    let Some(child) = group.children.last_mut() else { return };
    let suffix = &mut group.suffix;
    if let Some(mark) = first(suffix).filter(|c| is_mark(*c)) {
        let goes = child.merges_with(mark) || place == PunctuationPlace::Inside && child.ends_in_quotation();
        if goes && !child.ends_in_number() {
            let child = child.as_group();
            match child.leaf_mut() {
                Some(text) => merge_left(text, suffix),
                None => merge_left(&mut child.suffix, suffix),
            }
            if suffix.starts_with('.') {
                child.suffix.push('.');
                drop_first(suffix);
            }
        }
    }
    if child.suffix().ends_with(' ') && suffix.starts_with(' ') {
        drop_first(suffix);
    }
    if let Piece::Group(child) = child
        && let Some(c) = first(&child.suffix).filter(|c| is_mark_or_space(*c))
    {
        if matches!(child.node(), Node::Leaf(text) if last(text) == Some(c)) {
            drop_first(&mut child.suffix);
        }
        if !suffix.is_empty() && last(&child.suffix) == first(suffix) {
            suffix.pop();
        }
    }
    if let Some(mark) = first(&group.suffix).filter(|c| is_mark(*c))
        && ends_with(&group.children, mark)
    {
        drop_first(&mut group.suffix);
    }
}

/// Whether the last text, with the suffixes around it, ends with a mark.
fn ends_with(children: &[Piece], mark: char) -> bool {
    let Some(child) = children.last() else { return false };
    match (last(child.suffix()), child.node()) {
        (Some(c), _) => c == mark,
        (None, Node::Leaf(text)) => last(text) == Some(mark),
        (None, Node::Branch(children)) => ends_with(children, mark),
    }
}

/// Punctuation beside quotations goes where the locale wants it.
fn swap(group: &mut Group, place: PunctuationPlace) {
    for child in &mut group.children {
        let Piece::Group(child) = child else { continue };
        if child.quotes != Quotes::No {
            match place {
                PunctuationPlace::Inside => into(child),
                PunctuationPlace::Outside => out_of(child),
            }
        }
        swap(child, place);
    }
}

/// Where the text inside a quotation ends: the text itself, or the suffix of its last part.
fn inner_end(children: &mut [Piece]) -> Option<&mut String> {
    match children {
        [Piece::Text(t)] => Some(&mut t.text),
        [.., last] => Some(&mut last.as_group().suffix),
        [] => None,
    }
}

fn into(quotation: &mut Group) {
    while first(&quotation.suffix).is_some_and(|c| matches!(c, '!' | '?' | '.' | ',')) {
        let Some(end) = inner_end(&mut quotation.children) else { return };
        merge_left(end, &mut quotation.suffix);
    }
}

fn out_of(quotation: &mut Group) {
    loop {
        let Some(end) = inner_end(&mut quotation.children) else { return };
        if !last(end).is_some_and(|c| matches!(c, ',' | ':' | ';')) {
            return;
        }
        merge_right(end, &mut quotation.suffix);
    }
}
