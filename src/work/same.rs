//! Whether two records are of one publication.

use super::{Field, Work};
use crate::text::{fold, fold_key, similarity};

/// How two records relate.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sameness {
    Same,
    /// Alike, but not certain: a person decides.
    Possibly,
    Different,
}

/// What records of one publication share: the folded family name of the first creator and the year.
/// Candidates for [`same_work`] are looked up by it.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct MatchKey(pub String);

impl MatchKey {
    pub fn of(work: &Work) -> Self {
        let name = work.creators().first().map(|n| fold_key(&n.cited())).unwrap_or_default();
        Self(format!("{name}|{}", work.year().map(|y| y.to_string()).unwrap_or_default()))
    }
}

/// Compares two records. An identifier that both have decides; else the titles, with first creator, year, volume
/// and first page as witnesses that must not contradict.
pub fn same_work(a: &Work, b: &Work) -> Sameness {
    if let (Some(x), Some(y)) = (a.doi(), b.doi()) {
        return if x == y { Sameness::Same } else { Sameness::Different };
    }
    if let (Some(x), Some(y)) = (a.pmid(), b.pmid()) {
        return if x == y { Sameness::Same } else { Sameness::Different };
    }
    // A list that prints letters after the year tells the works apart itself.
    if let (Some(x), Some(y)) = (a.get(Field::YearSuffix), b.get(Field::YearSuffix))
        && x != y
    {
        return Sameness::Different;
    }
    let (Some(title_a), Some(title_b)) = (a.plain(Field::Title), b.plain(Field::Title)) else {
        return Sameness::Different;
    };
    let (title_a, title_b) = (fold(&title_a), fold(&title_b));
    // Long titles of different length cannot be alike; the comparison itself costs their product.
    let (short, long) = (title_a.len().min(title_b.len()), title_a.len().max(title_b.len()));
    if short == 0 || (long - short) * 10 > long * 3 || MatchKey::of(a) != MatchKey::of(b) {
        return Sameness::Different;
    }
    let alike = if title_a == title_b {
        1.0
    } else if long > 2_000 {
        0.0
    } else {
        similarity(&title_a, &title_b)
    };
    let agree = |field, first_page: bool| {
        let value = |w: &Work| {
            let v = w.get(field)?;
            let v = if first_page { v.split(['-', '–', '—']).next()? } else { v };
            Some(fold_key(v)).filter(|v| !v.is_empty())
        };
        Some(value(a)? == value(b)?)
    };
    let witnesses = [agree(Field::Volume, false), agree(Field::Page, true)];
    let contradicted = witnesses.contains(&Some(false));
    let confirmed = witnesses.contains(&Some(true));
    match alike {
        1.0 if !contradicted => Sameness::Same,
        s if s >= 0.9 && confirmed && !contradicted => Sameness::Same,
        s if s >= 0.8 => Sameness::Possibly,
        _ => Sameness::Different,
    }
}

#[cfg(test)]
mod tests {
    use super::super::{Date, DateField, Name, NameList, Role};
    use super::*;

    fn work(title: &str, year: i32, volume: &str, page: &str) -> Work {
        let mut work = Work::default();
        work.contributors.insert(Role::Author, NameList { names: vec![Name::person("Tan", "O.")], incomplete: false });
        work.dates.insert(DateField::Issued, Date::from_year(year));
        work.set(Field::Title, title);
        work.set(Field::Volume, volume);
        work.set(Field::Page, page);
        work
    }

    #[test]
    fn titles_and_witnesses() {
        let a = work("Extensive skin calcifications in an infant", 2006, "23", "235–238");
        assert_eq!(same_work(&a, &work("Extensive skin calcifications in an infant.", 2006, "", "")), Sameness::Same);
        assert_eq!(
            same_work(&a, &work("Extensive skin calcification in an infant", 2006, "23", "235-8")),
            Sameness::Same
        );
        assert_eq!(same_work(&a, &work("Extensive skin calcification in an infant", 2006, "", "")), Sameness::Possibly);
        assert_eq!(
            same_work(&a, &work("Extensive skin calcifications in an infant", 2006, "24", "1")),
            Sameness::Possibly
        );
        assert_eq!(
            same_work(&a, &work("Extensive skin calcifications in an infant", 2007, "23", "235")),
            Sameness::Different
        );
        assert_eq!(same_work(&a, &work("Another title altogether", 2006, "23", "235")), Sameness::Different);
    }

    #[test]
    fn identifiers_decide() {
        let mut a = work("One title", 2006, "", "");
        let mut b = work("Another spelling", 2007, "", "");
        a.set(Field::Doi, "10.1000/X");
        b.set(Field::Doi, "https://doi.org/10.1000/x");
        assert_eq!(same_work(&a, &b), Sameness::Same);
    }
}
