//! Who did what for a work: fields 100–111, 700–720, and what the statement of responsibility says of them.

use super::{Field, bare};
use crate::bibliography::draft::{self, Draft, Unmarked};
use crate::bibliography::xml::mods::role_of_relator;
use crate::work::{Field as Variable, Name, PersonName, Role, Work};

/// Adds everybody whom a record names. `statement` is what the title page says of them.
pub(super) fn add(work: &mut Work, fields: &[Field], statement: &str) {
    let people = |field: &&Field| matches!(field.tag.as_str(), "100" | "110" | "111" | "700" | "710" | "711" | "720");
    for field in fields.iter().filter(people) {
        // A name with a title is that of another work.
        if !field.get('t').is_empty() {
            continue;
        }
        if field.tag.ends_with("11") {
            work.first(Variable::EventTitle, bare(field.get('a')));
            work.first(Variable::EventPlace, bare(field.get('c')));
            continue;
        }
        let name = name(field);
        if let Some(role) = role(field, &name, statement)
            && !work.names(role).contains(&name)
        {
            work.name(role, name);
        }
    }
}

fn name(field: &Field) -> Name {
    let text = bare(field.get('a'));
    if field.tag.ends_with("10") {
        let parts: Vec<&str> = [text].into_iter().chain(field.all('b').map(bare)).collect();
        return Name::literal(parts.iter().map(|p| p.trim_end_matches('.')).collect::<Vec<_>>().join(". "));
    }
    let is_personal = field.tag != "720" || field.indicators[0] == '1';
    // A forename alone, or the name of a family.
    if !is_personal || matches!(field.indicators[0], '0' | '3') && !text.contains(',') {
        return Name::literal([text, bare(field.get('b'))].join(" ").trim());
    }
    match draft::name(draft::without_stop(text), Unmarked::Literal) {
        Name::Person(person) => {
            let generation = bare(field.get('c'));
            let is_suffix = matches!(generation.trim_end_matches('.'), "Jr" | "Sr" | "II" | "III" | "IV");
            let suffix = person.suffix.or_else(|| is_suffix.then(|| generation.to_owned()));
            Name::Person(PersonName { suffix, ..person })
        }
        name => name,
    }
}

/// `None` for who published the work, since that is said elsewhere.
fn role(field: &Field, name: &Name, statement: &str) -> Option<Role> {
    // A code may be given as the last part of an address.
    let codes = field.all('4').map(|code| code.rsplit('/').next().unwrap_or(code));
    let terms: Vec<String> =
        codes.chain(field.all('e')).map(|t| bare(t).trim_end_matches('.').to_lowercase()).collect();
    if let Some(role) = terms.iter().find_map(|term| role_of_relator(term).or_else(|| role_of_word(term))) {
        return Some(role);
    }
    if !terms.is_empty() {
        let publishes =
            |t: &String| matches!(t.as_str(), "pbl" | "dst" | "prt" | "publisher" | "distributor" | "verlag");
        return (!terms.iter().all(publishes)).then_some(Role::Contributor);
    }
    if field.tag.starts_with('1') {
        return Some(Role::Author);
    }
    if field.tag == "710" {
        return Some(Role::Contributor);
    }
    let Name::Person(PersonName { family, .. }) = name else { return Some(Role::Author) };
    if statement.is_empty() {
        return Some(Role::Author);
    }
    // Semicolons separate what different people did.
    let Some(part) = statement.split(';').find(|part| part.contains(family.as_str())) else {
        return Some(Role::Contributor);
    };
    Some(part.to_lowercase().split_whitespace().find_map(role_of_word).unwrap_or(Role::Author))
}

/// What somebody did, by a word of a title page or of a catalogue, in the languages of large catalogues.
fn role_of_word(word: &str) -> Option<Role> {
    let word = word.trim_matches(|c: char| !c.is_alphanumeric());
    const WORDS: &[(&str, Role)] = &[
        ("edited", Role::Editor),
        ("editor", Role::Editor),
        ("editors", Role::Editor),
        ("ed", Role::Editor),
        ("eds", Role::Editor),
        ("hrsg", Role::Editor),
        ("hg", Role::Editor),
        ("herausgegeben", Role::Editor),
        ("herausgeber", Role::Editor),
        ("herausgeberin", Role::Editor),
        ("éd", Role::Editor),
        ("éditeur", Role::Editor),
        ("cura", Role::Editor),
        ("curatore", Role::Editor),
        ("editado", Role::Editor),
        ("redactie", Role::Editor),
        ("verfasser", Role::Author),
        ("verfasserin", Role::Author),
        ("auteur", Role::Author),
        ("autor", Role::Author),
        ("autore", Role::Author),
        ("joint author", Role::Author),
        ("translated", Role::Translator),
        ("translator", Role::Translator),
        ("trans", Role::Translator),
        ("übersetzt", Role::Translator),
        ("übersetzer", Role::Translator),
        ("übersetzerin", Role::Translator),
        ("traduit", Role::Translator),
        ("traducteur", Role::Translator),
        ("traducción", Role::Translator),
        ("traduzione", Role::Translator),
        ("illustrated", Role::Illustrator),
        ("illustrations", Role::Illustrator),
        ("illustrator", Role::Illustrator),
    ];
    WORDS.iter().find(|(known, _)| *known == word).map(|(_, role)| *role)
}
