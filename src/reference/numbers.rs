//! Volume, issue and pages, in the forms in which they are printed.
//!
//! Labelled numbers ("vol. 21, no. 3, pp. 483–485") can stand anywhere; numbers without labels are told apart by
//! their marks ("21(3):483–485", "2004;21:483", "35 (2014) 015013").

use std::borrow::Cow;
use std::sync::LazyLock;

use regex::{Captures, Regex};

use super::cut::{CUT, cut_if};
use super::dates;
use super::name_words::looks_like_year;
use super::patterns::compile;
use super::signs::{NumberLabels, has_word, has_year_between, years};

/// What the numbers of a reference say, as printed.
#[derive(Debug, Clone, Default, PartialEq)]
pub(super) struct Numbers {
    pub volume: Option<String>,
    pub issue: Option<String>,
    pub pages: Option<String>,
    /// The date printed among the numbers, with its month.
    pub date: Option<String>,
    pub number_of_pages: Option<String>,
}

impl Numbers {
    pub fn is_empty(&self) -> bool {
        self.volume.is_none() && self.issue.is_none() && self.pages.is_none()
    }
}

/// Puts the parts of a pattern together: %V a volume, %I an issue, %P pages, %Y a date with a year, its months marked.
fn pattern(template: &str) -> Regex {
    let month = dates::MONTH;
    let year = format!(
        r"(?P<y>(?:{month}(?:\s?[-/–]\s?{month})?,?\s)?(?:1[4-9]|20)[0-9]{{2}}[a-z]?(?:[ ,]+{month}(?:\s?[-–/]\s?{month})?(?:\s[0-9]{{1,2}}(?:[-–][0-9]{{1,2}})?)?)?)"
    );
    let expanded = template
        .replace("%Y", &year)
        .replace("%V", r"(?P<v>[A-Z]{0,2}[0-9]{1,4}[A-Za-z]?(?:[-–/][0-9]{1,4})?|[IVXLC]{1,8})")
        .replace("%I", r"(?P<i>[^()\x1f]*[0-9][^()\x1f]*|(?:Suppl|Pt|Part|Spec)[^()\x1f]*)")
        .replace(
            "%P",
            &format!(
                r"(?:(?:pp?|pages?|S|[Aa]rt(?:icle)?\.?(?:\s(?:[Nn]o\.?|ID|[Nn]umber))?|ID)\b\.?:?\s?)?(?P<p>{PAGES})"
            ),
        );
    compile(&expanded)
}

const PAGES: &str = r"(?:[A-Za-z]{0,3}[.-]?[0-9]{1,9}[A-Za-z]?[0-9]{0,3}(?:\.[0-9]{1,2})?(?:\s?[-–—‒−~]{1,3}\s?[A-Za-z]{0,3}[0-9]{1,9}[A-Za-z]?)?|[ivxlc]{1,7}\s?[-–—]{1,2}\s?[ivxlc]{1,7})\b";

/// A way to print numbers without labels.
struct Form {
    /// Says no only where the pattern cannot be found.
    may_be_in: fn(&str) -> bool,
    pattern: LazyLock<Regex>,
}

macro_rules! form {
    ($may_be_in:expr, $template:literal) => {
        Form { may_be_in: $may_be_in, pattern: LazyLock::new(|| pattern($template)) }
    };
}

/// Forms without labels, the more telling first.
static FORMS: [Form; 10] = [
    // 2004 Mar 3;21(3):483–485
    form!(
        |text| behind_year(text)
            .and_then(|rest| rest.split_once([';', ':', ',', '.']))
            .is_some_and(|(_, rest)| rest.contains([':', ',', ';'])),
        r"\b%Y\s?[;:,.]\s?%V\s?,?\s?(?:\(%I\)|Suppl\.?\s?[0-9]*)?\s?[:,;]\s?%P"
    ),
    // 16, 1 (May 1988), 104–113
    form!(has_year_between, r"\b(?P<v>[0-9]{1,4})\s?,\s?(?P<i>[0-9]{1,3})\s?,?\s?\(%Y\)\s?[:,]\s?%P"),
    // 31.2 (2005): 12–34
    form!(
        |text| text.contains(['.', '/']) && has_year_between(text),
        r"\b(?P<v>[0-9]{1,4})[./](?P<i>[0-9]{1,3})\s?\(%Y\)\s?[:,]\s?%P"
    ),
    // 21 (3), 483–485; a year in the place of the issue is sorted out afterwards
    form!(
        |text| text.split_once('(').is_some_and(|(_, rest)| rest.contains(')')),
        r"\b%V\s?,?\s?\(\s?%I\s?\)[\s:,.;\x1f]*%P"
    ),
    // 71, 2001, 12–34
    form!(
        |text| years(text).next_back().is_some_and(|last| text[..last].contains(','))
            && behind_year(text).is_some_and(|rest| rest.contains([',', ':', CUT])),
        r"\b%V\s?,\s?\(?%Y\)?\s?[,:\x1f][\s,:\x1f]*%P"
    ),
    // 21:483–485
    form!(|text| text.contains(':'), r"\b%V\s?:\s?%P"),
    // 21, 483–485
    form!(|text| text.contains(','), r"\b%V\s?,[\s,\x1f]*%P"),
    // Phys. A 39 15245
    form!(|text| text.contains(' '), r"\b%V\s(?P<p>[0-9]{2,7}(?:\s?[-–]\s?[0-9]{1,7})?)\b"),
    // 21(3)
    form!(|text| text.contains('('), r"\b%V\s?\(\s?%I\s?\)"),
    // in press; 2004;21
    form!(
        |text| behind_year(text).is_some_and(|rest| rest.contains([';', ','])),
        r"\b%Y\s?[;,]\s?%V\b(?:\s?,?\s?\(\s?%I\s?\))?"
    ),
];

/// What stands behind the first year.
fn behind_year(text: &str) -> Option<&str> {
    years(text).next().map(|at| &text[at + 4..])
}

static VOLUME: LazyLock<Regex> = LazyLock::new(|| {
    compile(
        r"(?:\b(?i:volumes?|vols?|bd|band|tome|jahrgang|jg)\b[.:]?\s?|\b[vVtT]\.\s?)([A-Z]?[0-9]{1,4}[A-Za-z]?(?:[-–/][0-9]{1,4})?\b|[IVXLC]{1,8}\b)|\b([0-9]{1,3})\.\s?(?:Jg|Jahrgang|Bd|Band)\b\.?",
    )
});
/// "제15권", "第12卷", "제3호", "第20號", "第3期"
static KOREAN_CHINESE: LazyLock<Regex> =
    LazyLock::new(|| compile(r"[제第]?\s?(?P<n>[0-9]{1,4})\s?(?:(?P<v>[권집卷辑巻])|[호號号期])"));
static ISSUE: LazyLock<Regex> = LazyLock::new(|| {
    compile(
        r"(?P<series>(?i:reports?|papers?|publications?|memo\p{L}*|bulletin|circular|patent|standard|contract|grant|note|tr|rfc|series)\s?[,.]?\s?)?(?:\b(?i:no|nos|nr|num|number|numéro|issue|iss|heft|n)\b[.:]?\s?[°ºo]?\s?|\b[nN][°º]\s?|№\s?|\b[hH]\.\s?)(?P<i>[0-9]{1,4}(?:\s?[-–/]\s?[0-9]{1,4})?[A-Za-z]?)\b",
    )
});
static LABELLED_PAGES: LazyLock<Regex> = LazyLock::new(|| {
    compile(&format!(
        r"(?:\b(?i:pp|pages?|pgs?|págs?|pag|seiten?|article id|art\. no)\b[.:]*\s?|\b[pP]\.\s?|[,:;(]\s?[pP]\s?|\b[sS]\.\s?|第\s?)(?P<p>{PAGES}(?:,\s?[0-9]{{1,5}}[-–][0-9]{{1,5}})*)"
    ))
});
/// "45–58頁", "45-67쪽"
static COUNTED_PAGES: LazyLock<Regex> =
    LazyLock::new(|| compile(r"(?P<p>[0-9]{1,5}(?:\s?[-–—−]{1,2}\s?[0-9]{1,5})?)\s?[页頁쪽면]"));
static CHAPTER: LazyLock<Regex> = LazyLock::new(|| compile(r",\s\(?(?:[Cc]h(?:ap)?|[Kk]ap)\.\s?[0-9]{1,3}\b\)?"));
static EXTENT: LazyLock<Regex> = LazyLock::new(|| compile(r"\b([0-9]{1,4})\s?(?:pp|pages|p|S)\b\.?\s*(?:$|[.)\x1f])"));
/// "(Database issue)", "Suppl. 2" before or behind an issue.
static AFTER_VOLUME: LazyLock<Regex> = LazyLock::new(|| {
    compile(&format!(
        r"\x1f[\s,;:.]*(?:\((?P<i>[^()\x1f]{{1,20}})\)[\s,;:]*)?(?:\x1f[\s,;:.]*)?(?:\(?(?:1[4-9]|20)[0-9]{{2}}\)?[\s,:;]+)?\(?(?P<p>{PAGES})"
    ))
});
static BEFORE_PAGES: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?:^|[\s,;.])(?P<v>[A-Z]?[0-9]{1,4}[A-Za-z]?|[IVXLC]{1,7})\s?(?:,?\s?\((?P<i>[^()\x1f]{1,20})\)|[./](?P<j>[0-9]{1,3})|,\s?(?P<k>[0-9]{1,3}))?[\s,;]*(?:\(?%Y\)?)?[\s,;:.(]*\x1f",
    )
});

/// "29 (1998) 2, S. 269", "29 (1998), H. 2": a volume with its year in brackets, and the issue behind them.
static ISSUE_BEHIND_YEAR: LazyLock<Regex> =
    LazyLock::new(|| pattern(r"(?:^|[\s,;.])(?P<v>[0-9]{1,4})\s?\(%Y\)\s?,?\s?(?:(?P<i>[0-9]{1,3})[\s,;:]*)?\x1f"));

/// Takes the labelled numbers out of a text; [`CUT`] stands where they stood.
pub(super) fn labelled(text: &str) -> (Numbers, String) {
    let mut numbers = Numbers::default();
    let mut rest = text.to_owned();
    let labels = NumberLabels::of(text);
    // "Fjord Press, ch. 4, pp. 61-90": no field of a work is the number of a chapter.
    cut_if(has_word(text, &["ch", "chap", "kap"]), &mut rest, &CHAPTER, |found, _| Some(found.get(0)?.range()));
    cut_if(labels.extent, &mut rest, &EXTENT, |found, text| {
        // "p. 350 p." is not an extent, nor is "pp. 1–350 pp".
        let number = found.get(1)?;
        if text[..number.start()].trim_end().ends_with(['-', '–', '.', ':'])
            && text[..number.start()].ends_with(['-', '–', ':'])
        {
            return None;
        }
        numbers.number_of_pages.get_or_insert_with(|| found[1].to_owned());
        let whole = found.get(0)?;
        Some(whole.start()..whole.start() + whole.as_str().trim_end_matches(CUT).len())
    });
    cut_if(labels.pages, &mut rest, &LABELLED_PAGES, |found, text| {
        let whole = found.get(0)?;
        // "第20号" is an issue, "第92页" a page.
        if whole.as_str().starts_with('第') && !text[whole.end()..].starts_with(['页', '頁']) {
            return None;
        }
        numbers.pages.get_or_insert_with(|| tidy(&found["p"]));
        Some(whole.range())
    });
    let counted = numbers.pages.is_none() && rest.contains(['页', '頁', '쪽', '면']);
    cut_if(counted, &mut rest, &COUNTED_PAGES, |found, _| {
        numbers.pages.get_or_insert_with(|| tidy(&found["p"]));
        Some(found.get(0)?.range())
    });
    let counted = rest.contains(['권', '집', '卷', '辑', '巻', '호', '號', '号', '期']);
    cut_if(counted, &mut rest, &KOREAN_CHINESE, |found, _| {
        let field = if found.name("v").is_some() { &mut numbers.volume } else { &mut numbers.issue };
        field.get_or_insert_with(|| found["n"].to_owned());
        Some(found.get(0)?.range())
    });
    cut_if(labels.volume, &mut rest, &VOLUME, |found, _| {
        let number = found.get(1).or(found.get(2))?;
        numbers.volume.get_or_insert_with(|| number.as_str().to_owned());
        Some(found.get(0)?.range())
    });
    cut_if(labels.issue, &mut rest, &ISSUE, |found, text| {
        let whole = found.get(0)?;
        let marked = text[..whole.start()].trim_end().ends_with([',', ';', '.', CUT, ')', '(']);
        let sure = whole.as_str().contains(['°', 'º', '№']);
        if found.name("series").is_some() || !(marked || sure || numbers.volume.is_some()) {
            return None;
        }
        let issue = found["i"].replace(' ', "");
        // "Heft 2/2013"
        match issue.split_once('/') {
            Some((number, year)) if looks_like_year(year) => {
                numbers.issue.get_or_insert_with(|| number.to_owned());
                numbers.date.get_or_insert_with(|| year.to_owned());
            }
            _ => {
                numbers.issue.get_or_insert(issue);
            }
        }
        Some(whole.range())
    });
    (numbers, rest)
}

/// Finds the numbers that have no labels, and the byte range they take.
pub(super) fn unlabelled(text: &str, known: &Numbers) -> Option<(Numbers, std::ops::Range<usize>)> {
    let dated = years(text).next().is_some();
    let marked = if dated { dates::with_months_marked(text) } else { Cow::Borrowed(text) };
    let part = |found: &Captures, name| found.name(name).map(|m: regex::Match| text[m.range()].to_owned());
    if known.pages.is_some() {
        if known.volume.is_some() {
            return None;
        }
        if dated
            && text.contains('(')
            && let Some(found) = ISSUE_BEHIND_YEAR.captures_iter(&marked).last()
            && let Some(volume) = found.name("v").filter(|v| !looks_like_year(v.as_str()))
        {
            let part = |name| part(&found, name);
            let numbers = Numbers { volume: part("v"), issue: part("i"), date: part("y"), ..Numbers::default() };
            return Some((numbers, volume.start()..found.get(0)?.end()));
        }
        let found = BEFORE_PAGES.captures_iter(&marked).last()?;
        let volume = found.name("v")?;
        let issue = part(&found, "i").or_else(|| part(&found, "j")).or_else(|| part(&found, "k"));
        if looks_like_year(volume.as_str()) && issue.is_none() {
            return None;
        }
        let mut numbers = Numbers { volume: part(&found, "v"), issue, date: part(&found, "y"), ..Numbers::default() };
        year_in_issue(&mut numbers);
        return Some((numbers, volume.start()..found.get(0)?.end()));
    }
    if known.volume.is_some() {
        let found = AFTER_VOLUME.captures(text)?;
        let pages = found.name("p")?;
        if looks_like_year(pages.as_str()) {
            return None;
        }
        let mut numbers = Numbers {
            pages: Some(tidy(pages.as_str())),
            issue: found.name("i").map(|m| m.as_str().to_owned()),
            ..Numbers::default()
        };
        year_in_issue(&mut numbers);
        return Some((numbers, found.get(0)?.range()));
    }
    FORMS.iter().filter(|form| (form.may_be_in)(text)).find_map(|form| {
        let short = |c: &regex::Captures| c.name("i").is_none_or(|issue| issue.len() <= 50);
        let found = form.pattern.captures_iter(&marked).filter(short).last()?;
        let part = |name| part(&found, name);
        let mut numbers = Numbers {
            volume: part("v"),
            issue: part("i"),
            pages: part("p").map(|p| tidy(&p)),
            date: part("y"),
            number_of_pages: None,
        };
        if numbers.volume.as_deref().is_some_and(looks_like_year) && numbers.date.is_none() {
            return None;
        }
        let mut end = found.get(0)?.end();
        year_in_issue(&mut numbers);
        settle_volume(&mut numbers);
        // "125–134, 1985" has pages and a year.
        if let (Some(volume), Some(pages)) = (&numbers.volume, &numbers.pages)
            && looks_like_year(pages)
            && is_range_of_pages(volume)
        {
            numbers.pages = numbers.volume.take();
            return Some((numbers, found.get(0)?.start()..found.name("v")?.end()));
        }
        // "21, 1999": the second number is the year, and stays where it is.
        if numbers.pages.as_deref().is_some_and(looks_like_year) && numbers.issue.is_none() && numbers.date.is_none() {
            numbers.pages = None;
            end = found.name("p")?.start();
        }
        Some((numbers, found.get(0)?.start()..end))
    })
}

/// Finds a range of pages that stands alone: ", 137–55.".
pub(super) fn bare_range(text: &str) -> Option<(String, std::ops::Range<usize>)> {
    static BARE: LazyLock<Regex> = LazyLock::new(|| {
        compile(r"[.,:;)\x1f]\s?\(?(?P<p>[A-Z]?[0-9]{1,5}\s?[-–—−]{1,2}\s?[A-Z]?[0-9]{1,5})\)?\s?(?:[.,;)\x1f]|$)")
    });
    let found = BARE
        .captures_iter(text)
        .filter_map(|found| found.name("p"))
        .filter(|p| is_range_of_pages(p.as_str()))
        .last()?;
    Some((tidy(found.as_str()), found.range()))
}

/// Whether "a–b" can be pages: not two years, and not falling, except shortened ("137–55").
fn is_range_of_pages(text: &str) -> bool {
    let mut ends = text.split(['-', '–', '—', '−']).map(str::trim).filter(|e| !e.is_empty());
    let (Some(first), Some(last)) = (ends.next(), ends.next()) else { return false };
    let number = |s: &str| s.trim_start_matches(char::is_alphabetic).parse::<u32>().ok();
    let (Some(low), Some(high)) = (number(first), number(last)) else { return false };
    !(looks_like_year(first) && looks_like_year(last)) && (low < high || last.len() < first.len())
}

/// "34/9" is volume and issue; a range of more than two where a volume would stand, and no pages, is pages.
fn settle_volume(numbers: &mut Numbers) {
    if numbers.pages.is_none() && numbers.volume.as_deref().is_some_and(is_range_of_pages) {
        numbers.pages = numbers.volume.take();
        return;
    }
    if numbers.issue.is_none()
        && let Some((volume, issue)) = numbers.volume.as_deref().and_then(|v| v.split_once('/'))
    {
        let (volume, issue) = (volume.to_owned(), issue.to_owned());
        numbers.volume = Some(volume);
        numbers.issue = Some(issue);
    }
}

/// "35 (2014) 015013": what stands in the brackets is a date.
fn year_in_issue(numbers: &mut Numbers) {
    let is_date = |text: &str| {
        let mut words = text.split([' ', ',', '.']).filter(|w| !w.is_empty());
        words.clone().any(looks_like_year)
            && words.all(|w| {
                looks_like_year(w)
                    || dates::month_of(w.split(['-', '–', '/']).next().unwrap_or(w)).is_some()
                    || w.len() <= 2
            })
    };
    // "2006;361(1475):1985": behind a year the bracket holds an issue.
    if numbers.date.is_none() && numbers.issue.as_deref().is_some_and(is_date) {
        numbers.date = numbers.issue.take();
    }
}

/// A range without the spaces around its dash.
fn tidy(pages: &str) -> String {
    pages.chars().filter(|c| !c.is_whitespace()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// "volume/issue/pages/date" of the numbers in a text.
    fn shown(text: &str) -> String {
        let (mut all, rest) = labelled(text);
        if let Some((more, _)) = unlabelled(&rest, &all) {
            all.volume = all.volume.or(more.volume);
            all.issue = all.issue.or(more.issue);
            all.pages = all.pages.or(more.pages);
            all.date = more.date;
        }
        [all.volume, all.issue, all.pages, all.date].map(Option::unwrap_or_default).join("/")
    }

    #[test]
    fn forms() {
        for (text, expected) in [
            ("Skin, 21, 483–485.", "21//483–485/"),
            ("Skin, 21(3), 483–485.", "21/3/483–485/"),
            ("Skin 21(3):483-5.", "21/3/483-5/"),
            ("Skin. 2004;21(3):483–485", "21/3/483–485/2004"),
            ("Skin. 2004 Mar 12;21:483", "21//483/2004 Mar 12"),
            ("Skin, vol. 21, no. 3, pp. 483–485, 2004", "21/3/483–485/"),
            ("Skin, Vol. 21, No. 3, 483-485", "21/3/483-485/"),
            ("Skin 35 (2014) 015013", "35//015013/2014"),
            ("Skin, 142, 1238", "142//1238/"),
            ("Skin 7:e12345", "7//e12345/"),
            ("Skin, 2005. 14(8): p. 983-95", "14/8/983-95/"),
            ("Skin 31.2 (2005): 12-34", "31/2/12-34/2005"),
            ("Skin. 2006;361(1475):1985–1996", "361/1475/1985–1996/2006"),
            ("Skin, Fjord Press, ch. 4, pp. 61-90", "//61-90/"),
            ("Skin 32, 211 (2001)", "32//211/"),
            ("Skin 29 (1998) 2, S. 269-283", "29/2/269-283/1998"),
            ("Skin, Jg. 25 (1995), Nr. 100, S. 327-353", "25/100/327-353/"),
            ("Skin, 12. Jahrgang, Heft 2/2013, S. 211–239", "12/2/211–239/2013"),
            ("『冬』第12巻第3号、2001年、45-58頁", "12/3/45-58/"),
            ("冬 12(3), 45-67쪽", "12/3/45-67/"),
            ("a title of 34 patients", "///"),
        ] {
            assert_eq!(shown(text), expected, "{text}");
        }
    }
}
