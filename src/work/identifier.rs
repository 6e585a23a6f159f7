//! Identifiers of works: validated and in one spelling.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};
use thiserror::Error;

/// Why a string is not the identifier it is meant to be.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum IdentifierError {
    #[error("“{0}” is not a DOI: one starts with “10.”, four or more digits and a slash")]
    Doi(String),
    #[error("“{0}” is not a PubMed identifier: one has 1 to 8 digits")]
    Pmid(String),
    #[error("“{0}” is not a PubMed Central identifier: one is “PMC” and digits")]
    Pmcid(String),
    #[error("“{0}” is not an ISBN: its length or its check digit is wrong")]
    Isbn(String),
    #[error("“{0}” is not an ISSN: its length or its check digit is wrong")]
    Issn(String),
    #[error("“{0}” is not an arXiv identifier")]
    Arxiv(String),
}

/// A digital object identifier, lower case, without resolver or prefix ("10.1001/archderm.144.5.585").
///
/// DOIs are case-insensitive (DOI Handbook, 2.4), so one case makes equal ones equal.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Doi(String);

impl TryFrom<String> for Doi {
    type Error = IdentifierError;

    fn try_from(s: String) -> Result<Self, Self::Error> {
        s.parse()
    }
}

impl From<Doi> for String {
    fn from(doi: Doi) -> Self {
        doi.0
    }
}

impl Doi {
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The address of the DOI, with what a URL cannot hold percent-encoded.
    pub fn url(&self) -> String {
        let mut url = String::from("https://doi.org/");
        for b in self.0.bytes() {
            match b {
                b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' => url.push(char::from(b)),
                b'-' | b'.' | b'_' | b'~' | b'/' | b'(' | b')' | b':' | b';' | b'+' | b',' | b'=' | b'@' | b'!'
                | b'*' => {
                    url.push(char::from(b));
                }
                _ => url.push_str(&format!("%{b:02X}")),
            }
        }
        url
    }
}

impl FromStr for Doi {
    type Err = IdentifierError;

    /// Reads a DOI with or without "doi:" or a resolver's address before it.
    fn from_str(s: &str) -> Result<Self, Self::Err> {
        let error = || IdentifierError::Doi(s.trim().to_owned());
        let mut rest = s.trim().to_ascii_lowercase();
        for prefix in ["https://", "http://", "dx.doi.org/", "www.doi.org/", "doi.org/", "info:doi/", "doi:", "doi"] {
            if let Some(stripped) = rest.strip_prefix(prefix) {
                rest = stripped.trim_start().to_owned();
            }
        }
        let rest = rest.trim_end_matches(['.', ',', ';']);
        let (prefix, suffix) = rest.split_once('/').ok_or_else(error)?;
        let registrant = prefix.strip_prefix("10.").ok_or_else(error)?;
        let well_formed = registrant.split('.').next().is_some_and(|r| r.len() >= 4)
            && registrant.bytes().all(|b| b.is_ascii_digit() || b == b'.')
            && !suffix.is_empty()
            && !suffix.chars().any(|c| c.is_whitespace() || c.is_control());
        if well_formed { Ok(Self(rest.to_owned())) } else { Err(error()) }
    }
}

/// A PubMed identifier.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Pmid(u32);

impl FromStr for Pmid {
    type Err = IdentifierError;

    fn from_str(s: &str) -> Result<Self, Self::Err> {
        let digits = strip_label(s, &["pmid"]);
        let is_number = (1..=8).contains(&digits.len()) && digits.bytes().all(|b| b.is_ascii_digit());
        match digits.parse() {
            Ok(number @ 1..) if is_number => Ok(Self(number)),
            _ => Err(IdentifierError::Pmid(s.trim().to_owned())),
        }
    }
}

/// A PubMed Central identifier.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Pmcid(u32);

impl FromStr for Pmcid {
    type Err = IdentifierError;

    fn from_str(s: &str) -> Result<Self, Self::Err> {
        let rest = strip_label(s, &["pmcid"]);
        rest.get(..3)
            .filter(|p| p.eq_ignore_ascii_case("pmc"))
            .and_then(|_| rest[3..].parse().ok())
            .filter(|&n| n > 0)
            .map(Self)
            .ok_or_else(|| IdentifierError::Pmcid(s.trim().to_owned()))
    }
}

/// An arXiv identifier without "arXiv:" ("2101.00001v2", "hep-th/9901001").
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ArxivId(String);

impl FromStr for ArxivId {
    type Err = IdentifierError;

    fn from_str(s: &str) -> Result<Self, Self::Err> {
        let rest = strip_label(s, &["arxiv"]);
        let (base, version) = rest.rsplit_once('v').unwrap_or((rest, "1"));
        let digits = |s: &str| !s.is_empty() && s.bytes().all(|b| b.is_ascii_digit());
        let new_form = base.split_once('.').is_some_and(|(month, number)| {
            month.len() == 4 && digits(month) && (4..=5).contains(&number.len()) && digits(number)
        });
        let old_form = base.split_once('/').is_some_and(|(archive, number)| {
            number.len() == 7
                && digits(number)
                && archive.starts_with(|c: char| c.is_ascii_lowercase())
                && archive.bytes().all(|b| b.is_ascii_alphabetic() || b == b'-' || b == b'.')
        });
        if digits(version) && (new_form || old_form) {
            Ok(Self(rest.to_owned()))
        } else {
            Err(IdentifierError::Arxiv(s.trim().to_owned()))
        }
    }
}

/// An international standard book number of 13 digits, without hyphens.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Isbn(String);

impl FromStr for Isbn {
    type Err = IdentifierError;

    /// Reads an ISBN of 10 or 13 digits and checks its check digit (ISO 2108).
    fn from_str(s: &str) -> Result<Self, Self::Err> {
        let error = || IdentifierError::Isbn(s.trim().to_owned());
        let digits = check_digits(strip_label(s, &["isbn-13", "isbn-10", "isbn"])).ok_or_else(error)?;
        let weighted = |weights: &[u32]| digits.iter().zip(weights.iter().cycle()).map(|(d, w)| d * w).sum::<u32>();
        match digits.len() {
            10 if weighted(&[10, 9, 8, 7, 6, 5, 4, 3, 2, 1]).is_multiple_of(11) => {
                let mut long = vec![9, 7, 8];
                long.extend(&digits[..9]);
                let sum: u32 = long.iter().zip([1, 3].iter().cycle()).map(|(d, w)| d * w).sum();
                long.push((10 - sum % 10) % 10);
                Ok(Self(long.iter().map(u32::to_string).collect()))
            }
            13 if digits[12] < 10 && weighted(&[1, 3]).is_multiple_of(10) => {
                Ok(Self(digits.iter().map(u32::to_string).collect()))
            }
            _ => Err(error()),
        }
    }
}

/// An international standard serial number ("0738-081X").
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Issn(String);

impl FromStr for Issn {
    type Err = IdentifierError;

    /// Reads an ISSN and checks its check digit (ISO 3297).
    fn from_str(s: &str) -> Result<Self, Self::Err> {
        let error = || IdentifierError::Issn(s.trim().to_owned());
        let digits = check_digits(strip_label(s, &["issn", "eissn"])).ok_or_else(error)?;
        let sum: u32 = digits.iter().zip((1..=8).rev()).map(|(d, w)| d * w).sum();
        if digits.len() != 8 || !sum.is_multiple_of(11) {
            return Err(error());
        }
        let text: String = digits.iter().map(|&d| if d == 10 { "X".to_owned() } else { d.to_string() }).collect();
        Ok(Self(format!("{}-{}", &text[..4], &text[4..])))
    }
}

/// Digits with hyphens and spaces taken out; an "X" that ends them counts 10.
fn check_digits(s: &str) -> Option<Vec<u32>> {
    let compact: Vec<char> =
        s.chars().filter(|c| !matches!(c, '-' | ' ' | '\u{2010}' | '\u{2011}' | '\u{2013}')).collect();
    let last = compact.len().checked_sub(1)?;
    compact
        .iter()
        .enumerate()
        .map(|(i, c)| if i == last && c.eq_ignore_ascii_case(&'X') { Some(10) } else { c.to_digit(10) })
        .collect()
}

/// Takes "PMID: " and the like from the front.
fn strip_label<'a>(s: &'a str, labels: &[&str]) -> &'a str {
    let s = s.trim();
    for label in labels {
        if s.get(..label.len()).is_some_and(|head| head.eq_ignore_ascii_case(label)) {
            return s[label.len()..].trim_start_matches([':', ' ', '\u{a0}']).trim();
        }
    }
    s
}

macro_rules! display {
    ($($type:ident => $pattern:literal),+) => {$(
        impl fmt::Display for $type {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                write!(f, $pattern, self.0)
            }
        }
    )+};
}
display!(Doi => "{}", Pmid => "{}", Pmcid => "PMC{}", ArxivId => "{}", Isbn => "{}", Issn => "{}");

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dois_in_one_spelling() {
        for s in [
            "10.1001/ARCHDERM.144.5.585",
            "doi:10.1001/archderm.144.5.585",
            "https://doi.org/10.1001/archderm.144.5.585.",
            "http://dx.doi.org/10.1001/archderm.144.5.585",
            "DOI 10.1001/archderm.144.5.585",
        ] {
            assert_eq!(s.parse::<Doi>().unwrap().as_str(), "10.1001/archderm.144.5.585", "{s}");
        }
        for s in ["", "10.1/x", "10.1001", "10.1001/", "11.1001/x", "10.1001/a b", "archderm"] {
            assert!(s.parse::<Doi>().is_err(), "{s}");
        }
    }

    #[test]
    fn doi_url_is_inert() {
        let doi: Doi = "10.1002/(SICI)1097<3::AID\">3.0.CO;2-F".parse().unwrap();
        assert_eq!(doi.url(), "https://doi.org/10.1002/(sici)1097%3C3::aid%22%3E3.0.co;2-f");
    }

    #[test]
    fn check_digits_are_checked() {
        assert_eq!("0-306-40615-2".parse::<Isbn>().unwrap().to_string(), "9780306406157");
        assert_eq!("ISBN 978-0-306-40615-7".parse::<Isbn>().unwrap().to_string(), "9780306406157");
        assert!("978-0-306-40615-8".parse::<Isbn>().is_err());
        assert_eq!("0378-5955".parse::<Issn>().unwrap().to_string(), "0378-5955");
        assert!("0378-5954".parse::<Issn>().is_err());
    }

    #[test]
    fn other_identifiers() {
        assert_eq!("PMID: 7593766".parse::<Pmid>().unwrap().to_string(), "7593766");
        assert!("759376600".parse::<Pmid>().is_err());
        assert_eq!("pmc123".parse::<Pmcid>().unwrap().to_string(), "PMC123");
        assert_eq!("arXiv:2101.00001v2".parse::<ArxivId>().unwrap().to_string(), "2101.00001v2");
        assert!("hep-th/9901001".parse::<ArxivId>().is_ok());
        assert!("2101.1".parse::<ArxivId>().is_err());
    }
}
