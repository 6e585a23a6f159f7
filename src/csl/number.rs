//! Numbers as works record them: "2", "2nd", "3–5", "1, 4 & D7", or words.

/// A number variable taken apart.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Value {
    /// Numbers with what stands between them (CSL 1.0.2, "is-numeric").
    Numbers(Vec<Part>),
    Words(String),
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Part {
    Number { prefix: String, digits: String, suffix: String },
    Separator(Separator),
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Separator {
    Range,
    Comma,
    Ampersand,
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
        matches!(self, Self::Numbers(parts) if parts.len() > 1)
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
            _ => return None,
        };
        parts.push(Part::Separator(separator));
        rest = after[c.len_utf8()..].trim_start();
        if separator == Separator::Range {
            rest = rest.trim_start_matches(['-', '–']);
        }
    }
}

/// Letters, digits, letters, without a space.
fn number(s: &str) -> Option<(Part, &str)> {
    let digits_at = s.find(|c: char| !c.is_alphabetic())?;
    let digits_end = s[digits_at..].find(|c: char| !c.is_ascii_digit()).map_or(s.len(), |n| digits_at + n);
    if digits_end == digits_at {
        return None;
    }
    let suffix_end = s[digits_end..].find(|c: char| !c.is_alphabetic()).map_or(s.len(), |n| digits_end + n);
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
            ("second", false),
            ("2nd edition", false),
            ("", false),
            ("-4", false),
        ] {
            assert_eq!(Value::parse(text).is_numeric(), numeric, "{text}");
        }
    }

    #[test]
    fn roman_and_letters() {
        assert_eq!(roman(1994).as_deref(), Some("mcmxciv"));
        assert_eq!(roman(4000), None);
        assert_eq!([letters(0), letters(25), letters(26), letters(701), letters(702)], ["a", "z", "aa", "zz", "aaa"]);
    }
}
