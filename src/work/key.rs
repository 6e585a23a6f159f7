//! Citation keys.

use super::{Field, Work};
use crate::text::fold_key;

/// The key a work gets before collisions are looked at: first creator's family name and year, folded to ASCII
/// ("marzano1999", with the printed letter "jones2003b"); without a creator the first long word of the title, without a year "nd".
pub fn base_key(work: &Work) -> String {
    let ascii = |s: &str| fold_key(s).chars().filter(char::is_ascii_alphanumeric).collect::<String>();
    let name = work.creators().first().map(|n| ascii(&n.cited())).filter(|s| !s.is_empty());
    let title_word = || work.plain(Field::Title)?.split_whitespace().map(ascii).find(|w| w.len() > 3);
    let stem = name.or_else(title_word).unwrap_or_else(|| "anon".to_owned());
    // Names of bodies may be sentences.
    let stem: String = stem.chars().take(24).collect();
    match work.year() {
        Some(year) => {
            let letter = work.get(Field::YearSuffix).map(ascii).unwrap_or_default().to_lowercase();
            format!("{stem}{year}{letter}")
        }
        None => format!("{stem}nd"),
    }
}

#[cfg(test)]
mod tests {
    use super::super::{Date, DateField, Name, NameList, Role};
    use super::*;

    #[test]
    fn keys() {
        let mut work = Work::default();
        assert_eq!(base_key(&work), "anonnd");
        work.set(Field::Title, "On the Origin of Species");
        assert_eq!(base_key(&work), "originnd");
        work.contributors
            .insert(Role::Author, NameList { names: vec![Name::person("Bécuwe", "C.")], incomplete: true });
        work.dates.insert(DateField::Issued, Date::from_year(2004));
        assert_eq!(base_key(&work), "becuwe2004");
        work.set(Field::YearSuffix, "b");
        assert_eq!(base_key(&work), "becuwe2004b");
    }
}
