//! Names in scripts without capitals (Chinese, Japanese, Korean): short words between commas, kept whole. Which part of
//! such a name is the family's is rarely printed, so nothing is split.

use super::names::{MAX_NAMES, NameOrder, Scan};
use crate::work::{Name, NameList};

/// Marks between two names or behind the last.
const SEPARATORS: [char; 9] = [',', ';', '·', '・', '、', '，', '&', '/', '；'];
/// What may stand behind a list of names.
const BEHIND: [char; 14] = ['.', '(', ':', '《', '「', '『', '〈', '[', '“', '"', '\'', '‘', '。', '\u{1f}'];
/// Words glued to the last name of a list, or behind a space, that say what its bearers did.
const WROTE: &[&str] = &["编著", "編著", "著", "지음"];
const EDITED: &[&str] = &["主编", "主編", "编", "編", "엮음", "편저"];
const TRANSLATED: &[&str] = &["翻译", "翻譯", "译", "譯", "訳", "옮김"];
/// Words for "and others".
const OTHERS: &[&str] = &["等人", "等", "ほか", "他", "외"];
/// Most letters of a name; of one taken over from another script.
const LONGEST: usize = 6;
const LONGEST_FOREIGN: usize = 14;

/// A letter of these scripts.
pub(super) fn is_uncased(c: char) -> bool {
    c != '・' && matches!(c, '\u{3040}'..='\u{30ff}' | '\u{3400}'..='\u{9fff}' | '\u{ac00}'..='\u{d7a3}')
}

/// The names at the start of a text.
pub(super) fn scan(text: &str) -> Option<Scan> {
    let mut at = nationality(text);
    if !text[at..].starts_with(is_uncased) {
        return None;
    }
    let (mut names, mut end, mut incomplete) = (Vec::new(), 0, false);
    while names.len() < MAX_NAMES {
        let rest = &text[at..];
        let gap = rest.len() - rest.trim_start_matches(|c| c == ' ' || SEPARATORS.contains(&c)).len();
        let length = length_of_name(&rest[gap..]);
        let word = rest[gap..gap + length].trim_end();
        let behind = &rest[gap + length..];
        let ends = behind.is_empty() || behind.starts_with(SEPARATORS) || behind.starts_with(BEHIND);
        if !ends || word.is_empty() {
            break;
        }
        let stop = at + gap + word.len();
        if OTHERS.contains(&word) {
            (incomplete, end) = (true, stop);
            break;
        }
        let (name, role) = without_role(word);
        let (name, others) = without_others(name);
        let letters = name.chars().filter(|c| is_uncased(*c)).count();
        let foreign = name.contains(['·', '・']);
        if !(2..=if foreign { LONGEST_FOREIGN } else { LONGEST }).contains(&letters) {
            break;
        }
        if role != Role::Translated {
            names.push(Name::literal(name));
        }
        (at, end) = (stop, stop);
        incomplete |= others;
        if others {
            break;
        }
    }
    let list = NameList { names, incomplete };
    (end > 0 && !list.names.is_empty()).then_some(Scan { list, end, order: NameOrder::FamilyInitials })
}

/// Whether a word at the end of the names of a text, or in brackets behind them, says that they edited.
pub(super) fn are_editors(names: &str, behind: &str) -> bool {
    let behind = behind.trim_start().trim_start_matches(['(', '[', ' ']);
    let marked =
        |text: &str| EDITED.iter().any(|mark| text.strip_prefix(mark).is_some_and(|t| !t.starts_with(is_uncased)));
    names.starts_with(is_uncased) && (without_role(names.trim()).1 == Role::Edited || marked(behind))
}

/// "[美]": the bytes of a bracket before a name that tells where its bearer comes from.
fn nationality(text: &str) -> usize {
    let open = text.len() - text.trim_start_matches(['[', '(', '（', '〔']).len();
    let length = text[open..].find(|c| !is_uncased(c)).unwrap_or(0);
    let close = text[open + length..].chars().next().filter(|c| matches!(c, ']' | ')' | '）' | '〕'));
    match close {
        Some(close) if length > 0 && text[open..open + length].chars().count() <= 3 => {
            let inside = open + length + close.len_utf8();
            text.len() - text[inside..].trim_start().len()
        }
        _ => 0,
    }
}

/// The bytes of a name: letters, single spaces, and dots between parts that stand for another script's.
fn length_of_name(text: &str) -> usize {
    let mut before = ' ';
    for (at, c) in text.char_indices() {
        let next = text[at + c.len_utf8()..].chars().next().unwrap_or(' ');
        let inside = is_uncased(c) || c == ' ' || (matches!(c, '·' | '・') && joins(c, before, next));
        if !inside {
            return at;
        }
        before = c;
    }
    text.len()
}

/// Whether a dot stands inside of a name: Chinese sets "·" between the parts of a foreign one, Japanese "・"; between
/// Korean names, and between Japanese ones in Chinese characters, a dot separates.
fn joins(dot: char, before: char, next: char) -> bool {
    let katakana = |c| matches!(c, '\u{30a0}'..='\u{30ff}');
    let han = |c| matches!(c, '\u{3400}'..='\u{9fff}');
    match dot {
        '·' => han(before) && han(next),
        _ => katakana(before) && katakana(next),
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Role {
    Wrote,
    Edited,
    Translated,
}

fn without_role(word: &str) -> (&str, Role) {
    for (marks, role) in [(WROTE, Role::Wrote), (EDITED, Role::Edited), (TRANSLATED, Role::Translated)] {
        let cut = marks.iter().find_map(|mark| word.strip_suffix(mark));
        if let Some(name) = cut.map(str::trim_end).filter(|name| name.chars().count() >= 2) {
            return (name, role);
        }
    }
    (word, Role::Wrote)
}

fn without_others(word: &str) -> (&str, bool) {
    let cut = OTHERS.iter().find_map(|others| word.strip_suffix(others));
    match cut {
        // "외" and "他" end names too, but not behind a space.
        Some(name) if name.ends_with(' ') || (word.ends_with(['等', '人', 'か']) && name.chars().count() >= 2) => {
            (name.trim_end(), true)
        }
        _ => (word, false),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lists_of_names() {
        for (text, expected) in [
            ("雪冬冬, 冰寒. 北方", "雪冬冬; 冰寒→. 北方"),
            ("雪冬冬,冰寒,等.北方", "雪冬冬; 冰寒; +→.北方"),
            ("雪冬冬等: 北方", "雪冬冬; +→: 北方"),
            ("雪冬冬、冰寒:《冬》", "雪冬冬; 冰寒→:《冬》"),
            ("[美]约翰·雪著,冰寒译:《冬》", "约翰·雪→:《冬》"),
            ("霜田雪子・氷川太郎(2010)", "霜田雪子; 氷川太郎→(2010)"),
            ("ジョン・スノー「冬」", "ジョン・スノー→「冬」"),
            ("霜田 雪子, 氷川 太郎. 冬", "霜田 雪子; 氷川 太郎→. 冬"),
            ("김설아·박한빙(2003)", "김설아; 박한빙→(2003)"),
            ("박한빙 외. 2010", "박한빙; +→. 2010"),
            ("雪冬冬", "雪冬冬→"),
            ("北方冰雪旅游资源研究. 冰", "→"),
            ("Roe, A.", "→"),
        ] {
            let shown = scan(text).map_or("→".to_owned(), |scan| {
                let mut names: Vec<String> = scan.list.names.iter().map(Name::cited).collect();
                names.extend(scan.list.incomplete.then(|| "+".to_owned()));
                format!("{}→{}", names.join("; "), &text[scan.end..])
            });
            assert_eq!(shown, expected, "{text}");
        }
        assert!(
            are_editors("雪冬冬主编", ":《冬》")
                && are_editors("霜田雪子", "(編)『冬』")
                && !are_editors("雪编", ": 冬")
        );
    }
}
