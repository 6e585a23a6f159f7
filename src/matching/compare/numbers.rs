//! Years, volumes, issues and pages: printed and recorded.

use super::Agreement::{self, Close, Different, Elsewhere, Same, Unknown};
use super::{Asked, Recorded};

/// Digits without leading zeros of the first run of digits; empty where there are none.
pub(in super::super) fn digits(text: &str) -> String {
    let start = text.find(|c: char| c.is_ascii_digit()).unwrap_or(text.len());
    let run: String = text[start..].chars().take_while(char::is_ascii_digit).collect();
    run.trim_start_matches('0').to_owned()
}

/// The number of a volume, which older ones print in Roman letters.
pub(in super::super) fn volume(text: &str) -> String {
    let found = digits(text);
    if found.is_empty() { roman(text.trim()).map(|n| n.to_string()).unwrap_or_default() } else { found }
}

/// The number of a page; a code that has several ("2A2-I08") is kept whole.
fn page_number(text: &str) -> String {
    let runs = text.split(|c: char| !c.is_ascii_digit()).filter(|run| !run.is_empty()).count();
    if runs > 1 && text.contains(char::is_alphabetic) { crate::text::fold_key(text) } else { digits(text) }
}

/// Whether a folded page is one of front matter, or a cover ("OBC" is the outside back one).
fn is_front_page(page: &str) -> bool {
    matches!(page, "ifc" | "ibc" | "ofc" | "obc" | "cover")
        || (1..=8).contains(&page.len()) && page.bytes().all(|b| b"ivxlc".contains(&b))
}

/// Whether a text is one or two pages of front matter: "vii–viii", "iv".
pub(super) fn is_front_matter(text: &str) -> bool {
    !pages(text).0.is_empty() && !text.bytes().any(|b| b.is_ascii_digit())
}

/// The value of a Roman number of two letters or more; one alone is more often a letter.
fn roman(text: &str) -> Option<u32> {
    let value = |c: char| {
        Some(match c.to_ascii_lowercase() {
            'i' => 1,
            'v' => 5,
            'x' => 10,
            'l' => 50,
            'c' => 100,
            'd' => 500,
            'm' => 1_000,
            _ => return None,
        })
    };
    let values: Vec<u32> = text.chars().map(value).collect::<Option<_>>()?;
    if !(2..=12).contains(&values.len()) {
        return None;
    }
    let signed = values
        .iter()
        .enumerate()
        .map(|(i, &n)| if values.get(i + 1).is_some_and(|next| *next > n) { -i64::from(n) } else { i64::from(n) });
    u32::try_from(signed.sum::<i64>()).ok().filter(|n| *n > 0)
}

/// The first and last page of a range, the last one with the digits that were left out ("483–5" is 483 to 485).
pub(in super::super) fn pages(text: &str) -> (String, String) {
    let parts = || text.split(['-', '–', '—', '\u{2010}', '\u{2011}', '−']);
    // Pages of front matter, and covers.
    if !text.bytes().any(|b| b.is_ascii_digit()) {
        let mut named = parts().map(|part| crate::text::fold_key(part.trim()));
        let first = named.next().filter(|page| is_front_page(page)).unwrap_or_default();
        let last = named.next().filter(|page| is_front_page(page)).unwrap_or_default();
        return (first, last);
    }
    let mut parts = parts().map(page_number);
    let first = parts.next().unwrap_or_default();
    let last = parts.next().unwrap_or_default();
    if !last.is_empty() && last.len() < first.len() {
        let whole = format!("{}{last}", &first[..first.len() - last.len()]);
        return (first, whole);
    }
    (first, last)
}

/// How the numbers of a reference compare with those of a record.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(in super::super) struct Numbers {
    pub year: Agreement,
    pub volume: Agreement,
    pub issue: Agreement,
    pub page: Agreement,
}

/// Compares the numbers. What was taken for a volume is often the issue, and so on: a number of the record agrees when it is
/// printed anywhere behind the title, each printed one serving once.
pub(in super::super) fn compare(asked: &Asked, record: &Recorded) -> Numbers {
    let mut printed = asked.numbers.clone();
    let mut take = |number: &str| {
        let at = printed.iter().position(|n| n == number);
        at.map(|at| printed.remove(at)).is_some()
    };
    let mut compare = |own: &str, recorded: &str| {
        if recorded.is_empty() {
            Unknown
        } else if take(recorded) {
            if own.is_empty() || own == recorded { Same } else { Elsewhere }
        } else if own.is_empty() {
            Unknown
        } else {
            Different
        }
    };
    let text = |year: Option<i32>| year.map(|year| year.to_string()).unwrap_or_default();
    let year = compare(&text(asked.year), &text(record.year));
    let page = compare(&asked.pages.0, &record.pages.0);
    let volume = compare(&asked.volume, &record.volume);
    let issue = compare(&asked.issue, &record.issue);
    // Pages of front matter are words of the string.
    let is_word = |page: &str| {
        !page.is_empty() && !page.bytes().any(|b| b.is_ascii_digit()) && asked.words.iter().any(|w| w == page)
    };
    let page = if page != Same && is_word(&record.pages.0) { Same } else { page };
    let near_year = year == Different && matches!((asked.year, record.year), (Some(a), Some(b)) if a.abs_diff(b) == 1);
    Numbers {
        year: if near_year { Close } else { year },
        volume,
        issue,
        page: if page == Different && is_near_page(asked, record) { Close } else { page },
    }
}

/// Pages that are not the same but may be meant: one within the record's, one with a digit misprinted, or an article number
/// without what stands before it ("045427" of "2004045427").
fn is_near_page(asked: &Asked, record: &Recorded) -> bool {
    let (printed, recorded) = (&asked.pages.0, &record.pages.0);
    let number = |s: &str| s.parse::<u64>().ok();
    let within = match (number(printed), number(recorded), number(&record.pages.1)) {
        // On the page where one work ends the next one often begins.
        (Some(at), Some(first), Some(last)) => first < at && at < last,
        _ => false,
    };
    let ends = |long: &str, short: &str| short.len() >= 4 && long.ends_with(short);
    within || ends(printed, recorded) || ends(recorded, printed) || is_misprint(printed, recorded)
}

/// Whether one digit of three or more is another.
fn is_misprint(a: &str, b: &str) -> bool {
    a.len() == b.len() && a.len() >= 3 && a.bytes().zip(b.bytes()).filter(|(x, y)| x != y).count() == 1
}

/// Whether both print where they end, and disagree, though they begin on one page.
pub(in super::super) fn last_page_differs(asked: &Asked, record: &Recorded) -> bool {
    let (printed, recorded) = (&asked.pages, &record.pages);
    printed.0 == recorded.0
        && !printed.1.is_empty()
        && !recorded.1.is_empty()
        // Some sources record an article number twice.
        && recorded.1 != recorded.0
        && printed.1 != recorded.1
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ranges_of_pages() {
        for (text, first, last) in [
            ("483–5", "483", "485"),
            ("e0123-e130", "123", "130"),
            ("2446–54", "2446", "2454"),
            ("v–vii", "v", "vii"),
            ("OBC", "obc", ""),
            ("announce", "", ""),
            ("7", "7", ""),
        ] {
            assert_eq!(pages(text), (first.to_owned(), last.to_owned()), "{text}");
        }
        assert_eq!((volume("XXVII"), volume("58A"), volume("new")), ("27".to_owned(), "58".to_owned(), String::new()));
    }
}
