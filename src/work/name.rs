//! Contributors: persons and bodies, with the parts of names that sorting and abbreviation need.

use serde::{Deserialize, Serialize};

use super::kind::csl_names;

csl_names! {
    /// What a contributor did: the name variables of CSL 1.0.2, and the further roles of biblatex.
    Role {
        Author = "author",
        Editor = "editor",
        Translator = "translator",
        Chair = "chair",
        CollectionEditor = "collection-editor",
        Compiler = "compiler",
        Composer = "composer",
        ContainerAuthor = "container-author",
        Contributor = "contributor",
        Curator = "curator",
        Director = "director",
        EditorialDirector = "editorial-director",
        EditorTranslator = "editor-translator",
        ExecutiveProducer = "executive-producer",
        Guest = "guest",
        Host = "host",
        Illustrator = "illustrator",
        Interviewer = "interviewer",
        Narrator = "narrator",
        Organizer = "organizer",
        OriginalAuthor = "original-author",
        Performer = "performer",
        Producer = "producer",
        Recipient = "recipient",
        ReviewedAuthor = "reviewed-author",
        ScriptWriter = "script-writer",
        SeriesCreator = "series-creator",
        Afterword = "afterword",
        Annotator = "annotator",
        Commentator = "commentator",
        Foreword = "foreword",
        Holder = "holder",
        Introduction = "introduction",
    }
}

/// Names in one role.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct NameList {
    pub names: Vec<Name>,
    /// The list says itself that there are more ("et al.", "and others").
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub incomplete: bool,
}

/// A contributor.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(untagged)]
pub enum Name {
    Person(PersonName),
    /// A body, or a name that is not to be taken apart.
    Literal {
        literal: String,
    },
}

impl Name {
    /// A name that is not to be taken apart.
    pub fn literal(name: impl Into<String>) -> Self {
        Self::Literal { literal: name.into() }
    }

    /// A person by family and given name; an empty given name means none is known.
    pub fn person(family: impl Into<String>, given: impl Into<String>) -> Self {
        let given = given.into();
        Self::Person(PersonName {
            family: family.into(),
            given: (!given.is_empty()).then_some(given),
            ..PersonName::default()
        })
    }

    /// The name under which a citation mentions the contributor: the family name with the particle that belongs
    /// to it, or the whole name of a body.
    pub fn cited(&self) -> String {
        match self {
            Self::Person(p) => match &p.non_dropping_particle {
                Some(particle) => format!("{particle} {}", p.family),
                None => p.family.clone(),
            },
            Self::Literal { literal } => literal.clone(),
        }
    }
}

/// The parts of a personal name, after CSL 1.0.2 ("Name particles") and the extended name format of biblatex.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub struct PersonName {
    pub family: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub given: Option<String>,
    /// "de" of "Honoré de Balzac": left out where the family name stands alone.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub dropping_particle: Option<String>,
    /// "van" of "Vincent van Gogh": kept with the family name.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub non_dropping_particle: Option<String>,
    /// "Jr.", "III".
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub suffix: Option<String>,
    /// The suffix is set off with a comma ("Smith, Jr.").
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub comma_suffix: bool,
    /// The family name always stands first (Chinese, Hungarian, …).
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub static_ordering: bool,
}
