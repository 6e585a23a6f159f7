//! The text of a pattern → its parts.

use std::str::FromStr;

use thiserror::Error;

use super::filters::Filter;
use crate::text::similarity;

/// A pattern of keys.
#[derive(Debug, Clone, PartialEq)]
pub struct Pattern {
    pub(super) alternatives: Vec<Vec<Part>>,
}

#[derive(Debug, Clone, PartialEq)]
pub(super) struct Part {
    pub value: Value,
    pub filters: Vec<Filter>,
}

#[derive(Debug, Clone, PartialEq)]
pub(super) enum Value {
    Literal(String),
    Call(Function),
    Group(Pattern),
}

/// A function with its arguments.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Function {
    Auth { letters: usize, nth: usize },
    Authors(usize),
    AuthEtAl,
    AuthorsAlpha,
    AuthIni(usize),
    Title,
    ShortTitle { words: usize, capitals: usize },
    Year,
    ShortYear,
    Month,
    Day,
    Journal,
    ShortJournal,
    Volume,
    Issue,
    FirstPage,
    LastPage,
    Edition,
    Publisher,
    Doi,
    Type,
    Keyword(usize),
    Key,
    Field(String),
}

/// Why a text is no pattern.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[error("the pattern, at character {at}: {reason}")]
pub struct PatternError {
    /// 1-based, in Unicode scalar values.
    pub at: usize,
    pub reason: String,
}

/// Longer patterns and deeper brackets are mistakes.
const LONGEST: usize = 1_000;
const DEEPEST: usize = 16;

const FUNCTIONS: [&str; 25] = [
    "auth",
    "authors",
    "authEtAl",
    "authorsAlpha",
    "authIni",
    "title",
    "shorttitle",
    "veryshorttitle",
    "year",
    "shortyear",
    "month",
    "day",
    "journal",
    "shortjournal",
    "volume",
    "issue",
    "number",
    "firstpage",
    "lastpage",
    "edition",
    "publisher",
    "doi",
    "type",
    "keyword",
    "key",
];

impl FromStr for Pattern {
    type Err = PatternError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let mut parser = Parser { chars: text.chars().collect(), at: 0, depth: 0 };
        if parser.chars.len() > LONGEST {
            return Err(parser.error("it is too long"));
        }
        let pattern = parser.pattern()?;
        match parser.peek() {
            None => Ok(pattern),
            Some(c) => Err(parser.error(&format!("“{c}” was not expected here; parts are joined by +"))),
        }
    }
}

struct Parser {
    chars: Vec<char>,
    at: usize,
    depth: usize,
}

#[derive(Debug, Clone, PartialEq, Eq)]
enum Argument {
    Number(usize),
    Text(String),
}

impl Parser {
    fn error(&self, reason: &str) -> PatternError {
        PatternError { at: self.at + 1, reason: reason.to_owned() }
    }

    /// The next character that is no blank.
    fn peek(&mut self) -> Option<char> {
        while self.chars.get(self.at).is_some_and(|c| c.is_whitespace()) {
            self.at += 1;
        }
        self.chars.get(self.at).copied()
    }

    fn eat(&mut self, c: char) -> bool {
        let found = self.peek() == Some(c);
        self.at += usize::from(found);
        found
    }

    fn pattern(&mut self) -> Result<Pattern, PatternError> {
        let mut alternatives = Vec::new();
        loop {
            let mut parts = vec![self.part()?];
            while self.eat('+') {
                parts.push(self.part()?);
            }
            alternatives.push(parts);
            if !self.eat('|') {
                return Ok(Pattern { alternatives });
            }
        }
    }

    fn part(&mut self) -> Result<Part, PatternError> {
        let value = match self.peek() {
            Some('"' | '\'') => Value::Literal(self.text()?),
            Some('(') => {
                self.at += 1;
                self.depth += 1;
                if self.depth > DEEPEST {
                    return Err(self.error("there are too many brackets in brackets"));
                }
                let group = self.pattern()?;
                self.depth -= 1;
                if !self.eat(')') {
                    return Err(self.error("a “)” is missing"));
                }
                Value::Group(group)
            }
            Some(c) if c.is_alphabetic() => Value::Call(self.call()?),
            _ => return Err(self.error("a function, as auth or year, or a text in quotation marks was expected")),
        };
        let mut filters = Vec::new();
        while self.eat('.') {
            let start = self.at;
            let name = self.word();
            let arguments = self.arguments()?;
            let filter = filter(&name, &arguments).ok_or_else(|| PatternError {
                at: start + 1,
                reason: match Filter::NAMES.iter().find(|n| **n == name) {
                    Some(_) => {
                        format!("the arguments of .{name} are not right; `citetrail refs rekey --patterns` lists them")
                    }
                    None => unknown("filter", &name, Filter::NAMES),
                },
            })?;
            filters.push(filter);
        }
        Ok(Part { value, filters })
    }

    fn call(&mut self) -> Result<Function, PatternError> {
        let start = self.at;
        let name = self.word();
        let arguments = self.arguments()?;
        function(&name, &arguments).ok_or_else(|| PatternError {
            at: start + 1,
            reason: if FUNCTIONS.contains(&name.as_str()) || name == "field" {
                format!("the arguments of {name} are not right; `citetrail refs rekey --patterns` lists them")
            } else {
                unknown("function", &name, &FUNCTIONS)
            },
        })
    }

    fn word(&mut self) -> String {
        self.peek();
        let start = self.at;
        while self.chars.get(self.at).is_some_and(|c| c.is_alphanumeric() || *c == '_') {
            self.at += 1;
        }
        self.chars[start..self.at].iter().collect()
    }

    fn text(&mut self) -> Result<String, PatternError> {
        let quote = self.chars[self.at];
        let start = self.at + 1;
        match self.chars[start..].iter().position(|c| *c == quote) {
            Some(length) => {
                self.at = start + length + 1;
                Ok(self.chars[start..start + length].iter().collect())
            }
            None => Err(self.error("the text is not closed: its quotation mark is missing")),
        }
    }

    fn arguments(&mut self) -> Result<Vec<Argument>, PatternError> {
        let mut arguments = Vec::new();
        if !self.eat('(') {
            return Ok(arguments);
        }
        loop {
            match self.peek() {
                Some(')') => break,
                Some('"' | '\'') => arguments.push(Argument::Text(self.text()?)),
                Some(c) if c.is_ascii_digit() => {
                    let start = self.at;
                    while self.chars.get(self.at).is_some_and(char::is_ascii_digit) {
                        self.at += 1;
                    }
                    let digits: String = self.chars[start..self.at].iter().collect();
                    arguments
                        .push(Argument::Number(digits.parse().map_err(|_| self.error("the number is too large"))?));
                }
                _ => return Err(self.error("a number or a text in quotation marks was expected")),
            }
            if !self.eat(',') {
                break;
            }
        }
        if self.eat(')') { Ok(arguments) } else { Err(self.error("a “)” is missing after the arguments")) }
    }
}

fn unknown(what: &str, name: &str, known: &[&str]) -> String {
    let best = known.iter().map(|k| (similarity(&k.to_lowercase(), &name.to_lowercase()), k));
    let similar = best.max_by(|a, b| a.0.total_cmp(&b.0)).filter(|(s, _)| *s > 0.6);
    let mean = similar.map(|(_, k)| format!(", did you mean {k}")).unwrap_or_default();
    format!("no {what} is called “{name}”{mean}; `citetrail refs rekey --patterns` lists them")
}

/// At most `most` numbers, with their defaults.
fn numbers<const N: usize>(arguments: &[Argument], defaults: [usize; N]) -> Option<[usize; N]> {
    let mut out = defaults;
    if arguments.len() > N {
        return None;
    }
    for (place, argument) in out.iter_mut().zip(arguments) {
        match argument {
            Argument::Number(n) => *place = *n,
            Argument::Text(_) => return None,
        }
    }
    Some(out)
}

fn texts<const N: usize>(arguments: &[Argument]) -> Option<[String; N]> {
    let texts: Option<Vec<String>> = arguments
        .iter()
        .map(|a| match a {
            Argument::Text(text) => Some(text.clone()),
            Argument::Number(n) => Some(n.to_string()),
        })
        .collect();
    texts?.try_into().ok()
}

fn function(name: &str, arguments: &[Argument]) -> Option<Function> {
    use Function::*;
    const ALL: usize = usize::MAX;
    let simple = match name {
        "authEtAl" => AuthEtAl,
        "authorsAlpha" => AuthorsAlpha,
        "title" => Title,
        "year" => Year,
        "shortyear" => ShortYear,
        "month" => Month,
        "day" => Day,
        "journal" => Journal,
        "shortjournal" => ShortJournal,
        "volume" => Volume,
        "issue" | "number" => Issue,
        "firstpage" => FirstPage,
        "lastpage" => LastPage,
        "edition" => Edition,
        "publisher" => Publisher,
        "doi" => Doi,
        "type" => Type,
        "key" => Key,
        "auth" => {
            let [letters, nth] = numbers(arguments, [ALL, 1])?;
            return (nth > 0).then_some(Auth { letters, nth });
        }
        "authors" => return numbers(arguments, [ALL]).map(|[n]| Authors(n)),
        "authIni" => return numbers(arguments, [1]).map(|[n]| AuthIni(n)),
        "shorttitle" => return numbers(arguments, [3, 0]).map(|[words, capitals]| ShortTitle { words, capitals }),
        "veryshorttitle" => return numbers(arguments, [1, 0]).map(|[words, capitals]| ShortTitle { words, capitals }),
        "keyword" => return numbers(arguments, [1]).filter(|[n]| *n > 0).map(|[n]| Keyword(n)),
        "field" => return texts(arguments).map(|[name]| Field(name)),
        _ => return None,
    };
    arguments.is_empty().then_some(simple)
}

fn filter(name: &str, arguments: &[Argument]) -> Option<Filter> {
    use Filter::*;
    const ALL: usize = usize::MAX;
    let simple = match name {
        "lower" => Lower,
        "upper" => Upper,
        "capitalize" => Capitalize,
        "clean" => Clean,
        "nopunct" => NoPunct,
        "nopunctordash" => NoPunctOrDash,
        "skipwords" => SkipWords,
        "abbr" => Abbr,
        "condense" if !arguments.is_empty() => return texts(arguments).map(|[with]| Condense(with)),
        "condense" => Condense(String::new()),
        "select" if !arguments.is_empty() => {
            return numbers(arguments, [1, ALL]).filter(|[start, _]| *start > 0).map(|[start, n]| Select(start, n));
        }
        "substring" if !arguments.is_empty() => {
            return numbers(arguments, [1, ALL]).filter(|[start, _]| *start > 0).map(|[start, n]| Substring(start, n));
        }
        "prefix" => return texts(arguments).map(|[text]| Prefix(text)),
        "postfix" => return texts(arguments).map(|[text]| Postfix(text)),
        "replace" => {
            return texts(arguments)
                .filter(|[from, _]: &[String; 2]| !from.is_empty())
                .map(|[from, to]| Replace(from, to));
        }
        _ => return None,
    };
    arguments.is_empty().then_some(simple)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_no_pattern() {
        for (pattern, expected) in [
            ("auth.lover", "at character 6: no filter is called “lover”, did you mean lower"),
            ("autor + year", "at character 1: no function is called “autor”, did you mean auth"),
            ("auth year", "at character 6: “y” was not expected here"),
            ("auth +", "at character 7: a function"),
            ("(auth", "at character 6: a “)” is missing"),
            ("\"x", "at character 1: the text is not closed"),
            ("auth(0,0)", "at character 1: the arguments of auth are not right"),
            ("title.select", "at character 7: the arguments of .select are not right"),
            ("auth(99999999999999999999999)", "the number is too large"),
            ("", "at character 1: a function"),
        ] {
            let error = pattern.parse::<Pattern>().unwrap_err().to_string();
            assert!(error.contains(expected), "{pattern}: {error}");
        }
        assert!("(".repeat(500).parse::<Pattern>().is_err());
    }
}
