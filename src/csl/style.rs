//! Loading a style: one that comes with the program, by the name people type, or any CSL text.

use super::archive::{Packed, STYLES};
use super::guard::{self, Tag};
use crate::text::{fold_key, similarity};
use citationberg::{IndependentStyle, LocaleCode, Style as Parsed, XmlDeError};

/// A style, checked and ready to render with.
#[derive(Debug, Clone)]
pub struct Style {
    pub(super) style: IndependentStyle,
    /// The locale used when none is asked for.
    pub(super) default_locale: Option<String>,
    title: String,
}

/// Why there is no style.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum StyleError {
    #[error("no style is called “{name}”{}", suggest(.suggestions))]
    Unknown { name: String, suggestions: Vec<String> },
    #[error("the style has {bytes} bytes; more than {limit} are not read")]
    TooBig { bytes: usize, limit: usize },
    #[error("line {line}: <{element}> is nested deeper than {limit} levels")]
    TooDeep { element: String, line: usize, limit: usize },
    #[error("line {line}: a style must not declare a document type")]
    DocumentType { line: usize },
    #[error("line {line}: <{element}> is not valid in a CSL style: {message}")]
    Invalid { element: String, line: usize, message: String },
    #[error("{}no macro is called “{name}”", at(*.line))]
    NoSuchMacro { name: String, line: Option<usize> },
    #[error("{}macros call each other in a circle or too deep: {calls}", at(*.line))]
    MacroCycle { calls: String, line: Option<usize> },
    #[error("{}<macro> or <layout> “{name}” expands to more than {limit} elements", at(*.line))]
    TooManyElements { name: String, line: Option<usize>, limit: u64 },
    #[error("{}<macro> or <layout> “{name}” nests deeper than {limit} levels when its macros are expanded", at(*.line))]
    ExpandsTooDeep { name: String, line: Option<usize>, limit: usize },
    #[error("the style depends on “{parent}”, which is not there: give its file too, or choose an independent style")]
    NoParent { parent: String },
}

fn suggest(names: &[String]) -> String {
    if names.is_empty() { String::new() } else { format!("; did you mean {}?", names.join(" or ")) }
}

fn at(line: Option<usize>) -> String {
    line.map(|l| format!("line {l}: ")).unwrap_or_default()
}

/// A style that comes with the program.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StyleInfo {
    /// The name that [`Style::bundled`] takes.
    pub name: &'static str,
    /// Other names it takes.
    pub aliases: Vec<&'static str>,
    /// The title people know.
    pub title: &'static str,
}

/// Names that people and journals use, beside those of the archive.
const ALIASES: &[(&str, &str)] = &[
    ("ama", "american-medical-association"),
    ("jama", "american-medical-association"),
    ("nlm", "nlm-citation-sequence"),
    ("nlm-vancouver", "nlm-citation-sequence"),
    ("vancouver-nlm", "nlm-citation-sequence"),
    ("icmje", "nlm-citation-sequence"),
    ("apa-7", "american-psychological-association"),
    ("apa7", "american-psychological-association"),
    ("harvard", "harvard-cite-them-right"),
    ("chicago", "chicago-author-date"),
    ("chicago-note", "chicago-notes"),
    ("chicago-notes-bibliography", "chicago-notes"),
    ("turabian", "chicago-notes"),
    ("springer", "springer-basic"),
    ("springer-basic-brackets", "springer-basic"),
    ("springer-vancouver-brackets", "springer-vancouver"),
    ("mla9", "modern-language-association"),
    ("mla-9", "modern-language-association"),
    ("mhra", "modern-humanities-research-association"),
    ("acm", "association-for-computing-machinery"),
    ("acs", "american-chemical-society"),
    ("aip", "american-institute-of-physics"),
    ("aps", "american-physics-society"),
    ("asa", "american-sociological-association"),
    ("apsa", "american-political-science-association"),
    ("bmc", "biomed-central"),
    ("rsc", "royal-society-of-chemistry"),
    ("mdpi", "multidisciplinary-digital-publishing-institute"),
    ("lancet", "the-lancet"),
    ("iso690", "iso-690-author-date"),
    ("iso-690", "iso-690-author-date"),
    ("elsevier", "elsevier-harvard"),
    ("sage", "sage-vancouver"),
    ("taylor-and-francis", "taylor-and-francis-chicago-author-date"),
    ("abnt", "associacao-brasileira-de-normas-tecnicas"),
    ("gb-7714", "gb-7714-2015-numeric"),
    ("cse", "council-of-science-editors"),
];

impl Style {
    /// A style that comes with the program, by name: `vancouver`, `apa`, `ama`, `harvard`, …
    ///
    /// # Errors
    /// [`StyleError::Unknown`] with the nearest names.
    pub fn bundled(name: &str) -> Result<Self, StyleError> {
        let wanted = plain_name(name);
        let archived = find(&wanted).ok_or_else(|| StyleError::Unknown {
            name: name.chars().take(80).collect(),
            suggestions: suggestions(&wanted),
        })?;
        match archived.style() {
            Parsed::Independent(style) => Self::new(style, None, &[]),
            Parsed::Dependent(d) => Err(StyleError::NoParent { parent: d.parent_link.href }),
        }
    }

    /// The text of a `.csl` file. A dependent style asks `parent` for the text of the style it depends on, by the
    /// name at the end of its link (`american-medical-association`), and falls back to the styles that come with
    /// the program.
    ///
    /// # Errors
    /// What is wrong with the style, with element and line.
    pub fn from_xml(xml: &str, parent: impl Fn(&str) -> Option<String>) -> Result<Self, StyleError> {
        match parse(xml)? {
            (Parsed::Independent(style), tags) => Self::new(style, None, &tags),
            (Parsed::Dependent(child), _) => {
                let name = child.parent_link.href.rsplit('/').next().unwrap_or_default().to_owned();
                let locale = child.default_locale.map(|LocaleCode(l)| l);
                let title = child.info.title.value;
                let mut style = match parent(&name) {
                    Some(text) => match parse(&text)? {
                        (Parsed::Independent(style), tags) => Self::new(style, locale, &tags)?,
                        (Parsed::Dependent(_), _) => return Err(StyleError::NoParent { parent: name }),
                    },
                    None => {
                        let bundled = Self::bundled(&name).map_err(|_| StyleError::NoParent { parent: name })?;
                        Self { default_locale: locale.or(bundled.default_locale), ..bundled }
                    }
                };
                style.title = title;
                Ok(style)
            }
        }
    }

    /// All styles that come with the program.
    pub fn list() -> impl Iterator<Item = StyleInfo> {
        STYLES.iter().map(|style| {
            let names = style.names;
            let name = names.first().copied().unwrap_or_default();
            let ours = ALIASES.iter().filter(|(_, target)| names.contains(target)).map(|(alias, _)| *alias);
            StyleInfo { name, aliases: names.iter().skip(1).copied().chain(ours).collect(), title: style.title }
        })
    }

    /// The title of the style.
    pub fn title(&self) -> &str {
        &self.title
    }

    fn new(style: IndependentStyle, locale: Option<String>, tags: &[Tag<'_>]) -> Result<Self, StyleError> {
        guard::check_macros(&style, tags)?;
        let default_locale = locale.or_else(|| style.default_locale.clone().map(|LocaleCode(l)| l));
        Ok(Self { title: style.info.title.value.clone(), style, default_locale })
    }
}

fn plain_name(name: &str) -> String {
    let name = name.trim().to_lowercase().replace([' ', '_'], "-");
    name.strip_suffix(".csl").unwrap_or(&name).to_owned()
}

fn find(name: &str) -> Option<&'static Packed> {
    let target = ALIASES.iter().find(|(alias, _)| *alias == name).map_or(name, |(_, target)| target);
    STYLES.iter().find(|s| s.names.contains(&target)).or_else(|| {
        // The last part of the style's own address is a name too.
        STYLES.iter().find(|s| s.id.rsplit('/').next() == Some(target))
    })
}

/// The names nearest to what was typed.
fn suggestions(name: &str) -> Vec<String> {
    let wanted = fold_key(name);
    if wanted.is_empty() || wanted.len() > 80 {
        return Vec::new();
    }
    let names = STYLES.iter().flat_map(|s| s.names.iter().copied()).chain(ALIASES.iter().map(|(a, _)| *a));
    // People type a title, too: "Chicago Manual of Style".
    let titled = STYLES.iter().filter(|s| wanted.len() >= 3 && fold_key(s.title).contains(&wanted));
    let titled = titled.filter_map(|s| s.names.first()).map(|name| (0.65, *name));
    let mut scored: Vec<(f64, &str)> = names
        .map(|n| {
            let key = fold_key(n);
            let near = similarity(&key, &wanted);
            let contains = if key.contains(&wanted) && wanted.len() >= 3 { 0.7 } else { 0.0 };
            (near.max(contains), n)
        })
        .filter(|(score, _)| *score >= 0.6)
        .chain(titled)
        .collect();
    scored.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.len().cmp(&b.1.len())).then(a.1.cmp(b.1)));
    let mut names: Vec<String> = Vec::new();
    for (_, name) in scored {
        if names.len() < 3 && names.iter().all(|n| n != name) {
            names.push(name.to_owned());
        }
    }
    names
}

fn parse(xml: &str) -> Result<(Parsed, Vec<Tag<'_>>), StyleError> {
    let tags = guard::scan(xml)?;
    match Parsed::from_xml(xml.trim_start_matches('\u{feff}').trim()) {
        Ok(style) => Ok((style, tags)),
        Err(error) => {
            let (element, line) = place(&error, &tags);
            Err(StyleError::Invalid { element, line, message: in_words(&error.source.to_string()) })
        }
    }
}

/// The parser names its own types where an attribute is missing or not one that CSL has.
fn in_words(message: &str) -> String {
    if message.ends_with("untagged enum TextTarget") {
        return "it needs one of variable, macro, term and value, and a name that CSL has".to_owned();
    }
    message.to_owned()
}

/// The element an error of the parser is about: its path followed through the tags as far as it goes.
fn place(error: &XmlDeError, tags: &[Tag<'_>]) -> (String, usize) {
    let path = error.path.as_ref().map(ToString::to_string).unwrap_or_default();
    let mut at = 0;
    let mut depth = tags.first().map_or(1, |t| t.depth);
    for segment in path.split('.') {
        let (name, index) = match segment.split_once('[') {
            Some((name, rest)) => (name, rest.trim_end_matches(']').parse::<usize>().unwrap_or(0)),
            None => (segment, 0),
        };
        let children = tags.iter().enumerate().skip(at + 1).take_while(|(_, t)| t.depth > depth);
        let mut matching =
            children.filter(|(_, t)| t.depth == depth + 1 && (name == "$value" || t.name == name)).map(|(i, _)| i);
        // After `$value[n]` the name of the same element follows.
        if tags.get(at).is_some_and(|t| t.name == name) {
            continue;
        }
        match matching.nth(index) {
            Some(next) => {
                at = next;
                depth += 1;
            }
            None => break,
        }
    }
    tags.get(at).map_or(("style".to_owned(), 1), |t| (t.name.chars().take(40).collect(), t.line))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_people_type() {
        for name in
            ["vancouver", "APA", "ama", "harvard", "nlm", "jama", "ieee", "chicago", "mla", "nature", "springer"]
        {
            assert!(Style::bundled(name).is_ok(), "{name}");
        }
        let Err(StyleError::Unknown { suggestions, .. }) = Style::bundled("vancuover") else { panic!("a typo") };
        assert_eq!(suggestions[0], "vancouver");
        let Err(StyleError::Unknown { suggestions, .. }) = Style::bundled("Chicago Manual of Style") else {
            panic!("a title")
        };
        assert!(suggestions.iter().any(|s| s == "chicago-author-date"), "{suggestions:?}");
    }

    #[test]
    fn every_other_name_leads_to_a_style() {
        for (alias, style) in ALIASES {
            assert!(Style::bundled(alias).is_ok(), "{alias} → {style}");
        }
    }

    #[test]
    fn every_bundled_style_loads() {
        for info in Style::list() {
            assert!(Style::bundled(info.name).is_ok(), "{}", info.name);
            for alias in info.aliases {
                assert!(Style::bundled(alias).is_ok(), "{alias}");
            }
        }
    }

    fn style(inner: &str) -> String {
        format!(
            "<style xmlns=\"http://purl.org/net/xbiblio/csl\" class=\"in-text\" version=\"1.0\">\n<info><title>t</title><id>i</id>\
             <updated>2020-01-01T00:00:00+00:00</updated></info>\n{inner}\n</style>"
        )
    }

    fn error(inner: &str) -> String {
        Style::from_xml(&style(inner), |_| None).unwrap_err().to_string()
    }

    #[test]
    fn broken_styles_name_element_and_line() {
        let layout = "<citation><layout><text macro=\"a\"/></layout></citation>";
        assert_eq!(
            error(&format!(
                "<macro name=\"a\"><text macro=\"b\"/></macro>\n<macro name=\"b\"><text macro=\"a\"/></macro>{layout}"
            )),
            "line 3: macros call each other in a circle or too deep: a → b → a"
        );
        assert_eq!(error(layout), "line 3: no macro is called “a”");
        assert!(
            error("<citation><layout>\n<text variable=\"nonsense\"/></layout></citation>")
                .starts_with("line 4: <text>"),
        );
        assert_eq!(
            error("<citation><layout>\n<text variabel=\"title\"/></layout></citation>"),
            "line 4: <text> is not valid in a CSL style: it needs one of variable, macro, term and value, and a name \
             that CSL has"
        );
        let deep = format!("<citation><layout>{}{}</layout></citation>", "<group>".repeat(500), "</group>".repeat(500));
        assert!(error(&deep).contains("nested deeper"));
    }

    #[test]
    fn depth_counts_through_macros() {
        let chain = |links: usize| {
            let mut inner = String::from("<macro name=\"m0\"><text value=\"x\"/></macro>");
            for n in 1..links {
                let call = format!("<group><text macro=\"m{}\"/></group>", n - 1);
                inner.push_str(&format!("<macro name=\"m{n}\">{call}</macro>"));
            }
            inner + &format!("<citation><layout><text macro=\"m{}\"/></layout></citation>", links - 1)
        };
        assert!(error(&chain(90)).contains("nests deeper than 150"));
        // What is allowed must also be evaluated on the small stack of a thread.
        let style = Style::from_xml(&style(&chain(70)), |_| None).unwrap();
        let rendered =
            super::super::render(&style, None, &[crate::work::Work::default()], &[super::super::Citation::of(0)]);
        assert_eq!(rendered.citations[0].plain(), "x");
    }

    #[test]
    fn macros_that_double_are_refused() {
        let mut inner = String::from("<macro name=\"m0\"><text value=\"x\"/></macro>");
        for n in 1..40 {
            let call = format!("<text macro=\"m{}\"/>", n - 1);
            inner.push_str(&format!("<macro name=\"m{n}\">{call}{call}</macro>"));
        }
        inner.push_str("<citation><layout><text macro=\"m39\"/></layout></citation>");
        assert!(error(&inner).contains("expands to more than"));
    }
}
