//! What a document says of itself: its title, the book or journal it is in, its DOI; and where its text begins.

use super::furniture::Furniture;
use super::headings::{self, Known};
use super::lines::{Line, Unit};
use super::marker::Token;
use crate::text::fold;
use crate::work::Doi;

#[derive(Debug, Default)]
pub(super) struct FrontMatter {
    pub title: Option<String>,
    pub container: Option<String>,
    pub doi: Option<Doi>,
    /// The unit in which the text begins.
    pub body: usize,
}

/// The title stands among the first units of a page.
const FIRST_UNITS: usize = 600;
/// A paragraph of prose has at least so many bytes.
const PROSE: usize = 60;

/// Reads the front matter of units up to the reference list, which takes `references` (lines).
pub(super) fn read(lines: &[Line<'_>], units: &[Unit<'_>], references: Option<std::ops::Range<usize>>) -> FrontMatter {
    let page = Page { lines, units };
    let citation = page.citation();
    let in_list = |unit: &Unit<'_>| references.as_ref().is_some_and(|r| r.contains(&unit.lines.start));
    let limit = units.iter().position(in_list).unwrap_or(units.len()).min(FIRST_UNITS);
    let mut front = FrontMatter::default();
    let title = page.title(citation.as_deref(), limit);
    front.title = match title {
        Some(i) => Some(page.text(i)),
        None => citation.as_deref().and_then(title_in_citation),
    };
    front.body = page.body(title, limit);
    front.container = citation
        .as_deref()
        .and_then(|c| container_in_citation(c, front.title.as_deref(), &page, limit))
        .or_else(|| page.container(title.unwrap_or(0), front.body, limit));
    front.doi = citation.as_deref().and_then(find_doi).or_else(|| {
        let before = 0..units.get(front.body).map_or(0, |u| u.lines.start);
        let after = references.map_or(lines.len(), |r| r.end)..lines.len();
        before.chain(after).find_map(|i| own_doi(lines, i))
    });
    front
}

struct Page<'p, 'a> {
    lines: &'p [Line<'a>],
    units: &'p [Unit<'a>],
}

impl Page<'_, '_> {
    fn text(&self, unit: usize) -> String {
        let parts: Vec<&str> = self.units[unit].lines.clone().map(|i| self.lines[i].text).collect();
        let text = crate::text::collapse_spaces(&parts.join(" "));
        match &self.units[unit].marker {
            Some(marker) if matches!(marker.token, Token::Bullet(_)) => {
                text.trim_start_matches(|c: char| !c.is_alphanumeric()).to_owned()
            }
            _ => text,
        }
    }

    fn first_line(&self, unit: usize) -> &str {
        self.lines[self.units[unit].lines.start].text
    }

    fn furniture(&self, unit: usize) -> Option<Furniture> {
        self.lines[self.units[unit].lines.start].furniture
    }

    fn is_bulleted(&self, unit: usize) -> bool {
        self.units[unit].marker.is_some_and(|m| matches!(m.token, Token::Bullet(_)))
    }

    /// The citation under "Cite this article".
    fn citation(&self) -> Option<String> {
        (0..self.units.len()).find_map(|i| {
            let heads = self.furniture(i) == Some(Furniture::CiteThis);
            let next = i + 1;
            if !heads || next >= self.units.len() || self.furniture(next).is_some() {
                return None;
            }
            let text = self.text(next);
            (text.len() >= 30 && (super::entry::has_year(&text) || find_doi(&text).is_some())).then_some(text)
        })
    }

    /// The unit that is the title.
    fn title(&self, citation: Option<&str>, limit: usize) -> Option<usize> {
        if let Some(citation) = citation {
            let head = format!(" {} ", fold(citation.split(" In: ").next().unwrap_or(citation)));
            let named = |i: usize| {
                let text = self.text(i);
                let key = fold(&text);
                let fits = key.len() >= 3 && key.contains(char::is_alphabetic) && text.len() <= 400;
                (fits && head.contains(&format!(" {key} "))).then_some((key.len(), i))
            };
            // The first of equally long ones; a citation of the document itself is longer than its title.
            let best = (0..limit)
                .filter(|&i| self.furniture(i).is_none())
                .filter_map(named)
                .filter(|&(length, _)| length + 6 < head.len())
                .max_by_key(|&(length, i)| (length, std::cmp::Reverse(i)));
            if let Some((_, i)) = best {
                return Some(i);
            }
        }
        let kind_of_article = (0..limit.saturating_sub(1))
            .find(|&i| !self.is_bulleted(i) && is_article_type(&fold(self.first_line(i))) && self.is_title(i + 1));
        kind_of_article.map(|i| i + 1).or_else(|| {
            let first = (0..limit)
                .find(|&i| self.furniture(i).is_none() && !self.is_bulleted(i) && !is_frame(self.first_line(i)))?;
            self.is_title(first).then_some(first)
        })
    }

    fn is_title(&self, unit: usize) -> bool {
        let text = self.text(unit);
        let words = text.split(' ').count();
        let named = headings::known(&text).is_some() || headings::reference_list(&text, None).is_some();
        !self.is_bulleted(unit)
            && words <= 40
            && text.len() <= 300
            && text.contains(char::is_alphabetic)
            && !text.ends_with(['.', ',', ';'])
            && self.furniture(unit).is_none()
            && !named
            && self.units[unit].marker.is_none()
    }

    /// The unit after the title in which the text begins.
    fn body(&self, title: Option<usize>, limit: usize) -> usize {
        let start = title.map_or(0, |t| t + 1);
        let outline = |i: usize| self.units[i].marker.is_some_and(|m| matches!(m.token, Token::Ordinal { .. }));
        // A marker alone in its line has no letter and is no frame for all that.
        let usable = |i: &usize| self.furniture(*i).is_none() && (outline(*i) || !is_frame(self.first_line(*i)));
        let known = |i: usize| match self.units[i].marker {
            Some(m) if matches!(m.token, Token::Bullet(_)) => None,
            _ => headings::known(self.first_line(i)).filter(|k| *k != Known::BackMatter),
        };
        let is_abstract = |i: usize| {
            matches!(
                fold(self.first_line(i)).as_str(),
                "abstract" | "summary" | "zusammenfassung" | "resume" | "resumen"
            )
        };
        let prose = |i: usize| {
            let text = self.text(i);
            text.len() >= PROSE && (text.ends_with(['.', ':', ')', ']', '?']) || text.len() > 160) && text.contains(' ')
                || is_short_sentence(&text)
        };
        let abstract_heading = (start..limit)
            .filter(|&i| known(i).is_some() && is_abstract(i))
            .find(|&i| (i + 1..limit).find(|n| usable(n)).is_some_and(|n| self.text(n).len() >= PROSE));
        if let Some(found) = abstract_heading {
            return found;
        }
        let content = (start..limit)
            .filter(usable)
            .find(|&i| known(i).is_some() || outline(i) || (!self.is_bulleted(i) && prose(i)));
        let Some(content) = content else { return start };
        // A heading of its own may stand before the first paragraph; after the title that is rather the author.
        let before = content.checked_sub(1).filter(|&b| b >= start);
        match before {
            Some(b)
                if known(content).is_none()
                    && usable(&b)
                    && !self.is_bulleted(b)
                    && headings::has_form(self.first_line(b))
                    && headings::is_title_case(self.first_line(b))
                    && !(b == start && looks_like_names(self.first_line(b)))
                    && !self.after_entry_type(b) =>
            {
                b
            }
            _ => content,
        }
    }

    /// Whether the line before names the type of an entry, so that this one names the book.
    fn after_entry_type(&self, unit: usize) -> bool {
        unit > 0 && is_entry_type(&fold(self.first_line(unit - 1)))
    }

    /// The book or journal where no citation of the document is printed.
    fn container(&self, title: usize, body: usize, limit: usize) -> Option<String> {
        let near = title..body.max(title + 1).min(limit.max(title));
        for i in near.clone() {
            let key = fold(self.first_line(i));
            if key.starts_with("from wikipedia") {
                return Some("Wikipedia".to_owned());
            }
            if is_entry_type(&key) && i + 1 < self.units.len() {
                let text = self.text(i + 1);
                let fits = !self.is_bulleted(i + 1) && self.furniture(i + 1).is_none() && text.len() < 200;
                return (fits && !text.ends_with('.')).then_some(text);
            }
        }
        (0..body.min(limit)).find_map(|i| journal_before_year(self.first_line(i)))
    }
}

/// Whether a short line is a sentence: names and addresses end in a full stop too, but most of their words are names.
fn is_short_sentence(text: &str) -> bool {
    let begins_small = |w: &&str| w.starts_with(char::is_lowercase) && w.chars().all(|c| c.is_alphabetic() || c == ',');
    let words = text.split(' ').count();
    let small = text.split(' ').filter(begins_small).count();
    words >= 4 && small * 2 >= words && text.ends_with('.') && text.starts_with(char::is_uppercase)
}

/// Boxes of tables and pictures in pages made plain: "+----+", "| x |", "[logo]".
fn is_frame(text: &str) -> bool {
    text.starts_with(['+', '|', '[', '$']) || !text.contains(char::is_alphabetic)
}

fn is_article_type(key: &str) -> bool {
    const TYPES: &[&str] = &[
        "article",
        "review",
        "research article",
        "original article",
        "original research",
        "original paper",
        "communication",
        "case report",
        "review article",
        "short communication",
        "editorial",
        "letter",
        "research",
        "research paper",
        "systematic review",
        "brief report",
        "perspective",
        "commentary",
        "case study",
        "opinion",
        "report",
    ];
    TYPES.contains(&key)
}

fn is_entry_type(key: &str) -> bool {
    let types = [
        "reference work entry",
        "living reference work entry",
        "reference work chapter",
        "chapter",
        "conference paper",
        "protocol",
    ];
    types.iter().any(|t| key == *t || key.strip_prefix(t).is_some_and(|r| r.starts_with(" first online")))
}

/// "Jane Roe", "Jane M. Roe, John Doe"
fn looks_like_names(text: &str) -> bool {
    let words: Vec<&str> = text.split(' ').collect();
    (2..=24).contains(&words.len())
        && !text.contains('/')
        && words
            .iter()
            .all(|w| w.starts_with(char::is_uppercase) || matches!(*w, "and" | "&" | "de" | "van" | "von" | "di"))
}

/// "(2012). Birch. In: …": what stands between the year and the book.
fn title_in_citation(citation: &str) -> Option<String> {
    let after = citation.split_once("). ").or_else(|| citation.split_once(") "))?.1;
    let title = after.split(". In: ").next()?.split(". ").next()?.trim();
    (title.len() > 2 && !title.contains("://")).then(|| title.to_owned())
}

fn container_in_citation(citation: &str, title: Option<&str>, page: &Page<'_, '_>, limit: usize) -> Option<String> {
    if let Some((_, book)) = citation.split_once(" In: ") {
        let editors =
            ["(eds) ", "(ed) ", "(eds.) ", "(ed.) ", "(Eds.) ", "(Ed.) ", "(Eds) ", "(Ed) ", "(eds.), ", "(Eds.), "];
        let book = editors.iter().find_map(|e| book.split_once(e)).map_or(book, |(_, book)| book);
        let name = book.split(". ").next()?.trim().trim_end_matches('.');
        return (!name.is_empty() && !name.contains("://")).then(|| name.to_owned());
    }
    let title = title?;
    let at = citation.find(title)? + title.len();
    let rest = citation[at..].trim_start_matches(['.', ' ', ',', '?', '!']);
    let name = rest.split(|c: char| c.is_ascii_digit() || c == '(').next()?.trim().trim_end_matches([',', '.', ':']);
    if name.len() < 2 || name.contains("://") || name.split(' ').count() > 15 {
        return None;
    }
    let full = (0..limit).map(|i| page.text(i)).find(|t| abbreviates(name, t));
    Some(full.unwrap_or_else(|| name.to_owned()))
}

/// Whether each word of a journal's short name begins one of the words of its full name, in order.
fn abbreviates(short: &str, full: &str) -> bool {
    const SMALL: &[&str] = &["of", "the", "and", "for", "in", "on", "de", "der", "fur", "und", "la"];
    let (short, full) = (fold(short), fold(full));
    if full.len() <= short.len() || full.split(' ').count() > 20 {
        return false;
    }
    let mut words = full.split(' ').filter(|w| !SMALL.contains(w));
    short.split(' ').filter(|w| !SMALL.contains(w)).all(|s| words.next().is_some_and(|w| w.starts_with(s)))
        && words.next().is_none()
}

/// "Wood 2014, 4(4), 932-945; doi:…" → "Wood"
fn journal_before_year(text: &str) -> Option<String> {
    find_doi(text)?;
    let at = text.find(|c: char| c.is_ascii_digit())?;
    let name = text[..at].trim();
    let year = text[at..].split(|c: char| !c.is_ascii_digit()).next()?;
    let is_name = !name.is_empty() && name.len() < 120 && !name.contains([':', '.', '/', ',']);
    (is_name && super::entry::has_year(year)).then(|| name.to_owned())
}

/// The document's own DOI printed in a line, or under the word "DOI".
fn own_doi(lines: &[Line<'_>], i: usize) -> Option<Doi> {
    let text = lines[i].text;
    if text.starts_with("10.") && i > 0 && fold(lines[i - 1].text) == "doi" {
        return text.parse().ok();
    }
    if text.len() < 1000 { find_doi(text) } else { None }
}

/// The first DOI of a text that is marked as one.
fn find_doi(text: &str) -> Option<Doi> {
    let lower = text.to_ascii_lowercase();
    ["doi.org/", "doi:", "doi "].iter().find_map(|mark| {
        let at = lower.find(mark)? + mark.len();
        let rest = text[at..].trim_start();
        let word = rest.split_whitespace().next()?.trim_end_matches(['.', ',', ';', '”', '"', ']', '>']);
        // A closing bracket belongs to the DOI only where one was opened in it.
        let word = if word.contains('(') { word } else { word.trim_end_matches(')') };
        word.starts_with("10.").then(|| word.parse().ok()).flatten()
    })
}

#[cfg(test)]
mod tests {
    use super::super::lines::{lines, units};
    use super::*;

    fn front(text: &str) -> FrontMatter {
        let lines = lines(text);
        read(&lines, &units(&lines), None)
    }

    #[test]
    fn entry_of_a_reference_work() {
        let text = "Skip to main content\n\nBirch Bark\n\n  • Reference work entry\nBook of Bark\n  • 9 Accesses\n\n\
                    Birch bark is the outer layer of the tree and is used for boats.\n\nCite this entry\n\n\
                    (2012). Birch Bark. In: Roe, J. (eds) Book of Bark. Wood, Oslo. https://doi.org/10.1234/x_3";
        let found = front(text);
        assert_eq!(found.title.as_deref(), Some("Birch Bark"));
        assert_eq!(found.container.as_deref(), Some("Book of Bark"));
        assert_eq!(found.doi.unwrap().as_str(), "10.1234/x_3");
        let uncited = front(text.split("Cite").next().unwrap());
        assert_eq!(
            (uncited.title.as_deref(), uncited.container.as_deref()),
            (Some("Birch Bark"), Some("Book of Bark"))
        );
        assert_eq!(uncited.doi, None);
    }

    #[test]
    fn article() {
        let text = "Home\n\nOn the bark of birches\n\nJournal of Bark and Wood Studies\n\nJane Roe\n\nAbstract\n\n\
                    Birch bark is the outer layer of the tree and is used for boats.\n\nCite this article\n\n\
                    Roe, J. On the bark of birches. J Bark Wood Stud 14, 6–7 (2023). https://doi.org/10.1234/y";
        let found = front(text);
        assert_eq!(found.title.as_deref(), Some("On the bark of birches"));
        assert_eq!(found.container.as_deref(), Some("Journal of Bark and Wood Studies"));
        let line = "Wood 2014, 4(4), 932-945; doi:10.3390/wood1\n\nArticle\n\nBark of birches\n\nJane Roe\n\nAbstract\n\n\
                    Birch bark is the outer layer of the tree and is used for boats.";
        let found = front(line);
        assert_eq!(found.title.as_deref(), Some("Bark of birches"));
        assert_eq!(found.container.as_deref(), Some("Wood"));
        assert_eq!(found.doi.unwrap().as_str(), "10.3390/wood1");
    }
}
