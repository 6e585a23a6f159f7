//! Classes of resources → kinds of works.

use crate::bibliography::xml::Element;
use crate::work::WorkKind::{self, *};

/// Names of classes and of Zotero's item types in lower case.
const KINDS: &[(&str, WorkKind)] = &[
    ("journalarticle", ArticleJournal),
    ("academicarticle", ArticleJournal),
    ("scholarlyarticle", ArticleJournal),
    ("medicalscholarlyarticle", ArticleJournal),
    ("magazinearticle", ArticleMagazine),
    ("newspaperarticle", ArticleNewspaper),
    ("newsarticle", ArticleNewspaper),
    ("article", ArticleJournal),
    ("preprint", Article),
    ("book", Book),
    ("editedbook", Book),
    ("proceedings", Book),
    ("collecteddocument", Book),
    ("booksection", Chapter),
    ("chapter", Chapter),
    ("conferencepaper", PaperConference),
    ("conferenceproceedings", PaperConference),
    ("encyclopediaarticle", EntryEncyclopedia),
    ("dictionaryentry", EntryDictionary),
    ("thesis", Thesis),
    ("report", Report),
    ("manuscript", Manuscript),
    ("webpage", Webpage),
    ("website", Webpage),
    ("blogpost", PostWeblog),
    ("blogposting", PostWeblog),
    ("forumpost", Post),
    ("discussionforumposting", Post),
    ("computerprogram", Software),
    ("software", Software),
    ("softwaresourcecode", Software),
    ("softwareapplication", Software),
    ("dataset", Dataset),
    ("data", Dataset),
    ("patent", Patent),
    ("standard", Standard),
    ("map", Map),
    ("film", MotionPicture),
    ("movie", MotionPicture),
    ("motionpicture", MotionPicture),
    ("videorecording", MotionPicture),
    ("audiovisualdocument", MotionPicture),
    ("tvbroadcast", Broadcast),
    ("radiobroadcast", Broadcast),
    ("podcast", Broadcast),
    ("audiorecording", Song),
    ("recording", Song),
    ("audiodocument", Song),
    ("musicrecording", Song),
    ("artwork", Graphic),
    ("image", Graphic),
    ("illustration", Graphic),
    ("visualartwork", Graphic),
    ("letter", PersonalCommunication),
    ("email", PersonalCommunication),
    ("instantmessage", PersonalCommunication),
    ("personalcommunicationdocument", PersonalCommunication),
    ("interview", Interview),
    ("presentation", Speech),
    ("slideshow", Speech),
    ("presentationdigitaldocument", Speech),
    ("case", LegalCase),
    ("courtreporter", LegalCase),
    ("legalcasedocument", LegalCase),
    ("statute", Legislation),
    ("legislation", Legislation),
    ("bill", Bill),
    ("hearing", Hearing),
    ("treaty", Treaty),
    ("journal", Periodical),
    ("periodical", Periodical),
    ("magazine", Periodical),
    ("newspaper", Periodical),
    ("document", Document),
    ("creativework", Document),
];

/// The names of a resource's class, the most telling first: what Zotero calls it, its types, its element.
pub(super) fn names(resource: &Element) -> Vec<String> {
    let stated = resource.all("itemType").map(Element::text);
    let types = resource.all("type").filter_map(|t| t.attribute("resource")).map(|uri| last(uri).to_owned());
    stated.chain(types).chain([resource.name.clone()]).map(|name| name.to_lowercase()).collect()
}

/// What an address ends with.
pub(super) fn last(address: &str) -> &str {
    address.trim_end_matches('/').rsplit(['/', '#']).next().unwrap_or(address)
}

pub(super) fn kind(resource: &Element) -> WorkKind {
    let of = |name: &String| {
        KINDS.iter().find(|(known, _)| known == name).map(|(_, kind)| *kind).or_else(|| WorkKind::from_csl(name))
    };
    names(resource).iter().find_map(of).unwrap_or_default()
}

/// Whether a class is of what others are part of.
pub(super) fn is_container(name: &str) -> bool {
    matches!(
        name,
        "journal"
            | "periodical"
            | "magazine"
            | "newspaper"
            | "issue"
            | "series"
            | "bookseries"
            | "publicationissue"
            | "publicationvolume"
            | "website"
            | "collection"
            | "multivolumebook"
    )
}

/// Whether a whole is a series of books.
pub(super) fn is_series(resource: &Element) -> bool {
    names(resource).iter().any(|name| matches!(name.as_str(), "series" | "bookseries" | "multivolumebook"))
}

/// Whether a class is of something that is no work.
pub(super) fn is_no_work(name: &str) -> bool {
    matches!(
        name,
        "attachment"
            | "memo"
            | "note"
            | "annotation"
            | "collection"
            | "useritem"
            | "person"
            | "organization"
            | "conference"
            | "event"
            | "issue"
            | "publicationissue"
            | "publicationvolume"
            | "concept"
    )
}
