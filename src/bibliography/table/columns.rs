//! What a column is, by its name.

use crate::work::{DateField, Field, Role};

#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Column {
    Key,
    Kind,
    Names(Role),
    /// Names with an identifier of the database in brackets, which say more than the short ones beside them.
    FullNames,
    Date(DateField),
    Text(Field),
    FirstPage,
    LastPage,
    Custom(String),
}

/// The column of a name; case, blanks and punctuation do not matter.
pub(super) fn column(name: &str) -> Column {
    let name = name.trim();
    let folded: String = name.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect();
    let text = match folded.as_str() {
        "key" | "id" | "citationkey" | "citekey" | "bibtexkey" => return Column::Key,
        "type" | "documenttype" | "itemtype" | "publicationtype" => return Column::Kind,
        "authors" => return Column::Names(Role::Author),
        "editors" => return Column::Names(Role::Editor),
        "translators" => return Column::Names(Role::Translator),
        "authorfullnames" => return Column::FullNames,
        "year" | "date" | "publicationyear" | "publicationdate" => return Column::Date(DateField::Issued),
        "pagestart" | "firstpage" | "startpage" => return Column::FirstPage,
        "pageend" | "lastpage" | "endpage" => return Column::LastPage,
        "journal" | "sourcetitle" | "publicationtitle" | "journaltitle" | "booktitle" | "container" => {
            Field::ContainerTitle
        }
        "abbreviatedsourcetitle" | "journalabbreviation" => Field::ContainerTitleShort,
        "pages" => Field::Page,
        "artno" | "articlenumber" => Field::Number,
        "number" => Field::Number,
        "link" => Field::Url,
        "keywords" | "authorkeywords" => Field::Keyword,
        "languageoforiginaldocument" => Field::Language,
        "pubmedid" => Field::Pmid,
        "conferencename" => Field::EventTitle,
        "conferencelocation" => Field::EventPlace,
        "place" | "address" | "location" => Field::PublisherPlace,
        "series" => Field::CollectionTitle,
        "note" | "notes" => Field::Note,
        _ => return named(name, &folded),
    };
    Column::Text(text)
}

/// A variable under its name in CSL.
fn named(name: &str, folded: &str) -> Column {
    let is = |csl: &str| csl.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).eq(folded.chars());
    if let Some(field) = Field::ALL.iter().find(|f| is(f.as_str())) {
        return Column::Text(*field);
    }
    if let Some(role) = Role::ALL.iter().find(|r| is(r.as_str())) {
        return Column::Names(*role);
    }
    if let Some(date) = DateField::ALL.iter().find(|d| is(d.as_str())) {
        return Column::Date(*date);
    }
    Column::Custom(name.to_owned())
}
