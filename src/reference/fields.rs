//! The fields of a printed reference as programs read them.

use serde::{Deserialize, Serialize};

use crate::work::{DateField, Field, Name, Role, Work};

/// What is printed, under short names; what is not printed is absent.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct PrintedFields {
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub authors: Vec<PrintedName>,
    /// The printed author list says itself that it is incomplete.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub et_al: bool,
    /// Without the letter that tells works of one year apart.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub year: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub title: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub container: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub volume: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub issue: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub pages: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub publisher: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub place: Option<String>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub editor: Vec<PrintedName>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub doi: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub url: Option<String>,
    /// The kind of publication, under its CSL name.
    #[serde(rename = "type", default, skip_serializing_if = "Option::is_none")]
    pub kind: Option<String>,
}

/// A name of a printed reference.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(untagged)]
pub enum PrintedName {
    Person {
        /// With the particle that belongs to it.
        family: String,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        given: Option<String>,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        suffix: Option<String>,
    },
    /// A body, or a name that was not taken apart.
    Literal { literal: String },
}

impl From<&Name> for PrintedName {
    fn from(name: &Name) -> Self {
        match name {
            Name::Person(p) => Self::Person { family: name.cited(), given: p.given.clone(), suffix: p.suffix.clone() },
            Name::Literal { literal } => Self::Literal { literal: literal.clone() },
        }
    }
}

impl From<&Work> for PrintedFields {
    fn from(work: &Work) -> Self {
        let names = |role| work.names(role).iter().map(PrintedName::from).collect();
        // A record of a bibliography may hold inline markup.
        let text = |field| work.plain(field).map(std::borrow::Cow::into_owned);
        Self {
            authors: names(Role::Author),
            et_al: work.contributors.get(&Role::Author).is_some_and(|list| list.incomplete),
            year: work.dates.get(&DateField::Issued).and_then(|date| date.year()).map(|year| year.to_string()),
            title: text(Field::Title),
            container: text(Field::ContainerTitle),
            volume: text(Field::Volume),
            issue: text(Field::Issue),
            pages: text(Field::Page),
            publisher: text(Field::Publisher),
            place: text(Field::PublisherPlace),
            editor: names(Role::Editor),
            doi: text(Field::Doi),
            url: text(Field::Url),
            kind: Some(work.kind.as_str().to_owned()),
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::reference::parse;

    use super::*;

    #[test]
    fn as_json() {
        let parsed = parse("van Roe, A., Zay, B., Jr., et al. (2004a). Skin in winter. Skin, 21, 483–485.");
        let json = serde_json::to_string(&PrintedFields::from(&parsed.work)).expect("serialisable");
        assert_eq!(
            json,
            r#"{"authors":[{"family":"van Roe","given":"A."},{"family":"Zay","given":"B.","suffix":"Jr."}],"et_al":true,"year":"2004","title":"Skin in winter","container":"Skin","volume":"21","pages":"483–485","type":"article-journal"}"#
        );
    }
}
