//! A pattern and a work → a key.

use super::filters::{capitalized, is_small, without_punctuation};
use super::parse::{Function, Part, Pattern, Value};
use crate::bibliography::bibtex::is_key;
use crate::text::plain_letters;
use crate::work::{Date, DateEnd, DateField, DatePoint, Field, Month, Name, Work};

impl Pattern {
    /// The key the pattern makes for a work: without accents, blanks and what no key can hold. Empty when the work has
    /// nothing of what the pattern asks for.
    pub fn key(&self, work: &Work) -> String {
        let raw = plain_letters(&self.value(work));
        raw.chars()
            .filter(|c| is_key(c.encode_utf8(&mut [0; 4])) && !matches!(c, '\'' | '’' | '‘' | '“' | '”' | '|' | '`'))
            .collect()
    }

    fn value(&self, work: &Work) -> String {
        let parts = |parts: &Vec<Part>| -> String { parts.iter().map(|part| part.value(work)).collect() };
        self.alternatives.iter().map(parts).find(|value| !value.trim().is_empty()).unwrap_or_default()
    }
}

impl Part {
    fn value(&self, work: &Work) -> String {
        let value = match &self.value {
            Value::Literal(text) => text.clone(),
            Value::Group(pattern) => pattern.value(work),
            Value::Call(function) => function.value(work),
        };
        self.filters.iter().fold(value, |text, filter| filter.apply(&text))
    }
}

impl Function {
    fn value(&self, work: &Work) -> String {
        let names: Vec<String> = work.creators().iter().map(family).collect();
        let first = |text: &str, n: usize| text.chars().take(n).collect::<String>();
        let plain = |field| work.plain(field).map(|t| t.into_owned()).unwrap_or_default();
        match self {
            Self::Auth { letters, nth } => names.get(nth - 1).map(|n| first(n, *letters)).unwrap_or_default(),
            Self::Authors(n) => {
                let more = names.len() > *n;
                names.iter().take(*n).map(String::as_str).chain(more.then_some("EtAl")).collect()
            }
            Self::AuthEtAl => match &names[..] {
                [] => String::new(),
                [one] => one.clone(),
                [one, two] => format!("{one}{two}"),
                [one, ..] => format!("{one}EtAl"),
            },
            Self::AuthorsAlpha => match &names[..] {
                [] => String::new(),
                [one] => first(one, 3),
                some if some.len() <= 4 => some.iter().map(|n| first(n, 1)).collect(),
                many => many.iter().take(3).map(|n| first(n, 1)).chain(["+".to_owned()]).collect(),
            },
            Self::AuthIni(n) => names.iter().map(|name| first(name, *n)).collect(),
            Self::Title => plain(Field::Title),
            Self::ShortTitle { words, capitals } => short_title(&plain(Field::Title), *words, *capitals),
            Self::Year => work.year().map(|y| y.to_string()).unwrap_or_default(),
            Self::ShortYear => work.year().map(|y| format!("{:02}", y.rem_euclid(100))).unwrap_or_default(),
            Self::Month => match issued(work).and_then(|p| p.month) {
                Some(Month::Calendar(month)) => format!("{month:02}"),
                _ => String::new(),
            },
            Self::Day => issued(work).and_then(|p| p.day).map(|d| format!("{d:02}")).unwrap_or_default(),
            Self::Journal => plain(Field::ContainerTitle),
            Self::ShortJournal => Some(plain(Field::ContainerTitleShort))
                .filter(|t| !t.is_empty())
                .unwrap_or_else(|| plain(Field::ContainerTitle)),
            Self::Volume => plain(Field::Volume),
            Self::Issue => plain(Field::Issue),
            Self::FirstPage => page(&plain(Field::Page), false),
            Self::LastPage => page(&plain(Field::Page), true),
            Self::Edition => plain(Field::Edition),
            Self::Publisher => plain(Field::Publisher),
            Self::Doi => work.doi().map(|d| d.to_string()).unwrap_or_default(),
            Self::Type => work.kind.to_string(),
            Self::Keyword(n) => {
                let keywords = plain(Field::Keyword);
                keywords.split([',', ';']).nth(n - 1).map(|k| k.trim().to_owned()).unwrap_or_default()
            }
            Self::Key => work.key.clone(),
            Self::Field(name) => {
                let csl = Field::ALL.iter().find(|f| f.as_str().eq_ignore_ascii_case(name));
                let own = || work.custom.iter().find(|(n, _)| n.eq_ignore_ascii_case(name)).map(|(_, v)| v.clone());
                csl.map(|f| plain(*f)).filter(|v| !v.is_empty()).or_else(own).unwrap_or_default()
            }
        }
    }
}

/// The family name with its particle, in one word.
fn family(name: &Name) -> String {
    let cited = name.cited();
    without_punctuation(&cited, true).split_whitespace().collect()
}

fn short_title(title: &str, words: usize, capitals: usize) -> String {
    // "l'eau" is two words, "state-of-the-art" one.
    let parted = title.replace(['\'', '’', '/', '—', '–', ':'], " ");
    let words = parted.split_whitespace().filter(|w| !is_small(w)).take(words);
    words
        .enumerate()
        .map(|(i, word)| {
            let word = without_punctuation(word, false);
            if i < capitals { capitalized(&word) } else { word }
        })
        .collect()
}

fn issued(work: &Work) -> Option<&DatePoint> {
    match work.dates.get(&DateField::Issued)? {
        Date::Point(point) | Date::Range { start: DateEnd::Date(point), .. } => Some(point),
        _ => None,
    }
}

fn page(pages: &str, last: bool) -> String {
    let mut numbers = pages.split(|c: char| !c.is_alphanumeric()).filter(|n| !n.is_empty());
    let number = if last { numbers.next_back() } else { numbers.next() };
    number.unwrap_or_default().to_owned()
}

#[cfg(test)]
mod tests {
    use crate::bibliography::bibtex::read_text;
    use crate::bibliography::key_pattern::{DEFAULT, Pattern};

    fn key(pattern: &str) -> String {
        let bib = "@article{old, author = {van der Hólm, Ada and O'Berg, Bo and Lind, C.}, title = {On the {DNA} of island-hopping: l'eau}, \
            journal = {Journal of Ferry Science}, year = 2004, month = may, volume = 12, pages = {34--56}, keywords = {sea, tide}, file = {x y}}";
        pattern.parse::<Pattern>().unwrap().key(&read_text(bib).works[0])
    }

    #[test]
    fn patterns() {
        for (pattern, expected) in [
            (DEFAULT, "vanderholm2004"),
            ("auth.lower + year", "vanderholm2004"),
            ("auth(3) + shortyear", "van04"),
            ("auth(4,2).upper + '_' + year", "OBER_2004"),
            ("authEtAl + year", "vanderHolmEtAl2004"),
            ("authors(2)", "vanderHolmOBergEtAl"),
            ("authorsAlpha + shortyear", "vOL04"),
            ("authIni(2)", "vaOBLi"),
            ("title.skipwords.select(1,1)", "DNA"),
            ("title.nopunct.lower.condense('-')", "on-the-dna-of-island-hopping-leau"),
            ("title.clean.capitalize", "OnTheDNAOfIslandhoppingLeau"),
            ("shorttitle(2,2)", "DNAIslandhopping"),
            ("veryshorttitle.lower", "dna"),
            ("journal.abbr + volume + ':' + firstpage", "JoFS12:34"),
            ("journal.skipwords.abbr", "JFS"),
            ("auth.prefix('by-') + publisher.postfix('!') + day", "by-vanderHolm"),
            ("(publisher | journal.select(3)) + month", "FerryScience05"),
            ("publisher | day | keyword(2)", "tide"),
            ("publisher + day", ""),
            ("key + lastpage.substring(1,1)", "old5"),
            ("type.replace('-journal', '')", "article"),
            ("field('file') + field(\"volume\")", "xy12"),
            ("'a b,{c}'", "abc"),
        ] {
            assert_eq!(key(pattern), expected, "{pattern}");
        }
    }

    #[test]
    fn works_that_say_little() {
        let works =
            read_text("@misc{a, title = {Über den Wolken}}@misc{b, editor = {Berg, Bo}, year = 1999}@misc{c}").works;
        let pattern: Pattern = DEFAULT.parse().unwrap();
        let keys: Vec<String> = works.iter().map(|w| pattern.key(w)).collect();
        assert_eq!(keys, ["wolkennd", "berg1999", "anonnd"]);
    }
}
