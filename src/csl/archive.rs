//! The styles and locales that come with the program, each decoded when it is asked for.

use citationberg::Style;
use serde::de::DeserializeOwned;

/// A style as it lies in the program.
#[derive(Debug)]
pub(super) struct Packed {
    /// The names it goes by, the usual one first.
    pub names: &'static [&'static str],
    pub title: &'static str,
    /// The address that the style calls itself by.
    pub id: &'static str,
    cbor: &'static [u8],
}

include!(concat!(env!("OUT_DIR"), "/archive.rs"));

impl Packed {
    pub fn style(&self) -> Style {
        decode(self.cbor)
    }
}

/// The locale file of a language tag, without regard to case.
pub(super) fn locale(lang: &str) -> Option<citationberg::Locale> {
    LOCALES.iter().find(|(code, _)| code.eq_ignore_ascii_case(lang)).map(|(_, cbor)| decode(cbor))
}

/// Whether there is a locale file for the language of a tag ("de-AT": German).
pub fn knows_language(tag: &str) -> bool {
    let language = |tag: &str| tag.split(['-', '_']).next().unwrap_or(tag).to_lowercase();
    LOCALES.iter().any(|(code, _)| language(code) == language(tag))
}

fn decode<T: DeserializeOwned>(cbor: &[u8]) -> T {
    ciborium::from_reader(cbor).expect("the build encoded it")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_part_decodes() {
        assert!(STYLES.len() >= 80 && LOCALES.len() >= 50);
        STYLES.iter().for_each(|s| drop(s.style()));
        assert!(knows_language("de-AT") && !knows_language("xx"));
        assert!(LOCALES.iter().all(|(lang, _)| locale(lang).is_some()));
    }
}
