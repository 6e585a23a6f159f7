//! The grammar of a list of names in one order: names, what separates them, and what ends the list.

use super::lex::{Token, TokenKind};
use super::name_words::{
    CONJUNCTIONS, is_bare_initials, is_body, is_initial, is_name_word, is_particle, is_short_initial, looks_like_year,
};
use super::names::{MAX_NAMES, NameOrder};
use super::sentences;
use crate::work::{Name, NameList, PersonName};

/// Tokens that may start with a list of names in one order.
pub(super) struct List<'a> {
    pub tokens: &'a [Token<'a>],
    pub order: NameOrder,
}

impl List<'_> {
    /// The names and the number of tokens they take.
    pub fn read(&self) -> Option<(NameList, usize)> {
        let (first, mut at) = self.name(0, self.order)?;
        let mut list = NameList { names: vec![Name::Person(first)], incomplete: false };
        let mut before_last = None;
        let mut ended = false;
        while list.names.len() < MAX_NAMES {
            let (next, joined) = self.separator(at);
            if let Some(end) = self.et_al(next).or_else(|| self.et_al(at)) {
                list.incomplete = true;
                at = end;
                // "Roe, A., …, & Zay, B." goes on after the dots.
                if !matches!(self.tokens[end - 1].kind, TokenKind::Mark('…')) && !self.ellipsis(end) {
                    return Some((list, at));
                }
                continue;
            }
            if next == at && !self.ellipsis(at) && !(at > 0 && self.mark(at - 1, '…')) {
                break;
            }
            // "A. Roe and B. Zay, Softly Broken Skin": the name behind "and" is the last.
            if ended && joined == Joined::Comma && !self.mark(at, ';') {
                break;
            }
            let Some((name, end)) = self.following(next) else { break };
            // "A. Roe, Winter Skin (Oslo": among initials a full name needs an "and".
            let full = self.order == NameOrder::InitialsFamily && !self.word(next).is_some_and(is_initial);
            if joined == Joined::Comma && (full || self.is_journal(next, end)) {
                break;
            }
            ended |= joined == Joined::Conjunction;
            before_last = (joined == Joined::Comma).then_some(at);
            list.names.push(Name::Person(name));
            at = end;
        }
        // "…, A. Roe, J. Climate, 20, 549": what stands before a volume is a journal; "Ann Roe, Winter Skin (Oslo":
        // what stands before a place is a title.
        let next_is_number =
            |i: usize| self.tokens.get(i).is_some_and(|t| t.kind == TokenKind::Number && !looks_like_year(t.text));
        let opens_place = self.order == NameOrder::GivenFamily
            && self.mark(at, '(')
            && self
                .word(at + 1)
                .is_some_and(|w| !matches!(w, "ed" | "eds" | "Ed" | "Eds" | "Hg" | "Hrsg" | "in" | "n"));
        // "Ann Roe, Winter Skin and Summer skin": what "and" joins to no name was none.
        let (next, joined) = self.separator(at);
        let dangling = joined == Joined::Conjunction && self.et_al(next).is_none() && !ended;
        let lone_title = self.order == NameOrder::GivenFamily && list.names.len() == 2 && self.mark(at, ':');
        if let Some(before) = before_last
            && (dangling || lone_title || (self.mark(at, ',') && next_is_number(at + 1)) || opens_place)
        {
            list.names.pop();
            at = before;
        }
        if list.names.len() == 1 && self.order == NameOrder::InitialsFamily && self.is_journal(0, at) {
            return None;
        }
        self.drop_full_stop(&mut list);
        Some((list, at))
    }

    /// "Roe AV, Zay B." then a title: where initials stand without dots, the last dot is the list's.
    fn drop_full_stop(&self, list: &mut NameList) {
        let given = |name: &Name| match name {
            Name::Person(p) => p.given.clone(),
            Name::Literal { .. } => None,
        };
        let dotless = given(&list.names[0]).is_some_and(|g| !g.contains('.'));
        if self.order == NameOrder::FamilyInitials
            && dotless
            && let Some(Name::Person(last)) = list.names.last_mut()
            && let Some(given) = &mut last.given
            && given.ends_with('.')
        {
            given.pop();
        }
    }

    /// A name that is not the first of the list: lists often change the order after the first.
    fn following(&self, at: usize) -> Option<(PersonName, usize)> {
        let orders: &[NameOrder] = match self.order {
            NameOrder::FamilyCommaInitials => {
                &[NameOrder::FamilyCommaInitials, NameOrder::InitialsFamily, NameOrder::FamilyInitials]
            }
            NameOrder::FamilyInitials => &[NameOrder::FamilyInitials],
            NameOrder::InitialsFamily => &[NameOrder::InitialsFamily, NameOrder::GivenFamily],
            NameOrder::GivenFamily => &[NameOrder::GivenFamily, NameOrder::InitialsFamily],
            NameOrder::FamilyCommaGiven => {
                &[NameOrder::GivenFamily, NameOrder::InitialsFamily, NameOrder::FamilyCommaGiven]
            }
        };
        orders.iter().find_map(|&order| self.name(at, order))
    }

    /// Behind a separator of names, and which it was; `at` itself where there is none.
    fn separator(&self, at: usize) -> (usize, Joined) {
        let mut next = at;
        let mut joined = Joined::Comma;
        while self.mark(next, ',') || self.mark(next, ';') || self.mark(next, '/') {
            next += 1;
        }
        while self.mark(next, '&') || self.word(next).is_some_and(|w| CONJUNCTIONS.contains(&w)) {
            joined = Joined::Conjunction;
            next += 1;
        }
        // "Roe, A. u. Zay, B."
        if self.word(next) == Some("u") && self.mark(next + 1, '.') && self.word(next + 2).is_some_and(is_name_word) {
            joined = Joined::Conjunction;
            next += 2;
        }
        (next, joined)
    }

    /// Whether three full stops end before `end`.
    fn ellipsis(&self, end: usize) -> bool {
        end >= 3 && (end - 3..end).all(|i| self.mark(i, '.'))
    }

    /// "J. Phys.", "J. Am": an abbreviated journal that looks like a name.
    fn is_journal(&self, start: usize, end: usize) -> bool {
        self.mark(end, '.')
            && self.word(end - 1).is_some_and(|w| w.len() > 1 && sentences::is_abbreviation(w))
            && self.word(start).is_some_and(is_initial)
    }

    /// Behind "et al." and its like in other languages.
    pub fn et_al(&self, at: usize) -> Option<usize> {
        let dot = |end: usize| if self.mark(end, '.') { end + 1 } else { end };
        let letters = |first: &str, second: &str| {
            (self.word(at) == Some(first) && self.mark(at + 1, '.') && self.word(at + 2) == Some(second))
                .then(|| dot(at + 3))
        };
        match (self.word(at), self.word(at + 1)) {
            (Some("et" | "Et"), Some("al" | "alii" | "alia" | "coll")) => Some(dot(at + 2)),
            (Some("et"), None) if self.mark(at + 1, '.') && self.word(at + 2) == Some("al") => Some(dot(at + 3)),
            (Some("and" | "und"), Some("others" | "andere" | "colleagues")) => Some(at + 2),
            (Some("y"), Some("otros")) | (Some("e"), Some("altri")) | (Some("и"), Some("др" | "соавт")) => {
                Some(dot(at + 2))
            }
            (Some("u"), None) if self.mark(at + 1, '.') => letters("u", "a").or_else(|| letters("u", "v")),
            (Some("e"), None) if self.mark(at + 1, '.') => letters("e", "a"),
            (Some("m"), None) if self.mark(at + 1, '.') => letters("m", "fl"),
            (Some("others" | "al" | "ua"), _) => Some(dot(at + 1)),
            (Some("等" | "외" | "他"), _) => Some(at + 1),
            _ if self.mark(at, '…') => Some(at + 1),
            _ if self.ellipsis(at + 3) => Some(at + 3),
            _ => None,
        }
    }

    fn name(&self, at: usize, order: NameOrder) -> Option<(PersonName, usize)> {
        let (mut name, mut end) = match order {
            NameOrder::FamilyCommaInitials => {
                let numbered = self.numbered_family(at);
                let comma = numbered.or_else(|| self.family_run(at))?;
                if !self.mark(comma, ',') {
                    return None;
                }
                let mut given = comma + 1;
                let suffix = self.suffix(given);
                if let Some((_, end)) = suffix {
                    given = if self.mark(end, ',') { end + 1 } else { end };
                }
                let bare = || self.bare_initials(given).filter(|_| numbered.is_none());
                let end = self.dotted_initials(given).or_else(bare)?;
                let end = self.particles_behind(end);
                let mut name = self.person(at..comma, given..end)?;
                name.suffix = suffix.map(|(s, _)| s);
                (name, end)
            }
            NameOrder::FamilyInitials => {
                let run = self.run(at);
                let given = (at + 1..run).find(|&i| self.is_initials_at(i))?;
                let end = self.dotted_initials(given).or_else(|| self.bare_initials(given))?;
                let end = self.particles_behind(end);
                // "Roe A" must be followed by something that ends a name; "Roe A." may be followed by a title.
                if !self.mark(end - 1, '.') && !self.ends_name(end) {
                    return None;
                }
                // "Roe Jr AV"
                let suffix = self.suffix(given - 1).filter(|(_, end)| *end == given && given - 1 > at);
                let mut name = self.person(at..given - usize::from(suffix.is_some()), given..end)?;
                name.suffix = suffix.map(|(suffix, _)| suffix);
                (name, end)
            }
            NameOrder::InitialsFamily => {
                let given = self.dotted_initials(at).or_else(|| self.leading_initials(at))?;
                let run = self.run(given);
                (run > given && self.ends_name(run)).then_some(())?;
                let family = self.family_start(given, run, Given::Initials);
                (self.person(family..run, at..family)?, run)
            }
            NameOrder::GivenFamily => {
                let mut run = self.run(at);
                // "Anna D. Roe": the dots of initials inside.
                while self.mark(run, '.')
                    && run > at
                    && is_short_initial(self.tokens[run - 1].text)
                    && self.run(run + 1) > run + 1
                {
                    run = self.run(run + 1);
                }
                let words = (at..run).filter(|&i| self.tokens[i].kind == TokenKind::Word).count();
                let first = self.word(at)?;
                // "Yu Zay" has no initial, "Yu. Zay" has.
                let short_name =
                    first.chars().count() == 2 && first.ends_with(char::is_lowercase) && !self.mark(at + 1, '.');
                if !(2..=6).contains(&words) || (is_initial(first) && !short_name) || !self.ends_name(run) {
                    return None;
                }
                let last = self.tokens[run - 1].text;
                let capitals = |word: &str| word.chars().count() > 1 && !word.chars().any(char::is_lowercase);
                if capitals(self.tokens[at].text) && !capitals(last) && !is_initial(last) {
                    // "DUAN Yi-Shi", "ROE Jean-Paul"
                    let given = (at..run).find(|&i| !self.word(i).is_some_and(|w| capitals(w) || is_particle(w)))?;
                    (self.person(at..given, given..run)?, run)
                } else if is_bare_initials(last) && !capitals(self.tokens[at].text) {
                    // "Roe AV" is another order.
                    return None;
                } else {
                    let family = self.family_start(at + 1, run, Given::Words);
                    (self.person(family..run, at..family)?, run)
                }
            }
            NameOrder::FamilyCommaGiven => {
                let comma = self.family_run(at)?;
                let last = self.tokens[comma - 1].text;
                // "Roe AV, Zay B" is another order.
                let other =
                    comma - at > 1 && is_bare_initials(last) && self.tokens[at].text.chars().any(char::is_lowercase);
                if !self.mark(comma, ',') || other {
                    return None;
                }
                let given = comma + 1;
                let mut end = self.run(given);
                while self.mark(end, '.') && end > given && is_initial(self.tokens[end - 1].text) {
                    let next = self.run(end + 1);
                    // "Roe, Ann M. Title words": the dot ends the name unless another initial follows.
                    if next == end + 2 && self.mark(next, '.') && is_initial(self.tokens[end + 1].text) {
                        end = next;
                    } else {
                        end += 1;
                        break;
                    }
                }
                if end == given || end - given > 6 || !(self.ends_name(end) || self.mark(end - 1, '.')) {
                    return None;
                }
                (self.person(at..comma, given..end)?, end)
            }
        };
        if name.suffix.is_none() {
            let behind = if self.mark(end, ',') { end + 1 } else { end };
            if let Some((suffix, after)) = self.suffix(behind) {
                name.suffix = Some(suffix);
                name.comma_suffix = behind > end;
                end = after;
            }
        }
        Some((name, end))
    }

    /// Behind the words of a family name that a comma ends.
    fn family_run(&self, at: usize) -> Option<usize> {
        let run = self.run(at);
        let words = run - at;
        ((1..=5).contains(&words) && !(words == 1 && self.tokens[at].text.chars().count() < 2)).then_some(run)
    }

    /// Behind a family name with a number glued to it ("Roe2, A."): a mark of its bearer's institute, or a name that
    /// hides who it was. It is kept as printed.
    fn numbered_family(&self, at: usize) -> Option<usize> {
        let word = self.word(at)?;
        let letters = word.trim_end_matches(|c: char| c.is_ascii_digit());
        let numbered = (1..=2).contains(&(word.len() - letters.len())) && self.mark(at + 1, ',');
        let name = letters.chars().any(char::is_lowercase) && letters.starts_with(char::is_uppercase);
        (numbered && name && is_name_word(letters)).then_some(at + 1)
    }

    /// Behind the words at `at` that may be part of a name, with no mark between them.
    pub fn run(&self, at: usize) -> usize {
        let mut end = at;
        while end < at + 8 && self.word(end).is_some_and(is_name_word) {
            end += 1;
            // "St. John"
            if self.mark(end, '.') && self.word(end - 1) == Some("St") && self.word(end + 1).is_some() {
                end += 1;
            }
        }
        // A particle ends no name.
        while end > at && self.word(end - 1).is_some_and(|w| CONJUNCTIONS.contains(&w)) {
            end -= 1;
        }
        end
    }

    fn is_initials_at(&self, at: usize) -> bool {
        let Some(word) = self.word(at) else { return false };
        (is_initial(word) && self.mark(at + 1, '.')) || is_bare_initials(word)
    }

    /// Behind "A. V.", "J.-P.", "A.V".
    fn dotted_initials(&self, at: usize) -> Option<usize> {
        let mut end = at;
        loop {
            let word = self.word(end);
            if word.is_some_and(is_initial) && self.mark(end + 1, '.') {
                end += 2;
                if self.mark(end, '-') && self.word(end + 1).is_some_and(is_initial) {
                    end += 1;
                }
            } else if end > at
                && word.is_some_and(|w| w.chars().count() == 1 && is_initial(w))
                && !self.mark(end - 1, '-')
                && self.tokens[end].start == self.tokens[end - 1].end
            {
                end += 1;
            } else {
                break;
            }
        }
        (end > at).then_some(end)
    }

    /// Behind the particles that a name in the order of lists has at its end: "Roe, A. von der".
    fn particles_behind(&self, at: usize) -> usize {
        let mut end = at;
        while self.word(end).is_some_and(|w| is_particle(w) && w.starts_with(char::is_lowercase) && w != "y") {
            end += 1;
        }
        // "Roe, A. v."
        if end == at && self.word(end) == Some("v") && self.mark(end + 1, '.') {
            end += 2;
        }
        if end > at && self.ends_name(end) { end } else { at }
    }

    /// Behind the "AV" of "AV Roe".
    fn leading_initials(&self, at: usize) -> Option<usize> {
        let initials = self.word(at).is_some_and(|w| w.len() <= 3 && is_bare_initials(w));
        let family = self.word(at + 1).is_some_and(|w| {
            is_particle(w) || (w.chars().count() > 2 && is_name_word(w) && w.chars().any(char::is_lowercase))
        });
        (initials && family).then_some(at + 1)
    }

    /// Behind "AV", "A V", "J-P".
    fn bare_initials(&self, at: usize) -> Option<usize> {
        let mut end = at;
        while end < at + 4 && self.word(end).is_some_and(is_bare_initials) {
            end += 1;
        }
        (end > at && self.ends_name(self.particles_behind(end))).then_some(end)
    }

    /// "Jr.", "III": the suffix and where it ends.
    fn suffix(&self, at: usize) -> Option<(String, usize)> {
        let word = self.word(at)?;
        match word {
            "Jr" | "Sr" | "jr" | "sr" | "Jun" | "JR" => {
                let end = if self.mark(at + 1, '.') { at + 2 } else { at + 1 };
                Some((format!("{word}{}", if end > at + 1 { "." } else { "" }), end))
            }
            "II" | "III" | "IV" => Some((word.to_owned(), if self.mark(at + 1, '.') { at + 2 } else { at + 1 })),
            _ => None,
        }
    }

    /// Whether what stands at `at` can follow a complete name.
    fn ends_name(&self, at: usize) -> bool {
        let Some(token) = self.tokens.get(at) else { return true };
        match token.kind {
            TokenKind::Mark(c) => {
                matches!(c, ',' | ';' | '.' | ':' | '&' | '(' | '[' | '…' | '/' | '“' | '"' | '«' | '‘' | '”')
            }
            TokenKind::Number => looks_like_year(token.text),
            TokenKind::Word => {
                CONJUNCTIONS.contains(&token.text)
                    || self.et_al(at).is_some()
                    || (token.text == "u" && self.mark(at + 1, '.'))
                    || (token.text == "et")
                    || matches!(token.text, "Jr" | "Sr" | "II" | "III" | "IV" | "editors" | "editor" | "eds" | "Eds")
            }
        }
    }

    /// Where the family name starts in a name whose given name comes first: at the particle, else the last word.
    fn family_start(&self, at: usize, end: usize, given: Given) -> usize {
        if let Some(particle) = (at..end - 1).find(|&i| self.word(i).is_some_and(is_particle)) {
            return particle;
        }
        // "J. Roe Zay": two family names are about as frequent as two given ones; the last word is always right
        // for the order of a list.
        match given {
            Given::Initials if self.tokens[end - 1].text.chars().count() < 2 => at,
            _ => end - 1,
        }
    }

    fn person(&self, family: std::ops::Range<usize>, given: std::ops::Range<usize>) -> Option<PersonName> {
        let mut start = family.start;
        while start + 1 < family.end
            && self.word(start).is_some_and(|w| is_particle(w) && w.starts_with(char::is_lowercase))
        {
            start += 1;
        }
        let particle = self.text(family.start..start);
        let mut given_end = given.end;
        // "A. von", "A. v."
        if given_end > given.start + 2 && self.mark(given_end - 1, '.') && self.word(given_end - 2) == Some("v") {
            given_end -= 2;
        }
        while given_end > given.start + 1
            && self.word(given_end - 1).is_some_and(|w| is_particle(w) && w.starts_with(char::is_lowercase))
        {
            given_end -= 1;
        }
        let demoted = self.text(given_end..given.end);
        let family = self.text(start..family.end);
        if !family.chars().any(char::is_alphabetic) || is_body(&family) {
            return None;
        }
        let particle = if particle.is_empty() { demoted } else { particle };
        Some(PersonName {
            family,
            given: Some(self.text(given.start..given_end)).filter(|g| !g.is_empty()),
            non_dropping_particle: Some(particle).filter(|p| !p.is_empty()),
            ..PersonName::default()
        })
    }

    /// The words of a range as printed: where tokens touch they touch.
    pub fn text(&self, range: std::ops::Range<usize>) -> String {
        let mut out = String::new();
        let mut last = None;
        for token in &self.tokens[range] {
            if last.is_some_and(|end| end < token.start) {
                out.push(' ');
            }
            out.push_str(token.text);
            last = Some(token.end);
        }
        out
    }

    pub fn mark(&self, at: usize, mark: char) -> bool {
        self.tokens.get(at).is_some_and(|t| t.is(mark))
    }

    pub fn word(&self, at: usize) -> Option<&str> {
        self.tokens.get(at).filter(|t| t.kind == TokenKind::Word).map(|t| t.text)
    }
}

#[derive(PartialEq)]
enum Joined {
    Comma,
    Conjunction,
}

enum Given {
    Initials,
    Words,
}
