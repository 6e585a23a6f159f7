//! A preprint that was published.

use super::{Finding, Level, Rule, Subject, of_entry};

/// A preprint is cited, and the work was published in a journal or book since. Readers expect the version that was
/// reviewed, which may say something else. It is known after `citetrail resolve --verify`.
///
/// To do: read the published version and cite it, or accept the finding if you mean the preprint.
pub(super) const RULE: Rule =
    Rule { code: "superseded-preprint", summary: "A preprint is cited that was published since.", find };

fn find(subject: &Subject<'_>) -> Vec<Finding> {
    let published = subject.resolved().filter_map(|(work, known)| Some((work, known.published_as.as_ref()?)));
    published
        .map(|(work, article)| {
            let place = if article.container.is_empty() { String::new() } else { format!(" in {}", article.container) };
            let message = format!("is a preprint, published{place} as {}", article.identifier());
            of_entry(RULE.code, Level::Warning, work, message, "cite the published version, if it is the one you mean")
        })
        .collect()
}
