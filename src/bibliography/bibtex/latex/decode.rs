//! LaTeX → text with markup.

use std::borrow::Cow;

use unicode_normalization::char::compose;

use super::math::{readable_math, unescaped_dollar};
use super::symbols::{Markup, NO_CASE, accent, markup, spacing_accent, switch, symbol};

/// Whether braces protect capitals against changes of case, as in titles.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in super::super) enum Capitals {
    Protected,
    Free,
}

/// Reads LaTeX as text with markup. White space is collapsed; an empty line stays one.
/// Total: what is not understood stays as it is.
pub(in super::super) fn decode(latex: &str, capitals: Capitals) -> Cow<'_, str> {
    let latex = latex.trim_matches(is_space);
    if is_plain(latex) {
        return Cow::Borrowed(latex);
    }
    let latex = match capitals {
        // Braces around all of it protect everything, which is how programs export, not what authors mean.
        Capitals::Protected => strip_outer_braces(latex),
        Capitals::Free => latex,
    };
    let mut decoder = Decoder {
        whole: latex,
        rest: latex,
        out: String::with_capacity(latex.len()),
        groups: Vec::new(),
        accent: None,
        protecting: false,
        capitals,
    };
    decoder.run();
    Cow::Owned(decoder.finish())
}

/// Whether a value is one group in braces ("{World Health Organization}").
pub(in super::super) fn is_wholly_braced(latex: &str) -> bool {
    outer_braces(latex.trim_matches(is_space)) > 0
}

fn is_space(c: char) -> bool {
    matches!(c, ' ' | '\t' | '\n' | '\r')
}

fn is_special(b: u8) -> bool {
    matches!(b, b'\\' | b'{' | b'}' | b'$' | b'~' | b'-' | b'`' | b'\'' | b'\t' | b'\n' | b'\r' | b' ')
}

/// Whether nothing in the text means anything in LaTeX.
fn is_plain(latex: &str) -> bool {
    let bytes = latex.as_bytes();
    bytes.iter().enumerate().all(|(i, b)| {
        !is_special(*b)
            || match b {
                b' ' | b'-' | b'\'' => {
                    bytes.get(i + 1) != Some(b)
                        && !(*b == b' ' && bytes.get(i + 1).is_some_and(|b| matches!(b, b'\n' | b'\r' | b'\t')))
                }
                _ => false,
            }
    })
}

/// How many pairs of braces stand around all of the text.
fn outer_braces(latex: &str) -> usize {
    let bytes = latex.as_bytes();
    let opening = bytes.iter().take_while(|b| **b == b'{').count();
    let closing = bytes.iter().rev().take_while(|b| **b == b'}').count();
    if opening == 0 || closing == 0 || opening + closing > bytes.len() {
        return 0;
    }
    let (mut depth, mut least) = (opening, opening);
    for b in &bytes[opening..bytes.len() - closing] {
        match b {
            b'{' => depth += 1,
            b'}' if depth == 0 => return 0,
            b'}' => {
                depth -= 1;
                least = least.min(depth);
            }
            _ => {}
        }
    }
    if depth == closing { least.min(closing) } else { 0 }
}

fn strip_outer_braces(latex: &str) -> &str {
    let layers = outer_braces(latex);
    latex[layers..latex.len() - layers].trim_matches(is_space)
}

struct Group {
    /// Put out when the group ends.
    close: &'static str,
    kind: GroupKind,
}

#[derive(PartialEq, Eq)]
enum GroupKind {
    /// Ends with its brace.
    Braces,
    /// Braces that protect capitals; what they hold begins at this byte of the output.
    Protecting(usize),
    /// The reach of a switch such as `\em`: to the end of the group it is in.
    Switch,
}

struct Decoder<'a> {
    whole: &'a str,
    /// What of it is still to be read.
    rest: &'a str,
    out: String,
    groups: Vec<Group>,
    /// An accent waiting for its letter.
    accent: Option<char>,
    protecting: bool,
    capitals: Capitals,
}

impl<'a> Decoder<'a> {
    fn run(&mut self) {
        while let Some(c) = self.rest.chars().next() {
            match c {
                '\\' => self.command(),
                '{' => self.open(),
                '}' => {
                    self.skip(1);
                    self.close();
                }
                '$' => self.math(),
                '~' => {
                    self.skip(1);
                    self.push('\u{a0}');
                }
                '-' => self.dashes(),
                '`' | '\'' => self.quotes(c),
                c if is_space(c) => self.space(),
                c if self.accent.is_some() => {
                    self.skip(c.len_utf8());
                    self.push(c);
                }
                _ => {
                    let run = self.rest.bytes().position(is_special).unwrap_or(self.rest.len());
                    let (text, rest) = self.rest.split_at(run);
                    self.out.push_str(text);
                    self.rest = rest;
                }
            }
        }
    }

    fn finish(mut self) -> String {
        while !self.groups.is_empty() {
            self.close();
        }
        self.settle_accent();
        let end = self.out.trim_end_matches(is_space).len();
        self.out.truncate(end);
        self.out
    }

    fn skip(&mut self, bytes: usize) {
        self.rest = &self.rest[bytes..];
    }

    fn push(&mut self, c: char) {
        let Some(combining) = self.accent.take() else {
            self.out.push(c);
            return;
        };
        let base = match c {
            'ı' => 'i',
            'ȷ' => 'j',
            c => c,
        };
        match compose(base, combining) {
            Some(composed) => self.out.push(composed),
            None => self.out.extend([base, combining]),
        }
    }

    fn push_str(&mut self, text: &str) {
        let mut chars = text.chars();
        if let Some(first) = chars.next() {
            self.push(first);
            self.out.push_str(chars.as_str());
        }
    }

    /// An accent without letter is shown by itself.
    fn settle_accent(&mut self) {
        if let Some(combining) = self.accent.take() {
            self.out.push(spacing_accent(combining));
        }
    }

    fn space(&mut self) {
        let length = self.rest.bytes().take_while(|b| is_space(char::from(*b))).count();
        let (blank, rest) = self.rest.split_at(length);
        self.rest = rest;
        if self.accent.is_some() || self.out.is_empty() || self.out.ends_with([' ', '\n']) {
            return;
        }
        let paragraph = blank.bytes().filter(|b| *b == b'\n').count() > 1;
        self.out.push_str(if paragraph { "\n\n" } else { " " });
    }

    fn open(&mut self) {
        self.skip(1);
        let special = self.rest.starts_with(['\\', '}']);
        if self.capitals == Capitals::Protected && !self.protecting && !special && self.accent.is_none() {
            self.protecting = true;
            self.groups.push(Group { close: "", kind: GroupKind::Protecting(self.out.len()) });
        } else {
            self.groups.push(Group { close: "", kind: GroupKind::Braces });
        }
    }

    /// Ends the innermost group with everything switched on in it.
    fn close(&mut self) {
        self.settle_accent();
        while let Some(group) = self.groups.pop() {
            self.out.push_str(group.close);
            match group.kind {
                GroupKind::Switch => {}
                GroupKind::Braces => return,
                GroupKind::Protecting(start) => {
                    self.protecting = false;
                    if self.out[start..].contains(char::is_alphabetic) {
                        self.out.insert_str(start, NO_CASE.0);
                        self.out.push_str(NO_CASE.1);
                    }
                    return;
                }
            }
        }
    }

    fn dashes(&mut self) {
        let count = self.rest.bytes().take_while(|b| *b == b'-').take(3).count();
        self.skip(count);
        self.push(match count {
            1 => '-',
            2 => '–',
            _ => '—',
        });
    }

    fn quotes(&mut self, c: char) {
        let double = self.rest[1..].starts_with(c);
        self.skip(if double { 2 } else { 1 });
        self.push(match (c, double) {
            ('`', true) => '“',
            ('`', false) => '‘',
            (_, true) => '”',
            // An apostrophe as often as a closing quotation mark.
            (_, false) => '\'',
        });
    }

    fn command(&mut self) {
        self.skip(1);
        self.command_after_backslash();
    }

    /// Whether the two backslashes just read are one that a program wrote twice, as for JSON: a line break does not stand
    /// inside a word before an accent (`D\\'ecole`), nor alone before a letter in braces (`M{\\o}ller`).
    fn is_doubled(&self) -> bool {
        let before = self.whole[..self.whole.len() - self.rest.len() - 2].chars().next_back();
        let mut rest = self.rest.chars();
        let sign = rest.next().is_some_and(|c| matches!(c, '\'' | '`' | '^' | '"' | '~' | '=' | '.'));
        let accented = sign && rest.next().is_some_and(|c| c.is_alphabetic() || c == '{');
        let letter = || {
            let inside = self.rest.split('}').next().unwrap_or_default();
            inside.len() < 4 && inside.bytes().all(|b| b.is_ascii_alphabetic()) && symbol(inside).is_some()
        };
        match before {
            Some('{') => accented || letter(),
            Some(c) => accented && c.is_alphabetic(),
            None => false,
        }
    }

    fn command_after_backslash(&mut self) {
        let Some(first) = self.rest.chars().next() else {
            self.push('\\');
            return;
        };
        if !first.is_ascii_alphabetic() {
            self.skip(first.len_utf8());
            self.symbol_command(first);
            return;
        }
        let length = self.rest.bytes().take_while(u8::is_ascii_alphabetic).count();
        let (name, rest) = self.rest.split_at(length);
        self.rest = rest.strip_prefix('*').unwrap_or(rest);
        let blank = self.rest.bytes().take_while(|b| is_space(char::from(*b))).count();
        let spaced = blank > 0;
        let behind = self.rest;
        self.skip(blank);
        if let Some(combining) = accent(name) {
            self.settle_accent();
            self.accent = Some(combining);
        } else if let Some(markup) = markup(name) {
            self.marked_up(markup);
        } else if let Some((open, close)) = switch(name) {
            self.out.push_str(open);
            self.groups.push(Group { close, kind: GroupKind::Switch });
        } else if let Some(text) = symbol(name) {
            self.push_str(text);
        } else {
            match name {
                "url" | "path" | "nolinkurl" => {
                    let address = self.argument();
                    self.out.push_str(&super::decode_verbatim(address));
                }
                "href" => {
                    self.argument();
                    self.skip_blank();
                }
                "noopsort" | "NoOpSort" | "noop" | "SortNoop" | "switchargs" | "phantom" => {
                    self.argument();
                }
                // An unknown command is left out around its argument, and kept where there is nothing else.
                _ if self.rest.starts_with('{') => {}
                _ => {
                    self.push('\\');
                    self.out.push_str(name);
                    if spaced {
                        self.rest = behind;
                    }
                }
            }
        }
    }

    fn symbol_command(&mut self, c: char) {
        let mut name = [0; 4];
        if let Some(combining) = accent(c.encode_utf8(&mut name)) {
            self.settle_accent();
            self.accent = Some(combining);
            return;
        }
        match c {
            '\\' if self.is_doubled() => self.command_after_backslash(),
            ' ' | '\t' | '\n' | '\r' | '\\' | ';' | ':' => {
                if !self.out.is_empty() && !self.out.ends_with([' ', '\n']) {
                    self.out.push(' ');
                }
            }
            ',' => self.push('\u{202f}'),
            '-' | '/' | '@' | '!' | '(' | ')' | '[' | ']' => {}
            c => self.push(c),
        }
    }

    fn skip_blank(&mut self) {
        self.rest = self.rest.trim_start_matches(is_space);
    }

    /// The argument of a command, taken out; empty when there is none in braces.
    fn argument(&mut self) -> &'a str {
        self.skip_blank();
        let Some(inner) = self.rest.strip_prefix('{') else { return "" };
        let mut depth = 0_usize;
        for (i, b) in inner.bytes().enumerate() {
            match b {
                b'{' => depth += 1,
                b'}' if depth == 0 => {
                    self.rest = &inner[i + 1..];
                    return &inner[..i];
                }
                b'}' => depth -= 1,
                _ => {}
            }
        }
        self.rest = "";
        inner
    }

    /// Markup around the argument that follows: a group, or one character.
    fn marked_up(&mut self, (open, close): Markup) {
        if self.rest.starts_with('{') {
            self.skip(1);
            self.out.push_str(open);
            self.groups.push(Group { close, kind: GroupKind::Braces });
        } else if let Some(c) = self.rest.chars().next().filter(|c| !matches!(c, '\\' | '}' | '$')) {
            self.skip(c.len_utf8());
            self.out.push_str(open);
            self.push(c);
            self.out.push_str(close);
        }
    }

    fn math(&mut self) {
        self.skip(1);
        let double = self.rest.starts_with('$');
        let body = if double { &self.rest[1..] } else { self.rest };
        let Some(end) = unescaped_dollar(body) else {
            self.push('$');
            return;
        };
        let formula = &body[..end];
        match readable_math(formula) {
            Some(text) => self.push_str(&text),
            None => {
                self.out.push('$');
                self.out.push_str(formula);
                self.out.push('$');
            }
        }
        self.rest = &body[end + 1..];
        if double {
            self.rest = self.rest.strip_prefix('$').unwrap_or(self.rest);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text() {
        for (latex, expected) in [
            ("plain text, one-two", "plain text, one-two"),
            ("  a\n   b\tc ", "a b c"),
            (r"50\% of A\&B \# \$5 a\_b \{c\}", "50% of A&B # $5 a_b {c}"),
            (r#"M{\"u}ller, Garc{\'\i}a, \'{E}cole, \v{S}, \c c, na{\"{\i}}ve"#, "Müller, García, École, Š, ç, naïve"),
            (r#"Stra{\ss}e, \O{}re, \AA ngstr\" om, {\L}ódź"#, "Straße, Øre, Ångström, Łódź"),
            ("Dr.~Who, 1--2, a---b, ``q'' `r'", "Dr.\u{a0}Who, 1–2, a—b, “q” ‘r'"),
            (
                r"\emph{a \textbf{b}} c\textsuperscript{2}\textsubscript i",
                "<i>a <b>b</b></i> c<sup>2</sup><sub>i</sub>",
            ),
            (r"{\em a} {\bf b \it c} d", "<i>a</i> <b>b <i>c</i></b> d"),
            (r"$\alpha$-helix, $10^{-3}$, H$_2$O, $x \leq y$", "α-helix, 10<sup>-3</sup>, H<sub>2</sub>O, x ≤ y"),
            (r"$\frac{a}{b}$ and $5", r"$\frac{a}{b}$ and $5"),
            (r"see \url{http://a.b/c_d%20e} and \href{http://x}{here}", "see http://a.b/c_d%20e and here"),
            (r"\foo{G} \bar H", r"G \bar H"),
            (r"{\'{}} x\'", "´ x´"),
            (r"a \ b\\c", "a b c"),
            (r#"D\\'ecole M{\\"u}ller Swe{\\i}g {\\o}re"#, "Décole Müller Sweıg øre"),
            (r"one\\ 'two', three\\two", "one 'two', three two"),
            ("{}{{a}} }b", "a b"),
        ] {
            assert_eq!(decode(latex, Capitals::Free), expected, "{latex}");
        }
    }

    #[test]
    fn paragraphs_stay() {
        assert_eq!(decode("a\n  \n\n b\nc", Capitals::Free), "a\n\nb c");
    }

    #[test]
    fn braces_protect_capitals_in_titles() {
        for (latex, expected) in [
            ("On {DNA} and {RNA}", r#"On <span class="nocase">DNA</span> and <span class="nocase">RNA</span>"#),
            ("{Wholly} {Braced}", r#"<span class="nocase">Wholly</span> <span class="nocase">Braced</span>"#),
            ("{{The Whole {Title}}}", r#"The Whole <span class="nocase">Title</span>"#),
            (r#"Schr{\"o}dinger, {\'E}cole, {2}"#, "Schrödinger, École, 2"),
            ("{A {B} C} d", r#"<span class="nocase">A B C</span> d"#),
            (r"\emph{Homo {Sapiens}}", r#"<i>Homo <span class="nocase">Sapiens</span></i>"#),
        ] {
            assert_eq!(decode(latex, Capitals::Protected), expected, "{latex}");
        }
    }

    #[test]
    fn deep_nesting_is_cheap() {
        let latex = format!("{}x{}", "{".repeat(100_000), "}".repeat(100_000));
        assert_eq!(decode(&latex, Capitals::Protected), "x");
        assert_eq!(decode(&format!("a{latex}"), Capitals::Free), "ax");
        decode(&"{a".repeat(100_000), Capitals::Protected);
        decode(&"$\\".repeat(100_000), Capitals::Protected);
    }
}
