//! Printed lists of names: where such a list ends, and who is in it.
//!
//! A list is read in one of a few orders ([`NameOrder`]); [`scan`] tries them all and keeps the one that gets
//! furthest, so a caller need not know the style. Nothing is guessed: what cannot be read as persons is left to
//! the caller, or kept whole by [`read`].

use super::known_names;
use super::lex::{Token, TokenKind, tokens};
use super::name_list::List;
use super::name_words::{is_body, is_initial, is_particle, looks_like_year};
use super::uncased_names;
use crate::work::{Name, NameList};

/// How the names of a list are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(super) enum NameOrder {
    /// "Marzano, A. V."; later names may be "L. Kolesnikova".
    FamilyCommaInitials,
    /// "Marzano AV" or "Marzano A. V.".
    FamilyInitials,
    /// "A. V. Marzano"
    InitialsFamily,
    /// "Angelo Marzano"
    GivenFamily,
    /// "Marzano, Angelo"; later names may be "Lidia Kolesnikova".
    FamilyCommaGiven,
}

const ORDERS: [NameOrder; 5] = [
    NameOrder::FamilyCommaInitials,
    NameOrder::FamilyInitials,
    NameOrder::InitialsFamily,
    NameOrder::GivenFamily,
    NameOrder::FamilyCommaGiven,
];

/// More names than any printed list has; keeps hostile input cheap.
pub(super) const MAX_NAMES: usize = 2_000;

/// A list of names at the start of a text.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Scan {
    pub list: NameList,
    /// Byte offset behind the last name (or behind "et al.").
    pub end: usize,
    pub order: NameOrder,
}

/// Reads the names at the start of `text`. Of the orders that get equally far, `preferred` wins.
pub(super) fn scan(text: &str, preferred: Option<NameOrder>) -> Option<Scan> {
    if let Some(scan) = uncased_names::scan(text) {
        return Some(scan);
    }
    let tokens = tokens(text);
    let mut best: Option<(usize, bool, Scan)> = None;
    for order in ORDERS {
        let Some((list, used)) = (List { tokens: &tokens, order }).read() else { continue };
        let wanted = preferred == Some(order);
        let further = best.as_ref().is_none_or(|(far, liked, scan)| {
            // One name may be read in many ways ("Roe A. Skin."): there the list decides.
            let single = list.names.len() == 1 && scan.list.names.len() == 1 && (wanted || *liked);
            if single || used == *far { wanted && !liked } else { used > *far }
        });
        if further {
            best = Some((used, wanted, Scan { list, end: tokens[used - 1].end, order }));
        }
    }
    best.map(|(_, _, scan)| scan).or_else(|| lone_family(&tokens)).or_else(|| families_alone(&tokens))
}

/// "Roe/Zay/Dun:", "Roe and Zay (2004)": family names alone, which slashes, or "and" and a year, show to be names.
fn families_alone(tokens: &[Token]) -> Option<Scan> {
    let list = List { tokens, order: NameOrder::FamilyInitials };
    let is_year = |at: usize| tokens.get(at).is_some_and(|t| t.kind == TokenKind::Number && looks_like_year(t.text));
    let joins = |at: usize| list.mark(at, '&') || list.word(at).is_some_and(|w| matches!(w, "and" | "und" | "et"));
    let mut names = Vec::new();
    let (mut at, mut slashes) = (0, false);
    loop {
        let end = (at..list.run(at)).find(|&i| joins(i)).unwrap_or_else(|| list.run(at));
        if !(1..=3).contains(&(end - at)) || list.word(end - 1).is_some_and(|w| is_particle(w) || is_initial(w)) {
            return None;
        }
        names.push(Name::person(list.text(at..end), ""));
        at = end;
        let slash = list.mark(at, '/');
        if !(slash || (joins(at) && names.len() == 1)) || names.len() == MAX_NAMES {
            break;
        }
        slashes |= slash;
        at += 1;
    }
    let after = list.et_al(at);
    let dated = is_year(at) || ((list.mark(at, ',') || list.mark(at, '(')) && is_year(at + 1));
    let ends =
        dated || after.is_some() || (slashes && (list.mark(at, ':') || list.mark(at, '(') || tokens.get(at).is_none()));
    if names.len() < 2 || !ends {
        return None;
    }
    let list = NameList { names, incomplete: after.is_some() };
    let end = tokens[after.unwrap_or(at) - 1].end;
    Some(Scan { list, end, order: NameOrder::FamilyInitials })
}

/// "Roe et al.": a family name alone, which only "et al." shows to be one.
fn lone_family(tokens: &[Token]) -> Option<Scan> {
    let list = List { tokens, order: NameOrder::FamilyInitials };
    let end = list.run(0);
    let after = list.et_al(end).or_else(|| list.et_al(end + 1).filter(|_| list.mark(end, ',')))?;
    if !(1..=3).contains(&end) || list.word(end).is_some_and(|w| w != "et") {
        return None;
    }
    let names = vec![Name::person(list.text(0..end), "")];
    let list = NameList { names, incomplete: true };
    Some(Scan { list, end: tokens[after - 1].end, order: NameOrder::FamilyInitials })
}

/// Reads a text that is known to be a list of names. What is not a list of persons becomes one literal name.
pub(super) fn read(text: &str, preferred: Option<NameOrder>) -> NameList {
    let text = text.trim_matches(|c: char| c.is_whitespace() || matches!(c, ',' | ';' | ':' | '(' | '['));
    if text.is_empty() {
        return NameList::default();
    }
    if !is_body(text)
        && let Some(scan) = scan(text, preferred)
        && text[scan.end..].chars().all(|c| !c.is_alphanumeric())
    {
        return scan.list;
    }
    let (body, incomplete) = without_et_al(text);
    if !is_body(text)
        && let Some(mut list) = known_names::read_whole(body, preferred)
    {
        list.incomplete |= incomplete;
        return list;
    }
    let body = body.trim_end_matches([' ', ',', '.', ';']);
    let names = if body.is_empty() { Vec::new() } else { vec![Name::literal(body)] };
    NameList { names, incomplete }
}

fn without_et_al(text: &str) -> (&str, bool) {
    for mark in
        [" et al.", " et al", " and others", " u. a.", " u.a.", " et alii", " et coll.", " и др.", " y otros", " e.a."]
    {
        if let Some(head) = text.trim_end_matches(['.', ',', ' ']).strip_suffix(mark.trim_end_matches('.')) {
            return (head, true);
        }
    }
    (text, false)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// "family|given" of every name, "+" at the end of an incomplete list, then what is left of the text.
    fn scanned(text: &str) -> String {
        let Some(scan) = scan(text, None) else { return format!("→{text}") };
        format!("{}→{}", shown(&scan.list), &text[scan.end..])
    }

    fn shown(list: &NameList) -> String {
        let mut names: Vec<String> = list
            .names
            .iter()
            .map(|name| match name {
                Name::Person(p) => {
                    let suffix = p.suffix.as_ref().map(|s| format!("|{s}")).unwrap_or_default();
                    format!("{}|{}{suffix}", name.cited(), p.given.as_deref().unwrap_or(""))
                }
                Name::Literal { literal } => format!("={literal}"),
            })
            .collect();
        if list.incomplete {
            names.push("+".to_owned());
        }
        names.join("; ")
    }

    #[test]
    fn orders() {
        for (text, expected) in [
            ("Roe, A. V., Zay, B., & Dun-Lee, C. (2004)", "Roe|A. V.; Zay|B.; Dun-Lee|C.→ (2004)"),
            ("Roe, A., Zay, B., et al. (2004)", "Roe|A.; Zay|B.; +→ (2004)"),
            ("Roe AV, van der Zay B, Dun C. A title", "Roe|AV; van der Zay|B; Dun|C→ A title"),
            ("A. V. Roe and B. Zay, Phys. Lett.", "Roe|A. V.; Zay|B.→, Phys. Lett."),
            ("A. Roe, B. Zay, J. Climate, 20, 3", "Roe|A.; Zay|B.→, J. Climate, 20, 3"),
            ("Anna D. Roe and Ben Zay. A title", "Roe|Anna D.; Zay|Ben→. A title"),
            ("Roe, Anna, and Ben Zay. A title", "Roe|Anna; Zay|Ben→. A title"),
            ("Roe, Anna, & Zay, Ben I. 1985. A", "Roe|Anna; Zay|Ben I.→ 1985. A"),
            ("Roe, A. On the number", "Roe|A.→ On the number"),
            ("Roe, A., Jr., & Zay, B. (2001)", "Roe|A.|Jr.; Zay|B.→ (2001)"),
            ("Zay B, Roe Jr AV (1997) A", "Zay|B; Roe|AV|Jr→ (1997) A"),
            ("Roe A., Zay B., 2013. A", "Roe|A.; Zay|B.→, 2013. A"),
            ("Roe, A.; Zay, B. Science", "Roe|A.; Zay|B.→ Science"),
            ("Roe, A. von (2001)", "von Roe|A.→ (2001)"),
            ("Roe2, A., & Zay1, B. (2001)", "Roe2|A.; Zay1|B.→ (2001)"),
            ("Roe, A., Zay12, B. (2001)", "Roe|A.; Zay12|B.→ (2001)"),
            ("Covid19, A study", "→Covid19, A study"),
            ("Roe AV van den, Zay B: A title", "van den Roe|AV; Zay|B→: A title"),
            ("Roe, A. v.; Zay, B. u. Dun, C. (2001)", "v. Roe|A.; Zay|B.; Dun|C.→ (2001)"),
            ("Roe, Anna u. a. (Hgg.): Skin", "Roe|Anna; +→ (Hgg.): Skin"),
            ("Roe, A.; Zay, B. u.a. (2001)", "Roe|A.; Zay|B.; +→ (2001)"),
            ("Roe/Zay/von Dun: Skin", "Roe|; Zay|; von Dun|→: Skin"),
            ("Roe and Zay, 1987, Skin 3", "Roe|; Zay|→, 1987, Skin 3"),
            ("Snow and ice", "→Snow and ice"),
            ("Yu Zay, Xiu-shen Dun, and Minh N Roe. Skin", "Zay|Yu; Dun|Xiu-shen; Roe|Minh N→. Skin"),
            ("Snow/ice/water (2001)", "→Snow/ice/water (2001)"),
            ("Journal of Things 21 (2011)", "→Journal of Things 21 (2011)"),
        ] {
            assert_eq!(scanned(text), expected, "{text}");
        }
    }

    #[test]
    fn bodies_stay_whole() {
        assert_eq!(shown(&read("World Health Organization", None)), "=World Health Organization");
        assert_eq!(shown(&read("Roe, A.", None)), "Roe|A.");
        assert_eq!(shown(&read("Van Roe, A., ... Zay, B.", None)), "Van Roe|A.; Zay|B.; +");
        assert_eq!(shown(&read("", None)), "");
    }
}
