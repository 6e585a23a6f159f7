//! The scanner that finds the blocks.

use memchr::memchr3;

use super::{Block, BlockKind, Bytes, EntrySource, FieldSource, Piece, PieceKind, SyntaxError, SyntaxErrorKind};

/// Splits a file into blocks.
pub fn split(text: &str) -> Vec<Block> {
    blocks(text).collect()
}

/// The blocks of a file one by one: together they are as large as the file.
pub fn blocks(text: &str) -> impl Iterator<Item = Block> + '_ {
    let mut splitter = Splitter {
        bytes: text.as_bytes(),
        pos: 0,
        inside: None,
        rescans: 8 * text.len() + 4096,
        mistakes: Vec::new(),
        fields: Vec::new(),
    };
    // The head of the block before which text was given out.
    let mut next = None;
    std::iter::from_fn(move || {
        let start = splitter.pos;
        let Some(head) = next.take().or_else(|| splitter.next_block()) else {
            splitter.pos = text.len();
            return (start < text.len()).then_some(Block { span: start..text.len(), kind: BlockKind::Text });
        };
        if head.at > start {
            let text = Block { span: start..head.at, kind: BlockKind::Text };
            splitter.pos = head.at;
            next = Some(head);
            return Some(text);
        }
        let kind = splitter.block(&head);
        Some(Block { span: head.at..splitter.pos, kind })
    })
}

struct Splitter<'a> {
    bytes: &'a [u8],
    pos: usize,
    /// The first `@word{` at the beginning of a line inside the values of the entry being read.
    inside: Option<usize>,
    /// How many bytes may still be read again. A value without end reaches to the end of the file before that is
    /// known; when this has happened too often, an entry ends at the latest where a line looks like the next one.
    rescans: usize,
    mistakes: Vec<SyntaxError>,
    fields: Vec<FieldSource>,
}

/// `@word{`, or `@comment` without a bracket.
struct Head {
    at: usize,
    word: Bytes,
    /// Just behind the bracket.
    body: usize,
    close: Option<u8>,
}

/// How long a key may be by which a new entry is told.
const LONGEST_KEY: usize = 256;

/// How far before an `@` a `%` is looked for, so that a long line stays cheap.
const COMMENT_SEARCH: usize = 256;

/// Why an entry or value could not be read on.
type Broken = SyntaxError;

impl Splitter<'_> {
    fn peek(&self) -> Option<u8> {
        self.bytes.get(self.pos).copied()
    }

    fn is_word(&self, word: &Bytes, name: &str) -> bool {
        self.bytes[word.clone()].eq_ignore_ascii_case(name.as_bytes())
    }

    /// The next block at or after the current position.
    fn next_block(&self) -> Option<Head> {
        let mut from = self.pos;
        loop {
            let at = from + self.bytes[from..].iter().position(|b| *b == b'@')?;
            // In an address of electronic mail the sign follows a letter or digit.
            let address = at > self.pos && self.bytes[at - 1].is_ascii_alphanumeric();
            if !address
                && !self.is_commented_out(at)
                && let Some(head) = self.head(at)
            {
                return Some(head);
            }
            from = at + 1;
        }
    }

    /// Whether a `%` begins the line, or what follows the last block in it. BibTeX itself knows no such comments, but
    /// whoever writes one means it, as biber does.
    fn is_commented_out(&self, at: usize) -> bool {
        let before = &self.bytes[self.pos.max(at.saturating_sub(COMMENT_SEARCH))..at];
        let line = before.rsplit(|b| *b == b'\n').next().unwrap_or_default();
        line.trim_ascii_start().starts_with(b"%")
    }

    /// The head of a block at an `@`.
    fn head(&self, at: usize) -> Option<Head> {
        let word_start = self.skip_blank(at + 1);
        let length = self.bytes[word_start..].iter().take_while(|b| is_type_byte(**b)).count();
        let word = word_start..word_start + length;
        if length == 0 || !self.bytes[word_start].is_ascii_alphabetic() {
            return None;
        }
        let bracket = self.skip_blank(word.end);
        match self.bytes.get(bracket) {
            Some(b'{') => Some(Head { at, word, body: bracket + 1, close: Some(b'}') }),
            Some(b'(') if self.begins_line(at) => Some(Head { at, word, body: bracket + 1, close: Some(b')') }),
            _ if self.is_word(&word, "comment") => Some(Head { at, body: word.end, word, close: None }),
            _ => None,
        }
    }

    /// The first byte from `at` on that is not white space.
    fn skip_blank(&self, at: usize) -> usize {
        at + self.bytes[at..].iter().take_while(|b| b.is_ascii_whitespace()).count()
    }

    /// Whether only blanks stand before `at` in its line.
    fn begins_line(&self, at: usize) -> bool {
        // A bound on the indentation keeps the look back cheap.
        let before = &self.bytes[at.saturating_sub(64)..at];
        let blanks = before.iter().rev().take_while(|b| matches!(b, b' ' | b'\t')).count();
        blanks == at || before.iter().rev().nth(blanks).is_some_and(|b| matches!(b, b'\n' | b'\r' | b'}' | b')'))
    }

    /// Whether an entry seems to begin at the `@` at `at`: first in its line, with a brace, or with a parenthesis, a key
    /// and a comma.
    fn entry_seems_to_begin(&self, at: usize) -> bool {
        let first = at == 0 || self.bytes[at - 1] == b'\n';
        first
            && self.head(at).is_some_and(|head| match head.close {
                Some(b'}') => true,
                Some(_) => {
                    let key = &self.bytes[self.skip_blank(head.body)..];
                    let length = key.iter().take(LONGEST_KEY).take_while(|b| is_name_byte(**b)).count();
                    length > 0 && key.get(length) == Some(&b',')
                }
                None => false,
            })
    }

    /// Reads the block of a head and stands behind it.
    fn block(&mut self, head: &Head) -> BlockKind {
        self.inside = None;
        self.mistakes.clear();
        self.pos = head.body;
        let read = if self.is_word(&head.word, "comment") {
            return self.comment(head);
        } else if self.is_word(&head.word, "preamble") {
            self.bracketed(head).map(|()| BlockKind::Preamble)
        } else if self.is_word(&head.word, "string") {
            self.string(head)
        } else {
            self.entry(head).map(BlockKind::Entry)
        };
        read.unwrap_or_else(|error| {
            let resume = self.inside.unwrap_or_else(|| self.next_line_with_entry(self.pos));
            self.rescans = self.rescans.saturating_sub(self.pos.saturating_sub(resume));
            self.pos = resume;
            BlockKind::Broken(error)
        })
    }

    fn next_line_with_entry(&self, from: usize) -> usize {
        let mut from = from.min(self.bytes.len());
        while let Some(found) = self.bytes[from..].iter().position(|b| *b == b'@') {
            if self.entry_seems_to_begin(from + found) {
                return from + found;
            }
            from += found + 1;
        }
        self.bytes.len()
    }

    /// A comment in brackets ends with them; one without, or whose brackets do not pair, with its line.
    fn comment(&mut self, head: &Head) -> BlockKind {
        if self.bracketed(head).is_err() || head.close.is_none() {
            self.rescans = self.rescans.saturating_sub(self.pos - head.body);
            let line = &self.bytes[head.body..];
            self.pos = head.body + line.iter().position(|b| *b == b'\n').unwrap_or(line.len());
        }
        BlockKind::Comment
    }

    /// Skips to behind the bracket that closes the block.
    fn bracketed(&mut self, head: &Head) -> Result<(), Broken> {
        let Some(close) = head.close else { return Ok(()) };
        let mut depth = 0_usize;
        while let Some(b) = self.peek() {
            match b {
                b if b == close && depth == 0 => {
                    self.pos += 1;
                    return Ok(());
                }
                b'{' => depth += 1,
                b'}' => depth = depth.saturating_sub(1),
                b'@' => self.note_entry_inside(SyntaxErrorKind::UnclosedEntry)?,
                _ => {}
            }
            self.pos += 1;
        }
        Err(SyntaxError { at: head.at, kind: SyntaxErrorKind::UnclosedEntry })
    }

    fn string(&mut self, head: &Head) -> Result<BlockKind, Broken> {
        self.fields.clear();
        self.fields(head)?;
        match self.fields.pop() {
            Some(field) if self.fields.is_empty() && self.mistakes.is_empty() => Ok(BlockKind::Macro(field)),
            _ => Err(SyntaxError { at: head.body, kind: SyntaxErrorKind::ExpectedField }),
        }
    }

    fn entry(&mut self, head: &Head) -> Result<EntrySource, Broken> {
        self.fields.clear();
        let key = self.key(head)?;
        self.fields(head)?;
        if let Some(at) = self.inside {
            self.mistakes.push(SyntaxError { at, kind: SyntaxErrorKind::EntryInside });
        }
        Ok(EntrySource {
            entry_type: head.word.clone(),
            key,
            fields: self.fields.drain(..).collect(),
            mistakes: self.mistakes.drain(..).collect(),
        })
    }

    fn key(&mut self, head: &Head) -> Result<Bytes, Broken> {
        let start = self.skip_blank(self.pos);
        let length = self.bytes[start..]
            .iter()
            .position(|b| matches!(b, b',' | b'=' | b'{' | b'}' | b'"' | b'\n' | b'\r') || Some(*b) == head.close);
        let Some(length) = length else {
            self.pos = self.bytes.len();
            return Err(SyntaxError { at: head.at, kind: SyntaxErrorKind::UnclosedEntry });
        };
        let stop = start + length;
        let key = start..start + self.bytes[start..stop].trim_ascii_end().len();
        self.pos = stop;
        match self.bytes[stop] {
            b'=' => {
                // What stands there is the first field.
                self.pos = start;
                self.mistake(start, SyntaxErrorKind::NoKey);
                return Ok(start..start);
            }
            b'{' | b'"' => return Err(SyntaxError { at: stop, kind: SyntaxErrorKind::ExpectedKey }),
            b'\n' | b'\r' => {
                self.pos = self.skip_blank(stop);
                if !matches!(self.peek(), Some(b',' | b'%')) && self.peek() != head.close {
                    self.mistake(self.pos, SyntaxErrorKind::MissingComma);
                }
            }
            _ => {}
        }
        if key.is_empty() {
            self.mistake(start, SyntaxErrorKind::NoKey);
        } else if self.bytes[key.clone()].iter().any(u8::is_ascii_whitespace) {
            self.mistake(start, SyntaxErrorKind::SpaceInKey);
        }
        Ok(key)
    }

    fn mistake(&mut self, at: usize, kind: SyntaxErrorKind) {
        self.mistakes.push(SyntaxError { at, kind });
    }

    /// Reads fields up to and with the closing bracket.
    fn fields(&mut self, head: &Head) -> Result<(), Broken> {
        let unclosed = SyntaxError { at: head.at, kind: SyntaxErrorKind::UnclosedEntry };
        let mut separated = true;
        loop {
            self.pos = self.skip_blank(self.pos);
            match self.peek() {
                None => return Err(unclosed),
                Some(b',') => {
                    separated = true;
                    self.pos += 1;
                }
                Some(b) if Some(b) == head.close => {
                    self.pos += 1;
                    return Ok(());
                }
                // Not of the language, but what people write.
                Some(b'%') => {
                    let line = &self.bytes[self.pos..];
                    self.pos += line.iter().position(|b| *b == b'\n').unwrap_or(line.len());
                }
                Some(b'@') if self.entry_seems_to_begin(self.pos) => {
                    self.inside.get_or_insert(self.pos);
                    return Err(unclosed);
                }
                Some(_) => {
                    if !separated {
                        self.mistake(self.pos, SyntaxErrorKind::MissingComma);
                    }
                    if let Some(mistake) = self.field()? {
                        self.mistakes.push(mistake);
                        self.skip_to_comma(head, &unclosed)?;
                    }
                    separated = false;
                }
            }
        }
    }

    /// Reads one field; a mistake that only concerns the field is returned.
    fn field(&mut self) -> Result<Option<SyntaxError>, Broken> {
        let start = self.pos;
        let length = self.bytes[start..].iter().take_while(|b| is_name_byte(**b)).count();
        if length == 0 {
            return Ok(Some(SyntaxError { at: start, kind: SyntaxErrorKind::ExpectedField }));
        }
        let name = start..start + length;
        self.pos = self.skip_blank(name.end);
        if self.peek() != Some(b'=') {
            return Ok(Some(SyntaxError { at: self.pos, kind: SyntaxErrorKind::ExpectedEquals }));
        }
        self.pos = self.skip_blank(self.pos + 1);
        let no_value = |at| SyntaxError { at, kind: SyntaxErrorKind::ExpectedValue };
        let Some(first) = self.piece()? else { return Ok(Some(no_value(self.pos))) };
        let mut rest = Vec::new();
        loop {
            let behind = self.pos;
            self.pos = self.skip_blank(behind);
            if self.peek() != Some(b'#') {
                self.fields.push(FieldSource { name, first, rest });
                return Ok(None);
            }
            self.pos = self.skip_blank(self.pos + 1);
            let Some(piece) = self.piece()? else { return Ok(Some(no_value(self.pos))) };
            rest.push(piece);
        }
    }

    fn piece(&mut self) -> Result<Option<Piece>, Broken> {
        let start = self.pos;
        let run = |is: fn(&u8) -> bool| start + self.bytes[start..].iter().take_while(|b| is(b)).count();
        let (kind, span) = match self.peek() {
            Some(b'{') => (PieceKind::Braced, self.braced()?),
            Some(b'"') => (PieceKind::Quoted, self.quoted()?),
            Some(b) if is_name_byte(b) => {
                let end = run(|b| is_name_byte(*b));
                let digits = self.bytes[start..end].iter().all(u8::is_ascii_digit);
                self.pos = end;
                (if digits { PieceKind::Number } else { PieceKind::Macro }, start..end)
            }
            _ => return Ok(None),
        };
        Ok(Some(Piece { kind, span }))
    }

    /// Notes an entry that seems to begin here inside a value; when too much was read twice, it ends the value.
    fn note_entry_inside(&mut self, kind: SyntaxErrorKind) -> Result<(), Broken> {
        if self.entry_seems_to_begin(self.pos) {
            self.inside.get_or_insert(self.pos);
            if self.rescans == 0 {
                return Err(SyntaxError { at: self.pos, kind });
            }
        }
        Ok(())
    }

    fn braced(&mut self) -> Result<Bytes, Broken> {
        let open = self.pos;
        let mut depth = 0_usize;
        while let Some(offset) = memchr3(b'{', b'}', b'@', &self.bytes[self.pos..]) {
            self.pos += offset;
            match self.bytes[self.pos] {
                b'{' => depth += 1,
                b'}' => {
                    depth -= 1;
                    if depth == 0 {
                        self.pos += 1;
                        return Ok(open + 1..self.pos - 1);
                    }
                }
                _ => self.note_entry_inside(SyntaxErrorKind::UnclosedBraces)?,
            }
            self.pos += 1;
        }
        self.pos = self.bytes.len();
        Err(SyntaxError { at: open, kind: SyntaxErrorKind::UnclosedBraces })
    }

    fn quoted(&mut self) -> Result<Bytes, Broken> {
        let open = self.pos;
        let unclosed = SyntaxError { at: open, kind: SyntaxErrorKind::UnclosedQuotes };
        let mut depth = 0_usize;
        self.pos += 1;
        while let Some(b) = self.peek() {
            match b {
                b'"' if depth == 0 => {
                    self.pos += 1;
                    return Ok(open + 1..self.pos - 1);
                }
                b'{' => depth += 1,
                b'}' if depth == 0 => return Err(unclosed),
                b'}' => depth -= 1,
                b'@' => self.note_entry_inside(SyntaxErrorKind::UnclosedQuotes)?,
                _ => {}
            }
            self.pos += 1;
        }
        Err(unclosed)
    }

    /// Skips to the next comma or to the closing bracket, over paired braces.
    fn skip_to_comma(&mut self, head: &Head, unclosed: &SyntaxError) -> Result<(), Broken> {
        let mut depth = 0_usize;
        while let Some(b) = self.peek() {
            match b {
                b',' if depth == 0 => return Ok(()),
                b if depth == 0 && Some(b) == head.close => return Ok(()),
                b'{' => depth += 1,
                b'}' => depth = depth.saturating_sub(1),
                b'@' if self.entry_seems_to_begin(self.pos) => {
                    self.inside.get_or_insert(self.pos);
                    return Err(unclosed.clone());
                }
                _ => {}
            }
            self.pos += 1;
        }
        Err(unclosed.clone())
    }
}

/// Bytes of the word after `@`.
fn is_type_byte(b: u8) -> bool {
    b.is_ascii_alphanumeric() || matches!(b, b'_' | b'-' | b'+' | b'*' | b':')
}

/// Bytes of names of fields and macros: all that the grammar does not need.
fn is_name_byte(b: u8) -> bool {
    !b.is_ascii_whitespace() && !matches!(b, b',' | b'=' | b'{' | b'}' | b'"' | b'#' | b'(' | b')' | b'%' | b'@')
}
