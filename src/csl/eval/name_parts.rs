//! One personal name: particles found inside the recorded parts, initials, and the script it is written in.

use crate::work::PersonName;

/// A personal name, ready to be put in order.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(in crate::csl) struct Parts {
    pub family: String,
    pub given: String,
    pub dropping: String,
    pub non_dropping: String,
    pub suffix: String,
    pub comma_suffix: bool,
    /// The family name stands first, always.
    pub static_order: bool,
    /// Written without spaces between the parts (Chinese, Japanese, Korean).
    pub unspaced: bool,
}

impl Parts {
    /// Particles that stand inside the family or given name are split off: words in lower case at the beginning of
    /// the family name, and at the end of the given name. A family name in quotation marks is taken as it is.
    pub fn of(name: &PersonName) -> Self {
        let text = |s: &Option<String>| s.as_deref().unwrap_or_default().trim().to_owned();
        let mut parts = Self {
            family: name.family.trim().to_owned(),
            given: text(&name.given),
            dropping: text(&name.dropping_particle),
            non_dropping: text(&name.non_dropping_particle),
            suffix: text(&name.suffix),
            comma_suffix: name.comma_suffix,
            static_order: name.static_ordering,
            unspaced: false,
        };
        if let Some(whole) = parts.family.strip_prefix('"').and_then(|f| f.strip_suffix('"')) {
            parts.family = whole.to_owned();
        } else if parts.non_dropping.is_empty() {
            let (particles, family) = leading_particles(&parts.family);
            // A space after an apostrophe is kept: it tells "de’ Medici" from "d’Aquino".
            let trimmed = particles.trim_end();
            let particles = if joins_directly(trimmed) { particles } else { trimmed };
            (parts.non_dropping, parts.family) = (particles.to_owned(), family.to_owned());
        }
        if parts.suffix.is_empty()
            && let Some((given, suffix)) = parts.given.split_once(',')
        {
            let (given, suffix) = (given.trim().to_owned(), suffix.trim());
            let comma = suffix.starts_with('!');
            parts.suffix = suffix.trim_start_matches('!').trim().to_owned();
            parts.comma_suffix |= comma;
            parts.given = given;
        }
        if parts.dropping.is_empty() {
            let (given, particles) = trailing_particles(&parts.given);
            (parts.given, parts.dropping) = (given.to_owned(), particles.to_owned());
        }
        parts.unspaced = !parts.family.is_empty() && !parts.family.chars().any(is_spaced_script);
        parts
    }
}

/// Whether a letter belongs to a script that sets spaces between names.
fn is_spaced_script(c: char) -> bool {
    c.is_alphabetic()
        && !matches!(c, '\u{1100}'..='\u{11ff}' | '\u{2e80}'..='\u{a4cf}' | '\u{ac00}'..='\u{d7af}'
        | '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{3ffff}' | '\u{ff66}'..='\u{ff9d}')
}

fn leading_particles(family: &str) -> (&str, &str) {
    let mut at = 0;
    loop {
        let rest = &family[at..];
        let Some(end) = rest.find([' ', '\'', '’', 'ʻ', '-']) else { break };
        let c = rest[end..].chars().next().unwrap_or(' ');
        let mut next = end + c.len_utf8();
        next += rest[next..].len() - rest[next..].trim_start().len();
        let starts_low =
            rest.trim_start_matches(['-', '\'', '’', 'ʻ', ' ']).chars().next().is_some_and(char::is_lowercase);
        if !starts_low || next >= rest.len() {
            break;
        }
        at += next;
    }
    family.split_at(at)
}

fn trailing_particles(given: &str) -> (&str, &str) {
    let mut at = given.len();
    while let Some(space) = given[..at].trim_end().rfind(' ') {
        let word = given[space..at].trim();
        if !word.trim_start_matches(['-', '\'', '’', 'ʻ']).chars().next().is_some_and(char::is_lowercase) {
            break;
        }
        at = space;
    }
    (given[..at].trim_end(), given[at..].trim())
}

/// Joins a particle and what follows: without a space after an apostrophe or a hyphen.
pub(in crate::csl) fn joins_directly(particle: &str) -> bool {
    particle.ends_with(['\'', '’', '-', 'ʻ', '‘'])
}

/// What `initialize-with-hyphen` says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::csl) enum Hyphens {
    Kept,
    Dropped,
}

/// Which words of a given name are shortened.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::csl) enum Initialize {
    /// All names.
    All,
    /// Only what is an initial already gets the wanted form.
    InitialsOnly,
}

/// The initials of a given name, each followed by `with`.
pub(in crate::csl) fn initials(given: &str, with: &str, hyphens: Hyphens, which: Initialize) -> String {
    if !given.chars().any(is_spaced_script) {
        return given.to_owned();
    }
    let mut words: Vec<(char, String)> = Vec::new();
    let mut separator = ' ';
    let mut word = String::new();
    let mut chars = given.chars().peekable();
    let finish = |word: &mut String, separator: &mut char, next: char, words: &mut Vec<(char, String)>| {
        if !word.is_empty() {
            words.push((*separator, std::mem::take(word)));
            *separator = next;
        } else if next == '-' {
            *separator = '-';
        }
    };
    while let Some(c) = chars.next() {
        match c {
            // "Ji-hoon" is one name, unless hyphens count as spaces.
            '-' | '‐' | '‑' if hyphens == Hyphens::Dropped || chars.peek().is_none_or(|n| !n.is_lowercase()) => {
                let next = if hyphens == Hyphens::Kept { '-' } else { ' ' };
                finish(&mut word, &mut separator, next, &mut words);
            }
            c if c.is_whitespace() => finish(&mut word, &mut separator, ' ', &mut words),
            '.' => {
                word.push('.');
                finish(&mut word, &mut separator, ' ', &mut words);
            }
            c => word.push(c),
        }
    }
    finish(&mut word, &mut separator, ' ', &mut words);
    let mut out = String::new();
    // Whether what was written last is an initial with its mark.
    let mut after_initial = false;
    for (n, (separator, word)) in words.iter().enumerate() {
        let bare = word.trim_end_matches('.');
        let single = bare.chars().count() == 1 && bare.chars().all(char::is_uppercase);
        let shorten = match which {
            // A word with a full stop is an abbreviation already ("Ph.").
            Initialize::All if word.ends_with('.') => bare.chars().next().is_some_and(char::is_uppercase),
            Initialize::All => {
                bare.chars().next().is_some_and(|c| c.is_uppercase() || (c.is_alphabetic() && !c.is_lowercase()))
            }
            Initialize::InitialsOnly => {
                single || (word.ends_with('.') && bare.chars().next().is_some_and(char::is_uppercase))
            }
        };
        // Initials lose the hyphen between them where they are only brought into form.
        let hyphen = *separator == '-' && !(which == Initialize::InitialsOnly && after_initial && shorten);
        if hyphen && n > 0 {
            trim_spaces(&mut out);
            out.push('-');
        } else if n > 0 && !(after_initial && shorten) {
            trim_spaces(&mut out);
            out.push(' ');
        }
        if shorten {
            if which == Initialize::All && !word.ends_with('.') {
                out.push_str(&initial(bare));
            } else {
                out.push_str(bare);
            }
            out.push_str(with);
        } else {
            out.push_str(word);
        }
        after_initial = shorten;
    }
    trim_spaces(&mut out);
    out
}

fn trim_spaces(s: &mut String) {
    s.truncate(s.trim_end().len());
}

/// The first letter, with the capital letters that follow it when the word goes on in lower case ("Th" has one
/// letter, "YAndreas" two).
fn initial(word: &str) -> String {
    let mut chars = word.chars();
    let first: String = chars.by_ref().take(1).collect();
    let rest: Vec<char> = chars.collect();
    let capitals = rest.iter().take_while(|c| c.is_uppercase()).count();
    let extra: String = if capitals < rest.len() {
        rest[..capitals].iter().flat_map(|c| c.to_lowercase()).collect()
    } else {
        String::new()
    };
    first + &extra
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn particles() {
        for (family, given, non_dropping, rest, dropping) in [
            ("van der Waals", "Johannes", "van der", "Waals", ""),
            ("Fontaine", "Jean de", "", "Fontaine", "de"),
            ("d'Aquino", "Tomás", "d'", "Aquino", ""),
            ("al-Razi", "Abu", "al-", "Razi", ""),
            ("O'Neil", "Ann", "", "O'Neil", ""),
            ("\"de Gaulle\"", "Charles", "", "de Gaulle", ""),
            ("hooks", "bell", "", "hooks", ""),
        ] {
            let name = PersonName { family: family.into(), given: Some(given.into()), ..PersonName::default() };
            let parts = Parts::of(&name);
            assert_eq!(
                (parts.non_dropping.as_str(), parts.family.as_str(), parts.dropping.as_str()),
                (non_dropping, rest, dropping)
            );
        }
    }

    #[test]
    fn initials_of_given_names() {
        use Hyphens::*;
        use Initialize::*;
        for (given, with, hyphens, which, expected) in [
            ("Mary Ann", ". ", Kept, All, "M. A."),
            ("Mary Ann", "", Kept, All, "MA"),
            ("Jean-Luc", ".", Kept, All, "J.-L."),
            ("Jean-Luc", ". ", Kept, All, "J.-L."),
            ("Jean-Luc", ".", Dropped, All, "J.L."),
            ("M.E.", ". ", Kept, All, "M. E."),
            ("Ph. M.", "", Kept, All, "PhM"),
            ("John R L", ". ", Kept, InitialsOnly, "John R. L."),
            ("Ji-hoon", ". ", Kept, All, "J."),
            ("Ji-hoon", "", Dropped, All, "J hoon"),
            ("E.-E.", ". ", Kept, InitialsOnly, "E. E."),
            ("Jean-Pierre", ". ", Kept, InitialsOnly, "Jean-Pierre"),
        ] {
            assert_eq!(initials(given, with, hyphens, which), expected, "{given}");
        }
    }
}
