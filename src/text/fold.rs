//! Making strings comparable: compatibility forms, no diacritics, one case, one kind of space.

use unicode_normalization::{UnicodeNormalization, char::is_combining_mark};

/// Folds for comparison: compatibility decomposition without combining marks, lower case, every run of
/// characters that are neither letters nor digits as one space, none at the ends.
///
/// ```
/// assert_eq!(citetrail::text::fold("Bécuwe,  C. — “Milia‐like”"), "becuwe c milia like");
/// ```
pub fn fold(s: &str) -> String {
    let mut out = Vec::with_capacity(s.len());
    let mut gap = false;
    let mut rest = s.as_bytes();
    // What is ASCII, and most text is, is looked up byte by byte.
    while let Some((&byte, behind)) = rest.split_first() {
        if byte.is_ascii() {
            rest = behind;
            match ASCII[usize::from(byte)] {
                0 => gap = true,
                letter => {
                    if std::mem::take(&mut gap) && !out.is_empty() {
                        out.push(b' ');
                    }
                    out.push(letter);
                }
            }
            continue;
        }
        let length = rest.iter().position(u8::is_ascii).unwrap_or(rest.len());
        let start = s.len() - rest.len();
        letters(&s[start..start + length]).for_each(|c| match c {
            Some(c) => {
                if std::mem::take(&mut gap) && !out.is_empty() {
                    out.push(b' ');
                }
                out.extend_from_slice(c.encode_utf8(&mut [0; 4]).as_bytes());
            }
            None => gap = true,
        });
        rest = &rest[length..];
    }
    String::from_utf8(out).expect("letters are written as UTF-8")
}

/// ASCII letters in lower case and digits; 0 stands for all else.
const ASCII: [u8; 128] = {
    let mut folded = [0; 128];
    let mut byte = 0;
    while byte < 128_u8 {
        if byte.is_ascii_alphanumeric() {
            folded[byte as usize] = byte.to_ascii_lowercase();
        }
        byte += 1;
    }
    folded
};

/// Like [`fold`] without the spaces: a key under which spellings with and without hyphens meet.
///
/// ```
/// assert_eq!(citetrail::text::fold_key("Rodriguez-Cano"), citetrail::text::fold_key("Rodríguez Cano"));
/// ```
pub fn fold_key(s: &str) -> String {
    let mut out = String::with_capacity(s.len());
    each_letter(s, |c| out.extend(c));
    out
}

/// Gives the folded letters and digits of `s` one by one; `None` stands for anything between them. What is ASCII needs
/// no decomposition, and most text is.
fn each_letter(s: &str, mut take: impl FnMut(Option<char>)) {
    let mut rest = s;
    while !rest.is_empty() {
        let ascii = rest.bytes().position(|b| !b.is_ascii()).unwrap_or(rest.len());
        for byte in rest[..ascii].bytes() {
            take(byte.is_ascii_alphanumeric().then(|| char::from(byte.to_ascii_lowercase())));
        }
        rest = &rest[ascii..];
        let other = rest.bytes().position(|b| b.is_ascii()).unwrap_or(rest.len());
        letters(&rest[..other]).for_each(&mut take);
        rest = &rest[other..];
    }
}

/// The folded letters and digits of `s`; `None` stands for anything between them.
fn letters(s: &str) -> impl Iterator<Item = Option<char>> + '_ {
    s.chars()
        .filter(|c| !matches!(c, '\u{ad}' | '\u{200b}'..='\u{200d}' | '\u{2060}' | '\u{feff}'))
        .nfkd()
        .filter(|c| !is_combining_mark(*c))
        .flat_map(|c| {
            let latin = match c {
                'ø' | 'Ø' => "o",
                'đ' | 'Đ' | 'ð' | 'Ð' => "d",
                'ł' | 'Ł' => "l",
                'ı' => "i",
                'ß' | 'ẞ' => "ss",
                'æ' | 'Æ' => "ae",
                'œ' | 'Œ' => "oe",
                'þ' | 'Þ' => "th",
                _ => "",
            };
            let plain = latin.is_empty().then_some(c);
            latin.chars().chain(plain.into_iter().flat_map(char::to_lowercase))
        })
        .map(|c| c.is_alphanumeric().then_some(c))
}

/// Latin letters without their accents and ligatures, of the same case; all else as it is.
///
/// ```
/// assert_eq!(citetrail::text::plain_letters("Bécuwe–Łódź Ærø"), "Becuwe–Lodz AEro");
/// ```
pub fn plain_letters(s: &str) -> String {
    if s.is_ascii() {
        return s.to_owned();
    }
    let mut out = String::with_capacity(s.len());
    for c in s.chars() {
        let latin = match c {
            'ø' => "o",
            'Ø' => "O",
            'đ' | 'ð' => "d",
            'Đ' | 'Ð' => "D",
            'ł' => "l",
            'Ł' => "L",
            'ı' => "i",
            'ß' => "ss",
            'ẞ' => "SS",
            'æ' => "ae",
            'Æ' => "AE",
            'œ' => "oe",
            'Œ' => "OE",
            'þ' => "th",
            'Þ' => "Th",
            _ => "",
        };
        if !latin.is_empty() {
            out.push_str(latin);
        } else if c.is_alphabetic() {
            out.extend(std::iter::once(c).nfkd().filter(|c| !is_combining_mark(*c)));
        } else if !is_combining_mark(c) {
            out.push(c);
        }
    }
    out
}

/// Every run of white space as one space, none at the ends.
pub fn collapse_spaces(s: &str) -> String {
    let mut out = String::with_capacity(s.len());
    for word in s.split_whitespace() {
        if !out.is_empty() {
            out.push(' ');
        }
        out.push_str(word);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn folds() {
        for (from, to) in [
            ("Straße", "strasse"),
            ("Łódź", "lodz"),
            ("soft\u{ad}hyphen", "softhyphen"),
            ("ﬁne", "fine"),
            ("  A.-B. (C) ", "a b c"),
            ("ИВАНОВ", "иванов"),
            ("", ""),
        ] {
            assert_eq!(fold(from), to, "{from}");
        }
        assert_eq!(fold_key("O’Brien"), "obrien");
    }

    #[test]
    fn spaces() {
        assert_eq!(collapse_spaces(" a\u{a0} b\n\tc "), "a b c");
    }
}
