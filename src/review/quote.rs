//! Whether a quote stands in a text, whatever the printing did to it.

use unicode_normalization::UnicodeNormalization;

/// What is known of a verdict's quote.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum QuoteState {
    /// It stands in the text at hand.
    Verified,
    /// It does not stand in the text at hand.
    NotFound,
    /// No text of the work is at hand.
    Unread,
}

impl QuoteState {
    /// In words: "not found in the attached text".
    pub fn words(self) -> &'static str {
        match self {
            Self::Verified => "verified",
            Self::NotFound => "not found in the attached text",
            Self::Unread => "unread: no text is attached",
        }
    }
}

impl QuoteState {
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Verified => "verified",
            Self::NotFound => "not-found",
            Self::Unread => "unread",
        }
    }
}

/// A text made ready to find quotes in.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct QuotableText(String);

impl QuotableText {
    pub fn new(text: &str) -> Self {
        Self(letters(text))
    }

    /// Whether the words of the quote stand in the text in their order. What the printing changes does not matter: line
    /// ends, hyphenation, kinds of quotes and dashes, ligatures, case, punctuation. Signs that carry meaning do: < > = ±
    /// % + and the minus before a number, the point within one. Where the quote leaves something out ("…", "[…]"), its
    /// pieces stand one after the other.
    pub fn has(&self, quote: &str) -> bool {
        let quote = quote.replace("[…]", "…").replace("[...]", "…").replace("(...)", "…").replace("...", "…");
        let mut rest = self.0.as_str();
        let mut found = false;
        for piece in quote.split('…').map(letters).filter(|p| !p.is_empty()) {
            let Some(at) = rest.find(&piece) else { return false };
            rest = &rest[at + piece.len()..];
            found = true;
        }
        found
    }
}

/// What of a text is compared.
fn letters(text: &str) -> String {
    let chars: Vec<char> = text.nfkd().filter(|c| !unicode_normalization::char::is_combining_mark(*c)).collect();
    let mut out = String::with_capacity(text.len());
    for (i, &c) in chars.iter().enumerate() {
        let next = chars.get(i + 1).copied().unwrap_or(' ');
        let before = i.checked_sub(1).map_or(' ', |j| chars[j]);
        match c {
            c if c.is_alphanumeric() => out.extend(c.to_lowercase()),
            '<' | '>' | '=' | '±' | '%' | '+' | '≤' | '≥' | '≠' | '~' | '×' => out.push(c),
            '.' | ',' if before.is_ascii_digit() && next.is_ascii_digit() => out.push('.'),
            // A minus; not the dash of a range, and not a hyphen.
            '-' | '−' | '–' if next.is_ascii_digit() && !before.is_alphanumeric() => out.push('-'),
            _ => {}
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn printing_does_not_matter_and_meaning_does() {
        let text = QuotableText::new(
            "The patients were exam-\nined with “ﬁne” nee\u{ad}dles; p < 0.05, a loss of −5 mg (10–12 days).\nIt wasn’t Café-like.",
        );
        for quote in [
            "were examined with \"fine\" needles",
            "THE PATIENTS WERE",
            "p<0.05",
            "loss of -5 mg (10-12 days)",
            "The patients … needles […] it wasn't cafe like",
        ] {
            assert!(text.has(quote), "{quote}");
        }
        for quote in ["p > 0.05", "loss of 5 mg", "p < 0.5", "needles … patients", "never written", "", "…", "—"]
        {
            assert!(!text.has(quote), "{quote}");
        }
    }
}
