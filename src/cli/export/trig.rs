//! TriG (RDF 1.1): names and literals that hold any text.

use std::fmt::Write;

use sha2::{Digest, Sha256};

/// How things are named that have no name on the web.
pub(super) struct Names<'a> {
    base: Option<&'a str>,
}

impl<'a> Names<'a> {
    pub fn new(base: Option<&'a str>) -> Self {
        Self { base }
    }

    /// The IRI of a thing: the same for the same kind and name, whenever it is asked.
    pub fn of(&self, kind: &str, name: &str) -> String {
        match self.base {
            Some(base) => format!("{base}{kind}/{}", percent_encoded(name)),
            None => format!("urn:uuid:{}", uuid(kind, name)),
        }
    }
}

/// A UUID of what it names (RFC 9562, version 8).
pub(super) fn uuid(kind: &str, name: &str) -> String {
    let digest = Sha256::digest(format!("citetrail\n{kind}\n{name}"));
    let mut bytes = [0; 16];
    bytes.copy_from_slice(&digest[..16]);
    bytes[6] = bytes[6] & 0x0f | 0x80;
    bytes[8] = bytes[8] & 0x3f | 0x80;
    let hex: String = bytes.iter().map(|byte| format!("{byte:02x}")).collect();
    format!("{}-{}-{}-{}-{}", &hex[..8], &hex[8..12], &hex[12..16], &hex[16..20], &hex[20..])
}

/// The beginning of names as typed: an address of the web that ends a folder.
///
/// # Errors
/// When it is no such address.
pub(super) fn base(typed: &str) -> Result<String, String> {
    let rest = typed.strip_prefix("https://").or_else(|| typed.strip_prefix("http://"));
    let plain = |c: char| c.is_ascii_alphanumeric() || "-._~/".contains(c);
    match rest {
        Some(rest) if rest.starts_with(|c: char| c.is_ascii_alphanumeric()) && rest.chars().all(plain) => {
            Ok(if typed.ends_with('/') { typed.to_owned() } else { format!("{typed}/") })
        }
        _ => Err("it must be an address such as https://example.org/review/".to_owned()),
    }
}

/// A name as a part of a path (RFC 3986, unreserved characters).
fn percent_encoded(name: &str) -> String {
    let mut out = String::new();
    for byte in name.bytes() {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' => out.push(char::from(byte)),
            _ => {
                let _ = write!(out, "%{byte:02X}");
            }
        }
    }
    out
}

/// A literal. What could act on a terminal or turn the direction of writing is written by its number.
pub(super) fn literal(text: &str) -> String {
    let mut out = String::from("\"");
    for c in text.chars() {
        match c {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '\n' => out.push_str("\\n"),
            '\r' => out.push_str("\\r"),
            '\t' => out.push_str("\\t"),
            '\0' => out.push('\u{fffd}'),
            c if c.is_control() || is_mark_of_direction(c) => {
                let _ = write!(out, "\\u{:04X}", c as u32);
            }
            c => out.push(c),
        }
    }
    out.push('"');
    out
}

fn is_mark_of_direction(c: char) -> bool {
    matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{200e}' | '\u{200f}' | '\u{61c}' | '\u{2028}' | '\u{2029}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_stable() {
        let of = |base: Option<&str>, name: &str| Names::new(base).of("claim", name);
        assert_eq!(of(Some("https://example.org/"), "a b/ü"), "https://example.org/claim/a%20b%2F%C3%BC");
        assert_eq!(of(None, "x"), of(None, "x"));
        assert_ne!(of(None, "x"), Names::new(None).of("work", "x"));
        let id = of(None, "x");
        assert_eq!((&id[..9], &id[23..24], id.len()), ("urn:uuid:", "8", 45), "{id}");
    }

    #[test]
    fn a_base_is_an_address() {
        assert_eq!(base("https://example.org/np").unwrap(), "https://example.org/np/");
        for wrong in ["example.org", "https://", "https://e x/", "javascript:alert(1)", "https://e/> <x"] {
            assert!(base(wrong).is_err(), "{wrong}");
        }
    }

    #[test]
    fn literals_hold_any_text() {
        assert_eq!(literal("a\"b\\c\nd\u{1b}\u{202e}é"), "\"a\\\"b\\\\c\\nd\\u001B\\u202Eé\"");
    }
}
