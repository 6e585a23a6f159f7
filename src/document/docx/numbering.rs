//! The numbers that a word processor prints before the items of lists (ECMA-376, part 1, 17.9).

use std::collections::HashMap;

use super::super::markup::{NodeId, Tree};
use super::styles::ListPlace;

const LEVELS: usize = 9;

/// What is printed before an item.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Label {
    /// The item's own number without punctuation, "b", and all that is printed, "1.b)".
    Number {
        own: String,
        printed: String,
    },
    Bullet,
    /// Nothing: the paragraph goes on in the item before it.
    Nothing,
}

#[derive(Debug, Clone)]
struct Level {
    start: u32,
    format: String,
    text: String,
    /// The level whose next item makes this one begin again, from 1; 0 is none.
    restart: Option<usize>,
}

#[derive(Debug, Default)]
struct Definition {
    levels: [Option<Level>; LEVELS],
    /// The style whose list it is.
    style: Option<String>,
    /// The style of the list that it stands for.
    link: Option<String>,
}

#[derive(Debug, Default)]
struct Instance {
    definition: String,
    starts: [Option<u32>; LEVELS],
}

/// The lists of a document and how far they are counted.
#[derive(Debug, Default)]
pub(super) struct Numbering {
    definitions: HashMap<String, Definition>,
    instances: HashMap<String, Instance>,
    counts: HashMap<String, [Option<u32>; LEVELS]>,
    begun: std::collections::HashSet<String>,
}

impl Numbering {
    pub fn read(tree: &Tree) -> Self {
        let mut numbering = Self::default();
        let Some(root) = tree.find(Tree::ROOT, "numbering") else { return numbering };
        let value = |node: NodeId, name: &str| tree.child(node, name).and_then(|c| tree.attribute(c, "val"));
        for &node in tree.children(root) {
            match tree.name(node) {
                "abstractNum" => {
                    let mut definition = Definition {
                        style: value(node, "styleLink").map(str::to_owned),
                        link: value(node, "numStyleLink").map(str::to_owned),
                        ..Definition::default()
                    };
                    for &level in tree.children(node).iter().filter(|&&c| tree.name(c) == "lvl") {
                        let place = tree.attribute(level, "ilvl").and_then(|v| v.parse::<usize>().ok());
                        if let Some(slot) = place.and_then(|p| definition.levels.get_mut(p)) {
                            *slot = Some(Level {
                                start: value(level, "start").and_then(|v| v.parse().ok()).unwrap_or(1),
                                format: value(level, "numFmt").unwrap_or("decimal").to_owned(),
                                text: value(level, "lvlText").unwrap_or_default().to_owned(),
                                restart: value(level, "lvlRestart").and_then(|v| v.parse().ok()),
                            });
                        }
                    }
                    let id = tree.attribute(node, "abstractNumId").unwrap_or_default();
                    numbering.definitions.insert(id.to_owned(), definition);
                }
                "num" => {
                    let definition = value(node, "abstractNumId").unwrap_or_default().to_owned();
                    let mut instance = Instance { definition, ..Instance::default() };
                    for &change in tree.children(node).iter().filter(|&&c| tree.name(c) == "lvlOverride") {
                        let place = tree.attribute(change, "ilvl").and_then(|v| v.parse::<usize>().ok());
                        if let Some(slot) = place.and_then(|p| instance.starts.get_mut(p)) {
                            *slot = value(change, "startOverride").and_then(|v| v.parse().ok());
                        }
                    }
                    numbering.instances.insert(tree.attribute(node, "numId").unwrap_or_default().to_owned(), instance);
                }
                _ => {}
            }
        }
        numbering
    }

    /// The id of the definition behind an instance, through the style that it may stand for.
    fn definition_of(&self, instance: &Instance) -> Option<String> {
        let definition = self.definitions.get(&instance.definition)?;
        match &definition.link {
            None => Some(instance.definition.clone()),
            Some(link) => {
                let by_style = self.definitions.iter().filter(|(_, d)| d.style.as_ref() == Some(link));
                by_style.map(|(id, _)| id.clone()).min()
            }
        }
    }

    /// Counts an item and says what is printed before it; `None` when the document defines no such list.
    pub fn next(&mut self, place: &ListPlace) -> Option<Label> {
        let instance = self.instances.get(&place.number)?;
        let id = self.definition_of(instance)?;
        let definition = self.definitions.get(&id)?;
        let at = place.level.min(LEVELS - 1);
        let level = definition.levels[at].as_ref()?;
        let counts = self.counts.entry(id).or_default();
        if self.begun.insert(place.number.clone()) {
            // A list that is to begin again does so with its first item.
            for (count, start) in counts.iter_mut().zip(&instance.starts) {
                *count = start.map_or(*count, |s| s.checked_sub(1));
                if *start == Some(0) {
                    *count = None;
                }
            }
        }
        let first = instance.starts[at].unwrap_or(level.start);
        counts[at] = Some(counts[at].map_or(first, |c| c.saturating_add(1)));
        for (deeper, count) in counts.iter_mut().enumerate().skip(at + 1) {
            let restart = definition.levels[deeper].as_ref().and_then(|l| l.restart);
            if restart.is_none_or(|r| r > at) {
                *count = None;
            }
        }
        if matches!(level.format.as_str(), "bullet" | "none") {
            let blank = level.text.trim().is_empty();
            return Some(if blank { Label::Nothing } else { Label::Bullet });
        }
        let own = formatted(counts[at].unwrap_or(first), &level.format);
        let mut printed = level.text.clone();
        for (i, other) in definition.levels.iter().enumerate().take(at + 1) {
            if let Some(other) = other {
                let number = formatted(counts[i].unwrap_or(other.start), &other.format);
                printed = printed.replace(&format!("%{}", i + 1), &number);
            }
        }
        if level.text.is_empty() {
            return Some(Label::Nothing);
        }
        Some(Label::Number { own, printed })
    }
}

/// A number in a format of 17.18.59; those of scripts that outlines here do not count in are decimal.
fn formatted(number: u32, format: &str) -> String {
    match format {
        "lowerLetter" => letters(number, b'a'),
        "upperLetter" => letters(number, b'A'),
        "lowerRoman" => roman(number).to_lowercase(),
        "upperRoman" => roman(number),
        "decimalZero" => format!("{number:02}"),
        _ => number.to_string(),
    }
}

/// a … z, aa, bb, …
fn letters(number: u32, first: u8) -> String {
    if number == 0 {
        return "0".to_owned();
    }
    let letter = char::from(first + u8::try_from((number - 1) % 26).unwrap_or(0));
    let times = (number - 1) / 26 + 1;
    std::iter::repeat_n(letter, times.min(20) as usize).collect()
}

fn roman(number: u32) -> String {
    const SIGNS: &[(u32, &str)] = &[
        (1000, "M"),
        (900, "CM"),
        (500, "D"),
        (400, "CD"),
        (100, "C"),
        (90, "XC"),
        (50, "L"),
        (40, "XL"),
        (10, "X"),
        (9, "IX"),
        (5, "V"),
        (4, "IV"),
        (1, "I"),
    ];
    if number == 0 || number > 4000 {
        return number.to_string();
    }
    let mut rest = number;
    let mut out = String::new();
    for (value, sign) in SIGNS {
        while rest >= *value {
            out.push_str(sign);
            rest -= value;
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::docx::xml;

    const LISTS: &str = r#"<w:numbering xmlns:w="w"><w:abstractNum w:abstractNumId="0">
        <w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:lvlText w:val="%1."/></w:lvl>
        <w:lvl w:ilvl="1"><w:start w:val="1"/><w:numFmt w:val="lowerLetter"/><w:lvlText w:val="%1.%2)"/></w:lvl>
        <w:lvl w:ilvl="2"><w:numFmt w:val="bullet"/><w:lvlText w:val="•"/></w:lvl></w:abstractNum>
        <w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>
        <w:num w:numId="2"><w:abstractNumId w:val="0"/><w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/></w:lvlOverride></w:num>
        </w:numbering>"#;

    #[test]
    fn items_are_counted() {
        let mut numbering = Numbering::read(&xml::parse(LISTS.as_bytes(), "n").unwrap());
        let mut next =
            |number: &str, level: usize| match numbering.next(&ListPlace { number: number.to_owned(), level }) {
                Some(Label::Number { own, printed }) => format!("{own} {printed}"),
                other => format!("{other:?}"),
            };
        let printed: Vec<String> =
            [("1", 0), ("1", 1), ("1", 1), ("1", 0), ("1", 1), ("1", 2), ("2", 0), ("2", 0), ("9", 0)]
                .into_iter()
                .map(|(n, l)| next(n, l))
                .collect();
        let expected = ["1 1.", "a 1.a)", "b 1.b)", "2 2.", "a 2.a)", "Some(Bullet)", "1 1.", "2 2.", "None"];
        assert_eq!(printed, expected);
    }

    #[test]
    fn formats() {
        let all: Vec<String> = ["lowerLetter", "upperRoman", "decimalZero"].iter().map(|f| formatted(28, f)).collect();
        assert_eq!(all, ["bb", "XXVIII", "28"]);
    }
}
