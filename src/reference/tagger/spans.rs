//! From labels of tokens to the text of each field.

use std::ops::Range;

use super::chain::{Tagged, tag};
use super::label::Label;
use super::model::Model;
use super::words::fine_tokens;
use super::{hints, observe};
use crate::reference::cut::CUT;
use crate::reference::dates;
use crate::reference::known_names;
use crate::reference::lex::{Token, TokenKind};
use crate::reference::name_words::{CONJUNCTIONS, is_body, looks_like_year};
use crate::reference::numbers::Numbers;
use crate::reference::publication::tidy;
use crate::reference::segment::{ListStyle, Segments, glued_section};
use crate::reference::title::{title_of, without_uncased_quotes};
use crate::reference::uncased_names;

/// Tokens of one label, with what stands between them.
#[derive(Debug, Clone, PartialEq)]
struct Run {
    label: Label,
    tokens: Range<usize>,
    /// The lowest probability of a label inside; then the confidence in the field.
    sure: f32,
}

/// A field that is less likely to be right than this is left out.
const LEAST_CONFIDENCE: f32 = 0.25;

/// Below this the reference as a whole is hardly understood.
const UNSURE: f32 = 0.3;

/// What rules and tagger found together.
#[derive(Debug, Clone, PartialEq)]
pub(in crate::reference) struct Corrected {
    pub segments: Segments,
    /// What the rules alone found.
    pub rules: Segments,
    /// In which order the tagger found the fields, and the rules.
    pub order: Vec<Label>,
    pub rules_order: Vec<Label>,
    /// Label, byte range in the text and confidence of each field, in the order of the text.
    pub fields: Vec<(Label, Range<usize>, f32)>,
    /// The same of fields that were too unlikely to be kept.
    pub left_out: Vec<(Label, Range<usize>, f32)>,
    /// How likely all fields are right, 0 to 1.
    pub confidence: f32,
}

/// The fields that the rules found, corrected by the tagger.
pub(in crate::reference) fn corrected(text: &str, rules: Segments, style: ListStyle) -> Corrected {
    let tokens = fine_tokens(text);
    let hints = hints::hints(text, &tokens, &rules);
    let seen = observe::observe(text, &tokens, &hints);
    let model = Model::shipped();
    let tagged = tag(model, &seen);
    let mut runs = runs(&tokens, &tagged);
    let least = runs.iter().map(|run| run.sure).fold(1.0, f32::min);
    for run in &mut runs {
        run.sure = model.confidence(run.label, run.sure);
    }
    let (kept, unlikely): (Vec<Run>, Vec<Run>) = runs.into_iter().partition(|run| run.sure >= LEAST_CONFIDENCE);
    let mut runs = kept;
    let found = Found { text, tokens: &tokens, runs: &runs };
    let mut out = rules.clone();
    out.authors = found.names(Label::Author, &out.authors, style);
    out.editors = found.names(Label::Editor, &out.editors, style);
    out.title = found.longest(Label::Title).map_or(String::new(), |run| title_of(found.sentence(run)));
    out.container = found
        .longest(Label::Container)
        .map_or(String::new(), |run| without_uncased_quotes(without_in(tidy(found.part(run)))).to_owned());
    out.publisher = found.first(Label::Publisher).map_or(String::new(), |run| tidy(found.part(run)).to_owned());
    out.place = found.first(Label::Place).map_or(String::new(), |run| tidy(found.part(run)).to_owned());
    let printed = std::mem::take(&mut out.numbers);
    out.numbers.volume = found.number(Label::Volume, printed.volume.as_deref());
    out.numbers.issue = found.number(Label::Issue, printed.issue.as_deref());
    out.numbers.pages = found.number(Label::Pages, printed.pages.as_deref());
    out.numbers.number_of_pages = printed.number_of_pages;
    if out.numbers.issue.is_none() && found.first(Label::Volume).is_some_and(|run| found.is_issue(run)) {
        out.numbers.issue = out.numbers.volume.take();
    }
    if out.numbers.issue.is_none()
        && let Some(run) = found.of(Label::Volume).skip(1).find(|run| found.is_issue(run))
    {
        // "45, 1991, Heft 512"
        out.numbers.issue = Some(text[found.bytes(run)].to_owned());
    }
    split_issue(&mut out.numbers);
    // "2009-01-12(4)": a day, and a page of a newspaper.
    if let Some(day) = out.numbers.pages.take_if(|pages| dates::is_day(pages)) {
        out.date = day;
        out.numbers.pages = out.numbers.issue.take();
    }
    // "『Title』Oslo: Fjord": a book.
    if out.title.is_empty()
        && out.container.starts_with(uncased_names::is_uncased)
        && !out.publisher.is_empty()
        && out.numbers.is_empty()
    {
        out.title = std::mem::take(&mut out.container);
    }
    glued_section(&mut out);
    if let Some(date) = found.date(&out.date) {
        out.date = date;
    }
    // "雪冬冬主编：《冬》": the mark of editors is glued to the last name, or stands in brackets behind it.
    if out.editors.is_empty()
        && let Some(run) = found.first(Label::Author)
        && uncased_names::are_editors(&out.authors, &text[found.bytes(run).end..])
    {
        out.editors = std::mem::take(&mut out.authors);
    }
    let confidence = model.confidence(Label::Other, least);
    // A tagger that is this unsure takes no title or container away.
    let has = |s: &Segments| usize::from(!s.title.is_empty()) + usize::from(!s.container.is_empty());
    if confidence < UNSURE && has(&out) < 2 && has(&rules) == 2 && !rules.authors.is_empty() {
        out = rules.clone();
        runs.clear();
    }
    let found = Found { text, tokens: &tokens, runs: &runs };
    let places = |runs: &[Run]| runs.iter().map(|run| (run.label, found.bytes(run), run.sure)).collect();
    let (fields, left_out) = (places(&runs), places(&unlikely));
    let (order, rules_order) = (order(&tagged.labels), order(&hints));
    Corrected { segments: out, rules, order, rules_order, fields, left_out, confidence }
}

/// The fields in their order; what stands apart of one field is named twice.
fn order(labels: &[Label]) -> Vec<Label> {
    let mut out: Vec<Label> = Vec::new();
    for &label in labels {
        let counts = !matches!(label, Label::Other | Label::Note | Label::Series);
        if counts && out.last() != Some(&label) {
            out.push(label);
        }
    }
    out
}

struct Found<'a> {
    text: &'a str,
    tokens: &'a [Token<'a>],
    runs: &'a [Run],
}

impl<'a> Found<'a> {
    fn of(&self, label: Label) -> impl DoubleEndedIterator<Item = &'a Run> {
        self.runs.iter().filter(move |run| run.label == label)
    }

    fn first(&self, label: Label) -> Option<&'a Run> {
        self.of(label).next()
    }

    /// The longest of the fields of a label; the first of equals.
    fn longest(&self, label: Label) -> Option<&'a Run> {
        self.of(label).rev().max_by_key(|run| self.bytes(run).len())
    }

    fn bytes(&self, run: &Run) -> Range<usize> {
        self.tokens[run.tokens.start].start..self.tokens[run.tokens.end - 1].end
    }

    /// The text of a run, with the brackets that it opens or closes.
    fn part(&self, run: &Run) -> &'a str {
        &self.text[self.with_brackets(run)]
    }

    fn with_brackets(&self, run: &Run) -> Range<usize> {
        let Range { mut start, mut end } = self.bytes(run);
        let inside = &self.text[start..end];
        if inside.contains('(') && !inside.contains(')') && self.text[end..].starts_with(')') {
            end += 1;
        }
        if inside.contains(')') && !inside.contains('(') && self.text[..start].ends_with('(') {
            start -= 1;
        }
        start..end
    }

    /// The text of a run, with the mark that shows it to be a question.
    fn sentence(&self, run: &Run) -> &'a str {
        let Range { start, end } = self.with_brackets(run);
        let more = usize::from(self.text[end..].starts_with(['?', '!']));
        // "1930년대": a number glued to the first word is part of it.
        let before = self.text[..start].trim_end_matches(char::is_alphanumeric).len();
        let glued = start - before;
        let start = if (1..=8).contains(&glued) && self.text[..before].ends_with([' ', '.', ',', '"', '“']) {
            before
        } else {
            start
        };
        &self.text[start..end + more]
    }

    /// "S08002": a page with the letters glued to its front.
    fn with_letters_before(&self, found: Range<usize>) -> Range<usize> {
        let before = &self.text[..found.start];
        let letters = before.len() - before.trim_end_matches(|c: char| c.is_ascii_alphabetic()).len();
        let word = !before[..before.len() - letters].ends_with(|c: char| c.is_alphanumeric() || c == '-');
        let start = if (1..=3).contains(&letters) && word { found.start - letters } else { found.start };
        start..found.end
    }

    /// "21(3 Suppl)", "21(S1)": all that stands in short brackets of which a part was found.
    fn whole_brackets(&self, found: Range<usize>) -> Range<usize> {
        let (before, behind) = (&self.text[..found.start], &self.text[found.end..]);
        let open = before.rfind('(').filter(|&at| before.len() - at <= 12);
        let close = behind.find(')').filter(|&at| at <= 12).map(|at| found.end + at);
        match (open, close) {
            (Some(open), Some(close))
                if open > 0
                    && before[..open].trim_end().ends_with(|c: char| c.is_ascii_digit())
                    && !self.text[open + 1..close].contains(['(', ')', ',', ';', ':', CUT])
                    && !self.text[open + 1..close].split([' ', '/', '.']).any(looks_like_year) =>
            {
                open + 1..close
            }
            _ => found,
        }
    }

    /// The number of a label, as the rules read it where they read the same.
    fn number(&self, label: Label, rules: Option<&str>) -> Option<String> {
        let run = self.of(label).find(|run| self.text[self.bytes(run)].chars().any(|c| c.is_alphanumeric()))?;
        let range = match label {
            Label::Issue => self.whole_brackets(self.bytes(run)),
            Label::Pages => self.with_letters_before(self.bytes(run)),
            _ => self.bytes(run),
        };
        let text = self.text[range].split(CUT).next().unwrap_or("");
        let text = text.trim_matches(|c: char| !c.is_alphanumeric());
        let text: String = text.chars().filter(|c| !c.is_whitespace()).collect();
        match rules {
            Some(rules) if rules.replace(' ', "") == text => Some(rules.to_owned()),
            _ => Some(text).filter(|t| !t.is_empty()),
        }
    }

    /// "n° 54", "Heft 3": whether the word before a number says that it counts issues.
    fn is_issue(&self, run: &Run) -> bool {
        let before = self.text[..self.bytes(run).start].trim_end_matches(['.', ' ', '°', 'º']);
        let word = crate::reference::sentences::last_word(before);
        matches!(word.to_lowercase().as_str(), "n" | "no" | "nr" | "nº" | "n°" | "heft" | "issue" | "iss" | "h" | "№")
            && !before[..before.len() - word.len()].trim_end().ends_with(|c: char| c.is_alphanumeric())
    }

    /// The names of a role: those that the tagger found, if they can be read as names; else those of the rules.
    fn names(&self, label: Label, rules: &str, style: ListStyle) -> String {
        let Some(run) = (if label == Label::Author { self.first(label) } else { self.longest(label) }) else {
            return String::new();
        };
        let Range { start, mut end } = self.bytes(run);
        if self.text[end..].starts_with('.') {
            end += 1;
        }
        let text = &self.text[start..end];
        let same = |a: &str, b: &str| {
            let letters = |s: &str| s.chars().filter(|c| c.is_alphanumeric()).collect::<String>();
            letters(a) == letters(b)
        };
        if same(text, rules) {
            return rules.to_owned();
        }
        let readable = |text: &str| !is_body(text) && known_names::read_whole(text, style.names).is_some();
        // "Roe2, A.": the tagger sees a word and a number and may drop both; the grammar of names sees one name.
        if rules.contains(|c: char| c.is_ascii_digit()) && readable(rules) {
            return rules.to_owned();
        }
        if readable(text) || is_body(text) || rules.is_empty() || !readable(rules) {
            text.to_owned()
        } else {
            rules.to_owned()
        }
    }

    /// The date of the tagger where the rules found none or another.
    fn date(&self, rules: &str) -> Option<String> {
        let year = |text: &str| crate::reference::dates::read(text).and_then(|d| d.date.year());
        let wanted = year(rules);
        let dates: Vec<&str> =
            self.of(Label::Date).map(|run| &self.text[self.bytes(run)]).filter(|text| year(text).is_some()).collect();
        let agreed = wanted.is_some() && dates.iter().any(|text| year(text) == wanted);
        dates.first().filter(|_| !agreed).map(|text| (*text).to_owned())
    }
}

/// "In Proceedings of …": what announces a container is no part of its name; "In Vivo" is one.
fn without_in(container: &str) -> &str {
    let rest = ["In: ", "In ", "in: ", "in "].iter().find_map(|start| container.strip_prefix(start));
    let latin = |rest: &str| ["vivo", "vitro", "situ", "silico"].contains(&rest.to_lowercase().as_str());
    rest.filter(|rest| rest.contains(' ') && rest.starts_with(char::is_uppercase) && !latin(rest)).unwrap_or(container)
}

/// "108(2": an issue that stands in the same run as its volume.
fn split_issue(numbers: &mut Numbers) {
    if let Some((volume, issue)) = numbers.volume.as_deref().and_then(|v| v.split_once('(')) {
        let issue = issue.trim_matches(|c: char| !c.is_alphanumeric()).to_owned();
        let volume = volume.to_owned();
        numbers.volume = Some(volume);
        if numbers.issue.is_none() && !issue.is_empty() {
            numbers.issue = Some(issue);
        }
    }
}

/// The stretches of equal labels. Marks of no field join two of the same field; so does "and" between names.
fn runs(tokens: &[Token], tagged: &Tagged) -> Vec<Run> {
    let mut out: Vec<Run> = Vec::new();
    for (at, (&label, &sure)) in tagged.labels.iter().zip(&tagged.sure).enumerate() {
        if label == Label::Other {
            continue;
        }
        if let Some(last) = out.last_mut()
            && last.label == label
            && joins(&tokens[last.tokens.end..at], label)
        {
            last.tokens.end = at + 1;
            last.sure = last.sure.min(sure);
        } else {
            out.push(Run { label, tokens: at..at + 1, sure });
        }
    }
    out
}

fn joins(between: &[Token], label: Label) -> bool {
    let names = matches!(label, Label::Author | Label::Editor);
    between.len() <= 3
        && between.iter().all(|t| match t.kind {
            TokenKind::Mark(c) => c != CUT,
            TokenKind::Word => names && CONJUNCTIONS.contains(&t.text),
            // "Winter. 14. Report on snow": a number that is of no field.
            TokenKind::Number => label == Label::Title,
        })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::reference::segment::segment;

    fn found(text: &str) -> Segments {
        corrected(text, segment(text, ListStyle::default()), ListStyle::default()).segments
    }

    #[test]
    fn brackets_and_questions_stay_with_their_field() {
        let s = found("Roe A, Zay B. Is winter skin (a review) dry? J Skin. 2004;21(3):483-5.");
        assert_eq!((s.title.as_str(), s.container.as_str()), ("Is winter skin (a review) dry?", "J Skin"));
    }

    #[test]
    fn numbers_glued_to_words() {
        let s =
            found("Roe, Ann; Zay, Ben (2004). \"Reaching the limits of winter skin.\" Reports of Skin67 :1187 -1232.");
        assert_eq!(s.numbers.volume.as_deref(), Some("67"));
        assert_eq!(s.numbers.pages.as_deref(), Some("1187-1232"));
    }

    #[test]
    fn an_issue_in_the_run_of_its_volume() {
        let mut numbers = Numbers { volume: Some("108(2".to_owned()), ..Numbers::default() };
        split_issue(&mut numbers);
        assert_eq!((numbers.volume.as_deref(), numbers.issue.as_deref()), (Some("108"), Some("2")));
    }
}
