//! Words that tell publishers and places apart from titles. Lists help where punctuation does not; what no list
//! knows is left to the punctuation.

use std::collections::HashSet;
use std::sync::LazyLock;

use super::publication::without_year;

/// Words that only publishers have, in small letters.
pub(super) static PUBLISHER_WORDS: LazyLock<HashSet<&str>> =
    LazyLock::new(|| include_str!("words/publishers.txt").lines().collect());

/// Well-known places of publication, in small letters.
pub(super) static PLACES: LazyLock<HashSet<&str>> =
    LazyLock::new(|| include_str!("words/places.txt").lines().collect());

/// Whether a piece of text names a publisher, by a word only publishers have.
pub(super) fn is_publisher(piece: &str) -> bool {
    // Journals and meetings of publishers are none.
    const NOT: &[&str] = &[
        "journal",
        "proceedings",
        "proc",
        "conference",
        "symposium",
        "workshop",
        "transactions",
        "review",
        "meeting",
        "annals",
        "letters",
    ];
    let count = piece.split_whitespace().count();
    let lower = piece.to_lowercase();
    if lower.split(|c: char| !c.is_alphabetic()).any(|w| NOT.contains(&w)) {
        return false;
    }
    (1..=14).contains(&count)
        && piece.starts_with(char::is_uppercase)
        && piece
            .split(|c: char| c.is_whitespace() || matches!(c, ',' | '.' | '/' | '(' | ')' | '-'))
            .any(|w| !w.is_empty() && PUBLISHER_WORDS.contains(w.to_lowercase().as_str()))
}

/// What may stand behind the name of a town: "Berlin u. a.", "Frankfurt a. M.", "Freiburg i. Br.".
const BEHIND_PLACES: &[&str] = &[
    " u. a",
    " u.a",
    " et al",
    " etc",
    "/m",
    "/main",
    " a. m",
    " a.m",
    " am main",
    " i. br",
    " i.br",
    " i. breisgau",
    " a. d. saale",
    " bei hamburg",
];

/// Whether a piece of text is a well-known place of publication, or several.
pub(super) fn is_place(piece: &str) -> bool {
    let piece = without_year(piece.trim_matches(['.', ',', ' ', ')', '(']));
    if is_region(piece) {
        return true;
    }
    if !piece.starts_with(|c: char| c.is_uppercase() || !c.is_ascii()) {
        return false;
    }
    let lower = piece.to_lowercase();
    let town = BEHIND_PLACES.iter().find_map(|end| lower.strip_suffix(end)).unwrap_or(&lower);
    PLACES.contains(town)
        || [" and ", " & ", " und ", " u. ", "/", " – ", " - ", "-"]
            .iter()
            .any(|join| piece.split_once(join).is_some_and(|(a, b)| is_place(a) && is_place(b)))
}

/// Whether a piece of text is a state or a country, behind which no town follows.
pub(super) fn is_region(piece: &str) -> bool {
    const STATES: &[&str] = &[
        "AL", "AK", "AZ", "AR", "CA", "CO", "CT", "DE", "FL", "GA", "HI", "ID", "IL", "IN", "IA", "KS", "KY", "LA",
        "ME", "MD", "MA", "MI", "MN", "MS", "MO", "MT", "NE", "NV", "NH", "NJ", "NM", "NY", "NC", "ND", "OH", "OK",
        "OR", "PA", "RI", "SC", "SD", "TN", "TX", "UT", "VT", "VA", "WA", "WV", "WI", "WY", "N.J", "N.Y", "N.J.",
        "N.Y.",
    ];
    const REGIONS: &[&str] = &[
        "australia",
        "austria",
        "belgium",
        "brazil",
        "calif",
        "california",
        "canada",
        "china",
        "denmark",
        "england",
        "finland",
        "florida",
        "france",
        "germany",
        "greece",
        "hungary",
        "illinois",
        "india",
        "ireland",
        "israel",
        "italy",
        "japan",
        "massachusetts",
        "mexico",
        "netherlands",
        "new jersey",
        "norway",
        "pennsylvania",
        "poland",
        "portugal",
        "russia",
        "scotland",
        "spain",
        "sweden",
        "switzerland",
        "taiwan",
        "texas",
        "the netherlands",
        "uk",
        "u.k",
        "united kingdom",
        "united states",
        "us",
        "usa",
        "u.s.a",
        "virginia",
        "mass",
        "conn",
        "ohio",
        "michigan",
        "maryland",
        "colorado",
        "arizona",
        "oregon",
        "wisconsin",
        "indiana",
        "minnesota",
        "turkey",
        "korea",
        "south africa",
        "new zealand",
        "czech republic",
        "iran",
        "argentina",
        "chile",
    ];
    let piece = piece.trim_matches(['.', ',', ' ', ')', '(']);
    STATES.contains(&piece)
        || (piece.starts_with(char::is_uppercase) && REGIONS.contains(&piece.to_lowercase().as_str()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn publishers_and_places() {
        for (piece, publisher, place) in [
            ("Fjord University Press", true, false),
            ("Journal of the Skin Association", false, false),
            ("Oslo 1999", false, true),
            ("Berlin and Vienna", false, true),
            ("MI", false, true),
            ("Frankfurt a. M./New York", false, true),
            ("Berlin u. a.", false, true),
            ("Westdeutscher Verlag", true, false),
            ("winter", false, false),
        ] {
            assert_eq!((is_publisher(piece), is_place(piece)), (publisher, place), "{piece}");
        }
    }
}
