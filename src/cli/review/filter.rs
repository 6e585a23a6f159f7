//! Which pairs a reviewer goes through.

use crate::review::PairState;
use crate::text::fold;

/// A choice of pairs, as typed: `state:stale doc:entry section:causes by:ada words`. What is not said is not asked for;
/// without a state, what is unsettled (open, stale, in conflict).
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct Filter {
    states: Vec<String>,
    documents: Vec<String>,
    sections: Vec<String>,
    by: Vec<String>,
    not_by: Vec<String>,
    words: Vec<String>,
}

/// What a pair is asked about.
#[derive(Debug, Clone)]
pub(super) struct Facts<'a> {
    pub state: PairState,
    pub document: &'a str,
    /// The path of the claim.
    pub section: &'a str,
    /// Who judged it.
    pub people: Vec<&'a str>,
    /// The claim and the key.
    pub text: &'a str,
}

const STATES: &[&str] = &["open", "stale", "conflict", "no-access", "checked", "unsettled", "all"];

impl Filter {
    /// Reads a filter; what is not understood is said.
    pub fn parse(text: &str) -> Result<Self, String> {
        let mut filter = Self::default();
        for word in text.split_whitespace() {
            let (field, value) = word.split_once(':').unwrap_or(("", word));
            let list = match field {
                "state" if STATES.contains(&value) => {
                    filter.states.push(value.to_owned());
                    continue;
                }
                "state" => return Err(format!("no state is called “{value}”; there are {}", STATES.join(", "))),
                "doc" => &mut filter.documents,
                "section" => &mut filter.sections,
                "by" => &mut filter.by,
                "not-by" => &mut filter.not_by,
                "" => &mut filter.words,
                other => return Err(format!("“{other}:” is not known; there are state: doc: section: by: not-by:")),
            };
            list.extend(Some(fold(value)).filter(|v| !v.is_empty()));
        }
        Ok(filter)
    }

    pub fn has(&self, facts: &Facts<'_>) -> bool {
        let is_state = |name: &String| match name.as_str() {
            "all" => true,
            "unsettled" => facts.state.is_unsettled(),
            name => name == facts.state.as_str(),
        };
        let state = match self.states.is_empty() {
            true => facts.state.is_unsettled(),
            false => self.states.iter().any(is_state),
        };
        let all_in = |words: &[String], text: &str| {
            let text = fold(text);
            words.iter().all(|w| text.contains(w.as_str()))
        };
        let judged_by = |name: &String| facts.people.iter().any(|p| fold(p).contains(name.as_str()));
        state
            && all_in(&self.documents, facts.document)
            && all_in(&self.sections, facts.section)
            && all_in(&self.words, facts.text)
            && self.by.iter().all(judged_by)
            && !self.not_by.iter().any(judged_by)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::review::Verdict;

    #[test]
    fn filters() {
        let facts = |state| Facts {
            state,
            document: "docs/entry.txt",
            section: "Causes > 1 > a",
            people: vec!["Ada Lovelace <a@x>"],
            text: "Early onset baker2002",
        };
        for (filter, open, checked) in [
            ("", true, false),
            ("state:all", true, true),
            ("state:checked state:stale", false, true),
            ("doc:entry section:causes onset", true, false),
            ("doc:other", false, false),
            ("by:ada", true, false),
            ("not-by:ada", false, false),
            ("by:bob", false, false),
        ] {
            let filter = Filter::parse(filter).unwrap();
            assert_eq!(filter.has(&facts(PairState::Open)), open, "{filter:?}");
            assert_eq!(filter.has(&facts(PairState::Checked(Verdict::Partly))), checked, "{filter:?}");
        }
        assert!(Filter::parse("state:odd").is_err() && Filter::parse("year:1999").is_err());
    }
}
