//! What in a text has the form of an author-year citation.
//!
//! Three forms: in a bracket with its authors ("(Ianello et al. 1998; see Wu 2008)"), narrative with the year in a
//! bracket ("Nunley and Jones (2009)"), and narrative without a bracket where "et al." or a pair of names makes the
//! form certain ("Ishibashi et al. 1987a, b"). A year alone, a month, a measure is none.

use std::sync::LazyLock;

use regex::Regex;

use super::authors::CitedAuthors;

/// A citation by its form, not yet resolved.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FoundCitation {
    pub authors: CitedAuthors,
    pub year: CitedYear,
    /// Byte range in the text.
    pub range: std::ops::Range<usize>,
}

/// The year a citation prints.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum CitedYear {
    Year {
        year: i32,
        suffix: Option<char>,
    },
    /// "n.d."
    NoDate,
    /// "in press", "forthcoming".
    InPress,
}

/// Years with an optional suffix; forms without a year. ASCII classes: a digit of another script is no year here, and
/// they compile in a tenth of the time.
static YEAR: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(concat!(
        r"(?-u:\b)(?:(1[5-9][0-9][0-9]|20[0-9][0-9])([a-z])?(?-u:\b)",
        r"|(n\. ?d\.|s\. ?a\.|o\. ?J\.|no date)",
        r"|(in press|forthcoming|im Druck|submitted)(?-u:\b))",
    ))
    .expect("the pattern is constant")
});

/// Further suffixes after a year that has one: "1987a, b".
static MORE_SUFFIXES: LazyLock<Regex> =
    LazyLock::new(|| Regex::new(r"^ *(?:,|and|&) *([a-z])(?-u:\b)").expect("the pattern is constant"));

/// No bracket with citations is longer, in bytes.
const LONGEST_BRACKET: usize = 2_000;

/// Finds the citations of a text, in order.
pub fn find(text: &str) -> Vec<FoundCitation> {
    let mut found = Vec::new();
    let mut behind_last = 0;
    for bracket in brackets(text) {
        let inner = &text[bracket.start + 1..bracket.end - 1];
        let years = years(inner);
        let Some(first) = years.first() else { continue };
        narrative_without_bracket(text, behind_last..bracket.start, &mut found);
        let head = inner[..first.range.start].trim();
        if head.is_empty() || matches!(head, "e.g.," | "see" | "cf.") {
            year_bracket(text, behind_last, &bracket, &years, &mut found);
        } else {
            author_bracket(inner, &bracket, &years, &mut found);
        }
        behind_last = bracket.end;
    }
    narrative_without_bracket(text, behind_last..text.len(), &mut found);
    found
}

#[derive(Debug, Clone)]
struct YearToken {
    year: CitedYear,
    range: std::ops::Range<usize>,
}

fn years(text: &str) -> Vec<YearToken> {
    let mut tokens = Vec::new();
    for captures in YEAR.captures_iter(text) {
        let whole = captures.get(0).expect("group 0 always matches");
        let Some(number) = captures.get(1) else {
            let year = if captures.get(3).is_some() { CitedYear::NoDate } else { CitedYear::InPress };
            tokens.push(YearToken { year, range: whole.range() });
            continue;
        };
        // "1998-2004", "12.1998", "#1998" are no years of citations, "1998–9" neither.
        let before = text[..whole.start()].chars().next_back();
        let mut after = text[whole.end()..].chars();
        let next = (after.next(), after.next());
        let span_of_years = matches!(next, (Some('-' | '–' | '/'), Some(c)) if c.is_ascii_digit());
        if before.is_some_and(|c| "-–.#$€£".contains(c)) || span_of_years {
            continue;
        }
        let year = number.as_str().parse().expect("four digits");
        let suffix = captures.get(2).and_then(|s| s.as_str().chars().next());
        tokens.push(YearToken { year: CitedYear::Year { year, suffix }, range: whole.range() });
        let mut at = whole.end();
        while let (Some(_), Some(more)) = (suffix, MORE_SUFFIXES.captures(&text[at..])) {
            let letter = more.get(1).expect("the group is not optional");
            let range = at + letter.start()..at + letter.end();
            at = range.end;
            tokens.push(YearToken { year: CitedYear::Year { year, suffix: letter.as_str().chars().next() }, range });
        }
    }
    tokens
}

/// "(Ianello et al. 1998; see Wu 2008a, b)": authors stand within the bracket.
fn author_bracket(inner: &str, bracket: &std::ops::Range<usize>, years: &[YearToken], found: &mut Vec<FoundCitation>) {
    let first_found = found.len();
    let mut authors: Option<CitedAuthors> = None;
    let mut behind = 0;
    for token in years {
        let between = &inner[behind..token.range.start];
        let part_start = behind + between.rfind(';').map_or(0, |i| i + 1);
        let part = &inner[part_start..token.range.start];
        let mut start = token.range.start;
        if part.chars().any(char::is_alphabetic) && !is_joint(part) {
            authors = CitedAuthors::from_bracket(part).map(|(offset, named)| {
                start = part_start + offset;
                named
            });
        } else if between.contains(';') {
            authors = None;
        }
        if let Some(authors) = &authors {
            let range = bracket.start + 1 + start..bracket.start + 1 + token.range.end;
            found.push(FoundCitation { authors: authors.clone(), year: token.year.clone(), range });
        }
        behind = token.range.end;
    }
    if let [only] = &mut found[first_found..] {
        only.range = bracket.clone();
    }
}

/// Words between two years of the same authors.
fn is_joint(part: &str) -> bool {
    matches!(part.trim_matches([' ', ',', '\u{a0}']), "and" | "&" | "und" | "et" | "y" | "e")
}

/// "Nunley and Jones (2009, p. 3)": the bracket starts with the year.
fn year_bracket(
    text: &str,
    from: usize,
    bracket: &std::ops::Range<usize>,
    years: &[YearToken],
    found: &mut Vec<FoundCitation>,
) {
    let Some((offset, authors)) = CitedAuthors::ending(&text[from..bracket.start]) else { return };
    let alone = years.len() == 1;
    let mut behind = 0;
    let inner = &text[bracket.start + 1..bracket.end - 1];
    for (i, token) in years.iter().enumerate() {
        // Only years in one row belong to the authors before the bracket ("(1999, 2001)").
        if i > 0
            && inner[behind..token.range.start].chars().any(char::is_alphabetic)
            && !is_joint(&inner[behind..token.range.start])
        {
            break;
        }
        behind = token.range.end;
        let start = if i == 0 { from + offset } else { bracket.start + 1 + token.range.start };
        let end = if alone { bracket.end } else { bracket.start + 1 + token.range.end };
        found.push(FoundCitation { authors: authors.clone(), year: token.year.clone(), range: start..end });
    }
}

/// "Ishibashi et al. 1987a, b" outside any bracket.
fn narrative_without_bracket(text: &str, within: std::ops::Range<usize>, found: &mut Vec<FoundCitation>) {
    let part = &text[within.clone()];
    let mut behind = 0;
    let mut authors: Option<(usize, CitedAuthors)> = None;
    for token in years(part) {
        let between = &part[behind..token.range.start];
        let mut start = token.range.start;
        if between.chars().any(char::is_alphabetic) && !is_joint(between) {
            authors = CitedAuthors::ending(between).filter(|(_, a)| a.et_al || a.names.len() > 1);
            if let Some((offset, _)) = &authors {
                start = behind + offset;
            }
        }
        if let (Some((_, authors)), CitedYear::Year { .. }) = (&authors, &token.year) {
            let range = within.start + start..within.start + token.range.end;
            found.push(FoundCitation { authors: authors.clone(), year: token.year.clone(), range });
        }
        behind = token.range.end;
    }
}

/// Outermost round and square brackets, as byte ranges with the brackets. An unclosed one is none.
fn brackets(text: &str) -> Vec<std::ops::Range<usize>> {
    let mut ranges = Vec::new();
    let mut open: Vec<(usize, char)> = Vec::new();
    for (i, c) in text.char_indices() {
        match c {
            '(' | '[' => {
                // What has been open for too long was never a bracket.
                if open.first().is_some_and(|(start, _)| i - start > LONGEST_BRACKET) {
                    open.clear();
                }
                open.push((i, if c == '(' { ')' } else { ']' }));
            }
            ')' | ']' => {
                if let Some(depth) = open.iter().rposition(|&(_, close)| close == c) {
                    let start = open[depth].0;
                    open.truncate(depth);
                    if open.is_empty() && i + 1 - start <= LONGEST_BRACKET {
                        ranges.push(start..i + 1);
                    }
                }
            }
            _ => {}
        }
    }
    ranges
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(text: &str) -> Vec<String> {
        find(text)
            .into_iter()
            .map(|f| {
                let year = match f.year {
                    CitedYear::Year { year, suffix } => {
                        format!("{year}{}", suffix.map(String::from).unwrap_or_default())
                    }
                    CitedYear::NoDate => "n.d.".to_owned(),
                    CitedYear::InPress => "in press".to_owned(),
                };
                format!(
                    "{}{} {year} “{}”",
                    f.authors.names.join("|"),
                    if f.authors.et_al { "+" } else { "" },
                    &text[f.range]
                )
            })
            .collect()
    }

    #[test]
    fn one_in_a_bracket_is_the_whole_bracket() {
        assert_eq!(shown("in the skin (Ianello et al. 1998) and"), ["Ianello+ 1998 “(Ianello et al. 1998)”"]);
        assert_eq!(shown("x [see Wu & Metz, 2008, p. 3]."), ["Wu|Metz 2008 “[see Wu & Metz, 2008, p. 3]”"]);
        assert_eq!(shown("x (WHO, n.d.)"), ["WHO n.d. “(WHO, n.d.)”"]);
    }

    #[test]
    fn several_in_a_bracket() {
        assert_eq!(
            shown("(Hertel, 2011; see Wu 2008a, b; Tan et al., 2006, 2007)"),
            [
                "Hertel 2011 “Hertel, 2011”",
                "Wu 2008a “Wu 2008a”",
                "Wu 2008b “b”",
                "Tan+ 2006 “Tan et al., 2006”",
                "Tan+ 2007 “2007”"
            ]
        );
        assert_eq!(shown("(Hertel 2011, Wu 2008)"), ["Hertel 2011 “Hertel 2011”", "Wu 2008 “Wu 2008”"]);
    }

    #[test]
    fn narrative() {
        assert_eq!(shown("as Nunley and Jones (2009) say"), ["Nunley|Jones 2009 “Nunley and Jones (2009)”"]);
        assert_eq!(shown("Guha & Malkin [2017] did"), ["Guha|Malkin 2017 “Guha & Malkin [2017]”"]);
        assert_eq!(
            shown("by Ishibashi et al. 1987a, b."),
            ["Ishibashi+ 1987a “Ishibashi et al. 1987a”", "Ishibashi+ 1987b “b”"]
        );
        assert_eq!(shown("Tan (2006, 2007)"), ["Tan 2006 “Tan (2006”", "Tan 2007 “2007”"]);
    }

    #[test]
    fn what_is_no_citation() {
        for text in [
            "(dystrophic, metastatic, iatrogenic, or idiopathic types)",
            "it began in 1998 (January 2009)",
            "between 1998 and 2004 (1998–2004)",
            "(n = 1998)",
            "in Vienna 1998 we",
            "(see Fig. 3, 2001)",
            "unclosed (Smith 2001",
            "(Smith 1٩٩٨)",
        ] {
            assert_eq!(shown(text), Vec::<String>::new(), "{text}");
        }
    }
}
