//! "Ibid.", "op. cit." and their like: citations that name an earlier citation in place of a work.
//!
//! "Ibid." is the citation before; where that is several works, or far away, it is not known which. "Op. cit." is the
//! work cited before of the authors that it is printed with. (The Chicago Manual of Style, 17th ed., 14.34 and 14.36; DIN
//! 1505-3 for "a.a.O." and "ebd.")

use std::ops::Range;

use super::authors::{CitedAuthors, Semicolons};
use super::list::ReferenceList;
use super::{ListedReference, Mention, MentionForm, Status};
use crate::text::{ScalarOffsets, fold_key};

/// The citation before is looked for in so many passages.
const NEAREST: usize = 10;
/// The locator that follows is not longer, in bytes.
const LONGEST_LOCATOR: usize = 40;
/// Citations of one bracket are not farther apart, in scalars.
const LONGEST_GAP: usize = 60;
/// No bracket cites more works together.
const MOST_TOGETHER: usize = 100;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    /// The work cited last.
    Last,
    /// The work of the named authors that was cited before.
    OfAuthors,
}

/// The words, in lower case. A longer one stands before its own beginning.
const WORDS: &[(&str, Kind)] = &[
    ("ibidem", Kind::Last),
    ("ibid", Kind::Last),
    ("ebenda", Kind::Last),
    ("ebd", Kind::Last),
    ("op. cit", Kind::OfAuthors),
    ("op.cit", Kind::OfAuthors),
    ("opus citatum", Kind::OfAuthors),
    ("loc. cit", Kind::OfAuthors),
    ("loc.cit", Kind::OfAuthors),
    ("art. cit", Kind::OfAuthors),
    ("a.a.o", Kind::OfAuthors),
    ("a. a. o", Kind::OfAuthors),
];

/// A back reference by its form. Offsets count bytes of the passage.
#[derive(Debug)]
struct Found {
    kind: Kind,
    /// The words and the locator behind them; with the bracket round them.
    range: Range<usize>,
    /// The first of the names printed before the words.
    author: Option<String>,
}

/// Adds the back references of a document to the mentions of its passages, each resolved by those before it.
pub fn back_references(references: &[ListedReference<'_>], passages: &[&str], mentions: &mut [Vec<Mention>]) {
    if passages.iter().any(|text| !find(text).is_empty()) {
        resolve_all(&ReferenceList::new(references), passages, mentions);
    }
}

/// As [`back_references`], with a list at hand.
pub(super) fn resolve_all(list: &ReferenceList, passages: &[&str], mentions: &mut [Vec<Mention>]) {
    let found: Vec<Vec<Found>> = passages.iter().map(|text| find(text)).collect();
    if found.iter().all(Vec::is_empty) {
        return;
    }
    let mut before = Before { list, cited: vec![false; list.entries.len()], last: None };
    for (place, ((text, found), mentions)) in passages.iter().zip(found).zip(mentions.iter_mut()).enumerate() {
        let mut offsets = ScalarOffsets::new(text);
        let closing = text.chars().enumerate().filter(|(_, c)| matches!(c, ')' | ']' | '.')).map(|(i, _)| i);
        let closing: Vec<usize> = closing.collect();
        let mut others = std::mem::take(mentions).into_iter().peekable();
        for back in found {
            let span = offsets.span(back.range.clone());
            let mut end = 0;
            while let Some(mention) = others.next_if(|m| m.span.start < span.start) {
                end = mention.span.end;
                before.take(&mention, place, &closing);
                mentions.push(mention);
            }
            // What was read as another citation is that.
            if end > span.start || others.peek().is_some_and(|m| m.span.start < span.end) {
                continue;
            }
            let Answer { refs, candidates, status, how } = before.resolve(&back, place);
            let mention = Mention {
                text: text[back.range].to_owned(),
                span,
                form: MentionForm::BackReference,
                refs,
                candidates,
                status,
                how,
                near_miss: None,
            };
            before.last = Some(Last { refs: mention.refs.clone(), status, place, end: span.end });
            mentions.push(mention);
        }
        for mention in others {
            before.take(&mention, place, &closing);
            mentions.push(mention);
        }
    }
}

/// What the document cites before a place.
struct Before<'l> {
    list: &'l ReferenceList,
    cited: Vec<bool>,
    last: Option<Last>,
}

/// The citation before: its works, and whether it is known which they are.
struct Last {
    refs: Vec<usize>,
    status: Status,
    /// The passage it stands in, and its end in scalars there.
    place: usize,
    end: usize,
}

struct Answer {
    refs: Vec<usize>,
    candidates: Vec<usize>,
    status: Status,
    how: String,
}

impl Before<'_> {
    /// A further citation; several in one bracket are one. `closing` are the places at which brackets or sentences end.
    fn take(&mut self, mention: &Mention, place: usize, closing: &[usize]) {
        mention.refs.iter().for_each(|&r| self.cited[r] = true);
        let start = mention.span.start;
        let goes_on = |last: &Last| {
            let next = closing.partition_point(|&c| c < last.end);
            last.place == place && start <= last.end + LONGEST_GAP && closing.get(next).is_none_or(|&c| c >= start)
        };
        let (mut refs, mut status, end) = (mention.refs.clone(), mention.status, mention.span.end);
        if let Some(last) = self.last.take().filter(|last| goes_on(last) && last.refs.len() < MOST_TOGETHER) {
            if last.status != Status::Resolved {
                status = last.status;
            }
            let new: Vec<usize> = refs.iter().filter(|r| !last.refs.contains(r)).copied().collect();
            refs = last.refs;
            refs.extend(new);
        }
        self.last = Some(Last { refs, status, place, end });
    }

    fn resolve(&self, back: &Found, place: usize) -> Answer {
        match back.kind {
            Kind::Last => match back.author.as_deref().filter(|name| self.is_of_another(name)) {
                Some(name) => self.work_of(Some(name)),
                None => self.last_work(place),
            },
            Kind::OfAuthors => self.work_of(back.author.as_deref()),
        }
    }

    /// Whether a name is that of an author of the list, and the citation before is not of a work of theirs.
    fn is_of_another(&self, name: &str) -> bool {
        let theirs = self.list.first_named(&fold_key(name));
        !theirs.is_empty() && self.last.as_ref().is_none_or(|l| !l.refs.iter().any(|r| theirs.contains(r)))
    }

    fn last_work(&self, place: usize) -> Answer {
        match &self.last {
            None => unresolved(vec![], "nothing is cited before"),
            Some(last) if place - last.place > NEAREST => {
                unresolved(last.refs.clone(), "the citation before is far away")
            }
            Some(Last { refs, status: Status::Resolved, .. }) if refs.len() == 1 => Answer {
                refs: refs.clone(),
                candidates: vec![],
                status: Status::Resolved,
                how: "the work of the citation before".to_owned(),
            },
            Some(Last { refs, .. }) if refs.is_empty() => {
                unresolved(vec![], "the citation before is not resolved itself")
            }
            Some(Last { refs, .. }) => Answer {
                refs: refs.clone(),
                candidates: vec![],
                status: Status::Ambiguous,
                how: "the citation before may be of several works".to_owned(),
            },
        }
    }

    fn work_of(&self, author: Option<&str>) -> Answer {
        let Some(name) = author else {
            let candidates = self.last.as_ref().map(|l| l.refs.clone()).unwrap_or_default();
            return unresolved(candidates, "no author is named whose work was cited before");
        };
        let all = self.list.first_named(&fold_key(name));
        let cited: Vec<usize> = all.iter().copied().filter(|&i| self.cited[i] && !self.list.is_copy(i)).collect();
        match cited.len() {
            0 => unresolved(
                all.iter().copied().take(MOST_TOGETHER).collect(),
                &format!("no work by {name} is cited before"),
            ),
            1 => Answer {
                refs: cited,
                candidates: vec![],
                status: Status::Resolved,
                how: format!("the work by {name} that is cited before"),
            },
            several => Answer {
                refs: cited,
                candidates: vec![],
                status: Status::Ambiguous,
                how: format!("{several} works by {name} are cited before"),
            },
        }
    }
}

fn unresolved(candidates: Vec<usize>, how: &str) -> Answer {
    Answer { refs: vec![], candidates, status: Status::Unresolved, how: how.to_owned() }
}

/// The back references of a passage, in order. They begin it, or a bracket, or stand behind a name, "see" or a mark.
fn find(text: &str) -> Vec<Found> {
    let mut found: Vec<Found> = Vec::new();
    let bytes = text.as_bytes();
    let mut at = 0;
    while at < bytes.len() {
        if !may_begin(&bytes[at..]) {
            at += 1;
            continue;
        }
        let is_start = at == 0 || !(bytes[at - 1].is_ascii_alphanumeric() || bytes[at - 1] >= 0x80);
        let hit = is_start.then(|| word_at(&bytes[at..])).flatten();
        let Some((length, kind)) = hit else {
            at += 1;
            continue;
        };
        let mut end = at + length;
        if bytes.get(end) == Some(&b'.') {
            end += 1;
        }
        // "EBD" is an acronym, and "ebd" without its full stop none of these words.
        let is_other = bytes.get(end).is_some_and(|b| b.is_ascii_alphanumeric() || *b >= 0x80)
            || bytes[at + 1].is_ascii_uppercase()
            || text[at..end].eq_ignore_ascii_case("ebd");
        if is_other {
            at += 1;
            continue;
        }
        let next = end;
        let head = &text[..at];
        let trimmed = head.trim_end();
        // "as Roe (ibid.) says"; what stands before a bracket that ends a sentence is no name.
        let author = CitedAuthors::ending(head, Semicolons::Separate).map(|a| a.names[0].text(0));
        // "The genes occur in the ibid. region" is none.
        let last = trimmed.rsplit(|c: char| !c.is_alphabetic()).next().unwrap_or_default();
        let begins = trimmed.is_empty()
            || trimmed.ends_with(['(', '[', ';', ':', ',', '.', '—', '–'])
            || ["see", "cf", "in", "and", "vgl", "siehe", "voir", "ver"].contains(&last.to_lowercase().as_str());
        if begins || kind == Kind::OfAuthors {
            let end = end + locator(&text[end..]);
            let range = if trimmed.ends_with(['(', '[']) && text[end..].starts_with([')', ']']) {
                trimmed.len() - 1..end + 1
            } else {
                at..end
            };
            found.push(Found { kind, range, author });
        }
        at = next;
    }
    found
}

/// Whether the first two letters are those of one of the words.
fn may_begin(bytes: &[u8]) -> bool {
    let [first, second, ..] = bytes else { return false };
    match first | 0x20 {
        b'i' | b'e' => second | 0x20 == b'b',
        b'o' => second | 0x20 == b'p',
        b'l' => second | 0x20 == b'o',
        b'a' => matches!(second | 0x20, b'r' | b'.'),
        _ => false,
    }
}

fn word_at(bytes: &[u8]) -> Option<(usize, Kind)> {
    let hit = WORDS.iter().find(|(w, _)| bytes.get(..w.len()).is_some_and(|b| b.eq_ignore_ascii_case(w.as_bytes())))?;
    Some((hit.0.len(), hit.1))
}

/// The length of ", p. 34" or ": 34–36" at the beginning of a text.
fn locator(rest: &str) -> usize {
    let within = rest.char_indices().take_while(|(i, _)| *i < LONGEST_LOCATOR);
    let mut end = 0;
    for (i, c) in within {
        let label = |l: &str| rest[i..].starts_with(l) && end == 0;
        match c {
            c if c.is_ascii_digit() => end = i + 1,
            ',' | ':' | ' ' | '.' | '-' | '–' | '\u{a0}' => {}
            'p' | 'S' | 'f' | 's' | 'n' | '§' if end == 0 || c == 'f' => {}
            _ if label("vol") || label("chap") || label("cap") => {}
            _ => break,
        }
    }
    end
}

#[cfg(test)]
mod tests {
    use super::super::{Passage, link};
    use super::*;
    use crate::reference::parse_list;

    #[test]
    fn the_words_begin_as_expected() {
        assert!(WORDS.iter().all(|(word, _)| may_begin(word.as_bytes()) && may_begin(word.to_uppercase().as_bytes())));
    }

    /// The back references of passages as "text: works, status".
    fn shown(passages: &[&str]) -> Vec<String> {
        let raw = [
            "Roe, J. (2001). Bark of old trees. Wood Journal, 3, 4–9.",
            "Doe, A. (2003). Roofs of towns. Wood Journal, 4, 4–9.",
            "Doe, A. (2005). Ropes of towns. Wood Journal, 5, 4–9.",
        ];
        let parsed = parse_list(&raw);
        let references: Vec<ListedReference<'_>> = raw
            .iter()
            .zip(&parsed)
            .map(|(text, p)| ListedReference { text, label: None, part: None, work: &p.work })
            .collect();
        let passages: Vec<Passage<'_>> = passages.iter().map(|p| Passage::plain(p)).collect();
        let all = link(&references, &passages).mentions;
        let back = all.iter().flatten().filter(|m| m.form == MentionForm::BackReference);
        back.map(|m| format!("{}: {:?} {}", m.text, m.refs, m.status.as_str())).collect()
    }

    #[test]
    fn the_citation_before() {
        assert_eq!(shown(&["Bark burns (Roe, 2001).", "It floats (ibid., p. 7)."]), ["(ibid., p. 7): [0] resolved"]);
        assert_eq!(
            shown(&["Siehe Roe (2001).", "Ebd., S. 8.", "Ibid."]),
            ["Ebd., S. 8: [0] resolved", "Ibid.: [0] resolved"]
        );
        assert_eq!(shown(&["Bark burns (Roe, 2001; Doe, 2003).", "It floats (ibid.)."]), ["(ibid.): [0, 1] ambiguous"]);
        // A name that is printed with it says which work is meant.
        let text =
            ["Bark burns (Roe, 2001).", "Roofs burn (Doe, 2003).", "Roe (ibid., p. 5) knew it.", "It floats (ibid.)."];
        assert_eq!(shown(&text), ["(ibid., p. 5): [0] resolved", "(ibid.): [0] resolved"]);
        assert_eq!(shown(&["Bark floats (ibid.)."]), ["(ibid.): [] unresolved"]);
        assert_eq!(shown(&["Bark burns (Poe et al., 1999).", "It floats (ibid.)."]), ["(ibid.): [] unresolved"]);
    }

    #[test]
    fn the_work_of_an_author() {
        let text = ["Bark burns (Roe, 2001) on roofs (Doe, 2003).", "As Roe (op. cit., p. 5) says."];
        assert_eq!(shown(&text), ["(op. cit., p. 5): [0] resolved"]);
        let text = ["Roofs burn (Doe, 2003; Doe, 2005).", "Doe, a.a.O., S. 5."];
        assert_eq!(shown(&text), ["a.a.O., S. 5: [1, 2] ambiguous"]);
        assert_eq!(shown(&["Bark burns (Roe, 2001).", "Doe, op. cit."]), ["op. cit.: [] unresolved"]);
        assert_eq!(shown(&["Bark burns (Roe, 2001).", "See op. cit."]), ["op. cit.: [] unresolved"]);
    }

    #[test]
    fn other_words() {
        assert_eq!(
            shown(&["Bark burns (Roe, 2001).", "The ibid region of Ebdon; ibidlike; (EBD)."]),
            Vec::<String>::new()
        );
    }
}
