//! A reference with its fields marked where they stand: in colour, and with their names below for whoever sees none.

use std::fmt::Write;

use anstyle::{AnsiColor, Style};
use textwrap::core::display_width;

use super::super::output::{DIM, wrap};
use crate::reference::{FieldName, ParsedReference};
use crate::text::inert_line;

/// Fields below this confidence are worth a look.
const UNSURE: f64 = 0.8;

/// The string, lines of at most `width` columns with the names of the fields below each, and how sure each field is.
pub(super) fn explain(raw: &str, parsed: &ParsedReference, width: usize) -> String {
    let chars: Vec<char> = inert_line(raw).chars().collect();
    let mut field_at: Vec<Option<FieldName>> = vec![None; chars.len()];
    for field in &parsed.fields {
        field_at[field.span.start..field.span.end.min(chars.len())].fill(Some(field.field));
    }
    let mut out = String::new();
    for line in lines(&chars, width) {
        put_line(&mut out, &chars[line.clone()], &field_at[line]);
    }
    let mut unsure: Vec<String> = Vec::new();
    for field in parsed.fields.iter().filter(|field| field.confidence < UNSURE) {
        unsure.push(format!("{} {:.2}", field.field.as_str(), field.confidence));
    }
    let unsure = if unsure.is_empty() { String::new() } else { format!("; unsure: {}", unsure.join(", ")) };
    out.push_str(&wrap(&format!("confidence {:.2}{unsure}", parsed.confidence), width, "  ", "    "));
    for notice in &parsed.notices {
        out.push_str(&wrap(&notice.message(), width, "  note: ", "    "));
    }
    out
}

/// Cuts a text into lines at its spaces; a word longer than a line stands alone.
fn lines(chars: &[char], width: usize) -> Vec<std::ops::Range<usize>> {
    let mut out = Vec::new();
    let (mut start, mut columns, mut space) = (0, 0, None);
    let mut at = 0;
    while at < chars.len() {
        columns += columns_of(chars[at]);
        // A space at the end of a line takes no room.
        if columns > width
            && chars[at] != ' '
            && let Some(end) = space.take()
        {
            out.push(start..end);
            start = end + 1;
            columns = chars[start..=at].iter().copied().map(columns_of).sum();
        }
        if chars[at] == ' ' {
            space = Some(at);
        }
        at += 1;
    }
    out.push(start..chars.len());
    out
}

fn columns_of(c: char) -> usize {
    display_width(c.encode_utf8(&mut [0; 4]))
}

/// A line of the string, and below it the names of its fields.
fn put_line(out: &mut String, chars: &[char], field_at: &[Option<FieldName>]) {
    let mut names = String::new();
    let mut at = 0;
    while at < chars.len() {
        let field = field_at[at];
        let end = at + field_at[at..].iter().take_while(|f| **f == field).count();
        let text: String = chars[at..end].iter().collect();
        let columns = display_width(&text);
        match field {
            Some(field) => {
                let style = colour(field);
                let _ = write!(out, "{style}{text}{style:#}");
                names.push_str(&name_in(field, columns));
            }
            None => {
                out.push_str(&text);
                names.extend(std::iter::repeat_n(' ', columns));
            }
        }
        at = end;
    }
    out.push('\n');
    if !names.trim().is_empty() {
        let _ = writeln!(out, "{DIM}{}{DIM:#}", names.trim_end());
    }
}

/// The name of a field as far as it fits, and a line to its end.
fn name_in(field: FieldName, columns: usize) -> String {
    let forms: &[&str] = match field {
        FieldName::Authors => &["authors", "auth", "au"],
        FieldName::Editor => &["editor", "ed"],
        FieldName::Year => &["year", "yr"],
        FieldName::Title => &["title", "ti"],
        FieldName::Container => &["container", "cont", "co"],
        FieldName::Volume => &["volume", "vol", "vo"],
        FieldName::Issue => &["issue", "iss", "is"],
        FieldName::Pages => &["pages", "pp"],
        FieldName::Publisher => &["publisher", "publ", "pu"],
        FieldName::Place => &["place", "pl"],
        FieldName::Doi => &["doi"],
        FieldName::Url => &["url"],
    };
    let whole = forms[0];
    let name = forms.iter().find(|form| form.len() <= columns).copied().unwrap_or(&whole[..columns.min(1)]);
    format!("{name}{}", "─".repeat(columns - name.len()))
}

fn colour(field: FieldName) -> Style {
    let colour = match field {
        FieldName::Authors => AnsiColor::Cyan,
        FieldName::Editor => AnsiColor::BrightCyan,
        FieldName::Year => AnsiColor::Yellow,
        FieldName::Title => AnsiColor::Green,
        FieldName::Container => AnsiColor::Blue,
        FieldName::Volume | FieldName::Issue | FieldName::Pages => AnsiColor::Magenta,
        FieldName::Publisher | FieldName::Place => AnsiColor::Red,
        FieldName::Doi | FieldName::Url => AnsiColor::BrightBlue,
    };
    colour.on_default()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::reference::parse;

    #[test]
    fn names_stand_below_their_fields() {
        let raw = "Roe, A., & Zay, B. (2004). Skin in winter. Journal of Skin, 21, 483–485.";
        let shown = anstream::adapter::strip_str(&explain(raw, &parse(raw), 60)).to_string();
        let lines: Vec<&str> = shown.lines().collect();
        assert_eq!(lines[0], "Roe, A., & Zay, B. (2004). Skin in winter. Journal of Skin,");
        assert_eq!(lines[1], "authors──────────   year   title─────────  container──────");
        assert_eq!((lines[2], lines[3]), ("21, 483–485.", "vo  pages──"));
        assert!(lines[4].starts_with("  confidence 0."), "{}", lines[4]);
    }

    #[test]
    fn wide_characters_take_two_columns() {
        let chars: Vec<char> = "皮膚 冬 雪".chars().collect();
        assert_eq!(lines(&chars, 7), [0..4, 5..6]);
    }
}
