//! Inline markup of text fields: the tags of CSL-JSON.

use std::borrow::Cow;
use std::sync::LazyLock;

use regex::Regex;

static TAG: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r#"</?(?:i|b|sup|sub|sc)>|<span (?:class|style)="[^"<>]*">|</span>"#).expect("the pattern is constant")
});

/// A text without its markup. Angle brackets that are no markup stay.
pub(super) fn plain(text: &str) -> Cow<'_, str> {
    if text.contains('<') { TAG.replace_all(text, "") } else { Cow::Borrowed(text) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tags_go_and_brackets_stay() {
        assert_eq!(
            plain(r#"<span class="nocase">DNA</span> of <i>E. coli</i>, p < 0.05 > x"#),
            "DNA of E. coli, p < 0.05 > x"
        );
        assert_eq!(plain("<b>x"), "x");
        assert_eq!(plain("<script>"), "<script>");
    }
}
