//! Program code and its output in plain text: blocks set in by four columns, as Markdown and converters to text leave
//! them. Nothing in them is a claim, a heading or a citation.

use super::lines::Line;

/// Code is set in by so many columns at least.
const INDENT: usize = 4;

/// Marks the lines of blocks of code.
pub(super) fn mark(lines: &mut [Line<'_>]) {
    let mut start = 0;
    let mut after_code = false;
    while start < lines.len() {
        let length = lines[start + 1..].iter().take_while(|l| !l.after_blank).count() + 1;
        let block = &mut lines[start..start + length];
        let code = block.iter().filter(|l| is_code(l.text)).count();
        let is_listing = block.iter().all(|l| l.indent >= INDENT)
            && (code * 2 >= block.len() && code > 0
                || after_code && (code > 0 || !block.iter().any(|l| is_prose(l.text))));
        if is_listing {
            for line in block {
                (line.is_code, line.furniture) = (true, None);
            }
        }
        after_code = is_listing;
        start += length;
    }
}

/// Whether a line has the form of a statement of a programming language, of a prompt, or of printed values.
fn is_code(text: &str) -> bool {
    const SIGNS: &[&str] = &[
        "<-", "%>%", "|>", "::", "()", "->", "==", "!=", "+=", "&&", "||", "=>", ");", "](", " = ", "\"\"", "/>", "</",
    ];
    const STARTS: &[&str] = &[
        ">>> ",
        "> ",
        "$ ",
        "## ",
        "#> ",
        "# ",
        "//",
        "/*",
        "import ",
        "from ",
        "def ",
        "class ",
        "return ",
        "for (",
        "if (",
        "while (",
        "function",
        "var ",
        "let ",
        "const ",
        "{",
        "}",
        ")",
        "library(",
        "pip install",
        "#include",
    ];
    let word = text.bytes().take_while(|b| b.is_ascii_alphanumeric() || matches!(b, b'_' | b'.')).count();
    let calls = word > 0 && text[word..].starts_with('(') && text[word..].contains([')', '=', '"', ',']);
    let values = text.strip_prefix('[').is_some_and(|rest| {
        let digits = rest.bytes().take_while(u8::is_ascii_digit).count();
        digits > 0 && rest[digits..].starts_with(']')
    });
    calls
        || values
        || SIGNS.iter().any(|s| text.contains(s))
        || STARTS.iter().any(|s| text.starts_with(s))
        || text.ends_with(['{', '}', ';'])
}

/// Whether a line holds words of a sentence: four small ones in a row.
fn is_prose(text: &str) -> bool {
    let mut run = 0;
    text.split_whitespace().any(|word| {
        let plain = word.trim_end_matches([',', '.', ';', ':']);
        run = if !plain.is_empty() && plain.chars().all(char::is_lowercase) { run + 1 } else { 0 };
        run >= 4
    })
}

#[cfg(test)]
mod tests {
    use super::super::lines::lines;

    fn code(text: &str) -> Vec<&str> {
        lines(text).into_iter().filter(|l| l.is_code).map(|l| l.text).collect()
    }

    #[test]
    fn code_and_its_output() {
        let text = "Bark burns. The call is:\n\n    bark <- burn(wood, times = 3)\n    print(bark)\n\n    [1] 3 2 1\n\n    \
                    oak  birch\n      1      2\n\nThen it stops.\n\n    >>> burn(wood)";
        let expected =
            ["bark <- burn(wood, times = 3)", "print(bark)", "[1] 3 2 1", "oak  birch", "1      2", ">>> burn(wood)"];
        assert_eq!(code(text), expected);
    }

    #[test]
    fn text_that_is_set_in() {
        for text in [
            "    Dry blight (Doe 1999)\n\n    1. a.\n\n      Common form",
            "  • Doe, A. (1999). Bark. Wood, 1, 4–7.\n\n    Article  Google Scholar",
            "Code:\n\n    burn(wood)\n\n    As we saw before, the bark of old trees burns.",
        ] {
            assert!(code(text).iter().all(|l| *l == "burn(wood)"), "{text}");
        }
    }
}
