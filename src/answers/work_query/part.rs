//! Parts of a work by the names that people use for them.

use crate::text::similarity;
use crate::work::{DateField, Field, Name, Role, Work};

/// What of a work a condition looks at.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Part {
    Key,
    Kind,
    Names(Role),
    AnyName,
    Field(Field),
    Date(DateField),
}

/// Names besides those of CSL.
const USUAL: &[(&str, Part)] = &[
    ("key", Part::Key),
    ("type", Part::Kind),
    ("kind", Part::Kind),
    ("name", Part::AnyName),
    ("journal", Part::Field(Field::ContainerTitle)),
    ("container", Part::Field(Field::ContainerTitle)),
    ("booktitle", Part::Field(Field::ContainerTitle)),
    ("number", Part::Field(Field::Issue)),
    ("pages", Part::Field(Field::Page)),
    ("keywords", Part::Field(Field::Keyword)),
    ("place", Part::Field(Field::PublisherPlace)),
    ("series", Part::Field(Field::CollectionTitle)),
    ("year", Part::Date(DateField::Issued)),
    ("date", Part::Date(DateField::Issued)),
];

impl Part {
    /// A part by its name: the usual one, or CSL's.
    pub fn of(name: &str) -> Option<Self> {
        let name = name.to_ascii_lowercase();
        let usual = USUAL.iter().find(|(usual, _)| *usual == name).map(|(_, part)| *part);
        let is = |csl: &str| csl.eq_ignore_ascii_case(&name);
        let field = || Field::ALL.iter().find(|f| is(f.as_str())).map(|f| Self::Field(*f));
        let role = || Role::ALL.iter().find(|r| is(r.as_str())).map(|r| Self::Names(*r));
        let date = || DateField::ALL.iter().find(|d| is(d.as_str())).map(|d| Self::Date(*d));
        usual.or_else(field).or_else(role).or_else(date)
    }

    /// The name of a part that is written like this one.
    pub fn similar(name: &str) -> Option<&'static str> {
        let name = name.to_ascii_lowercase();
        let usual = USUAL.iter().map(|(usual, _)| *usual);
        let csl = Field::ALL.iter().map(|f| f.as_str()).chain(Role::ALL.iter().map(|r| r.as_str()));
        let asked = ["has", "no", "cited"];
        let scored = usual.chain(csl).chain(asked).map(|known| (similarity(&known.to_ascii_lowercase(), &name), known));
        // Of equals the usual name, which comes first.
        let best = scored.fold((0.0, ""), |best, one| if one.0 > best.0 { one } else { best });
        (best.0 >= 0.6).then_some(best.1)
    }

    /// What a work says there, if anything.
    pub fn text(self, work: &Work) -> Option<String> {
        let list = |role: &Role| work.names(*role).iter().map(whole_name).collect::<Vec<_>>();
        let text = match self {
            Self::Key => work.key.clone(),
            Self::Kind => work.kind.to_string(),
            Self::Field(field) => work.plain(field)?.into_owned(),
            Self::Date(field) => work.dates.get(&field)?.to_string(),
            Self::Names(role) => list(&role).join(" "),
            Self::AnyName => work.contributors.keys().flat_map(list).collect::<Vec<_>>().join(" "),
        };
        Some(text).filter(|text| !text.is_empty())
    }
}

fn whole_name(name: &Name) -> String {
    match name {
        Name::Person(person) => format!("{} {}", name.cited(), person.given.as_deref().unwrap_or_default()),
        Name::Literal { literal } => literal.clone(),
    }
}
