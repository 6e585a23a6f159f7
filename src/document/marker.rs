//! The marker an outline item or a list entry begins with: "1.", "a)", "(iv)", "•", and the doubled markers of
//! pasted web pages ("2. b."), where the first number is the page's own counter and the second what the author wrote.

/// The two things a marker can be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Token<'a> {
    Bullet(char),
    Ordinal { text: &'a str, punctuation: Punctuation },
}

/// What stands round a number or letter.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Punctuation {
    /// "1."
    Stop,
    /// "1)"
    Bracket,
    /// "(1)"
    Brackets,
}

/// A series of numbers or letters that items are counted by.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Numbering {
    Decimal,
    LowerLetter,
    UpperLetter,
    LowerRoman,
    UpperRoman,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Marker<'a> {
    /// The page's own number before a doubled marker.
    pub counter: Option<u32>,
    pub token: Token<'a>,
    /// Bytes up to the item's own text.
    pub length: usize,
}

const BULLETS: &[char] =
    &['•', '◦', '▪', '■', '●', '○', '‣', '⁃', '·', '▸', '►', '▶', '➢', '✓', '\u{f0b7}', '*', '-', '–', '—', '+'];

/// The marker at the start of a line.
pub(super) fn parse(text: &str) -> Option<Marker<'_>> {
    let (token, length) = single(text)?;
    let rest = &text[length..];
    let simple = Marker { counter: None, token, length };
    let Some((second, second_length)) = single(rest) else { return Some(simple) };
    let after = &rest[second_length..];
    let doubled = |counter| Some(Marker { counter, token: second, length: length + second_length });
    match (token, second) {
        (Token::Bullet(_), Token::Ordinal { .. }) if after.is_empty() => doubled(None),
        (Token::Bullet(_), Token::Bullet(_)) => doubled(None),
        (Token::Ordinal { text: counter, punctuation: Punctuation::Stop }, second) => {
            let Ok(counter) = counter.parse::<u32>() else { return Some(simple) };
            // "1. A. niger": the second part is a marker only if the text after it begins like one.
            let agrees = match second {
                Token::Bullet(_) => false,
                Token::Ordinal { text, .. } => readings(text).any(|(_, value)| value == counter),
            };
            let begins = !after.starts_with(char::is_lowercase);
            if after.is_empty() || agrees && begins { doubled(Some(counter)) } else { Some(simple) }
        }
        _ => Some(simple),
    }
}

/// One marker and the bytes up to what follows it.
fn single(text: &str) -> Option<(Token<'_>, usize)> {
    let first = text.chars().next()?;
    let past = |end: usize| {
        let rest = &text[end..];
        let next = rest.trim_start();
        (next.len() < rest.len() || rest.is_empty()).then_some(text.len() - next.len())
    };
    if BULLETS.contains(&first) {
        let end = first.len_utf8();
        // A bullet sign proper may touch its text; a dash or star may not.
        let touching = !matches!(first, '*' | '-' | '–' | '—' | '+' | '·');
        let length = past(end).or(touching.then_some(end))?;
        return Some((Token::Bullet(first), length));
    }
    let open = first == '(';
    let body = &text[usize::from(open)..];
    let size = body.bytes().take(9).take_while(u8::is_ascii_alphanumeric).count();
    let token = &body[..size];
    readings(token).next()?;
    let after = &body[size..];
    let punctuation = match (open, after.chars().next()?) {
        (true, ')') => Punctuation::Brackets,
        (false, ')') => Punctuation::Bracket,
        (false, '.') => Punctuation::Stop,
        _ => return None,
    };
    let mut end = usize::from(open) + size + 1;
    if punctuation == Punctuation::Stop && text[end..].starts_with(')') {
        end += 1;
    }
    Some((Token::Ordinal { text: token, punctuation }, past(end)?))
}

/// What a token can count: "i" is the ninth letter or roman one.
pub(super) fn readings(token: &str) -> impl Iterator<Item = (Numbering, u32)> {
    let lower = token.bytes().all(|b| b.is_ascii_lowercase());
    let upper = token.bytes().all(|b| b.is_ascii_uppercase());
    let decimal = (token.len() <= 3 && token.bytes().all(|b| b.is_ascii_digit()))
        .then(|| token.parse().ok())
        .flatten()
        .map(|n| (Numbering::Decimal, n));
    let first = token.bytes().next().unwrap_or(0).to_ascii_lowercase();
    let same = token.len() <= 2 && token.bytes().all(|b| b.to_ascii_lowercase() == first);
    let letter = (same && first.is_ascii_lowercase() && (lower || upper)).then(|| {
        let value = u32::from(first - b'a') + 1 + 26 * (token.len() as u32 - 1);
        (if lower { Numbering::LowerLetter } else { Numbering::UpperLetter }, value)
    });
    let roman = (lower || upper)
        .then(|| roman(token))
        .flatten()
        .map(|value| (if lower { Numbering::LowerRoman } else { Numbering::UpperRoman }, value));
    decimal.into_iter().chain(letter).chain(roman)
}

/// The value of a roman number in its usual form, up to 89.
fn roman(token: &str) -> Option<u32> {
    const ONES: [&str; 10] = ["", "i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix"];
    const TENS: [&str; 9] = ["", "x", "xx", "xxx", "xl", "l", "lx", "lxx", "lxxx"];
    let token = token.to_ascii_lowercase();
    let split = token.find(|c| c != 'x' && c != 'l').unwrap_or(token.len());
    // "xl" and "ix": the ones begin at the first "i" or "v".
    let (tens, ones) = token.split_at(split);
    let tens = TENS.iter().position(|t| *t == tens)?;
    let ones = ONES.iter().position(|o| *o == ones)?;
    (tens + ones > 0).then_some((tens * 10 + ones) as u32)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn markers() {
        for (text, counter, token, rest) in [
            ("1. Birch", None, "1", "Birch"),
            ("1. 1.", Some(1), "1", ""),
            ("5. e.", Some(5), "e", ""),
            ("3. iii.", Some(3), "iii", ""),
            ("2. b) Birch", Some(2), "b", "Birch"),
            ("1. A. niger grows", None, "1", "A. niger grows"),
            ("(iv) Birch", None, "iv", "Birch"),
            ("A. Birch", None, "A", "Birch"),
            ("• Birch", None, "•", "Birch"),
            ("•Birch", None, "•", "Birch"),
            ("- Birch", None, "-", "Birch"),
            ("• 1.", None, "1", ""),
        ] {
            let marker = parse(text).unwrap();
            let shown = match marker.token {
                Token::Bullet(c) => c.to_string(),
                Token::Ordinal { text, .. } => text.to_owned(),
            };
            assert_eq!((marker.counter, shown.as_str(), &text[marker.length..]), (counter, token, rest), "{text}");
        }
        for text in
            ["Birch", "1998. A year", "1.5 g", "-5 degrees", "e.g. birch", "(see below)", "the. end", "", "3.1. Birch"]
        {
            assert_eq!(parse(text), None, "{text}");
        }
    }

    #[test]
    fn roman_numbers() {
        for (token, value) in [("i", 1), ("iv", 4), ("ix", 9), ("xiv", 14), ("XL", 40), ("xlix", 49)] {
            assert_eq!(roman(token), Some(value), "{token}");
        }
        assert_eq!(roman("iiii"), None);
        assert_eq!(roman("d"), None);
    }
}
