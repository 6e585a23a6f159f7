//! Where a title ends and the name of a journal begins, when no quotation marks tell.

use super::cut::CUT;
use super::sentences::sentence_ends;

/// Splits "Title. Journal" and "Title, Journal"; a text that is only a journal has no title.
pub(super) fn title_and_container(head: &str) -> (&str, &str) {
    let head = head.trim_end_matches([' ', ',', '.', ';', ':', '(', CUT]);
    if let Some(&end) = sentence_ends(head).last() {
        return (&head[..=end.min(head.len() - 1)], head[end + 1..].trim_start());
    }
    for (mark, _) in head.rmatch_indices(", ") {
        let (title, container) = (&head[..mark], &head[mark + 2..]);
        let small = title.split_whitespace().filter(|w| w.starts_with(char::is_lowercase)).count();
        if is_name_of_journal(container) && (small >= 2 || title.split_whitespace().count() >= 4) {
            return (title, container);
        }
        if !is_name_of_journal(container) {
            break;
        }
    }
    if is_name_of_journal(head) && head.split_whitespace().count() <= 10 {
        return ("", head);
    }
    // "… of the common cold Pharmacotherapy": no mark at all, only capitals.
    let mut start = head.len();
    for (at, word) in head.rmatch_indices(' ').map(|(at, _)| (at + 1, head[at + 1..].split(' ').next().unwrap_or(""))) {
        if word.starts_with(char::is_uppercase) {
            start = at;
        } else if !SMALL_WORDS.contains(&word) {
            break;
        }
    }
    if start < head.len() && head[..start].split_whitespace().filter(|w| w.starts_with(char::is_lowercase)).count() >= 2
    {
        return (&head[..start], &head[start..]);
    }
    (head, "")
}

/// Words that names of journals print without a capital.
const SMALL_WORDS: &[&str] = &[
    "of", "the", "and", "in", "for", "de", "der", "la", "für", "und", "on", "et", "des", "to", "du", "di", "e", "a",
    "&",
];

/// Whether all words that are not small have a capital, as in names of journals.
fn is_name_of_journal(text: &str) -> bool {
    !text.is_empty()
        && text
            .split([' ', '.'])
            .filter(|w| !w.is_empty())
            .all(|w| SMALL_WORDS.contains(&w) || w.starts_with(|c: char| !c.is_lowercase()))
}

/// A title in quotation marks at the start of a text, and what follows it.
pub(super) fn quoted(text: &str) -> Option<(&str, &str)> {
    let (closers, open): (&[&str], usize) = match text.chars().next()? {
        '“' => (&["”"], 3),
        '„' => (&["“", "”"], 3),
        '«' => (&["»"], 2),
        '"' => (&["\""], 1),
        '`' if text.starts_with("``") => (&["''", "”", "\""], 2),
        '‘' => (&["’", "'"], 3),
        '\'' => (&["'"], 1),
        _ => return None,
    };
    let single = matches!(text.chars().next(), Some('‘' | '\''));
    let inside = &text[open..];
    let (mut count, mut previous) = (0, ' ');
    for (at, c) in inside.char_indices() {
        let rest = &inside[at..];
        if let Some(closer) = closers.iter().find(|closer| rest.starts_with(**closer)) {
            let behind = &rest[closer.len()..];
            // Single marks are apostrophes too.
            let closes = !single
                || behind.is_empty()
                || behind.starts_with([',', '.', ';', ':'])
                || behind.strip_prefix(' ').is_some_and(|next| next.starts_with(|c: char| !c.is_lowercase()))
                || matches!(previous, ',' | '.');
            if closes && count >= 3 {
                return Some((&inside[..at], behind.strip_prefix([',', '.', ';', ':']).unwrap_or(behind)));
            }
        }
        count += 1;
        previous = c;
        if count > 600 || c == CUT || (!single && text.starts_with(c)) {
            return None;
        }
    }
    None
}

/// "『Title』", "《Title": a text without the marks of Chinese, Japanese and Korean titles around it.
pub(super) fn without_uncased_quotes(text: &str) -> &str {
    let inside = text.trim_start_matches(['《', '『', '「', '〈']);
    let closed = inside.trim_end_matches(['》', '』', '」', '〉']);
    // A title may end with one that it quotes.
    let quotes = closed.contains(['《', '『', '「', '〈']);
    if quotes { inside } else { closed }
}

/// A title as it is recorded: no quotation marks around it, no full stop behind it.
pub(super) fn title_of(text: &str) -> String {
    let text = text.split(CUT).next().unwrap_or(text);
    let text = text
        .trim_matches(|c: char| c.is_whitespace() || matches!(c, ',' | ';' | ':' | '“' | '”' | '"' | '«' | '»' | '‘'));
    let text = without_uncased_quotes(text);
    let text = text.trim_start_matches(['.', ' ', ')']);
    if text.ends_with("...") { text } else { text.trim_end_matches(['.', ' ', ',', '(']) }.to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_around_titles() {
        for (text, title) in
            [("『雪と冬』", "雪と冬"), ("《雪", "雪"), ("雪と「冬」", "雪と「冬」"), ("„Snow“", "„Snow")]
        {
            assert_eq!(title_of(text), title);
        }
    }

    #[test]
    fn titles_and_journals() {
        for (head, title, container) in [
            ("Skin in winter. A study. Journal of Skin, ", "Skin in winter. A study.", "Journal of Skin"),
            ("Is skin winterly? Skin", "Is skin winterly?", "Skin"),
            ("On skin in the winter, Phys. Rev. D", "On skin in the winter", "Phys. Rev. D"),
            ("Phys. Rev. Lett.", "", "Phys. Rev. Lett"),
            ("Use of skin against the cold Skin Therapy", "Use of skin against the cold ", "Skin Therapy"),
            ("Skin. Skin", "Skin.", "Skin"),
            ("Skin in winter", "Skin in winter", ""),
        ] {
            assert_eq!(title_and_container(head), (title, container), "{head}");
        }
    }
}
