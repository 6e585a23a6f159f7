//! Where a work appeared, as Ovid's databases print it in one line.

use std::sync::LazyLock;

use regex::{Captures, Regex};

/// What the line says; parts that it does not have are empty.
#[derive(Debug, Default, PartialEq)]
pub(super) struct Printed {
    /// Names with their roles in brackets.
    pub editors: String,
    pub container: String,
    pub volume: String,
    pub issue: String,
    pub pages: String,
    /// In any order of its words.
    pub date: String,
}

/// Longer lines than any source has are not read.
const LONGEST: usize = 2_000;

/// A pattern in which `PAGES`, `ISSUE` and `DATE` stand for what they look like.
fn pattern(text: &str) -> Regex {
    const MONTH: &str =
        r"(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec|Spring|Summer|Autumn|Fall|Winter)[a-z]*\.?";
    let text = text
        .replace("PAGES", r"(?P<p>[A-Za-z]{0,3}\d+[A-Za-z]?(?:\s*[-–]\s*[A-Za-z]{0,3}\d+[A-Za-z]?)?)")
        .replace("ISSUE", r"\((?P<i>(?:[^()]|\([^()]*\))+)\)")
        .replace("DATE", &format!(r"(?P<d>(?:\d{{1,2}}\s+)?(?:{MONTH}[-/\s]*)*(?:\d{{1,2}},?\s+)?\d{{4}}(?:\s+\d{{1,2}})?(?:\s*(?:{MONTH}[-/\s]*)+(?:\d{{1,2}})?)?)"));
    Regex::new(&text).expect("the pattern is well-formed")
}

static PATTERNS: LazyLock<[Regex; 6]> = LazyLock::new(|| {
    [
        // Holm, A [Ed]; Berg, B [Ed]. (2005). A book. (pp. 1-9). x, 90 pp.
        r"^(?:(?P<e>.*?\[[^\]]*\])\.?\s*)?\((?P<d>\d{4})\)\.\s*(?P<c>.+?)[.\s]*\(pp\.?\s*PAGES\)",
        // Holm, A [Editor], Berg, B [Editor]. A book.:371-397, 2004
        r"^(?P<e>.*\[[^\]]*Ed[^\]]*\])\.?\s+(?P<c>[^\[].+?)\.?:\s*PAGES,?\s+DATE",
        // Journal May 2004;12(3):34-56 and Journal. 2007 15 June; 433-441
        r"^(?P<c>.+?)[.,]?\s+DATE\s*;\s*(?:(?P<v>[^\s():;]+)?\s*(?:ISSUE)?\s*:)?\s*(?:PAGES\b|$)?",
        // Journal. Vol.43(5), Sep 2015, pp. 623-634 and Journal. Vol 28(2) April 2015, 103-106
        r"^(?P<c>.+?)[.,]?\s+Vol\.?\s*(?P<v>[^\s(),:;]+)\s*(?:ISSUE)?,?\s+DATE(?:,\s*(?:pp?\.?\s*)?PAGES)?",
        // Journal 12, Winter 2007: 7-14
        r"^(?P<c>.+?)[.,]?\s+(?P<v>\d+)\s*(?:ISSUE)?,\s+DATE:\s*PAGES",
        // Journal. 201(2-3):327-334, November 15, 2004 and Journal. 12 (3) (pp 34-56), 2004 and Journal, 2013(1): 3-28
        r"^(?P<c>.+?)[.,]?\s+(?P<v>[A-Za-z]?\d+)?\s*(?:ISSUE)?\s*(?::\s*PAGES|\(pp\.?\s*(?P<q>[^)]+)\))(?:,\s*DATE)?",
    ]
    .map(pattern)
});

/// A book and its pages: `A book. Press, Harbour. 2002: 1-234. Chapter pagination: 214-218.`
static IN_BOOK: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"^(?:(?P<e>.*?\[Eds?\.?\])\.?\s+)?(?P<c>.+)\.\s+(?P<d>\d{4}):\s*(?:(?:[^.]*\.\s+Chapter pagination:\s*)?PAGES)?",
    )
});

/// Reads a line. The publisher tells where the title of a book ends.
pub(super) fn read(line: &str, publisher: &str) -> Option<Printed> {
    let line = line.trim().trim_end_matches('.');
    if line.len() > LONGEST {
        return None;
    }
    let before_publisher = |found: &mut Printed| {
        let at = Some(publisher).filter(|p| !p.is_empty()).and_then(|p| found.container.rfind(p));
        if let Some(at) = at.filter(|at| *at > 0) {
            found.container.truncate(at);
        }
        // A translated title stands in brackets, the original one behind it.
        if let Some(end) = found.container.find(".] [").filter(|_| found.container.starts_with('[')) {
            found.container.truncate(end + 2);
        }
        found.container = found.container.trim_end_matches([' ', '.', ':', ',']).to_owned();
    };
    // A line that names the publisher is of a book.
    if !publisher.is_empty()
        && line.contains(publisher)
        && let Some(parts) = IN_BOOK.captures(line)
    {
        let mut found = printed(&parts);
        before_publisher(&mut found);
        return Some(found);
    }
    let mut found = PATTERNS.iter().find_map(|pattern| pattern.captures(line)).map(|parts| printed(&parts))?;
    before_publisher(&mut found);
    Some(found)
}

fn printed(parts: &Captures) -> Printed {
    let part = |name: &str| parts.name(name).map(|m| m.as_str().trim().to_owned()).unwrap_or_default();
    let pages = Some(part("p")).filter(|p| !p.is_empty()).unwrap_or_else(|| part("q"));
    Printed {
        editors: part("e"),
        container: part("c"),
        volume: part("v"),
        issue: part("i"),
        pages,
        date: part("d").trim_end_matches([',', '-', '/']).to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_of_different_databases() {
        for (line, expected) in [
            (
                "Journal of Ferries. 201(2-3):327-334, November 15, 2004.",
                "Journal of Ferries|201|2-3|327-334|November 15, 2004",
            ),
            ("Journal of Ferries. 12(3):34-56, 2004 May 3.", "Journal of Ferries|12|3|34-56|2004 May 3"),
            ("Journal of Ferries 12, Winter 2007: 7-14.", "Journal of Ferries|12||7-14|Winter 2007"),
            ("Journal of Ferries, 2013(1): 3-28.", "Journal of Ferries|2013|1|3-28|"),
            ("Ships & Tides January/February 2010;14(1):56", "Ships & Tides|14|1|56|January/February 2010"),
            ("Ships & Tides November/December 2010;6:611-613", "Ships & Tides|6||611-613|November/December 2010"),
            ("Harbours: With a Subtitle June 2019;1(6):123-456", "Harbours: With a Subtitle|1|6|123-456|June 2019"),
            ("Hydrobiology. 2007 15 June; 433-441.", "Hydrobiology|||433-441|2007 15 June"),
            ("Ferry Meetings Proceedings. 2005; 9pp..", "Ferry Meetings Proceedings||||2005"),
            ("Ferry Psychotherapy. Vol.43(5), Sep 2015, pp. 623-634. ", "Ferry Psychotherapy|43|5|623-634|Sep 2015"),
            ("Very Long Title. Vol 28(2) April 2015, 103-106.", "Very Long Title|28|2|103-106|April 2015"),
            (
                "Ferry Dissertations A. Vol.75(2-A(E)), 2014, pp. No Pagination.",
                "Ferry Dissertations A|75|2-A(E)||2014",
            ),
            ("Ferry Medicine. 12 (3) (pp 34-56), 2004.", "Ferry Medicine|12|3|34-56|2004"),
            (
                "Holm, Ada [Editor], Berg, Bo [Editor]. Methods of ferries.:371-397, 2004.",
                "Methods of ferries|||371-397|2004",
            ),
        ] {
            let p = read(line, "").unwrap_or_default();
            assert_eq!([p.container, p.volume, p.issue, p.pages, p.date].join("|"), expected, "{line}");
        }
    }

    #[test]
    fn a_publisher_ends_the_title_of_a_book() {
        let line = "Holm, A. [Ed.]. [Ferries of A.B. Berg.] [Paromy.] Press of S., Harbour. 2002: 1-234. Chapter pagination: 214-218.";
        let p = read(line, "Press of S.").unwrap();
        assert_eq!((p.editors.as_str(), p.container.as_str()), ("Holm, A. [Ed.]", "[Ferries of A.B. Berg.]"));
        assert_eq!((p.pages.as_str(), p.date.as_str()), ("214-218", "2002"));
        assert_eq!(read("No source at all", ""), None);
    }
}
