//! What lines and units look like by themselves, before their neighbours are asked.

use super::headings;
use super::lines::{Line, Unit};

/// What a unit looks like, before its neighbours are asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Shape {
    HeadingLike,
    Marker,
    Prose,
    Furniture,
    /// Program code, the frame of a table, a picture's name, a formula.
    Nothing,
}

/// What a unit looks like.
pub(super) fn shape(lines: &[Line<'_>], unit: &Unit<'_>) -> Shape {
    let text = lines[unit.lines.start].text;
    if lines[unit.lines.start].furniture.is_some() {
        return Shape::Furniture;
    }
    if lines[unit.lines.start].is_code || is_drawing(text) {
        return Shape::Nothing;
    }
    if unit.marker.is_some() {
        return Shape::Marker;
    }
    if is_ellipsis(text) || unit.lines.len() > 1 || is_row(text) || !headings::has_form(text) {
        return Shape::Prose;
    }
    Shape::HeadingLike
}

/// The frame of a table, the name of a picture or a formula, as converters to plain text leave them.
pub(super) fn is_drawing(text: &str) -> bool {
    let framed = text.starts_with("+-") || text.starts_with("+=") || text.starts_with("| ") || text == "[]";
    let picture =
        text.starts_with('[') && text.ends_with(']') && text.len() > 8 && !text[1..text.len() - 1].contains([']', '[']);
    let formula = text.starts_with('$') || text.starts_with("[{");
    let address = text.starts_with("http") && text.contains("://") && !text.contains(' ');
    let rule = !is_ellipsis(text) && !text.contains(char::is_alphanumeric) && super::marker::parse(text).is_none();
    framed || picture || formula || address || rule
}

/// A row of a table: cells set apart by tabs or wide gaps.
pub(super) fn is_row(text: &str) -> bool {
    text.contains('\t') || text.len() < 400 && text.split("   ").filter(|c| !c.trim().is_empty()).count() > 2
}

/// "..." alone.
pub(super) fn is_ellipsis(text: &str) -> bool {
    !text.is_empty() && text.chars().all(|c| matches!(c, '.' | '…' | ' ' | '[' | ']')) && text.contains(['.', '…'])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn layout() {
        for text in [
            "+----+----+",
            "| a | b |",
            "[logo of the wood]",
            "$x = y$",
            "-----  ----",
            "*****",
            "https://example.org/1",
        ] {
            assert!(is_drawing(text), "{text}");
        }
        for text in ["[3] Birch", "Birch [3]", "...", "- birch"] {
            assert!(!is_drawing(text), "{text}");
        }
        assert!(is_row("Oslo\t12\t[1]") && is_row("1     Birch     Bark") && !is_row("Birch bark"));
        assert!(is_ellipsis("...") && is_ellipsis("[…]") && !is_ellipsis("1."));
    }
}
