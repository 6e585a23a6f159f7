//! The texts of works that are at hand: passages for a claim, and whether quotes stand in them.

use std::cell::RefCell;
use std::collections::HashMap;
use std::rc::Rc;

use super::anchor::Finder;
use crate::project::{Attachment, Project, ProjectError, Store};
use crate::review::{Passage, QuoteState, RecordId, SourceText, Standing};
use crate::work::{Field, Work};

/// The attached texts and abstracts of the works of a project; a text is read when first asked for.
#[derive(Debug)]
pub struct Sources<'a> {
    project: Option<&'a Project>,
    attached: HashMap<String, Vec<Attachment>>,
    read: RefCell<HashMap<String, Rc<Vec<Text>>>>,
}

/// A text of a work.
#[derive(Debug)]
pub struct Text {
    /// The file in the project, or "abstract".
    pub name: String,
    pub text: SourceText,
    is_whole: bool,
}

/// A passage of a text.
#[derive(Debug, Clone, PartialEq)]
pub struct Evidence {
    /// The file in the project, or "abstract".
    pub source: String,
    pub passage: Passage,
}

impl<'a> Sources<'a> {
    /// The texts of a project; none without one.
    pub fn new(store: &Store, project: Option<&'a Project>) -> Result<Self, ProjectError> {
        let mut attached: HashMap<String, Vec<Attachment>> = HashMap::new();
        let mut finder = Finder::new(store);
        for attachment in project.map(Project::attachments).transpose()?.unwrap_or_default() {
            if let Some(key) = finder.work(&attachment.work)? {
                attached.entry(key).or_default().push(attachment);
            }
        }
        Ok(Self { project, attached, read: RefCell::default() })
    }

    /// The texts of a work: what was attached, then its abstract.
    pub fn texts(&self, work: &Work) -> Result<Rc<Vec<Text>>, ProjectError> {
        if let Some(texts) = self.read.borrow().get(&work.key) {
            return Ok(texts.clone());
        }
        let mut texts = Vec::new();
        if let Some(project) = self.project {
            for attachment in self.attached.get(&work.key).into_iter().flatten() {
                if let Some(text) = project.source_text(attachment)? {
                    texts.push(Text { name: attachment.file.clone(), text, is_whole: true });
                }
            }
        }
        if let Some(text) = work.plain(Field::Abstract).filter(|a| !a.trim().is_empty()) {
            texts.push(Text { name: "abstract".to_owned(), text: SourceText::of_abstract(&text), is_whole: false });
        }
        let texts = Rc::new(texts);
        self.read.borrow_mut().insert(work.key.clone(), texts.clone());
        Ok(texts)
    }

    /// The sentences of a work's texts that speak most of a claim, at most so many of each text, best first.
    pub fn passages(&self, work: &Work, claim: &str, most: usize) -> Result<Vec<Evidence>, ProjectError> {
        let texts = self.texts(work)?;
        let found = texts.iter().flat_map(|text| {
            let passages = text.text.passages(claim, most).into_iter();
            passages.map(|passage| Evidence { source: text.name.clone(), passage })
        });
        Ok(found.collect())
    }

    /// Whether a quote stands in what is at hand of a work. An abstract can verify a quote, but not refute it.
    pub fn quote(&self, work: &Work, quote: &str) -> Result<QuoteState, ProjectError> {
        let texts = self.texts(work)?;
        Ok(if texts.iter().any(|t| t.text.has(quote)) {
            QuoteState::Verified
        } else if texts.iter().any(|t| t.is_whole) {
            QuoteState::NotFound
        } else {
            QuoteState::Unread
        })
    }

    /// What is known of the quotes of a work's verdicts, by the verdict's record.
    pub fn quotes(&self, work: &Work, standing: &Standing) -> Result<HashMap<RecordId, QuoteState>, ProjectError> {
        let quoted = standing.opinions.iter().filter_map(|o| Some((&o.record.id, o.judgement.quote.as_ref()?)));
        quoted.map(|(id, quote)| Ok((id.clone(), self.quote(work, quote)?))).collect()
    }
}
