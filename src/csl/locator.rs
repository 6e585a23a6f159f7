//! Places inside a work as people type them.

use std::str::FromStr;

use super::{LocatorLabel, Place, UnknownLocator};

/// What stands before the number, and the CSL term it means.
const WORDS: &[(&str, &str)] = &[
    ("p", "page"),
    ("pp", "page"),
    ("pg", "page"),
    ("s", "page"),
    ("page", "page"),
    ("pages", "page"),
    ("ch", "chapter"),
    ("chap", "chapter"),
    ("chapters", "chapter"),
    ("kap", "chapter"),
    ("sec", "section"),
    ("sect", "section"),
    ("§", "section"),
    ("§§", "section"),
    ("sections", "section"),
    ("fig", "figure"),
    ("figs", "figure"),
    ("figures", "figure"),
    ("para", "paragraph"),
    ("par", "paragraph"),
    ("¶", "paragraph"),
    ("vol", "volume"),
    ("vols", "volume"),
    ("v", "verse"),
    ("l", "line"),
    ("ll", "line"),
    ("n", "note"),
    ("no", "issue"),
    ("col", "column"),
    ("bk", "book"),
    ("pt", "part"),
    ("eq", "equation"),
    ("tab", "table"),
    ("app", "appendix"),
];

impl<'a> Place<'a> {
    /// Reads "p. 4", "chap. 3", "§ 12", "figure 2", or a bare "4–6", which is a page.
    ///
    /// # Errors
    /// When a word stands before the number that names no kind of place.
    pub fn parse(text: &'a str) -> Result<Self, UnknownLocator> {
        let text = text.trim();
        let number = text.find(|c: char| c.is_numeric() || c == ' ').unwrap_or(text.len());
        let word = text[..number].trim_end_matches('.').to_lowercase();
        let value = text[number..].trim_start();
        if word.is_empty() {
            return Ok(Self { label: LocatorLabel::PAGE, value: text });
        }
        let term = WORDS.iter().find(|(w, _)| *w == word).map_or(word.as_str(), |(_, term)| term);
        match LocatorLabel::from_str(term) {
            Ok(label) if !value.is_empty() => Ok(Self { label, value }),
            // A roman or lettered page: "xii", "A3".
            _ if value.is_empty() || value == text => Ok(Self { label: LocatorLabel::PAGE, value: text }),
            _ if text[number..].starts_with(' ') => Err(UnknownLocator(word)),
            _ => Ok(Self { label: LocatorLabel::PAGE, value: text }),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places() {
        for (text, label, value) in [
            ("p. 4", "page", "4"),
            ("pp. 4–6", "page", "4–6"),
            ("12", "page", "12"),
            ("xii", "page", "xii"),
            ("A3", "page", "A3"),
            ("chap. 3", "chapter", "3"),
            ("chapter 3", "chapter", "3"),
            ("§ 12a", "section", "12a"),
            ("fig. 2", "figure", "2"),
        ] {
            let place = Place::parse(text).unwrap();
            assert_eq!((place.label, place.value), (label.parse().unwrap(), value), "{text}");
        }
        assert!(Place::parse("nonsense 4").is_err());
    }
}
