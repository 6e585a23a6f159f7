//! Going through pairs, as a state machine: keys in, effects out. It draws nothing and writes nothing, so that every way
//! through it can be tested without a terminal.

use crate::review::Verdict;
use crate::text::count;

/// Lines that a page key moves by.
const PAGE: usize = 8;

/// A key as far as a session knows keys.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Key {
    Char(char),
    Enter,
    Escape,
    Backspace,
    Left,
    Right,
    Up,
    Down,
    PageUp,
    PageDown,
    /// Control with U: the line being typed goes.
    Clear,
    /// Control with C or D.
    Interrupt,
}

/// What whoever runs the session has to do.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Effect {
    /// Only draw.
    Draw,
    /// Write this verdict on the pair at hand, then call [`Session::recorded`] or [`Session::failed`].
    Record(Verdict, Draft),
    /// Take back the last verdict of this session, then call [`Session::undone`] or [`Session::failed`].
    Undo,
    /// Choose pairs anew, then call [`Session::restart`] or [`Session::failed`].
    Filter(String),
    Quit,
}

/// What goes with the next verdict.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct Draft {
    pub quote: String,
    pub page: String,
    pub note: String,
}

/// A line being typed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Field {
    Quote,
    Page,
    Note,
    Filter,
}

impl Field {
    pub fn label(self) -> &'static str {
        match self {
            Self::Quote => "quote",
            Self::Page => "page",
            Self::Note => "note",
            Self::Filter => "filter",
        }
    }
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Mode {
    Pair,
    Typing { field: Field, line: String },
    Help,
}

/// Where a reviewer is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Session {
    /// How many pairs there are to go through.
    total: usize,
    at: usize,
    pub mode: Mode,
    pub draft: Draft,
    /// Which passage is chosen.
    pub passage: usize,
    /// Lines that are passed over where a pair is longer than the screen.
    pub scroll: usize,
    /// Pairs judged in this session, in order; `None` for one of another choice of pairs.
    judged: Vec<Option<usize>>,
    pub filter: String,
    /// What happened last.
    pub message: String,
}

impl Session {
    pub fn new(total: usize, filter: String) -> Self {
        Self {
            total,
            at: 0,
            mode: Mode::Pair,
            draft: Draft::default(),
            passage: 0,
            scroll: 0,
            judged: Vec::new(),
            filter,
            message: String::new(),
        }
    }

    /// Index of the pair at hand; `None` behind the last one.
    pub fn at(&self) -> Option<usize> {
        (self.at < self.total).then_some(self.at)
    }

    pub fn total(&self) -> usize {
        self.total
    }

    /// How many verdicts were recorded in this session.
    pub fn judged(&self) -> usize {
        self.judged.len()
    }

    /// The verdict of a digit.
    pub fn verdict(digit: char) -> Option<Verdict> {
        let i = digit.to_digit(10)?.checked_sub(1)?;
        Verdict::ALL.get(i as usize).copied()
    }

    /// What a key does. `passages` are the texts of the passages shown for the pair at hand.
    pub fn key(&mut self, key: Key, passages: &[String]) -> Effect {
        if key == Key::Interrupt {
            return Effect::Quit;
        }
        match std::mem::replace(&mut self.mode, Mode::Pair) {
            Mode::Help => Effect::Draw,
            Mode::Typing { field, line } => self.typing(field, line, key),
            Mode::Pair => self.pair(key, passages),
        }
    }

    fn typing(&mut self, field: Field, mut line: String, key: Key) -> Effect {
        match key {
            Key::Enter => {
                let line = line.trim().to_owned();
                match field {
                    Field::Quote => self.draft.quote = line,
                    Field::Page => self.draft.page = line,
                    Field::Note => self.draft.note = line,
                    Field::Filter => return Effect::Filter(line),
                }
                return Effect::Draw;
            }
            Key::Escape => return Effect::Draw,
            Key::Backspace => drop(line.pop()),
            Key::Clear => line.clear(),
            Key::Char(c) if !c.is_control() => line.push(c),
            _ => {}
        }
        self.mode = Mode::Typing { field, line };
        Effect::Draw
    }

    fn pair(&mut self, key: Key, passages: &[String]) -> Effect {
        self.message.clear();
        match key {
            Key::Char(digit @ '1'..='6') if self.at().is_some() => match Self::verdict(digit) {
                Some(verdict) => return Effect::Record(verdict, self.draft.clone()),
                None => return Effect::Draw,
            },
            Key::Char('q') if self.at().is_some() => {
                // A passage is the usual quote; what was typed before comes first.
                let chosen = passages.get(self.passage).cloned().unwrap_or_default();
                let line = if self.draft.quote.is_empty() { chosen } else { self.draft.quote.clone() };
                self.mode = Mode::Typing { field: Field::Quote, line };
            }
            Key::Char('p') if self.at().is_some() => {
                self.mode = Mode::Typing { field: Field::Page, line: self.draft.page.clone() };
            }
            Key::Char('n') if self.at().is_some() => {
                self.mode = Mode::Typing { field: Field::Note, line: self.draft.note.clone() };
            }
            Key::Char('f') => {
                // What is typed next is another word.
                let line = if self.filter.is_empty() { String::new() } else { format!("{} ", self.filter) };
                self.mode = Mode::Typing { field: Field::Filter, line };
            }
            Key::Char('u') if self.judged.is_empty() => self.message = "nothing was judged in this session".to_owned(),
            Key::Char('u') => return Effect::Undo,
            Key::Char('s' | ' ') | Key::Right => self.go_to((self.at + 1).min(self.total)),
            Key::Char('b') | Key::Left => self.go_to(self.at.saturating_sub(1)),
            Key::Down if self.passage + 1 < passages.len() => self.choose(self.passage + 1),
            Key::Up => self.choose(self.passage.saturating_sub(1)),
            Key::PageDown => self.scroll += PAGE,
            Key::PageUp => self.scroll = self.scroll.saturating_sub(PAGE),
            Key::Char('?' | 'h') => self.mode = Mode::Help,
            Key::Char('x') | Key::Escape => return Effect::Quit,
            _ => {}
        }
        Effect::Draw
    }

    fn go_to(&mut self, at: usize) {
        if at != self.at {
            self.draft = Draft::default();
            self.choose(0);
        }
        self.at = at;
    }

    /// Chooses a passage; the screen follows it.
    fn choose(&mut self, passage: usize) {
        self.passage = passage;
        self.scroll = 0;
    }

    /// No more lines can be passed over than there are.
    pub fn limit_scroll(&mut self, lines: usize) {
        self.scroll = self.scroll.min(lines);
    }

    /// The verdict on the pair at hand is on disk: on to the next.
    pub fn recorded(&mut self, message: String) {
        self.judged.push(Some(self.at));
        self.go_to(self.at + 1);
        self.message = message;
    }

    /// The last verdict is taken back: its pair is at hand again.
    pub fn undone(&mut self, message: String) {
        if let Some(Some(at)) = self.judged.pop() {
            self.go_to(at.min(self.total));
        }
        self.message = message;
    }

    /// What was asked for could not be done; nothing of it is lost.
    pub fn failed(&mut self, message: String) {
        self.message = message;
    }

    /// Other pairs are to go through. What was judged can still be taken back, but its pair may not be among them.
    pub fn restart(&mut self, total: usize, filter: String) {
        let judged = vec![None; self.judged.len()];
        *self = Self { judged, message: count(total, "pair"), ..Self::new(total, filter) };
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn type_line(session: &mut Session, text: &str) {
        text.chars().for_each(|c| drop(session.key(Key::Char(c), &[])));
    }

    #[test]
    fn a_verdict_takes_the_draft_and_leads_on() {
        let mut session = Session::new(2, String::new());
        session.key(Key::Char('n'), &[]);
        type_line(&mut session, "one q patientx");
        session.key(Key::Backspace, &[]);
        session.key(Key::Enter, &[]);
        let passages = ["First.".to_owned(), "Second.".to_owned()];
        session.key(Key::Down, &passages);
        session.key(Key::Char('q'), &passages);
        session.key(Key::Enter, &passages);
        let draft = Draft { quote: "Second.".to_owned(), page: String::new(), note: "one q patient".to_owned() };
        assert_eq!(session.key(Key::Char('2'), &passages), Effect::Record(Verdict::Partly, draft));
        // Until it is written, the pair stays.
        assert_eq!(session.at(), Some(0));
        session.failed("disk full".to_owned());
        assert_eq!((session.at(), session.draft.note.as_str()), (Some(0), "one q patient"));
        session.recorded(String::new());
        assert_eq!((session.at(), session.draft.clone(), session.judged()), (Some(1), Draft::default(), 1));
        assert_eq!(session.key(Key::Char('u'), &[]), Effect::Undo);
        session.undone(String::new());
        assert_eq!((session.at(), session.judged()), (Some(0), 0));
    }

    #[test]
    fn moving_typing_and_leaving() {
        let mut session = Session::new(1, String::new());
        session.key(Key::Char('n'), &[]);
        type_line(&mut session, "x1");
        assert_eq!(session.key(Key::Escape, &[]), Effect::Draw);
        assert_eq!(session.draft, Draft::default());
        session.key(Key::Char('s'), &[]);
        session.key(Key::Right, &[]);
        assert_eq!(session.at(), None);
        // Behind the last pair nothing can be judged.
        assert_eq!(session.key(Key::Char('1'), &[]), Effect::Draw);
        session.key(Key::Left, &[]);
        assert_eq!(session.at(), Some(0));
        session.key(Key::Char('f'), &[]);
        type_line(&mut session, "state:all");
        assert_eq!(session.key(Key::Enter, &[]), Effect::Filter("state:all".to_owned()));
        session.key(Key::Char('?'), &[]);
        assert_eq!(session.mode, Mode::Help);
        session.key(Key::Char('1'), &[]);
        assert_eq!((session.mode.clone(), session.judged()), (Mode::Pair, 0));
        assert_eq!(session.key(Key::Char('x'), &[]), Effect::Quit);
        session.key(Key::Char('n'), &[]);
        assert_eq!(session.key(Key::Interrupt, &[]), Effect::Quit);
    }
}
