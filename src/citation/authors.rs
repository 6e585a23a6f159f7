//! The authors part of an author-year citation.
//!
//! It is read from its end, where the year stands, to its beginning, which nothing marks in a sentence. So the reader
//! returns all names that can belong to it ([`CitedAuthors::names`]), and where each begins; which of them the
//! citation starts with is settled by the reference list.

use super::words::{are_initials, is_capitalised, is_conjunction, is_inside_body, is_lead_in, is_no_name, is_particle};

/// The authors a citation names: "Ianello et al.", "Nunley and Jones", "World Health Organization".
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CitedAuthors {
    /// Family names or names of bodies as printed, at least one.
    pub names: Vec<CitedName>,
    /// Ends with "et al." or its like.
    pub et_al: bool,
    /// A possessive ("Marzano’s") or words stand between the names and the year.
    pub(super) is_possessive: bool,
    /// Names that are printed with initials, as reference lists print them.
    pub(super) with_initials: usize,
}

/// One name of a citation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CitedName {
    /// The words of the name with the byte offset of each.
    pub(super) words: Vec<(usize, String)>,
    /// What stands between this name and the one before it.
    pub(super) joined: Joint,
    /// A word that more often is none: "May", "Grant", "Lei". Only the list can tell.
    pub(super) is_doubtful: bool,
}

/// What stands before a name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Joint {
    /// Nothing that belongs to a list.
    Start,
    Comma,
    Semicolon,
    /// "and", "&".
    And,
}

impl CitedName {
    /// The name from its `skip`th word.
    pub(super) fn text(&self, skip: usize) -> String {
        let words = self.words[skip..].iter().map(|(_, w)| w.as_str());
        let plain: Vec<&str> = words.clone().filter(|w| !is_initial(w)).collect();
        if plain.is_empty() { words.collect::<Vec<_>>().join(" ") } else { plain.join(" ") }
    }

    /// The name from its `skip`th word with its initials: "R Core Team".
    pub(super) fn whole(&self, skip: usize) -> String {
        let words: Vec<&str> = self.words[skip..].iter().map(|(_, w)| w.as_str()).collect();
        words.join(" ")
    }
}

/// "J", "JP": no name of its own when other words are there.
fn is_initial(word: &str) -> bool {
    are_initials(word) && word.chars().count() < 3 && !is_particle(word)
}

/// Most names that a citation lists.
const MOST_NAMES: usize = 12;
/// Most words of one name.
const MOST_WORDS: usize = 10;
/// What is farther from the year is no name of the citation, in characters.
const FARTHEST: usize = 260;

/// Whether a semicolon separates the names of one citation or two citations.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Semicolons {
    /// "(STARR; RUSSETT, 1976)"
    Join,
    Separate,
}

impl CitedAuthors {
    /// Reads the names that end a text, as it stands before a year or the bracket of one. Offsets count bytes of
    /// `text`.
    pub(super) fn ending(text: &str, semicolons: Semicolons) -> Option<Self> {
        let tokens = tokens(text);
        let mut reader = Reader { tokens: &tokens, semicolons };
        reader.read()
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    Word,
    Mark(char),
}

#[derive(Debug, Clone, Copy)]
struct Token<'a> {
    start: usize,
    text: &'a str,
    kind: Kind,
}

/// The length of a small word at the front of one that goes on with a capital.
fn glued_lead_in(word: &str) -> usize {
    let lower = word.bytes().take_while(u8::is_ascii_lowercase).count();
    let goes_on = word[lower..].starts_with(char::is_uppercase);
    let small = matches!(&word[..lower], "in" | "and" | "of" | "by" | "from" | "see" | "with" | "to" | "as");
    // Longer than any particle: "versusSmith".
    if goes_on && (small || lower > 4) { lower } else { 0 }
}

/// The words and marks at the end of a text, no farther back than names can be.
fn tokens(text: &str) -> Vec<Token<'_>> {
    let tail = text.char_indices().rev().nth(FARTHEST).map_or(0, |(i, _)| i);
    let mut tokens: Vec<Token<'_>> = Vec::new();
    let mut chars = text[tail..].char_indices().map(|(i, c)| (i + tail, c)).peekable();
    while let Some((start, c)) = chars.next() {
        if c.is_whitespace() {
            continue;
        }
        let mut end = start + c.len_utf8();
        let mut kind = Kind::Mark(c);
        if c.is_alphanumeric() {
            kind = Kind::Word;
            while let Some(&(at, next)) = chars.peek() {
                let inner = matches!(next, '\'' | '’' | '-' | '‐' | '‑' | '`' | 'ʼ' | '\u{ad}')
                    && text[at + next.len_utf8()..].starts_with(char::is_alphanumeric);
                let mark = unicode_normalization::char::is_combining_mark(next);
                if !next.is_alphanumeric() && !inner && !mark {
                    break;
                }
                end = at + next.len_utf8();
                chars.next();
            }
        }
        // "described inSmith (2001)" lost a space.
        let split = start + glued_lead_in(&text[start..end]);
        if split > start {
            tokens.push(Token { start, text: &text[start..split], kind });
        }
        tokens.push(Token { start: split, text: &text[split..end], kind });
    }
    tokens
}

struct Reader<'t, 'a> {
    /// What is not read yet; shrinks from its end.
    tokens: &'t [Token<'a>],
    semicolons: Semicolons,
}

impl<'a> Reader<'_, 'a> {
    fn last(&self) -> Option<Token<'a>> {
        self.tokens.last().copied()
    }

    fn before(&self, back: usize) -> Option<Token<'a>> {
        self.tokens.len().checked_sub(back + 1).map(|i| self.tokens[i])
    }

    fn drop(&mut self, count: usize) {
        self.tokens = &self.tokens[..self.tokens.len() - count];
    }

    fn is_mark(&self, back: usize, marks: &[char]) -> bool {
        matches!(self.before(back), Some(Token { kind: Kind::Mark(c), .. }) if marks.contains(&c))
    }

    fn is_word(&self, back: usize, words: &[&str]) -> bool {
        matches!(self.before(back), Some(Token { kind: Kind::Word, text, .. }) if words.iter().any(|w| w.eq_ignore_ascii_case(text)))
    }

    fn read(&mut self) -> Option<CitedAuthors> {
        while self.is_mark(0, &[',', ':', '(', '[', '*', '’', '\'', '´']) {
            self.drop(1);
        }
        self.acronym();
        let is_possessive = self.possessive();
        let et_al = self.et_al();
        if et_al {
            while self.is_mark(0, &[',']) {
                self.drop(1);
            }
        }
        let mut names: Vec<CitedName> = Vec::new();
        let mut with_initials = 0;
        while names.len() < MOST_NAMES {
            let words = self.name();
            if words.is_empty() {
                break;
            }
            // Initials alone say nothing that the resolver needs: "Smith, J., & Jones, A."
            let only_initials = words.iter().all(|(_, w)| is_initial(w));
            let is_suffix = words.len() == 1 && matches!(words[0].1.as_str(), "Jr" | "Sr" | "II" | "III");
            let joined = self.joint();
            with_initials += usize::from(only_initials || words.iter().any(|(_, w)| is_initial(w)));
            if !((only_initials || is_suffix) && joined != Joint::Start) {
                let is_doubtful = words.len() == 1 && is_no_name(&words[0].1);
                names.push(CitedName { words, joined, is_doubtful });
            } else if let Joint::And = joined {
                // "Smith & J., 2001" is no list.
                break;
            }
            if joined == Joint::Start {
                break;
            }
        }
        names.reverse();
        let first = names.first_mut()?;
        first.joined = Joint::Start;
        Some(CitedAuthors { names, et_al, is_possessive, with_initials })
    }

    /// Drops what explains the name before it: "World Health Organization (WHO)".
    fn acronym(&mut self) {
        let upper = |t: Token<'_>| t.kind == Kind::Word && t.text.len() > 1 && t.text.chars().all(char::is_uppercase);
        let bracketed =
            self.is_mark(0, &[')']) && self.is_mark(2, &['(']) || self.is_mark(0, &[']']) && self.is_mark(2, &['[']);
        if bracketed && self.before(1).is_some_and(upper) && self.before(3).is_some_and(|t| t.kind == Kind::Word) {
            self.drop(3);
        }
    }

    /// Drops "'s" at the end; inside a word it is cut from the name.
    fn possessive(&self) -> bool {
        self.last().is_some_and(|t| t.text.ends_with("'s") || t.text.ends_with("’s"))
    }

    /// Drops "et al.", "and colleagues" and their like at the end.
    fn et_al(&mut self) -> bool {
        let dot = usize::from(self.is_mark(0, &['.']));
        let (last, marks) = (dot, &['.', ','][..]);
        let joint = |this: &Self, back: usize| -> Option<usize> {
            let back = back + usize::from(this.is_mark(back, marks));
            let whose = ["her", "his", "their", "ses", "seus", "sus", "ihre", "suoi"];
            let back = back + usize::from(this.is_word(back, &whose));
            let joins =
                this.is_word(back, &["et", "and", "e", "y", "und", "&", "og", "en"]) || this.is_mark(back, &['&']);
            joins.then_some(back + 1)
        };
        let short = ["al", "alii", "alia", "coll", "cols", "col", "collab"];
        let long = [
            "co-authors",
            "coauthors",
            "autres",
            "altri",
            "otros",
            "collaborateurs",
            "collaboratori",
            "colegas",
            "coautores",
            "kollegen",
            "others",
            "colleagues",
            "co-workers",
            "coworkers",
            "associates",
            "colaboradores",
            "collaborators",
            "outros",
            "team",
            "mitarbeiter",
            "andere",
            "collègues",
            "medarbejdere",
            "students",
        ];
        let ends = self.is_word(last, &short) || self.is_word(last, &long) && dot == 0;
        if let Some(taken) = ends.then(|| joint(self, last + 1)).flatten() {
            self.drop(taken);
            return true;
        }
        // "u. a.", "et.al."
        if dot == 1 && self.is_word(1, &["a"]) && self.is_mark(2, &['.']) && self.is_word(3, &["u"]) {
            self.drop(4);
            return true;
        }
        false
    }

    /// The words of one name at the end, in printed order; none when no name ends here.
    fn name(&mut self) -> Vec<(usize, String)> {
        let mut words: Vec<(usize, String)> = Vec::new();
        while let Some(token) = self.last() {
            if words.len() >= MOST_WORDS {
                break;
            }
            if self.is_mark(0, &['.']) {
                // The full stop of an initial or of "Jr."; any other ends a sentence.
                let abbreviates = self.before(1).is_some_and(|t| {
                    let last = t.text.rsplit(['-', '‐', '‑']).next().unwrap_or(t.text);
                    t.kind == Kind::Word && (are_initials(t.text) || matches!(last, "Jr" | "Sr" | "St" | "Mc"))
                });
                if !abbreviates {
                    break;
                }
                self.drop(1);
                continue;
            }
            if token.kind != Kind::Word {
                break;
            }
            let text = bare(token.text);
            let taken = if is_capitalised(text) {
                if is_no_name(text) && words.is_empty() {
                    words.push((token.start, text.to_owned()));
                    self.drop(1);
                    break;
                }
                !is_no_name(text)
            } else if words.is_empty() {
                false
            } else if is_particle(text) && !is_conjunction(text) {
                true
            } else {
                // "Society for the Study of Salt": small words between capitals.
                is_inside_body(text) && self.leads_to_capital()
            };
            if !taken {
                break;
            }
            words.push((token.start, text.to_owned()));
            self.drop(1);
        }
        words.reverse();
        // What belongs to the sentence and not to the name.
        let small = |w: &str| !is_capitalised(w) && !is_particle(w);
        let leads = |w: &str| w == "A" || is_lead_in(w) && !is_particle(w);
        let skip = words.iter().position(|(_, w)| !small(w) && !leads(w)).unwrap_or(words.len());
        words.drain(..skip);
        words
    }

    /// Whether the small words at the end follow a capitalised one.
    fn leads_to_capital(&self) -> bool {
        (1..=3)
            .map_while(|back| self.before(back).filter(|t| t.kind == Kind::Word))
            .find(|t| !is_inside_body(t.text) && !is_particle(t.text))
            .is_some_and(|t| is_capitalised(t.text) && !is_lead_in(t.text) && !is_no_name(t.text))
    }

    /// Drops what joins the name just read to one before it.
    fn joint(&mut self) -> Joint {
        let and =
            self.is_mark(0, &['&', '/']) || self.last().is_some_and(|t| t.kind == Kind::Word && is_conjunction(t.text));
        if and {
            let comma = usize::from(self.is_mark(1, &[',', ';']));
            let named = self.before(1 + comma).is_some_and(|t| matches!(t.kind, Kind::Word | Kind::Mark('.')));
            if !named {
                return Joint::Start;
            }
            self.drop(1 + comma);
            return Joint::And;
        }
        let mark = match self.last().map(|t| t.kind) {
            Some(Kind::Mark(',')) => Joint::Comma,
            Some(Kind::Mark(';')) if self.semicolons == Semicolons::Join => Joint::Semicolon,
            _ => return Joint::Start,
        };
        self.drop(1);
        mark
    }
}

/// A word without the possessive at its end.
fn bare(word: &str) -> &str {
    let cut = word.strip_suffix("'s").or(word.strip_suffix("’s")).unwrap_or(word);
    if cut.chars().count() > 1 { cut } else { word }
}
