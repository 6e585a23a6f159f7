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

/// Appends text for HTML, in an element or in an attribute in double quotes: what HTML acts on is escaped.
pub fn push_html(text: &str, out: &mut String) {
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            c => out.push(c),
        }
    }
}

/// Whether an address leads to the web; anything else is never written as a link.
pub fn is_web_address(address: &str) -> bool {
    let scheme = |s: &str| address.get(..s.len()).is_some_and(|start| start.eq_ignore_ascii_case(s));
    (scheme("https://") || scheme("http://")) && !address.contains(char::is_control)
}

/// A cell of a CSV file (RFC 4180), in quotes where it needs them. One that a spreadsheet would take for a formula gets
/// an apostrophe before it.
pub fn csv_cell(text: &str) -> String {
    let mut text = text.to_owned();
    let is_formula = |s: &str| s.starts_with(['=', '+', '-', '@', '\t', '\r']);
    if is_formula(&text) || text.strip_prefix('\'').is_some_and(|rest| is_formula(rest) || rest.starts_with('\'')) {
        text.insert(0, '\'');
    }
    let quoted = text.contains([',', ';', '"', '\'', '\n', '\r', '\t']) || text.starts_with(' ') || text.ends_with(' ');
    if quoted { format!("\"{}\"", text.replace('"', "\"\"")) } else { text }
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
    fn cells_do_not_act() {
        assert_eq!(csv_cell("plain"), "plain");
        assert_eq!(csv_cell("a, \"b\""), "\"a, \"\"b\"\"\"");
        assert_eq!(csv_cell("=cmd()"), "\"'=cmd()\"");
        assert_eq!(csv_cell("'=x"), "\"''=x\"");
    }

    #[test]
    fn escape_sequences_are_shown() {
        assert_eq!(inert("a\x1b]52;c;x\x07b"), "a␛]52;c;x␇b");
        assert_eq!(inert("\u{202e}abc\u{9b}31m"), "\u{fffd}abc\u{fffd}31m");
        assert_eq!(inert_line("a\r\nb"), "a  b");
    }
}
