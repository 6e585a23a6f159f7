//! The words, numbers and punctuation of a reference, with their places.

/// What a token is made of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum TokenKind {
    /// Starts with a letter; may hold hyphens, apostrophes and digits.
    Word,
    /// Starts with a digit.
    Number,
    /// One character that is neither.
    Mark(char),
}

/// A token and its byte range in the text that was cut.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Token<'a> {
    pub text: &'a str,
    pub start: usize,
    pub end: usize,
    pub kind: TokenKind,
}

impl Token<'_> {
    pub fn is(&self, mark: char) -> bool {
        self.kind == TokenKind::Mark(mark)
    }
}

/// Cuts a text into tokens; white space separates and is dropped.
pub(super) fn tokens(text: &str) -> Vec<Token<'_>> {
    let mut out = Vec::with_capacity(text.len() / 3);
    let mut chars = text.char_indices().peekable();
    while let Some((start, c)) = chars.next() {
        if c.is_whitespace() {
            continue;
        }
        let mut end = start + c.len_utf8();
        let kind = if c.is_alphanumeric() {
            while let Some(&(at, next)) = chars.peek() {
                let joins = is_joiner(next) && text[at + next.len_utf8()..].starts_with(char::is_alphabetic);
                let mark = matches!(next, '\u{300}'..='\u{36f}');
                if !(next.is_alphanumeric() || mark || (joins && !c.is_ascii_digit())) {
                    break;
                }
                end = at + next.len_utf8();
                chars.next();
            }
            if c.is_numeric() { TokenKind::Number } else { TokenKind::Word }
        } else {
            TokenKind::Mark(c)
        };
        out.push(Token { text: &text[start..end], start, end, kind });
    }
    out
}

/// Hyphens and apostrophes inside words.
fn is_joiner(c: char) -> bool {
    matches!(c, '-' | '\u{2010}' | '\u{2011}' | '\'' | '’' | '`' | '´' | 'ʼ')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_numbers_marks() {
        let cut: Vec<&str> = tokens("O’Neil-Roe, J.-P. 12(3a)").iter().map(|t| t.text).collect();
        assert_eq!(cut, ["O’Neil-Roe", ",", "J", ".", "-", "P", ".", "12", "(", "3a", ")"]);
    }
}
