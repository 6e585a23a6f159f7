//! Output that cannot act on the terminal it is shown on.

/// Replaces what a terminal could act on: C0 and C1 controls (tab and line feed kept), and the characters that
/// turn the direction of writing, become a visible mark.
pub fn inert(s: &str) -> String {
    s.chars().map(|c| if c == '\n' || c == '\t' { c } else { visible(c) }).collect()
}

/// Like [`inert`] for text that must stay on one line: line ends and tabs become spaces.
pub fn inert_line(s: &str) -> String {
    s.chars().map(|c| if matches!(c, '\n' | '\t' | '\r') { ' ' } else { visible(c) }).collect()
}

fn visible(c: char) -> char {
    match c {
        '\0'..='\u{1f}' => char::from_u32(0x2400 + c as u32).expect("control pictures cover C0"),
        '\u{7f}' => '␡',
        '\u{80}'..='\u{9f}' => '\u{fffd}',
        // Explicit direction marks can make text read in another order than it is stored.
        '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{200e}' | '\u{200f}' | '\u{061c}' => '\u{fffd}',
        '\u{2028}' | '\u{2029}' => ' ',
        c => c,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn escape_sequences_are_shown() {
        assert_eq!(inert("a\x1b]52;c;x\x07b"), "a␛]52;c;x␇b");
        assert_eq!(inert("\u{202e}abc\u{9b}31m"), "\u{fffd}abc\u{fffd}31m");
        assert_eq!(inert_line("a\r\nb"), "a  b");
    }
}
