//! Numbers as works record them: "2", "2nd", "3–5", "iii–xii", "1, 4 & D7", "1/2", or words.

/// A number variable taken apart.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Value {
    /// Numbers with what stands between them (CSL 1.0.2, "is-numeric").
    Numbers(Vec<Part>),
    Words(String),
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Part {
    Number {
        prefix: String,
        digits: String,
        suffix: String,
    },
    /// Small Roman numerals, as printed.
    Roman(String),
    Separator(Separator),
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Separator {
    Range,
    Comma,
    Ampersand,
    /// Between numbers of one thing: the double issue "1/2".
    Slash,
}

impl Value {
    pub fn parse(text: &str) -> Self {
        numbers(text).map_or_else(|| Self::Words(text.to_owned()), Self::Numbers)
    }

    pub fn is_numeric(&self) -> bool {
        matches!(self, Self::Numbers(_))
    }

    /// Whether it stands for more than one thing.
    pub fn is_many(&self) -> bool {
        let separates = |part: &Part| matches!(part, Part::Separator(s) if *s != Separator::Slash);
        matches!(self, Self::Numbers(parts) if parts.iter().any(separates))
    }

    /// The number, when it is a single one.
    pub fn single(&self) -> Option<i64> {
        match self {
            Self::Numbers(parts) => match parts.as_slice() {
                [Part::Number { digits, .. }] => digits.parse().ok(),
                _ => None,
            },
            Self::Words(_) => None,
        }
    }
}

fn numbers(text: &str) -> Option<Vec<Part>> {
    let mut parts = Vec::new();
    let mut rest = text.trim();
    loop {
        let (number, after) = number(rest)?;
        parts.push(number);
        let after = after.trim_start();
        if after.is_empty() {
            return Some(parts);
        }
        let c = after.chars().next()?;
        let separator = match c {
            '-' | '–' | '—' => Separator::Range,
            ',' => Separator::Comma,
            '&' => Separator::Ampersand,
            '/' => Separator::Slash,
            _ => return None,
        };
        parts.push(Part::Separator(separator));
        rest = after[c.len_utf8()..].trim_start();
        if separator == Separator::Range {
            rest = rest.trim_start_matches(['-', '–']);
        }
    }
}

/// Letters, digits, letters and digits, without a space: "12", "S12", "2016LIL0001"; "12a-c" is one number. Of Roman
/// numerals only small ones of i, v and x count, as in citeproc-js: others are too often words ("mix", "CD").
fn number(s: &str) -> Option<(Part, &str)> {
    let end_of =
        |from: usize, within: fn(char) -> bool| s[from..].find(|c: char| !within(c)).map_or(s.len(), |n| from + n);
    let digits_at = end_of(0, char::is_alphabetic);
    let digits_end = end_of(digits_at, |c| c.is_ascii_digit());
    if digits_end == digits_at {
        let (word, after) = s.split_at(digits_at);
        let roman = !word.is_empty() && word.chars().all(|c| matches!(c, 'i' | 'v' | 'x'));
        return roman.then(|| (Part::Roman(word.to_owned()), after));
    }
    let mut suffix_end = end_of(digits_end, char::is_alphanumeric);
    if suffix_end > digits_end && s[suffix_end..].starts_with('-') {
        let letters_end = end_of(suffix_end + 1, |c| c.is_ascii_lowercase());
        let stands_alone = s[letters_end..].chars().next().is_none_or(|c| !c.is_alphanumeric());
        if letters_end > suffix_end + 1 && stands_alone && s[digits_end..suffix_end].chars().all(char::is_alphabetic) {
            suffix_end = letters_end;
        }
    }
    let part = Part::Number {
        prefix: s[..digits_at].to_owned(),
        digits: s[digits_at..digits_end].to_owned(),
        suffix: s[digits_end..suffix_end].to_owned(),
    };
    Some((part, &s[suffix_end..]))
}

/// Lower-case Roman numerals; `None` beyond 3999.
pub(super) fn roman(n: i64) -> Option<String> {
    const STEPS: [(i64, &str); 13] = [
        (1000, "m"),
        (900, "cm"),
        (500, "d"),
        (400, "cd"),
        (100, "c"),
        (90, "xc"),
        (50, "l"),
        (40, "xl"),
        (10, "x"),
        (9, "ix"),
        (5, "v"),
        (4, "iv"),
        (1, "i"),
    ];
    if !(1..4000).contains(&n) {
        return None;
    }
    let (mut n, mut out) = (n, String::new());
    for (value, digits) in STEPS {
        while n >= value {
            out.push_str(digits);
            n -= value;
        }
    }
    Some(out)
}

/// Letters for a count from 0: a … z, aa, ab ….
pub(super) fn letters(n: usize) -> String {
    let mut out = Vec::new();
    let mut n = n + 1;
    while n > 0 {
        n -= 1;
        out.push(char::from(b'a' + u8::try_from(n % 26).expect("below 26")));
        n /= 26;
    }
    out.iter().rev().collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_numeric() {
        for (text, numeric) in [
            ("2", true),
            ("2nd", true),
            ("D2", true),
            ("2, 3", true),
            ("2-4", true),
            ("2 & 4", true),
            ("1/2", true),
            ("12a-c", true),
            ("2016LIL0001", true),
            ("iii–xii", true),
            ("ix, 12", true),
            ("mix", false),
            ("XII", false),
            ("104.e1", false),
            ("4(2)", false),
            ("second", false),
            ("2nd edition", false),
            ("", false),
            ("-4", false),
        ] {
            assert_eq!(Value::parse(text).is_numeric(), numeric, "{text}");
        }
    }

    #[test]
    fn what_is_many() {
        for (text, many) in
            [("2", false), ("2-4", true), ("2, 4", true), ("1/2", false), ("12a-c", false), ("i-v", true)]
        {
            assert_eq!(Value::parse(text).is_many(), many, "{text}");
        }
    }

    #[test]
    fn roman_and_letters() {
        assert_eq!(roman(1994).as_deref(), Some("mcmxciv"));
        assert_eq!(roman(4000), None);
        assert_eq!([letters(0), letters(25), letters(26), letters(701), letters(702)], ["a", "z", "aa", "zz", "aaa"]);
    }
}
