//! LaTeX in field values ⇄ Unicode text with the inline markup of CSL-JSON.
//!
//! The `biblatex` crate is not asked here: it leaves `\emph{…}` as it stands, and does not tell a tie from a tilde
//! nor an escaped brace from a grouping one, so what it makes of a value cannot be written back.

mod decode;
mod encode;
mod math;
mod rare_symbols;
mod symbols;
mod verbatim;

pub(super) use decode::{Capitals, decode, is_wholly_braced};
pub(super) use encode::encode;
pub(super) use verbatim::{decode_verbatim, encode_verbatim};

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(2_000))]

        #[test]
        fn text_comes_back(
            words in prop::collection::vec(
                r#"([a-zA-Zé{}\\$%#&_^~`'"<>/|,;:=@!–\u{a0}-]|<i>|</i>|<b>|</b>|<sup>|</sup>|<span class="nocase">N|</span>|\$x\^2\\foo\$){1,8}"#,
                1..4,
            )
        ) {
            let text = words.join(" ");
            for capitals in [Capitals::Protected, Capitals::Free] {
                let latex = encode(&text, capitals);
                let mut depth = 0_i32;
                for b in latex.bytes() {
                    depth += i32::from(b == b'{') - i32::from(b == b'}');
                    prop_assert!(depth >= 0, "{}", latex);
                }
                prop_assert_eq!(depth, 0, "{}", latex);
                prop_assert_eq!(decode(&latex, capitals), text.as_str(), "{}", latex);
            }
            let raw = encode_verbatim(&text);
            prop_assert_eq!(decode_verbatim(&raw), text.as_str(), "{}", raw);
        }

        #[test]
        fn anything_is_read(latex in r#"([a-z{}\\$^_~"'` -]|\\'|\\emph|\\em |\\url|\\href){0,40}"#) {
            decode(&latex, Capitals::Protected);
            decode_verbatim(&latex);
        }
    }
}
