//! What manuscripts in Markdown, LaTeX and Typst have in common: their text is kept as its source, in which some
//! pieces are markup, and their citations are keys of a bibliography.
//!
//! A claim's text is the source of its sentence without comments and labels, so that it can be found again in the
//! manuscript.

use std::collections::BTreeMap;
use std::ops::Range;

use super::compose::Composer;
use super::decode::{self, Decoded};
use super::include::JoinedPiece;
use super::rich::{Mask, Pointer, Rich};
use super::{Completeness, Document, Files, Format, ReadError, ReadOptions, include};

/// A piece of a manuscript's source that is not plain text. Pieces are in order and do not overlap.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Piece {
    /// Bytes of the source.
    pub range: Range<usize>,
    pub what: What,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum What {
    /// Not part of the text: comments, labels.
    Nothing,
    /// Part of the text under a mask.
    Masked(Mask),
    /// A citation; keys with their own places when there are several.
    Citation { keys: Vec<(String, Range<usize>)>, mask: Mask },
}

/// Reads a manuscript, joined with the files it takes in, with the reader of its format.
///
/// # Errors
/// What is empty, too large or not text is refused.
pub(super) fn read(
    bytes: &[u8],
    options: &ReadOptions,
    files: &dyn Files,
    (format, reader): (Format, fn(&str, &mut Composer<'_>)),
) -> Result<Document, ReadError> {
    let Decoded { text, mut notices, ends_inside_character } = decode::decode(bytes)?;
    let joined = include::join(&text, format, files);
    notices.extend(joined.notices);
    let mut composer = Composer::new(&joined.text, options.reference_heading.as_deref());
    composer.document.notices = notices;
    reader(&joined.text, &mut composer);
    let mut document = composer.finish();
    document.included = joined.files;
    if ends_inside_character {
        document.completeness =
            Completeness::Incomplete { reason: "The file ends in the middle of a character.".to_owned() };
    }
    Ok(document)
}

/// Where a manuscript names a key of its bibliography.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KeyPlace {
    pub key: String,
    /// The file that the manuscript takes in and that has the place, by its path; the manuscript itself has none.
    pub file: Option<String>,
    /// The bytes of the file that are the key and nothing else; `None` when the key is put together elsewhere, as by a command
    /// of the manuscript's own.
    pub bytes: Option<Range<usize>>,
    /// Of the citation; 1-based.
    pub line: usize,
    /// 1-based, in Unicode scalar values.
    pub column: usize,
}

/// The places at which a manuscript and the files it takes in name keys: by file, the manuscript first, in their order.
///
/// # Errors
/// What cannot be read; what is not UTF-8 has no places that can be changed.
pub(super) fn key_places(
    bytes: &[u8],
    options: &ReadOptions,
    files: &dyn Files,
    (format, reader): (Format, fn(&str, &mut Composer<'_>)),
) -> Result<Vec<KeyPlace>, ReadError> {
    let Decoded { text, .. } = decode::decode(bytes)?;
    let joined = include::join(&text, format, files);
    let mut composer = Composer::new(&joined.text, options.reference_heading.as_deref());
    reader(&joined.text, &mut composer);
    // Each key with its place in the text of its file.
    let mut by_file: BTreeMap<Option<&str>, Vec<(String, Range<usize>)>> = BTreeMap::new();
    for (key, range) in std::mem::take(&mut composer.named_keys) {
        let i = joined.pieces.partition_point(|p| p.at <= range.start).saturating_sub(1);
        let Some(JoinedPiece { at, file, start }) = joined.pieces.get(i) else { continue };
        let range = range.start - at + start..range.end - at + start;
        by_file.entry(file.as_deref()).or_default().push((key, range));
    }
    let mut places = Vec::new();
    for (file, named) in by_file {
        match file {
            None => places.extend(places_in(bytes, &text, None, named)),
            Some(path) => {
                let Ok(bytes) = files.read(path) else { continue };
                let Ok(Decoded { text, .. }) = decode::decode(&bytes) else { continue };
                places.extend(places_in(&bytes, &text, file, named));
            }
        }
    }
    Ok(places)
}

/// The places of keys in one file. A file that is taken in twice has its places once.
fn places_in(bytes: &[u8], text: &str, file: Option<&str>, mut named: Vec<(String, Range<usize>)>) -> Vec<KeyPlace> {
    named.sort_by_key(|(_, range)| (range.start, range.end));
    named.dedup();
    let mut offsets = FileOffsets { bytes, at: if bytes.starts_with(b"\xef\xbb\xbf") { 3 } else { 0 }, text: 0 };
    let (mut line, mut line_start) = (1, 0);
    let mut places = Vec::with_capacity(named.len());
    for (key, range) in named {
        // A citation that a file begins and another ends is in neither.
        let Some(printed) = text.get(range.clone()) else { continue };
        while let Some(feed) = text[line_start..range.start].find('\n') {
            line += 1;
            line_start += feed + 1;
        }
        let column = 1 + text[line_start..range.start].chars().count();
        // The place holds the key once, after "@", in braces or quotation marks.
        let mut found = printed.match_indices(key.as_str());
        let offset = found.next().filter(|_| found.next().is_none()).map(|(i, _)| i);
        let bytes = offset.and_then(|offset| {
            let start = offsets.of(range.start + offset);
            let end = start + key.len();
            (bytes.get(start..end)? == key.as_bytes()).then_some(start..end)
        });
        places.push(KeyPlace { key, file: file.map(str::to_owned), bytes, line, column });
    }
    places
}

/// Turns places of the decoded text, in ascending order, into those of the file: line ends of two bytes became one.
struct FileOffsets<'b> {
    bytes: &'b [u8],
    at: usize,
    text: usize,
}

impl FileOffsets<'_> {
    fn of(&mut self, place: usize) -> usize {
        while self.text < place && self.at < self.bytes.len() {
            self.at += if self.bytes[self.at..].starts_with(b"\r\n") { 2 } else { 1 };
            self.text += 1;
        }
        self.at
    }
}

/// The text of a range of the source, its pieces masked or left out.
pub(super) fn rich(source: &str, range: Range<usize>, pieces: &[Piece]) -> Rich {
    let mut rich = Rich::default();
    append(&mut rich, source, range, pieces);
    rich
}

/// Appends the text of a range of the source.
pub(super) fn append(rich: &mut Rich, source: &str, range: Range<usize>, pieces: &[Piece]) {
    let mut at = range.start;
    let first = pieces.partition_point(|p| p.range.start < range.start);
    for piece in pieces[first..].iter().take_while(|p| p.range.end <= range.end) {
        if piece.range.start < at {
            continue;
        }
        rich.push(&source[at..piece.range.start], at, Mask::Text);
        at = piece.range.end;
        let text = &source[piece.range.clone()];
        match &piece.what {
            What::Nothing => {}
            What::Masked(mask) => rich.push(text, piece.range.start, *mask),
            What::Citation { keys, mask } => cite(rich, text, piece.range.start, keys, *mask),
        }
    }
    rich.push(&source[at.min(range.end)..range.end], at, Mask::Text);
}

/// One key alone is cited by the whole citation; of several each has its own place in it.
fn cite(rich: &mut Rich, text: &str, start: usize, keys: &[(String, Range<usize>)], mask: Mask) {
    let at = rich.next_place();
    let scalars = |rich: &Rich, byte: usize| {
        // Spaces collapse, so a place is found by what is not a space.
        let dense = text[..byte - start].chars().filter(|c| !c.is_whitespace()).count();
        rich.text[at..]
            .char_indices()
            .filter(|(_, c)| !c.is_whitespace())
            .nth(dense)
            .map_or(rich.text.len(), |(i, _)| at + i)
    };
    rich.push(text, start, mask);
    if let [(key, _)] = keys {
        rich.cite(at, vec![Pointer::Key(key.clone())]);
        return;
    }
    let mut cites = Vec::new();
    for (key, place) in keys {
        let from = scalars(rich, place.start);
        let to = from + source_length(&rich.text[from..], &text[place.start - start..place.end - start]);
        cites.push((from..to, key));
    }
    for (range, key) in cites {
        rich.cites.push(super::rich::Cite { range, pointers: vec![Pointer::Key(key.clone())] });
    }
}

/// How many bytes of the text a key takes: keys hold no spaces.
fn source_length(text: &str, key: &str) -> usize {
    let wanted = key.chars().filter(|c| !c.is_whitespace()).count();
    text.char_indices().nth(wanted).map_or(text.len(), |(i, _)| i)
}

/// How the paragraph goes on decides whether a citation after a full stop belongs to the sentence before it or begins
/// the next: "… the end. @roe2001" and "… the end. @roe2001 shows".
pub(super) fn trailing_mask(source: &str, range: &Range<usize>, paragraph: &Range<usize>) -> Mask {
    let before = source[paragraph.start..range.start].trim_end();
    let after = source[range.end..paragraph.end].trim_start();
    let begins = after.chars().next().is_none_or(|c| c.is_uppercase());
    if before.ends_with(['.', '!', '?']) && begins { Mask::Citation } else { Mask::Word }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pieces_are_masked_and_keys_placed() {
        let source = "See <!-- no --> [@a;  see @bé] now";
        let cite = source.find('[').unwrap();
        let end = source.find(']').unwrap() + 1;
        let place = |key: &str| source.find(key).map(|i| i..i + key.len()).unwrap();
        let pieces = [
            Piece { range: 4..15, what: What::Nothing },
            Piece {
                range: cite..end,
                what: What::Citation {
                    keys: vec![("a".to_owned(), place("@a")), ("bé".to_owned(), place("@bé"))],
                    mask: Mask::Citation,
                },
            },
        ];
        let rich = rich(source, 0..source.len(), &pieces);
        assert_eq!(rich.text, "See [@a; see @bé] now");
        let cited: Vec<&str> = rich.cites.iter().map(|c| &rich.text[c.range.clone()]).collect();
        assert_eq!(cited, ["@a", "@bé"]);
        assert_eq!(rich.mask, "See [111111111111] now".replace("111111111111", &"1".repeat(rich.text.len() - 10)));
    }
}
