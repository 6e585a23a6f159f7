//! Whether a printed title is the title of a record.

use super::words::{Alignment, align, weight, words};
use super::{Agreement, Asked, Recorded};

/// How a printed title compares with that of a record.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(in super::super) enum Title {
    /// One of them is missing.
    Unknown,
    /// The same words, but for punctuation, hyphens and letters of formulas. The number is how many letters agree.
    Same(u32),
    /// The same with slips: letters, or a word.
    Slips(u32),
    /// The same but for a word in the place of another.
    Varied(u32),
    /// The printed one is a part of the record's, or goes on where that ends.
    Part(u32),
    /// Some words in common.
    Partly,
    Different,
    /// The same but for a number, or for a word that makes it another work: "Part II", "Erratum".
    Other,
}

/// Words that make another work of a title.
const OTHER_WORK: &[&str] = &[
    "erratum",
    "errata",
    "corrigendum",
    "correction",
    "corrections",
    "addendum",
    "reply",
    "replies",
    "rejoinder",
    "response",
    "comment",
    "comments",
    "commentary",
    "letter",
    "retraction",
    "retracted",
    "withdrawn",
    "editorial",
    "discussion",
    "abstract",
    "abstracts",
];
/// A title of fewer letters says little when it is a part of another.
const SHORT: u32 = 12;
/// A title that begins behind so many words of what was taken for it may be another reference's.
const BEHIND: usize = 6;
/// A title of so many letters is found by no chance, wherever it stands.
const LONG: u32 = 40;

pub(in super::super) fn compare(asked: &Asked, record: &Recorded) -> Title {
    let recorded = &record.title;
    if recorded.is_empty() || asked.title.is_empty() && asked.words.is_empty() {
        return Title::Unknown;
    }
    let in_string = in_string(asked, recorded);
    if asked.title.is_empty() {
        // A title that was not recognised may stand in the string; a style without titles prints none.
        return match in_string {
            Some(run) if run.share >= 0.97 && run.letters >= SHORT => Title::Same(run.letters),
            Some(run) if run.share >= 0.9 && run.letters >= SHORT * 2 => Title::Slips(run.letters),
            Some(run) if run.begins && run.letters >= SHORT * 2 => Title::Part(run.letters),
            _ => Title::Unknown,
        };
    }
    let printed = &asked.title;
    if recorded.concat() == printed.concat() {
        return Title::Same(recorded.iter().map(|word| weight(word)).sum());
    }
    let found = align(recorded, printed);
    let of_record = found.share_of_first(recorded);
    let unexplained = unexplained(&found, printed, record);
    let matched: u32 = letters(&found, recorded);
    let extra: u32 = unexplained.iter().map(|j| weight(&printed[*j])).sum();
    let of_printed = f64::from(matched) / f64::from((matched + extra).max(1));
    // Words that were not taken for the title, but stand in the string.
    let whole = in_string.filter(|run| run.share > of_record);
    let whole_share = whole.map_or(of_record, |run| run.share);
    // Where two references run together, the first is meant.
    let is_behind = found.pairs.first().is_some_and(|pair| pair.1 >= BEHIND) && of_printed < 0.7;
    let is_elsewhere = whole.is_some() && of_record < 0.5 || is_behind;
    if is_elsewhere && super::names::first_author(asked, record) == Agreement::Different {
        return Title::Different;
    }
    let matched = whole.map_or(matched, |run| run.letters.max(matched));
    if is_another(&found, recorded, printed, &unexplained, asked, whole_share.min(of_printed)) {
        return Title::Other;
    }
    let exact = found.pairs.iter().all(|pair| pair.2 == 100);
    // A style without titles: what was taken for one is the container.
    if whole_share < 0.8 && stands_for_container(asked, record) {
        return Title::Unknown;
    }
    match (whole_share, of_printed) {
        (r, p) if r >= 1.0 && p >= 1.0 && exact => Title::Same(matched),
        (r, p) if r >= 0.8 && p >= 0.8 && r + p >= 1.7 => {
            if has_other_words(&found, recorded, printed, &unexplained) {
                Title::Varied(matched)
            } else {
                Title::Slips(matched)
            }
        }
        (r, p) if p >= 0.85 && r >= 0.2 && matched >= SHORT && is_run(&found) => Title::Part(matched),
        // The printed title goes on where the record's ends, which lost a word in markup or a subtitle.
        (r, p) if r >= 0.93 && (p >= 0.25 || recorded.len() > 1) && goes_on(&found, printed) => Title::Part(matched),
        // The whole title of a record that lost words to markup: "Regulation of".
        (r, _) if r >= 0.95 && of_record >= 0.95 && is_run_of_second(&found) => Title::Part(matched),
        // What was taken for the title was cut too early or too late.
        (r, _) if r >= 0.95 && matched >= LONG && !is_container(asked, recorded) => Title::Part(matched),
        (r, p) => {
            let own: Vec<String> = printed
                .iter()
                .enumerate()
                .filter(|(j, word)| found.has_second(*j) || recorded.contains(word) || !record.explains(word))
                .map(|(_, word)| word.clone())
                .collect();
            let (in_record, in_printed) = bags(recorded, &own);
            if (in_record >= 0.9 && in_printed >= 0.9 || in_record >= 0.97 && in_printed >= 0.7) && recorded.len() >= 2
            {
                Title::Slips(recorded.iter().map(|word| weight(word)).sum())
            } else if r >= 0.55 && p >= 0.55 {
                Title::Partly
            } else {
                Title::Different
            }
        }
    }
}

/// The shares of two titles that are words of the other, in whatever order.
fn bags(recorded: &[String], printed: &[String]) -> (f64, f64) {
    let share = |of: &[String], others: &[String]| {
        let mut left: Vec<&String> = others.iter().collect();
        let (mut found, mut all) = (0, 0);
        for word in of {
            all += weight(word);
            if let Some(at) = left.iter().position(|other| *other == word) {
                left.swap_remove(at);
                found += weight(word);
            }
        }
        f64::from(found) / f64::from(all.max(1))
    };
    (share(recorded, printed), share(printed, recorded))
}

/// Whether the words that were taken for a title are the record's container, or a part of it.
fn stands_for_container(asked: &Asked, record: &Recorded) -> bool {
    let counted = super::container::counted(asked.title.clone());
    let letters: u32 = record.container.iter().map(|word| weight(word)).sum();
    letters >= 6
        && align(&counted, &record.container).share_of_first(&counted) >= 0.85
        && super::container::compare_with(asked, record, &[&asked.title[..], &asked.container[..]].concat())
            == Agreement::Same
}

/// Whether a record's title is what the reference prints as its container: the record is of the whole book.
fn is_container(asked: &Asked, recorded: &[String]) -> bool {
    let found = align(recorded, &asked.container);
    found.share_of_first(recorded) > 0.5
}

/// Whether a word of the one title stands in the place of quite another one: "the mature growth phase", "the juvenile …".
fn has_other_words(found: &Alignment, recorded: &[String], printed: &[String], unexplained: &[usize]) -> bool {
    let telling = |word: &str| word.chars().count() >= 4;
    let missing: Vec<&String> = (0..recorded.len())
        .filter(|i| !found.has_first(*i))
        .map(|i| &recorded[i])
        .filter(|word| telling(word))
        .collect();
    let added = unexplained.iter().map(|j| &printed[*j]).filter(|word| telling(word));
    let like = |a: &str, b: &str| crate::text::similarity(a, b) >= 0.5;
    let added: Vec<&String> = added.filter(|word| !missing.iter().any(|other| like(word, other))).collect();
    !added.is_empty() && missing.iter().any(|word| !added.iter().any(|other| like(word, other)))
}

fn letters(found: &Alignment, recorded: &[String]) -> u32 {
    let mut sum = 0;
    let mut last = usize::MAX;
    for (i, _, _) in &found.pairs {
        if *i != last {
            sum += weight(&recorded[*i]);
        }
        last = *i;
    }
    sum
}

/// Words of a record's title that stand in the string in one run.
#[derive(Debug, Clone, Copy)]
struct Run {
    /// Of the record's title.
    share: f64,
    letters: u32,
    /// The run begins with the title.
    begins: bool,
}

fn in_string(asked: &Asked, recorded: &[String]) -> Option<Run> {
    if asked.words.is_empty() || recorded.len() < 2 {
        return None;
    }
    let found = align(recorded, &asked.words);
    let (first, last) = (found.pairs.first()?, found.pairs.last()?);
    // Words that are strewn over the string are not its title.
    let span = last.1 - first.1 + 1;
    if span > found.pairs.len() + found.pairs.len() / 4 + 1 {
        return None;
    }
    let begins = first.0 == 0 && last.0 < found.pairs.len() + 1;
    Some(Run { share: found.share_of_first(recorded), letters: letters(&found, recorded), begins })
}

/// Words of the printed title that the record's does not have and its other fields do not explain: a title is often cut
/// too late, so that the journal or the volume is in it.
fn unexplained(found: &Alignment, printed: &[String], record: &Recorded) -> Vec<usize> {
    let first = found.pairs.first().map_or(printed.len(), |pair| pair.1);
    let last = found.pairs.last().map_or(0, |pair| pair.1);
    (0..printed.len())
        .filter(|j| !found.has_second(*j))
        .filter(|j| {
            let outside = *j < first || *j > last;
            !(outside && record.explains(&printed[*j]))
        })
        .collect()
}

/// Whether the record's words that were found stand together, at its beginning or after a few words.
fn is_run(found: &Alignment) -> bool {
    let (Some(first), Some(last)) = (found.pairs.first(), found.pairs.last()) else { return false };
    let span = last.0 - first.0 + 1;
    span <= found.pairs.len() + 1 + found.pairs.len() / 6
}

/// Whether the record's words stand together in the printed title.
fn is_run_of_second(found: &Alignment) -> bool {
    let (Some(first), Some(last)) = (found.pairs.first(), found.pairs.last()) else { return false };
    last.1 - first.1 < found.pairs.len()
}

/// Whether the printed title begins with the record's and goes on: with a subtitle that the record lacks.
fn goes_on(found: &Alignment, printed: &[String]) -> bool {
    let (Some(first), Some(last)) = (found.pairs.first(), found.pairs.last()) else { return false };
    first.1 == 0 && last.1 + 1 < printed.len() && last.1 < found.pairs.len() + 1
}

/// Whether the titles differ by what tells works apart.
fn is_another(
    found: &Alignment,
    recorded: &[String],
    printed: &[String],
    unexplained: &[usize],
    asked: &Asked,
    alike: f64,
) -> bool {
    if alike < 0.5 {
        return false;
    }
    let only_printed: Vec<&str> = unexplained.iter().map(|j| printed[*j].as_str()).collect();
    let only_recorded: Vec<&str> = (0..recorded.len())
        .filter(|i| !found.has_first(*i) && !asked.words.contains(&recorded[*i]))
        .map(|i| recorded[i].as_str())
        .collect();
    let marks = |words: &[&str]| words.iter().any(|word| OTHER_WORK.contains(word));
    if marks(&only_printed) != marks(&only_recorded) {
        return true;
    }
    let numbers = |words: &[&str]| words.iter().filter(|word| is_number(word)).count();
    let (of_printed, of_record) = (numbers(&only_printed), numbers(&only_recorded));
    // A title that is cut short lacks numbers; one that has other numbers is another, and so is one that goes on with the
    // number of a part.
    of_printed > 0 && of_record > 0 || of_printed == 0 && goes_on_as_part(found, recorded)
}

/// Whether a record's title goes on behind the words that are printed with "Part II", "III."
fn goes_on_as_part(found: &Alignment, recorded: &[String]) -> bool {
    let next = found.pairs.last().and_then(|last| recorded.get(last.0 + 1));
    next.is_some_and(|word| {
        word == "part" || word.len() >= 2 && !word.starts_with(|c: char| c.is_ascii_digit()) && is_number(word)
    })
}

/// Digits and Roman numbers; a lone letter is more often a word or an initial.
fn is_number(word: &str) -> bool {
    word.bytes().all(|b| b.is_ascii_digit())
        || matches!(word, "i" | "ii" | "iii" | "iv" | "v" | "vi" | "vii" | "viii" | "ix" | "x" | "xi" | "xii")
        || matches!(word, "one" | "two" | "three" | "four" | "first" | "second" | "third" | "fourth")
}

/// The words of a title, of which a few are enough to tell.
pub(in super::super) fn title_words(text: &str) -> Vec<String> {
    let mut words = words(text);
    words.truncate(80);
    words
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::bibliography::{self, Format};
    use crate::work::Work;

    fn work(author: &str, title: &str) -> Work {
        let bib = format!("@article{{k, author = {{{author}}}, title = {{{title}}}}}");
        bibliography::read(bib.as_bytes(), Some(Format::BIBTEX)).expect("a .bib file").works.remove(0)
    }

    fn compared(raw: &str, printed: &Work, record: &Work) -> Title {
        compare(&Asked::new(raw, printed), &Recorded::new(record))
    }

    #[test]
    fn of_two_references_in_one_line_the_first_is_meant() {
        let record = work("Ytre, Y.", "Limited ability of ferries to turn without a tug in narrow harbours");
        let raw = "Xu, X. (2008). Tugs and their ropes in long winters. Seas 7, 366. Ytre, Y. (2009). Limited ability of \
                   ferries to turn without a tug in narrow harbours. Annals of Ports 587, 4799.";
        let first = work("Xu, X.", "Tugs and their ropes in long winters");
        assert_eq!(compared(raw, &first, &record), Title::Different);
        let both = work("Xu, X.", &raw[16..]);
        assert_eq!(compared(raw, &both, &record), Title::Different);
        assert_ne!(compared(raw, &work("Ytre, Y.", "Limited ability of ferries"), &record), Title::Different);
    }

    #[test]
    fn titles_that_lost_words_and_parts_of_a_series() {
        let printed = |title: &str| work("Quist, Q.", title);
        for (title, record, expected) in [
            ("Tides of the upper fjord. II. Autumn", "Tides of the upper fjord. I. Spring", "Other"),
            ("Erratum: tides of the upper fjord", "Tides of the upper fjord", "Other"),
            ("Tides of the upper fjord", "Tides of the upper fjord. Part II", "Other"),
            ("Signals of Phoca vitulina in the upper fjord", "Signals of", "Part(9)"),
            ("Seals: signals of Phoca vitulina in the upper fjord", "Phoca vitulina in", "Part(15)"),
            ("Studies of the mature phase of the fjord", "Studies of the juvenile phase of the fjord", "Partly"),
        ] {
            let found = compared(title, &printed(title), &printed(record));
            assert_eq!(format!("{found:?}"), expected, "{title} | {record}");
        }
    }
}
