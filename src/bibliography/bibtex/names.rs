//! Lists of names: "Knuth, Donald E. and {World Health Organization} and others".
//!
//! This module cuts a list into names and hands each to the `biblatex` crate, which knows the rules of "First von
//! Last", of "von Last, Jr, First" and of the extended format ("family=…, given=…"). The crate takes any group in
//! braces for a particle and any letter without case for a small one; so both are handed over as a capital letter
//! that stands in for them, and put back afterwards.

use std::panic::catch_unwind;

use biblatex::{Chunk, Person, Spanned};

use super::latex::{Capitals, decode, encode, is_wholly_braced};
use crate::work::{Name, NameList, PersonName};

/// Names longer than this (in bytes) are not taken apart: they are sentences.
const LONGEST_NAME: usize = 1_000;

/// Capital letters of a script no longer in use, one for each part that the crate should not look into.
const STAND_INS: std::ops::RangeInclusive<char> = '\u{10400}'..='\u{10427}';

/// Words before a family name, as they stand in names written all in lower case.
const PARTICLES: [&str; 26] = [
    "af", "al", "av", "bin", "d'", "da", "das", "de", "del", "della", "den", "der", "di", "do", "dos", "du", "el",
    "ibn", "la", "le", "ten", "ter", "van", "von", "zu", "zur",
];

/// Reads a list of names.
pub(super) fn read_names(latex: &str) -> NameList {
    let mut list = NameList::default();
    for name in split_at_and(latex) {
        match name {
            "others" => list.incomplete = true,
            "" => {}
            name => list.names.extend(read_name(name)),
        }
    }
    list
}

/// Cuts at the word "and" outside of braces.
fn split_at_and(latex: &str) -> Vec<&str> {
    let bytes = latex.as_bytes();
    let mut names = Vec::new();
    let (mut depth, mut start) = (0_usize, 0);
    let blank = |i: usize| bytes.get(i).is_none_or(u8::is_ascii_whitespace);
    for (i, b) in bytes.iter().enumerate() {
        match b {
            b'{' => depth += 1,
            b'}' => depth = depth.saturating_sub(1),
            b'a' | b'A'
                if depth == 0
                    && bytes.len() >= i + 3
                    && bytes[i..i + 3].eq_ignore_ascii_case(b"and")
                    && blank(i + 3)
                    && (i == 0 || blank(i - 1)) =>
            {
                names.push(latex[start..i].trim());
                start = i + 3;
            }
            _ => {}
        }
    }
    names.push(latex[start..].trim());
    names
}

fn read_name(latex: &str) -> Option<Name> {
    plain_name(latex).map(Name::Person).or_else(|| read_any_name(latex))
}

fn read_any_name(latex: &str) -> Option<Name> {
    let text = || decode(latex, Capitals::Free).into_owned();
    if is_wholly_braced(latex) || latex.len() > LONGEST_NAME || latex.contains(|c| STAND_INS.contains(&c)) {
        return Some(text()).filter(|t| !t.is_empty()).map(Name::literal);
    }
    let (shown, hidden) = hide_parts(latex)?;
    // A comma without anything behind it says: all of it is the family name.
    let family_only = shown.strip_suffix(',').filter(|rest| !rest.contains(','));
    if let Some(family) = family_only {
        let family = reveal(family.trim(), &hidden);
        return (!family.is_empty()).then(|| Name::person(family, ""));
    }
    let is_small = !shown.contains([',', '=']) && !shown.contains(char::is_uppercase);
    // The crate computes with the span, so it must be a real one.
    let span = 0..shown.len();
    let chunks = [Spanned::new(Chunk::Normal(shown), span)];
    // The crate has panicked on odd values before; a name that makes it do so stays in one piece.
    let Ok(person) = catch_unwind(|| Person::parse(&chunks)) else { return Some(Name::literal(text())) };
    let part = |s: &str| Some(reveal(s.trim(), &hidden)).filter(|s| !s.is_empty());
    let Some(family) = part(&person.name) else {
        return Some(text()).filter(|t| !t.is_empty()).map(Name::literal);
    };
    let (dropping, non_dropping) = match person.use_prefix {
        Some(false) => (part(&person.prefix), None),
        // BibTeX and most citation styles keep the particle with the name.
        _ => (None, part(&person.prefix)),
    };
    let mut given = part(&person.given_name);
    let mut non_dropping = non_dropping;
    // In "ada holm" nothing tells a particle from a given name but the word itself.
    if is_small
        && given.is_none()
        && non_dropping.as_ref().is_some_and(|p| p.split(' ').all(|w| !PARTICLES.contains(&w)))
    {
        given = non_dropping.take();
    }
    Some(Name::Person(PersonName {
        family,
        given,
        dropping_particle: dropping,
        non_dropping_particle: non_dropping,
        suffix: part(&person.suffix),
        ..PersonName::default()
    }))
}

/// A name of words with a capital first and nothing of LaTeX in them, with one comma or none: most names, and the crate
/// takes many times as long over them.
fn plain_name(latex: &str) -> Option<PersonName> {
    let is_word = |word: &str| {
        let mut chars = word.chars();
        let plain = |c: char| c.is_ascii_alphabetic() || ('\u{c0}'..'\u{2000}').contains(&c) && c.is_alphabetic();
        let mark = |c: char| matches!(c, '.' | '-' | '\'');
        chars.next().is_some_and(|c| plain(c) && c.is_uppercase())
            && chars.all(|c| plain(c) || mark(c))
            && !word.contains("--")
            && !word.contains("''")
    };
    let are_words = |part: &str| part.split(' ').all(is_word);
    let (family, given) = match latex.split_once(',') {
        Some((family, given)) => (family, Some(given.strip_prefix(' ')?)),
        None => match latex.rsplit_once(' ') {
            Some((given, family)) => (family, Some(given)),
            None => (latex, None),
        },
    };
    (are_words(family) && given.is_none_or(are_words)).then(|| PersonName {
        family: family.to_owned(),
        given: given.map(str::to_owned),
        ..PersonName::default()
    })
}

/// A name with a capital letter for each part that must not be looked into, and those parts. `None` for nothing.
fn hide_parts(latex: &str) -> Option<(String, Vec<String>)> {
    let mut shown = String::with_capacity(latex.len());
    let mut hidden: Vec<String> = Vec::new();
    let mut stand_ins = STAND_INS;
    let mut plain = String::new();
    let mut rest = latex;
    let settle = |plain: &mut String, shown: &mut String| {
        // Braces and commands are gone from here on; the ends must keep their spaces.
        let text = decode(plain, Capitals::Free).replace('\u{a0}', " ");
        if plain.starts_with(char::is_whitespace) {
            shown.push(' ');
        }
        shown.push_str(&text);
        if plain.ends_with(char::is_whitespace) {
            shown.push(' ');
        }
        plain.clear();
    };
    while let Some(c) = rest.chars().next() {
        let word_begins = plain.is_empty() && shown.is_empty() || plain.ends_with([' ', '~', ',', '\n', '\t']);
        let caseless = word_begins && c.is_alphabetic() && !c.is_uppercase() && !c.is_lowercase();
        // "{\"O}zgür": a special character is a letter of the word around it.
        let group = if c == '{' && !rest[1..].starts_with('\\') { group_length(rest) } else { None };
        let length = match group {
            Some(length) => length,
            None if caseless => rest.find([' ', '~', ',', '\n', '\t', '{']).unwrap_or(rest.len()),
            None => {
                // A command and a special character go together with their arguments.
                let length = if c == '{' { group_length(rest) } else { command_length(rest) }.unwrap_or(c.len_utf8());
                plain.push_str(&rest[..length]);
                rest = &rest[length..];
                continue;
            }
        };
        match stand_ins.next() {
            Some(stand_in) => {
                settle(&mut plain, &mut shown);
                shown.push(stand_in);
                hidden.push(decode(&rest[..length], Capitals::Free).into_owned());
            }
            None => plain.push_str(&rest[..length]),
        }
        rest = &rest[length..];
    }
    settle(&mut plain, &mut shown);
    let shown = shown.trim().to_owned();
    (!shown.is_empty()).then_some((shown, hidden))
}

/// The length of the group that begins a text, when it is closed.
fn group_length(text: &str) -> Option<usize> {
    let mut depth = 0_usize;
    for (i, b) in text.bytes().enumerate() {
        match b {
            b'{' => depth += 1,
            b'}' => {
                depth = depth.checked_sub(1)?;
                if depth == 0 {
                    return Some(i + 1);
                }
            }
            _ => {}
        }
    }
    None
}

/// The length of the command that begins a text, with an argument in braces that follows at once.
fn command_length(text: &str) -> Option<usize> {
    let body = text.strip_prefix('\\')?;
    let letters = body.bytes().take_while(u8::is_ascii_alphabetic).count();
    let name = if letters > 0 { letters } else { body.chars().next()?.len_utf8() };
    let argument = body[name..].starts_with('{').then(|| group_length(&body[name..])).flatten();
    Some(1 + name + argument.unwrap_or(0))
}

fn reveal(shown: &str, hidden: &[String]) -> String {
    let mut out = String::with_capacity(shown.len());
    for c in shown.chars() {
        match STAND_INS.clone().position(|s| s == c).and_then(|i| hidden.get(i)) {
            Some(part) => out.push_str(part),
            None => out.push(c),
        }
    }
    out
}

/// Writes a list of names so that it reads back the same.
pub(super) fn write_names(list: &NameList) -> String {
    let mut names: Vec<String> = list.names.iter().map(write_name).filter(|n| !n.is_empty()).collect();
    if list.incomplete {
        names.push("others".to_owned());
    }
    names.join(" and ")
}

fn write_name(name: &Name) -> String {
    let person = match name {
        Name::Literal { literal } => return in_braces(literal),
        Name::Person(person) => person,
    };
    // The usual form first, then ever more braces, until one reads back.
    let forms = [comma_form(person, plain), comma_form(person, in_braces), extended_form(person)];
    let wanted = Some(Name::Person(PersonName { comma_suffix: false, static_ordering: false, ..person.clone() }));
    forms.into_iter().flatten().find(|form| reads_as(form, &wanted)).unwrap_or_else(|| in_braces(&whole(person)))
}

fn reads_as(form: &str, wanted: &Option<Name>) -> bool {
    split_at_and(form) == [form] && form != "others" && read_name(form) == *wanted
}

fn plain(text: &str) -> String {
    encode(text, Capitals::Free)
}

fn in_braces(text: &str) -> String {
    let inner = encode(text, Capitals::Free);
    // Braces around a command make a special character, not a group.
    if inner.starts_with('\\') { format!("{{{{}}{inner}}}") } else { format!("{{{inner}}}") }
}

/// "von Last, Jr, First"; `None` for a particle that is dropped, which this form cannot say.
fn comma_form(person: &PersonName, family: fn(&str) -> String) -> Option<String> {
    if person.dropping_particle.is_some() {
        return None;
    }
    let particle = person.non_dropping_particle.as_ref().map(|p| plain(p) + " ").unwrap_or_default();
    let suffix = person.suffix.as_ref().map(|s| format!(", {}", family(s))).unwrap_or_default();
    let given = person.given.as_ref().map(|g| format!(", {}", family(g))).unwrap_or_default();
    let family = family(&person.family);
    let end = if given.is_empty() && family.starts_with('{') { "," } else { "" };
    Some(format!("{particle}{family}{suffix}{given}{end}"))
}

fn extended_form(person: &PersonName) -> Option<String> {
    let mut parts = vec![format!("family={}", in_braces(&person.family))];
    let mut add = |name: &str, part: &Option<String>| {
        parts.extend(part.as_ref().map(|part| format!("{name}={}", in_braces(part))));
    };
    add("given", &person.given);
    add("suffix", &person.suffix);
    match (&person.dropping_particle, &person.non_dropping_particle) {
        (Some(_), Some(_)) => return None,
        (Some(_), None) => {
            add("prefix", &person.dropping_particle);
            parts.push("useprefix=false".to_owned());
        }
        (None, _) => add("prefix", &person.non_dropping_particle),
    }
    Some(parts.join(", "))
}

/// All parts of a name in printed order, for names that no form of the format can hold.
fn whole(person: &PersonName) -> String {
    [
        &person.given,
        &person.dropping_particle,
        &person.non_dropping_particle,
        &Some(person.family.clone()),
        &person.suffix,
    ]
    .into_iter()
    .flatten()
    .map(String::as_str)
    .collect::<Vec<_>>()
    .join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn shown(latex: &str) -> String {
        let list = read_names(latex);
        let mut names: Vec<String> = list
            .names
            .iter()
            .map(|name| match name {
                Name::Literal { literal } => format!("[{literal}]"),
                Name::Person(p) => {
                    [&p.dropping_particle, &p.non_dropping_particle, &Some(p.family.clone()), &p.suffix, &p.given]
                        .map(|part| part.clone().unwrap_or_default())
                        .join("|")
                }
            })
            .collect();
        if list.incomplete {
            names.push("…".to_owned());
        }
        names.join("; ")
    }

    #[test]
    fn names() {
        for (latex, expected) in [
            ("Ada Maria Holm", "||Holm||Ada Maria"),
            ("Holm, Ada and Okafor, B.~C.", "||Holm||Ada; ||Okafor||B. C."),
            ("Vincent van Gogh", "|van|Gogh||Vincent"),
            ("van der Berg, Jan", "|van der|Berg||Jan"),
            ("Smith, Jr., John", "||Smith|Jr.|John"),
            ("{World Health Organization}", "[World Health Organization]"),
            ("{Barnes and Noble Inc.} and others", "[Barnes and Noble Inc.]; …"),
            (r"Garc{\'i}a {\'A}lvarez, J.", "||García Álvarez||J."),
            (r#"M{\"u}ller, J{\"o}rg"#, "||Müller||Jörg"),
            ("{De Witt} Clinton, A.", "||De Witt Clinton||A."),
            ("van {Der Waals}, J.", "|van|Der Waals||J."),
            ("毛 泽东", "||泽东||毛"),
            ("Plato", "||Plato||"),
            ("ada holm", "||holm||ada"),
            ("van der berg", "|van der|berg||"),
            (r"D\\'Ecole, Andr{\\'e}", "||DÉcole||André"),
            ("{De Witt},", "||De Witt||"),
            ("family=Ackooij, given=W., prefix=van, useprefix=false", "van||Ackooij||W."),
            ("A. Holm\n  AND\n  B. Berg", "||Holm||A.; ||Berg||B."),
            ("Band Andersson", "||Andersson||Band"),
            ("", ""),
            ("and and", ""),
        ] {
            assert_eq!(shown(latex), expected, "{latex}");
        }
    }

    fn words(letters: &'static str) -> impl Strategy<Value = String> {
        prop::collection::vec(letters, 1..4).prop_map(|words| words.join(" "))
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(1_000))]

        #[test]
        fn the_short_way_reads_what_the_long_one_does(
            name in r"([A-ZÉŁa-z毛][a-zéł.'-]{0,3}|[A-Z]\.|\u{a0}|,){1,2}([ ,]{1,2}([A-ZÉ][a-zA-Z.'-]{0,4}|von|de)){0,3}",
        ) {
            if let Some(person) = plain_name(&name) {
                prop_assert_eq!(Some(Name::Person(person)), read_any_name(&name), "{}", name);
            }
        }

        #[test]
        fn names_come_back(
            family in words(r"[a-zA-ZÉé毛{}\\,=~$%-]{1,5}|and|others|von"),
            given in prop::option::of(words(r"[A-Za-z.é,]{1,4}|and")),
            particle in prop::option::of(words("von|de|d'|La|al-")),
            dropped in any::<bool>(),
            suffix in prop::option::of(words(r"Jr\.|III|and")),
            literal in words(r"[a-zA-Z{}\\,=&]{1,5}|and|others"),
            incomplete in any::<bool>(),
        ) {
            let (dropping, non_dropping) = if dropped { (particle, None) } else { (None, particle) };
            let person = Name::Person(PersonName {
                family, given, dropping_particle: dropping, non_dropping_particle: non_dropping, suffix, ..PersonName::default()
            });
            let list = NameList { names: vec![person.clone(), Name::literal(literal), person], incomplete };
            let written = write_names(&list);
            prop_assert_eq!(read_names(&written), list, "{}", written);
        }
    }
}
