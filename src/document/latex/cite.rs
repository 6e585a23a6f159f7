//! Commands that cite: those of LaTeX, natbib, biblatex and apacite, and those the manuscript defines over them.

use std::collections::HashMap;
use std::ops::Range;

use super::arguments::{Braces, optional};
use super::commands;

/// Keys with the places at which they stand.
pub(super) type Keys = Vec<(String, Range<usize>)>;

/// A command of the manuscript's own.
#[derive(Debug)]
struct Macro {
    body: String,
    parameters: usize,
    /// The first parameter is optional.
    has_default: bool,
}

/// The commands a manuscript defines.
#[derive(Debug, Default)]
pub(super) struct Macros(HashMap<String, Macro>);

/// Longer bodies wrap no citation.
const MAX_BODY: usize = 2_000;
/// No command cites more works.
const MAX_KEYS: usize = 300;

/// Whether a command of this name cites.
fn is_cite(name: &str) -> bool {
    const OTHERS: &[&str] = &[
        "nocite",
        "citetext",
        "citestyle",
        "setcitestyle",
        "citereset",
        "bibcite",
        "defcitealias",
        "citealias",
        "citesetup",
        "citetrackerfalse",
        "citetrackertrue",
        "citeindextrue",
        "citeindexfalse",
        "DeclareCiteCommand",
        "citebordercolor",
        "citecolor",
        "AtEveryCite",
        "AtEveryCitekey",
        "citation",
        "citeleft",
        "citeright",
        "citesep",
    ];
    let holds = name.as_bytes().windows(4).any(|w| w.eq_ignore_ascii_case(b"cite"));
    (holds || matches!(name, "bibentry" | "citenum")) && !OTHERS.contains(&name) && !name.contains('@')
}

impl Macros {
    pub fn read(source: &str, braces: &Braces) -> Self {
        let mut found = HashMap::new();
        for (at, _) in source.match_indices('\\') {
            let (name, after) = commands::name(source, at);
            if let Some((name, definition)) = match name {
                "newcommand" | "renewcommand" | "providecommand" | "DeclareRobustCommand" => {
                    latex(source, braces, after)
                }
                "NewDocumentCommand" | "RenewDocumentCommand" => document(source, braces, after),
                "def" | "gdef" => primitive(source, braces, after),
                _ => None,
            } {
                found.entry(name).or_insert(definition);
            }
        }
        Self(found)
    }

    /// The text a command without parameters stands for; anything else is itself.
    pub fn expand<'t>(&'t self, text: &'t str) -> &'t str {
        match text.strip_prefix('\\').and_then(|n| self.0.get(n.trim_end_matches("{}"))) {
            Some(found) if found.parameters == 0 => &found.body,
            _ => text,
        }
    }

    /// Whether a command of this name cites, by itself or by what it is defined as.
    pub fn cites(&self, name: &str) -> bool {
        is_cite(name) || self.0.get(name).is_some_and(|m| !cited_in(&m.body).is_empty())
    }

    /// The keys that the command `name` cites, whose arguments begin at `after`, and where it ends.
    pub fn citation(
        &self,
        source: &str,
        braces: &Braces,
        name: &str,
        after: usize,
        end: usize,
    ) -> Option<(Keys, usize)> {
        if let Some(wrapper) = self.0.get(name) {
            let patterns = cited_in(&wrapper.body);
            if !patterns.is_empty() {
                return wrapper.citation(source, braces, &patterns, after, end);
            }
        }
        if !is_cite(name) {
            return None;
        }
        let lower = name.to_ascii_lowercase();
        let many = lower.ends_with("cites");
        let mut keys = Keys::new();
        let mut stop = after;
        // "\cites(pre)(post)[p. 3]{a}[4]{b}"
        for _ in 0..2 {
            let rest = &source[stop.min(end)..end];
            if many && rest.starts_with('(') {
                stop += rest.find(')').filter(|&i| i < 500)? + 1;
            }
        }
        loop {
            let mut at = stop;
            for _ in 0..2 {
                // "\citeA<see>[p. 3]{a}"
                let rest = source[at.min(end)..end].trim_start_matches(' ');
                if rest.starts_with('<')
                    && let Some(close) = rest.find('>').filter(|&i| i < 300)
                {
                    at = end - rest.len() + close + 1;
                }
                at = optional(source, at, end).map_or(at, |o| o.end + 1);
            }
            let Some(mut argument) = braces.argument(source, at).filter(|a| a.end < end) else { break };
            if lower.contains("volcite") {
                // "\volcite[pre]{volume}[pages]{key}"
                let next = optional(source, argument.end + 1, end).map_or(argument.end + 1, |o| o.end + 1);
                argument = braces.argument(source, next).filter(|a| a.end < end)?;
            }
            stop = argument.end + 1;
            split(&source[argument.clone()], argument.start, &mut keys);
            if !many {
                break;
            }
        }
        (!keys.is_empty()).then_some((keys, stop))
    }

    /// The keys of a note that does nothing but cite.
    pub fn only_cites(&self, source: &str, braces: &Braces, range: &Range<usize>) -> Keys {
        /// Words round citations: "see also", "for a review, see".
        const MOST_LETTERS: usize = 30;
        let mut keys = Keys::new();
        let mut letters = 0;
        let mut at = range.start;
        if range.len() > MAX_BODY {
            return keys;
        }
        while at < range.end && letters <= MOST_LETTERS {
            let rest = &source[at..range.end];
            let Some(c) = rest.chars().next() else { break };
            if c == '\\' {
                let (name, after) = commands::name(source, at);
                if let Some((cited, stop)) = self.citation(source, braces, name, after, range.end) {
                    keys.extend(cited);
                    at = stop;
                    continue;
                }
                letters += name.len();
                at = after.max(at + 1);
                continue;
            }
            letters += usize::from(c.is_alphabetic());
            at += c.len_utf8();
        }
        if letters > MOST_LETTERS { Keys::new() } else { keys }
    }
}

impl Macro {
    fn citation(
        &self,
        source: &str,
        braces: &Braces,
        patterns: &[String],
        after: usize,
        end: usize,
    ) -> Option<(Keys, usize)> {
        let mut arguments = Vec::new();
        let mut stop = after;
        for i in 0..self.parameters {
            let argument = if i == 0 && self.has_default {
                let found = optional(source, stop, end);
                stop = found.as_ref().map_or(stop, |o| o.end + 1);
                found.unwrap_or(stop..stop)
            } else {
                let found = braces.argument(source, stop).filter(|a| a.end < end)?;
                stop = found.end + 1;
                found
            };
            if argument.len() > MAX_BODY {
                return None;
            }
            arguments.push(argument);
        }
        let mut keys = Keys::new();
        for pattern in patterns {
            match pattern.strip_prefix('#').and_then(|n| n.parse::<usize>().ok()) {
                // The argument is the list of keys.
                Some(n) if n > 0 && n <= arguments.len() => {
                    let place = arguments[n - 1].clone();
                    split(&source[place.clone()], place.start, &mut keys);
                }
                _ => {
                    let mut text = pattern.clone();
                    for (i, place) in arguments.iter().enumerate() {
                        text = text.replace(&format!("#{}", i + 1), &source[place.clone()]);
                    }
                    let mut found = Keys::new();
                    split(&text, 0, &mut found);
                    keys.extend(found.into_iter().map(|(key, _)| (key, after..stop.max(after + 1))));
                }
            }
        }
        keys.retain(|(_, place)| place.end <= end);
        (!keys.is_empty()).then_some((keys, stop))
    }
}

/// What the citing commands in a definition's body have as their keys: "#1", "roe2001", "db:#2".
fn cited_in(body: &str) -> Vec<String> {
    let mut found = Vec::new();
    for (at, _) in body.match_indices('\\') {
        let (name, after) = commands::name(body, at);
        if !is_cite(name) {
            continue;
        }
        let mut rest = body[after..].trim_start();
        while let Some(inner) = rest.strip_prefix('[') {
            let Some(close) = inner.find(']') else { break };
            rest = inner[close + 1..].trim_start();
        }
        if let Some(keys) = rest.strip_prefix('{').and_then(|r| r.split_once('}')) {
            found.push(keys.0.trim().to_owned());
        }
    }
    found
}

/// Splits a list of keys, which begins at `start`; comments among them are none.
pub(super) fn split(text: &str, start: usize, keys: &mut Keys) {
    let mut put = |range: Range<usize>| {
        let key = &text[range.clone()];
        let is_key = !key.is_empty() && !key.contains(['\\', '{', '}', '#', '%', '\n']) && key.len() < 300;
        if is_key && keys.len() < MAX_KEYS {
            keys.push((key.to_owned(), start + range.start..start + range.end));
        }
    };
    let mut key = 0..0;
    let mut in_comment = false;
    for (at, c) in text.char_indices() {
        match c {
            '\n' => in_comment = false,
            _ if in_comment => {}
            '%' => in_comment = true,
            ',' => put(std::mem::take(&mut key)),
            c if c.is_whitespace() => {}
            c => key = if key.is_empty() { at } else { key.start }..at + c.len_utf8(),
        }
    }
    put(key);
}

/// `\newcommand{\x}[2][default]{body}`
fn latex(source: &str, braces: &Braces, after: usize) -> Option<(String, Macro)> {
    let (name, mut at) = defined(source, braces, after)?;
    let end = source.len();
    let mut parameters = 0;
    let mut has_default = false;
    if let Some(count) = optional(source, at, end) {
        parameters = source[count.clone()].trim().parse().ok().filter(|&n| n <= 9)?;
        at = count.end + 1;
        if let Some(default) = optional(source, at, end) {
            has_default = true;
            at = default.end + 1;
        }
    }
    let body = body(source, braces, at)?;
    Some((name, Macro { body, parameters, has_default }))
}

/// `\NewDocumentCommand{\x}{o m}{body}`
fn document(source: &str, braces: &Braces, after: usize) -> Option<(String, Macro)> {
    let (name, at) = defined(source, braces, after)?;
    let specification = braces.argument(source, at)?;
    let kinds: String = source[specification.clone()].chars().filter(|c| !c.is_whitespace()).take(10).collect();
    if !kinds.chars().all(|c| matches!(c, 'm' | 'o')) || kinds[kinds.len().min(1)..].contains('o') {
        return None;
    }
    let body = body(source, braces, specification.end + 1)?;
    Some((name, Macro { body, parameters: kinds.len(), has_default: kinds.starts_with('o') }))
}

/// `\def\x#1#2{body}`
fn primitive(source: &str, braces: &Braces, after: usize) -> Option<(String, Macro)> {
    if !source[after..].starts_with('\\') {
        return None;
    }
    let (name, at) = commands::name(source, after);
    let head: String = source[at..].chars().take(20).take_while(|c| *c != '{').collect();
    let parameters = head.matches('#').count();
    if head.len() != parameters * 2 {
        return None;
    }
    let body = body(source, braces, at + head.len())?;
    Some((name.to_owned(), Macro { body, parameters, has_default: false }))
}

/// The name of the command being defined, in braces or not, and where it ends.
fn defined<'s>(source: &'s str, braces: &Braces, after: usize) -> Option<(String, usize)> {
    if source[after..].starts_with('\\') {
        let (name, at) = commands::name(source, after);
        return Some((name.to_owned(), at));
    }
    let argument = braces.argument(source, after)?;
    let name: &'s str = source[argument.clone()].trim().strip_prefix('\\')?;
    Some((name.to_owned(), argument.end + 1))
}

fn body(source: &str, braces: &Braces, at: usize) -> Option<String> {
    let body = braces.argument(source, at)?;
    (body.len() <= MAX_BODY).then(|| source[body].to_owned())
}
