//! Questions about merges, answered on standard input.

use std::io::BufRead;

use super::super::super::error::CliError;
use super::super::super::output::Console;
use crate::bibliography::bibtex::merge::Merge;

/// What is to be done with a group.
pub(super) enum Answer {
    /// With the place of the value chosen for each conflict.
    Merge(Vec<usize>),
    Skip,
    /// Leave this group and those after it.
    Quit,
    /// There are no more answers: nothing is to be changed.
    Abort,
}

pub(super) struct Questions<'c> {
    console: &'c Console,
    lines: std::io::Lines<std::io::StdinLock<'static>>,
}

impl<'c> Questions<'c> {
    pub fn new(console: &'c Console) -> Self {
        Self { console, lines: std::io::stdin().lock().lines() }
    }

    /// Asks whether a group is to be merged, and for each conflict which value is right.
    pub fn merge(&mut self, merge: &Merge, keys: &[String], (number, of): (usize, usize)) -> Result<Answer, CliError> {
        let question =
            format!("[{number} of {of}] merge {} into {}? [y]es, [n]o, [q]uit: ", keys[1..].join(", "), keys[0]);
        match self.ask(&question, |answer| matches!(answer, "y" | "yes" | "n" | "no" | "q" | "quit"))?.as_deref() {
            None => return Ok(Answer::Abort),
            Some("n" | "no") => return Ok(Answer::Skip),
            Some("q" | "quit") => return Ok(Answer::Quit),
            Some(_) => {}
        }
        let mut choices = Vec::new();
        for conflict in &merge.conflicts {
            let mut question = format!("  {} is\n", conflict.field);
            for (i, said) in conflict.values.iter().enumerate() {
                question.push_str(&format!("    {}  {}  ({})\n", i + 1, said.source, said.key));
            }
            question.push_str(&format!("  which? 1 to {}, or Enter for 1: ", conflict.values.len()));
            let place = |answer: &str| match answer {
                "" => Some(0),
                number => number.parse::<usize>().ok()?.checked_sub(1).filter(|i| *i < conflict.values.len()),
            };
            let Some(answer) = self.ask(&question, |answer| place(answer).is_some())? else { return Ok(Answer::Abort) };
            choices.push(place(&answer).unwrap_or_default());
        }
        Ok(Answer::Merge(choices))
    }

    /// Asks whether all of it is to be written.
    pub fn write(&mut self, merges: usize, links: usize) -> Result<bool, CliError> {
        let question = format!("write {merges} merged, {links} linked to a preprint? [y]es, [n]o: ");
        let answer = self.ask(&question, |answer| matches!(answer, "y" | "yes" | "n" | "no"))?;
        Ok(matches!(answer.as_deref(), Some("y" | "yes")))
    }

    /// Asks until an answer is one; `None` when there are no more.
    fn ask(&mut self, question: &str, is_answer: impl Fn(&str) -> bool) -> Result<Option<String>, CliError> {
        loop {
            self.console.ask(question);
            let Some(line) = self.lines.next() else { return Ok(None) };
            let answer = line.map_err(|e| CliError::Message(format!("cannot read the answer: {e}")))?;
            let answer = answer.trim().to_lowercase();
            if is_answer(&answer) {
                return Ok(Some(answer));
            }
        }
    }
}
