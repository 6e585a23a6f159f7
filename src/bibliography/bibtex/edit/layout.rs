//! How an entry is laid out, so that what is added looks like what is there.

use crate::bibliography::bibtex::syntax::{EntrySource, FieldSource, PieceKind};

/// What stands round the fields of an entry.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Layout {
    /// Between a field and the name of the next, without the comma: a line feed and the indentation, or a blank.
    pub gap: String,
    /// The comma stands before the name, in front of which it has this much space.
    pub leading_comma: bool,
    before_equals: String,
    after_equals: String,
    /// Columns from the beginning of a name to its "=", where all are in one column.
    column: Option<usize>,
    quoted: bool,
    bare_numbers: bool,
}

impl Layout {
    /// The layout of an entry, or the usual one where it has no fields.
    pub fn of(text: &str, entry: &EntrySource, feed: &str) -> Self {
        let mut layout = Self {
            gap: format!("{feed}  "),
            leading_comma: false,
            before_equals: " ".to_owned(),
            after_equals: " ".to_owned(),
            column: None,
            quoted: false,
            bare_numbers: false,
        };
        let Some(last) = entry.fields.last() else { return layout };
        let start = match entry.fields.len() {
            1 => entry.key.end,
            n => value_end(&entry.fields[n - 2]),
        };
        let between = without_comments(&text[start..last.name.start]);
        // What could not be read as a field is no part of the layout.
        let is_plain = between.chars().all(|c| c == ',' || c.is_whitespace());
        let between = if is_plain { between } else { format!(",{feed}  ") };
        let comma = between.rfind(',');
        layout.leading_comma = comma.is_some_and(|c| between[..c].contains('\n'));
        layout.gap = match comma {
            // The space on both sides of the comma, which is put back between them.
            Some(c) if layout.leading_comma => between[c + 1..].to_owned(),
            Some(c) => between[c + 1..].to_owned(),
            None => between.clone(),
        };
        if layout.leading_comma {
            let c = comma.unwrap_or_default();
            layout.gap = format!("{},{}", &between[..c], &between[c + 1..]);
        } else if layout.gap.is_empty() && comma.is_none() {
            layout.gap = " ".to_owned();
        }
        // What was left over from comments may be several lines.
        if let Some(feed_at) = layout.gap.rfind('\n').filter(|_| !layout.leading_comma) {
            let line = feed_at - usize::from(layout.gap[..feed_at].ends_with('\r'));
            layout.gap = layout.gap[line..].to_owned();
        }
        let equals = |field: &FieldSource| {
            let between = &text[field.name.end..value_start(field)];
            let at = between.find('=').unwrap_or(0);
            (between[..at].to_owned(), between.get(at + 1..).unwrap_or_default().to_owned())
        };
        (layout.before_equals, layout.after_equals) = equals(last);
        let columns: Vec<usize> =
            entry.fields.iter().map(|f| text[f.name.clone()].chars().count() + equals(f).0.len()).collect();
        let lengths = |f: &FieldSource| text[f.name.clone()].len();
        let differ = entry.fields.iter().any(|f| lengths(f) != lengths(last));
        layout.column = (differ && columns.iter().all(|c| *c == columns[0])).then(|| columns[0]);
        if entry.fields.len() > 1 && layout.column.is_none() && layout.before_equals.len() > 1 {
            " ".clone_into(&mut layout.before_equals);
        }
        let count = |kind| entry.fields.iter().filter(|f| f.rest.is_empty() && f.first.kind == kind).count();
        layout.quoted = count(PieceKind::Quoted) > count(PieceKind::Braced);
        layout.bare_numbers = count(PieceKind::Number) > 0;
        layout
    }

    /// `name = value` with the spaces of the entry.
    pub fn field(&self, name: &str, value: &str) -> String {
        let length = name.chars().count();
        let before = match self.column {
            Some(column) => " ".repeat(column.saturating_sub(length).max(usize::from(!self.before_equals.is_empty()))),
            None => self.before_equals.clone(),
        };
        format!("{name}{before}={}{value}", self.after_equals)
    }

    /// A value with the delimiters that the entry uses.
    pub fn delimited(&self, value: &str) -> String {
        if self.bare_numbers && is_number(value) {
            value.to_owned()
        } else if self.quoted && can_be_quoted(value) {
            format!("\"{value}\"")
        } else {
            format!("{{{value}}}")
        }
    }
}

/// Where a value begins, its delimiter included.
pub(super) fn value_start(field: &FieldSource) -> usize {
    field.first.span.start - delimiter(field.first.kind)
}

/// Where a value ends, its delimiter included.
pub(super) fn value_end(field: &FieldSource) -> usize {
    let last = field.rest.last().unwrap_or(&field.first);
    last.span.end + delimiter(last.kind)
}

fn delimiter(kind: PieceKind) -> usize {
    usize::from(matches!(kind, PieceKind::Braced | PieceKind::Quoted))
}

/// Between quotation marks another one may only stand in braces.
pub(super) fn can_be_quoted(value: &str) -> bool {
    let mut depth = 0_usize;
    value.bytes().all(|b| {
        match b {
            b'{' => depth += 1,
            b'}' => depth = depth.saturating_sub(1),
            b'"' => return depth > 0,
            _ => {}
        }
        true
    })
}

pub(super) fn is_number(value: &str) -> bool {
    !value.is_empty() && value.bytes().all(|b| b.is_ascii_digit())
}

/// Whether every brace has its partner.
pub(super) fn is_paired(value: &str) -> bool {
    let mut depth = 0_usize;
    for b in value.bytes() {
        match b {
            b'{' => depth += 1,
            b'}' if depth == 0 => return false,
            b'}' => depth -= 1,
            _ => {}
        }
    }
    depth == 0
}

fn without_comments(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(start) = rest.find('%') {
        out.push_str(rest[..start].trim_end_matches([' ', '\t']));
        let end = rest[start..].find(['\n', '\r']).map_or(rest.len(), |i| start + i);
        rest = &rest[end..];
    }
    out.push_str(rest);
    out
}
