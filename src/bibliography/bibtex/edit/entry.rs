//! Edits of one entry: fields set, taken out, renamed; another key or type.

use super::EditError;
use super::layout::{self, Layout, is_number, is_paired, value_end, value_start};
use super::{Splice, apply};
use crate::bibliography::Lines;
use crate::bibliography::bibtex::dates::MONTHS;
use crate::bibliography::bibtex::fields::{Target, is_verbatim, target};
use crate::bibliography::bibtex::kinds;
use crate::bibliography::bibtex::syntax::{BlockKind, Bytes, EntrySource, FieldSource, PieceKind, split};
use crate::work::WorkKind;

/// The source text of one entry, without anything before or after it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EntryText {
    text: String,
    entry: EntrySource,
    feed: &'static str,
}

/// A field as it stands in the source.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct FieldView<'a> {
    /// As written, so of any case.
    pub name: &'a str,
    /// With delimiters: `{T}`, `"a" # b`, `2004`.
    pub source: &'a str,
    /// Without delimiters, where the value is one text in braces or quotation marks, or a number.
    pub text: Option<&'a str>,
}

impl FieldView<'_> {
    pub fn is(&self, name: &str) -> bool {
        self.name.eq_ignore_ascii_case(name)
    }
}

impl EntryText {
    /// Reads the text of an entry; space around it is left out.
    ///
    /// # Errors
    /// When it is anything else than one entry whose parts can be read.
    pub fn parse(text: &str) -> Result<Self, EditError> {
        let text = text.trim();
        let error = |at: usize, reason: String| {
            let (line, column) = Lines::new(text).at(at);
            EditError::NotOneEntry { line, column, reason }
        };
        let mut blocks = split(text).into_iter();
        let Some(block) = blocks.next() else { return Err(error(0, "there is no entry".to_owned())) };
        let more = blocks.next();
        let entry = match block.kind {
            BlockKind::Entry(entry) => entry,
            BlockKind::Broken(e) => return Err(error(e.at, e.kind.to_string())),
            _ => return Err(error(0, "an entry was expected, as in “@book{key, title = {…}}”".to_owned())),
        };
        if let Some(more) = more {
            let reason = "there is more after the end of the entry: a “}” too many, or a second entry";
            return Err(error(more.span.start, reason.to_owned()));
        }
        let feed = if text.contains("\r\n") { "\r\n" } else { "\n" };
        Ok(Self { text: text.to_owned(), entry, feed })
    }

    /// Lines that are added end as in a file with CRLF.
    pub(super) fn use_crlf(&mut self) {
        self.feed = "\r\n";
    }

    pub fn text(&self) -> &str {
        &self.text
    }

    pub fn into_text(self) -> String {
        self.text
    }

    pub fn key(&self) -> &str {
        &self.text[self.entry.key.clone()]
    }

    /// As written, so of any case.
    pub fn entry_type(&self) -> &str {
        &self.text[self.entry.entry_type.clone()]
    }

    /// What is wrong with the entry: place in its text and reason.
    pub fn mistakes(&self) -> impl Iterator<Item = (usize, String)> {
        self.entry.mistakes.iter().map(|m| (m.at, m.kind.to_string()))
    }

    pub fn fields(&self) -> impl Iterator<Item = FieldView<'_>> {
        self.entry.fields.iter().map(|field| self.view(field))
    }

    fn view(&self, field: &FieldSource) -> FieldView<'_> {
        let whole = field.rest.is_empty() && field.first.kind != PieceKind::Macro;
        FieldView {
            name: &self.text[field.name.clone()],
            source: &self.text[value_start(field)..value_end(field)],
            text: whole.then(|| &self.text[field.first.span.clone()]),
        }
    }

    /// The first field of a name, which is the one that counts.
    pub fn field(&self, name: &str) -> Option<FieldView<'_>> {
        self.fields().find(|f| f.is(name))
    }

    fn position(&self, name: &str) -> Option<usize> {
        self.fields().position(|f| f.is(name))
    }

    /// Sets a field to LaTeX source without delimiters. A field that is there keeps its place and delimiters; a new one
    /// comes last. In prose `&`, `%` and `#` are escaped, which LaTeX has no use for there.
    ///
    /// # Errors
    /// When braces do not pair, or the name cannot be one.
    pub fn set(&mut self, name: &str, value: &str) -> Result<(), EditError> {
        check_name(name)?;
        if !is_paired(value) {
            return Err(EditError::Unpaired { name: name.to_owned() });
        }
        let kind = self.kind();
        let verbatim = is_verbatim(&name.to_ascii_lowercase())
            || matches!(target(&name.to_ascii_lowercase(), kind), Some(Target::Verbatim(_)));
        let value = if verbatim { value.to_owned() } else { escape(value) };
        let is_month = name.eq_ignore_ascii_case("month") && MONTHS.contains(&value.to_ascii_lowercase().as_str());
        let layout = self.layout();
        let source = match self.position(name).map(|i| &self.entry.fields[i]) {
            _ if is_month => value,
            Some(field) if field.rest.is_empty() => {
                let old = &self.text[field.first.span.clone()];
                if old == value && field.first.kind != PieceKind::Macro {
                    return Ok(());
                }
                match field.first.kind {
                    PieceKind::Braced => format!("{{{value}}}"),
                    PieceKind::Quoted if layout::can_be_quoted(&value) => format!("\"{value}\""),
                    PieceKind::Number if is_number(&value) => value,
                    _ => layout.delimited(&value),
                }
            }
            _ => layout.delimited(&value),
        };
        self.set_source(name, &source)
    }

    /// Sets a field to a value in BibTeX's own terms, delimiters included: `{T}`, `jan`, `"a" # b`.
    ///
    /// # Errors
    /// When it is no value, or the name cannot be one.
    pub fn set_source(&mut self, name: &str, source: &str) -> Result<(), EditError> {
        check_name(name)?;
        let unpaired = || EditError::Unpaired { name: name.to_owned() };
        let probe = EntryText::parse(&format!("@x{{k, {name} = {source}}}")).map_err(|_| unpaired())?;
        if probe.entry.fields.len() != 1
            || !probe.entry.mistakes.is_empty()
            || probe.fields().next().is_none_or(|f| f.source != source)
        {
            return Err(unpaired());
        }
        self.guarded(name, |entry| match entry.position(name) {
            Some(i) => {
                let field = &entry.entry.fields[i];
                let span = value_start(field)..value_end(field);
                entry.splice(vec![Splice { span, with: source.to_owned() }])
            }
            None => entry.insert(name, source),
        })
    }

    /// Edits one field. Where something of the entry could not be read, it is made sure that no other field changes.
    fn guarded(&mut self, name: &str, edit: impl FnOnce(&mut Self) -> Result<(), EditError>) -> Result<(), EditError> {
        if self.entry.mistakes.is_empty() {
            return edit(self);
        }
        let before = self.clone();
        edit(self)?;
        let others = |entry: &Self| -> Vec<(String, String)> {
            entry.fields().filter(|f| !f.is(name)).map(|f| (f.name.to_owned(), f.source.to_owned())).collect()
        };
        if others(self) != others(&before) || self.entry.mistakes.len() > before.entry.mistakes.len() {
            let key = before.key().to_owned();
            *self = before;
            return Err(EditError::HasMistakes(key));
        }
        Ok(())
    }

    /// Puts another text between the delimiters of a field, as it is.
    ///
    /// # Errors
    /// When the field is not there or not one text, or the new one would end at another place.
    pub fn replace_text(&mut self, name: &str, text: &str) -> Result<(), EditError> {
        let Some(FieldView { source, text: Some(old), .. }) = self.field(name) else {
            return Err(EditError::NoSuchField { key: self.key().to_owned(), name: name.to_owned() });
        };
        let (open, close) = source.split_once(old).filter(|_| !old.is_empty()).unwrap_or(("{", "}"));
        let bare = open.is_empty() && !is_number(text);
        let source = if bare { format!("{{{text}}}") } else { format!("{open}{text}{close}") };
        self.set_source(name, &source)
    }

    /// Adds a field behind another one.
    ///
    /// # Errors
    /// When the other is not there, or what is added is no field.
    pub fn insert_after(&mut self, before: &str, name: &str, source: &str) -> Result<(), EditError> {
        check_name(name)?;
        let Some(index) = self.position(before) else {
            return Err(EditError::NoSuchField { key: self.key().to_owned(), name: before.to_owned() });
        };
        let layout = self.layout();
        let comma = if layout.leading_comma { "" } else { "," };
        let end = value_end(&self.entry.fields[index]);
        let with = format!("{comma}{}{}", layout.gap, layout.field(name, source));
        self.splice(vec![Splice { span: end..end, with }])
    }

    /// Lets fields change places: the field that stands at `order[i]` goes to the place of the one at `i`.
    ///
    /// # Errors
    /// When the result would not be an entry.
    pub fn permute(&mut self, order: &[usize]) -> Result<(), EditError> {
        let span = |i: usize| self.entry.fields[i].name.start..value_end(&self.entry.fields[i]);
        let moved = order.iter().enumerate().filter(|(i, from)| i != *from);
        let splices: Vec<Splice> =
            moved.map(|(i, &from)| Splice { span: span(i), with: self.text[span(from)].to_owned() }).collect();
        if splices.is_empty() { Ok(()) } else { self.splice(splices) }
    }

    /// Adds a field after the last one.
    fn insert(&mut self, name: &str, source: &str) -> Result<(), EditError> {
        let layout = self.layout();
        let field = layout.field(name, source);
        let end = self.entry.fields.last().map_or(self.entry.key.end, value_end);
        let comma = self.comma_after(end);
        let splices = if self.entry.fields.is_empty() {
            let at = comma.map_or(end, |c| c + 1);
            let lead = if comma.is_some() { "" } else { "," };
            let rest = &self.text[at..self.text.len() - 1];
            let feed = if rest.contains('\n') { "" } else { self.feed };
            vec![Splice { span: at..at, with: format!("{lead}{}{field},{feed}", layout.gap) }]
        } else if layout.leading_comma {
            vec![Splice { span: end..end, with: format!("{}{field}", layout.gap) }]
        } else {
            let behind = comma.map_or(end, |c| c + 1);
            let remark = self.remark_after(behind);
            match (comma, remark) {
                (_, None) => vec![Splice { span: end..end, with: format!(",{}{field}", layout.gap) }],
                (comma, Some(stop)) => {
                    let mut splices = Vec::new();
                    let mut tail = ",";
                    if comma.is_none() {
                        splices.push(Splice { span: end..end, with: ",".to_owned() });
                        tail = "";
                    }
                    let gap = if layout.gap.contains('\n') { layout.gap.clone() } else { format!("{}  ", self.feed) };
                    splices.push(Splice { span: stop..stop, with: format!("{gap}{field}{tail}") });
                    splices
                }
            }
        };
        self.splice(splices)
    }

    /// Takes a field out, all of its lines if nothing else stands on them. Comments stay.
    ///
    /// # Errors
    /// When the entry has no such field.
    pub fn remove(&mut self, name: &str) -> Result<(), EditError> {
        if self.position(name).is_none() {
            return Err(EditError::NoSuchField { key: self.key().to_owned(), name: name.to_owned() });
        }
        self.guarded(name, |entry| {
            while let Some(index) = entry.position(name) {
                let span = entry.removal(index);
                entry.splice(vec![Splice { span, with: String::new() }])?;
            }
            Ok(())
        })
    }

    fn removal(&self, index: usize) -> Bytes {
        let field = &self.entry.fields[index];
        let (start, end) = (field.name.start, value_end(field));
        let line_start = self.text[..start].rfind('\n').map_or(0, |i| i + 1);
        let alone_before = self.text[line_start..start].trim().is_empty() && line_start > 0;
        let before = match index {
            0 => self.entry.key.end,
            i => value_end(&self.entry.fields[i - 1]),
        };
        let is_last = index + 1 == self.entry.fields.len();
        let Some(comma) = self.comma_after(end) else {
            if !is_last {
                // The comma is missing; the one before the field now stands before the next.
                let next = self.entry.fields[index + 1].name.start;
                return if self.text[end..next].contains('%') { start..end } else { start..next };
            }
            // The last field of an entry without a comma at the end: the comma before it goes with it.
            let between = &self.text[before..start];
            // A remark behind the field is one only behind a comma: without it, it would be taken for a part of the key.
            if self.text[end..].contains('%') {
                return start..end;
            }
            if !between.contains('%') {
                return before..end;
            }
            let start = if alone_before { line_start } else { start };
            return start..end + self.line_end(end).unwrap_or(0);
        };
        let mut stop = comma + 1;
        match self.line_end(stop) {
            Some(rest) if alone_before => {
                stop += rest;
                return line_start..stop;
            }
            _ => {}
        }
        stop += self.text[stop..].len() - self.text[stop..].trim_start_matches([' ', '\t']).len();
        start..stop
    }

    /// The bytes from `at` to behind the line feed, when only blanks are before it.
    fn line_end(&self, at: usize) -> Option<usize> {
        let feed = self.text[at..].find('\n')?;
        self.text[at..at + feed].trim().is_empty().then_some(feed + 1)
    }

    /// Gives a field another name.
    ///
    /// # Errors
    /// When the entry has no field of the one name or has one of the other, or the name cannot be one.
    pub fn rename(&mut self, from: &str, to: &str) -> Result<(), EditError> {
        check_name(to)?;
        let Some(index) = self.position(from) else {
            return Err(EditError::NoSuchField { key: self.key().to_owned(), name: from.to_owned() });
        };
        if self.position(to).is_some_and(|other| other != index) {
            return Err(EditError::FieldExists { key: self.key().to_owned(), name: to.to_owned() });
        }
        let field = &self.entry.fields[index];
        let equals = self.layout().field(to, "");
        let aligned = self.layout().field(&self.text[field.name.clone()], "");
        let span = field.name.start..value_start(field);
        // Where the "=" of all fields stand in one column, this one's stays there.
        let with = if self.text[span.clone()] == aligned {
            equals
        } else {
            [to, &self.text[field.name.end..span.end]].concat()
        };
        self.splice(vec![Splice { span, with }])
    }

    /// Gives the entry another key.
    ///
    /// # Errors
    /// When it cannot be one.
    pub fn rekey(&mut self, key: &str) -> Result<(), EditError> {
        if !is_key(key) {
            return Err(EditError::NotAKey(key.to_owned()));
        }
        let missing = self.entry.key.is_empty() && self.comma_after(self.entry.key.end).is_none();
        let with = if missing { format!("{key}, ") } else { key.to_owned() };
        self.splice(vec![Splice { span: self.entry.key.clone(), with }])
    }

    /// Makes the entry one of another type.
    ///
    /// # Errors
    /// When no entry type can be called so.
    pub fn retype(&mut self, entry_type: &str) -> Result<(), EditError> {
        let legal = entry_type.starts_with(|c: char| c.is_ascii_alphabetic())
            && entry_type.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'_' | b'-'))
            && !["comment", "string", "preamble"].contains(&entry_type.to_ascii_lowercase().as_str());
        if !legal {
            return Err(EditError::NotAFieldName(entry_type.to_owned()));
        }
        self.splice(vec![Splice { span: self.entry.entry_type.clone(), with: entry_type.to_owned() }])
    }

    /// Adds a word to a field that is a list with commas, unless it is there.
    ///
    /// # Errors
    /// As for [`EntryText::set`].
    pub fn add_to_list(&mut self, name: &str, word: &str) -> Result<(), EditError> {
        let old = self.field(name).and_then(|f| f.text).unwrap_or_default().trim().to_owned();
        if old.split(',').any(|w| w.trim() == word) {
            return Ok(());
        }
        let value = if old.is_empty() { word.to_owned() } else { format!("{old}, {word}") };
        self.set(name, &value)
    }

    fn kind(&self) -> WorkKind {
        kinds::entry_type(&self.entry_type().to_ascii_lowercase()).map_or(WorkKind::Document, |t| t.kind)
    }

    fn layout(&self) -> Layout {
        Layout::of(&self.text, &self.entry, self.feed)
    }

    /// The comma that follows `at`, over blanks and comments.
    fn comma_after(&self, at: usize) -> Option<usize> {
        let mut at = at;
        loop {
            at += self.text[at..].len() - self.text[at..].trim_start().len();
            match self.text.as_bytes().get(at)? {
                b',' => return Some(at),
                b'%' => at += self.text[at..].find('\n')?,
                _ => return None,
            }
        }
    }

    /// The end of a comment that follows `at` on its line.
    fn remark_after(&self, at: usize) -> Option<usize> {
        let rest = &self.text[at..];
        let line = &rest[..rest.find('\n').unwrap_or(rest.len())];
        line.trim_start().starts_with('%').then(|| at + line.trim_end_matches('\r').len())
    }

    fn splice(&mut self, splices: Vec<Splice>) -> Result<(), EditError> {
        let feed = self.feed;
        let text = apply(&self.text, splices);
        *self = Self { feed, ..Self::parse(&text)? };
        Ok(())
    }
}

fn check_name(name: &str) -> Result<(), EditError> {
    let illegal = |c: char| {
        c.is_whitespace() || c.is_control() || matches!(c, ',' | '{' | '}' | '(' | ')' | '"' | '#' | '%' | '=' | '@')
    };
    let legal = !name.is_empty() && !name.contains(illegal);
    if legal { Ok(()) } else { Err(EditError::NotAFieldName(name.to_owned())) }
}

/// Whether an entry can have this key.
pub fn is_key(key: &str) -> bool {
    let illegal = |c: char| {
        c.is_whitespace()
            || c.is_control()
            || matches!(c, ',' | '{' | '}' | '"' | '#' | '%' | '~' | '\\' | '=' | '(' | ')' | '@')
    };
    !key.is_empty() && !key.contains(illegal)
}

/// Escapes what LaTeX would take for something else in prose. An address keeps its own.
fn escape(value: &str) -> String {
    if !value.contains(['&', '%', '#']) || value.contains("\\url") || value.contains("\\href") {
        return value.to_owned();
    }
    let mut out = String::with_capacity(value.len() + 4);
    let mut escaped = false;
    for c in value.chars() {
        if matches!(c, '&' | '%' | '#') && !escaped {
            out.push('\\');
        }
        escaped = c == '\\' && !escaped;
        out.push(c);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn edited(text: &str, edit: impl Fn(&mut EntryText) -> Result<(), EditError>) -> String {
        let mut entry = EntryText::parse(text).unwrap();
        edit(&mut entry).unwrap();
        entry.into_text()
    }

    #[test]
    fn a_field_that_is_there_keeps_its_place_and_delimiters() {
        for (text, name, value, expected) in [
            ("@book{k, title = {T}, year = 2000}", "title", "U", "@book{k, title = {U}, year = 2000}"),
            ("@book{k, TITLE=\"T\"}", "title", "U {\"}x{\"}", "@book{k, TITLE=\"U {\"}x{\"}\"}"),
            ("@book{k, title=\"T\"}", "title", "a \"b\"", "@book{k, title={a \"b\"}}"),
            ("@book{k, year = 2000,}", "year", "2001", "@book{k, year = 2001,}"),
            ("@book{k, year = 2000,}", "year", "2001?", "@book{k, year = {2001?},}"),
            ("@book{k, journal = jof # \" B\"\n}", "journal", "Q & R", "@book{k, journal = {Q \\& R}\n}"),
            ("@book{k, url = {x}}", "url", "http://a.b/?c&d%20", "@book{k, url = {http://a.b/?c&d%20}}"),
            ("@book{k, month = {January}}", "month", "jan", "@book{k, month = jan}"),
            ("@book(k, title = {T})", "title", "a) b", "@book(k, title = {a) b})"),
        ] {
            assert_eq!(edited(text, |e| e.set(name, value)), expected, "{text}");
        }
    }

    #[test]
    fn a_new_field_looks_like_the_others() {
        for (text, expected) in [
            ("@book{k,\n  title = {T},\n}", "@book{k,\n  title = {T},\n  doi = {D},\n}"),
            ("@book{k,\r\n\ttitle = {T}\r\n}", "@book{k,\r\n\ttitle = {T},\r\n\tdoi = {D}\r\n}"),
            ("@book{k, title=\"T\"}", "@book{k, title=\"T\", doi=\"D\"}"),
            ("@book{k, title={T}, }", "@book{k, title={T}, doi={D}, }"),
            ("@book(k, title={T})", "@book(k, title={T}, doi={D})"),
            (
                "@book{k,\n  title     = {T},\n  publisher = {P}}",
                "@book{k,\n  title     = {T},\n  publisher = {P},\n  doi       = {D}}",
            ),
            (
                "@book{k\n  , title = {T}\n  , year = 2000\n}",
                "@book{k\n  , title = {T}\n  , year = 2000\n  , doi = {D}\n}",
            ),
            ("@book{k,\n  title = {T}, % why\n}", "@book{k,\n  title = {T}, % why\n  doi = {D},\n}"),
            ("@book{k,\n  title = {T} % why\n}", "@book{k,\n  title = {T}, % why\n  doi = {D}\n}"),
            (
                "@book{k,\n  a = {A},\n  % old\n  b = {B},\n}",
                "@book{k,\n  a = {A},\n  % old\n  b = {B},\n  doi = {D},\n}",
            ),
            ("@book{k}", "@book{k,\n  doi = {D},\n}"),
            ("@book{k,}", "@book{k,\n  doi = {D},\n}"),
            ("@book{k,\n}", "@book{k,\n  doi = {D},\n}"),
            (
                "@book{k,\n\n  title = {T},\n\n  year = {Y}\n\n}",
                "@book{k,\n\n  title = {T},\n\n  year = {Y},\n  doi = {D}\n\n}",
            ),
        ] {
            assert_eq!(edited(text, |e| e.set("doi", "D")), expected, "{text}");
        }
    }

    #[test]
    fn a_field_goes_with_its_line() {
        for (text, expected) in [
            ("@book{k,\n  doi = {D},\n  title = {T},\n}", "@book{k,\n  title = {T},\n}"),
            ("@book{k,\n  title = {T},\n  doi = {D}\n}", "@book{k,\n  title = {T}\n}"),
            ("@book{k,\r\n  doi = {D\r\n  E},\r\n}", "@book{k,\r\n}"),
            ("@book{k, doi={D}, title={T}}", "@book{k, title={T}}"),
            ("@book{k, title={T}, doi={D}}", "@book{k, title={T}}"),
            ("@book{k, doi={D}}", "@book{k}"),
            ("@book{k,\n  title = {T}, % keep\n  doi = {D}\n}", "@book{k,\n  title = {T}, % keep\n}"),
            ("@book{k,\n  doi = {D}, % why\n  title = {T}\n}", "@book{k,\n  % why\n  title = {T}\n}"),
            ("@book{k\n  , doi = {D}\n  , title = {T}\n}", "@book{k\n  , title = {T}\n}"),
            ("@book{k, doi = {D} % why, not\n}", "@book{k,  % why, not\n}"),
            ("@book{k, title={T}, doi = {D} % why\n}", "@book{k, title={T},  % why\n}"),
            ("@book{k, doi={D}, title={T}, DOI={E},}", "@book{k, title={T}, }"),
        ] {
            assert_eq!(edited(text, |e| e.remove("doi")), expected, "{text}");
        }
    }

    #[test]
    fn renamed_and_rekeyed() {
        let text = "@Book{ a b ,\n  title     = {T},\n  publisher = {P},\n}";
        assert_eq!(edited(text, |e| e.rekey("new")), text.replace("a b", "new"));
        assert_eq!(edited(text, |e| e.rename("publisher", "school")), text.replace("publisher", "school   "));
        assert_eq!(edited("@book{k, x=1,y = 2}", |e| e.rename("X", "zz")), "@book{k, zz=1,y = 2}");
        assert_eq!(edited("@book{title = {T}}", |e| e.rekey("new")), "@book{new, title = {T}}");
        assert_eq!(edited(text, |e| e.retype("report")), text.replace("Book", "report"));
        assert_eq!(edited("@book{k, ids = {a}}", |e| e.add_to_list("ids", "b")), "@book{k, ids = {a, b}}");
        assert_eq!(edited("@book{k, ids = {a}}", |e| e.add_to_list("ids", "a")), "@book{k, ids = {a}}");
    }

    #[test]
    fn what_would_break_the_entry_is_refused() {
        let mut entry = EntryText::parse("@book{k, title = {T}}").unwrap();
        assert_eq!(entry.set("title", "a}").unwrap_err(), EditError::Unpaired { name: "title".to_owned() });
        assert!(matches!(entry.set("a b", "x"), Err(EditError::NotAFieldName(_))));
        assert!(matches!(entry.set_source("title", "{a}, b = {c}"), Err(EditError::Unpaired { .. })));
        assert!(matches!(entry.set_source("title", "{a} # "), Err(EditError::Unpaired { .. })));
        assert!(matches!(entry.rekey("a,b"), Err(EditError::NotAKey(_))));
        assert!(matches!(entry.rename("year", "date"), Err(EditError::NoSuchField { .. })));
        assert_eq!(entry.text(), "@book{k, title = {T}}");
        let two = EntryText::parse("@book{k}\n@book{l}").unwrap_err().to_string();
        assert!(two.starts_with("line 1, column 9: there is more"), "{two}");
        let open = EntryText::parse("@book{k, title = {T").unwrap_err().to_string();
        assert!(open.starts_with("line 1, column 18: the value is not closed"), "{open}");
    }

    use proptest::prelude::*;

    proptest! {
        /// Whatever an entry looks like, what is set reads back, and all other fields stay as they are.
        #[test]
        fn other_fields_stay(
            pieces in prop::collection::vec(
                r#"title ?= ?\{T \{x\}\}|year=2000|[ab] = "q" # m|journal\t=\n jof|note = \{\}|,|,\n  |\n\t, | % why, not\n|\n"#,
                0..12,
            ),
            parentheses in any::<bool>(),
            name in "title|doi|a|year",
            value in "[a-z {]{0,4}\\}?[0-9]{0,3}",
        ) {
            let (open, close) = if parentheses { ('(', ')') } else { ('{', '}') };
            let text = format!("@book{open}k,{}\n{close}", pieces.concat());
            let Ok(mut entry) = EntryText::parse(&text) else { return Ok(()) };
            let others = |entry: &EntryText| -> Vec<(String, String)> {
                entry.fields().filter(|f| !f.is(&name)).map(|f| (f.name.to_owned(), f.source.to_owned())).collect()
            };
            let before = others(&entry);
            let (mistakes, key) = (entry.mistakes().count(), entry.key().to_owned());
            if entry.set(&name, &value).is_ok() {
                prop_assert_eq!(entry.field(&name).and_then(|f| f.text), Some(value.as_str()), "{}\n{}", text, entry.text());
                prop_assert_eq!(others(&entry), before.clone());
                prop_assert!(entry.mistakes().count() <= mistakes, "{}\n{}", text, entry.text());
            }
            if entry.remove(&name).is_ok() {
                prop_assert!(entry.field(&name).is_none());
            }
            prop_assert_eq!(others(&entry), before);
            prop_assert_eq!(entry.key(), key, "{}\n{}", text, entry.text());
            prop_assert!(entry.mistakes().count() <= mistakes, "{}\n{}", text, entry.text());
        }
    }
}
