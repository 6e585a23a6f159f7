//! One meeting of punctuation at a time, in trees as small as show it.

use citationberg::{FontStyle, Formatting};

use super::super::output::Source;
use super::super::punctuation::{Brackets, PunctuationPlace, QuoteStyle, settle};
use super::super::tree::{Group, Piece, Quotes};

fn text(text: &str) -> Piece {
    Piece::text(text, Source::Style)
}

/// A text with what the style puts before and after it.
fn with(prefix: &str, inner: &str, suffix: &str) -> Group {
    Group { children: vec![text(inner)], prefix: prefix.into(), suffix: suffix.into(), ..Group::default() }
}

fn group(delimiter: &str, children: Vec<Group>, suffix: &str) -> Group {
    let children = children.into_iter().map(Piece::from).collect();
    Group { children, delimiter: delimiter.into(), suffix: suffix.into(), ..Group::default() }
}

fn italic(group: Group) -> Group {
    Group { formatting: Formatting { font_style: Some(FontStyle::Italic), ..Formatting::default() }, ..group }
}

fn quoted(group: Group) -> Group {
    Group { quotes: Quotes::Yes, ..group }
}

fn shown_at(tree: Group, punctuation: PunctuationPlace) -> String {
    let [open, close, open_inner, close_inner] = ["“", "”", "‘", "’"].map(str::to_owned);
    let quotes = QuoteStyle { open, close, open_inner, close_inner, punctuation };
    settle(vec![tree.into()], &quotes, Brackets::Kept).plain()
}

fn shown(tree: Group) -> String {
    shown_at(tree, PunctuationPlace::Outside)
}

#[test]
fn a_mark_that_a_text_ends_with_is_not_set_twice() {
    for (inner, suffix, whole) in [
        ("Ed.", ".", "Ed."),
        ("Why", ".", "Why."),
        ("Why?", ".", "Why?"),
        ("Stop!", ".", "Stop!"),
        ("Why?", ",", "Why?,"),
        ("As follows:", ".", "As follows:"),
        ("One;", ".", "One;"),
        ("Ed.", ",", "Ed.,"),
    ] {
        let tree = group("", vec![with("", inner, "")], suffix);
        assert_eq!(shown(tree), whole, "{inner} and {suffix}");
    }
}

#[test]
fn delimiters_meet_what_stands_before_and_after() {
    let parts = |delimiter: &str, first: &str, second: &str| {
        shown(group(delimiter, vec![with("", first, ""), with("", second, "")], ""))
    };
    assert_eq!(parts(". ", "A title?", "A journal"), "A title? A journal");
    assert_eq!(parts(". ", "A title.", "A journal"), "A title. A journal");
    assert_eq!(parts(", ", "Ed.", "2001"), "Ed., 2001");
    assert_eq!(shown(group(". ", vec![with("", "One", "."), with("", "Two", "")], "")), "One. Two");
    assert_eq!(shown(group("", vec![with("", "One", "."), with(". ", "Two", "")], "")), "One. Two");
    assert_eq!(shown(group(" ", vec![with("", "One", ","), with(" ", "Two", "")], "")), "One, Two");
}

#[test]
fn nothing_is_left_of_what_prints_nothing() {
    let tree = group(", ", vec![with("(", "", ")"), with("", "One", ""), with("[", "", "]")], ".");
    assert_eq!(shown(tree), "One.");
    assert_eq!(shown(group(", ", vec![with("(", "", ")")], ".")), "");
}

#[test]
fn an_italic_text_keeps_its_own_suffix() {
    // The full stop of the abbreviation is italic and the suffix of the group is not: only one of them stays.
    assert_eq!(shown(group("", vec![italic(with("", "J. Ex.", ""))], ".")), "J. Ex.");
    assert_eq!(shown(group("", vec![italic(with("", "Why?", "")), with(". ", "2001", "")], "")), "Why?. 2001");
}

#[test]
fn punctuation_stands_inside_or_outside_of_quotation_marks() {
    let tree = |suffix: &str| group("", vec![quoted(with("", "On examples", suffix)), with(" ", "2001", "")], "");
    for (suffix, inside, outside) in [
        (",", "“On examples,” 2001", "“On examples”, 2001"),
        (".", "“On examples.” 2001", "“On examples”. 2001"),
        (";", "“On examples”; 2001", "“On examples”; 2001"),
    ] {
        assert_eq!(shown_at(tree(suffix), PunctuationPlace::Inside), inside, "{suffix}");
        assert_eq!(shown_at(tree(suffix), PunctuationPlace::Outside), outside, "{suffix}");
    }
    let question = group("", vec![quoted(with("", "Why?", ","))], "");
    assert_eq!(shown_at(question, PunctuationPlace::Inside), "“Why?,”");
}

#[test]
fn no_mark_moves_into_the_number_of_a_citation() {
    let number = Group { children: vec![Piece::text("1", Source::CitationNumber)], ..Group::default() };
    let tree = group("", vec![Group { suffix: ".".into(), ..number }, with(" ", "Title", "")], ".");
    assert_eq!(shown(tree), "1. Title.");
}

#[test]
fn deep_groups_cost_no_more_than_their_depth() {
    let mut tree = with("", "x", "");
    for _ in 0..60 {
        tree = group("; ", vec![tree], ".");
    }
    assert_eq!(shown(tree), "x.");
}
