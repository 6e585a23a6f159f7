//! Addresses of requests.

/// Percent-encodes a part of an address (RFC 3986, 2.3: all but unreserved characters).
pub(super) fn encode(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for byte in text.bytes() {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' => out.push(char::from(byte)),
            _ => out.push_str(&format!("%{byte:02X}")),
        }
    }
    out
}

/// A path with parameters.
pub(super) fn with_parameters(path: &str, parameters: &[(&str, &str)]) -> String {
    let mut out = path.to_owned();
    for (i, (name, value)) in parameters.iter().enumerate() {
        out.push(if i == 0 && !path.contains('?') { '?' } else { '&' });
        out.push_str(name);
        out.push('=');
        out.push_str(&encode(value));
    }
    out
}

/// Words for a search inside quotes: without what has a meaning in the languages of queries.
pub(super) fn words(text: &str) -> String {
    let plain: String = text.chars().map(|c| if c.is_alphanumeric() { c } else { ' ' }).collect();
    crate::text::collapse_spaces(&plain)
}

/// A printed reference as a search string of bounded length.
pub(super) fn searched(raw: &str) -> String {
    crate::text::collapse_spaces(raw).chars().take(400).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_are_encoded() {
        assert_eq!(encode("10.1002/(SICI)1097<a>2.0 é"), "10.1002%2F%28SICI%291097%3Ca%3E2.0%20%C3%A9");
        assert_eq!(with_parameters("/works", &[("q", "a&b"), ("rows", "5")]), "/works?q=a%26b&rows=5");
        assert_eq!(with_parameters("/works?x=1", &[("q", "a")]), "/works?x=1&q=a");
        assert_eq!(words("“Calcinosis” AND (cutis): a*"), "Calcinosis AND cutis a");
    }
}
