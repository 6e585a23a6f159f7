//! Terms, localized dates and options of a language, as a style sees them: its own `locale` elements over the
//! locale file of the language, over that of the primary dialect, over American English (CSL 1.0.2, "Locale Fallback").

use std::collections::{HashMap, HashSet};

use citationberg::taxonomy::{Kind, Locator, NumberVariable, OtherTerm, Term};
use citationberg::{
    Date, DateForm, GrammarGender, IndependentStyle, Locale as LocaleElement, LocalizedTerm, OrdinalMatch, TermForm,
};

use super::archive;
use super::case::Language;
use super::punctuation::{PunctuationPlace, QuoteStyle};

/// Singular or plural.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Plural {
    One,
    Many,
}

/// What a rendering needs of its language.
pub(super) struct Locale {
    pub lang: String,
    pub quotes: QuoteStyle,
    pub limit_day_ordinals: bool,
    terms: HashMap<(Term, TermForm), LocalizedTerm>,
    ordinals: Vec<LocalizedTerm>,
    dates: [Option<Date>; 2],
}

/// The primary dialect of a language: what "de" means when only "de-DE" is there.
const PRIMARY: &[(&str, &str)] = &[
    ("af", "af-ZA"),
    ("bg", "bg-BG"),
    ("ca", "ca-AD"),
    ("cs", "cs-CZ"),
    ("cy", "cy-GB"),
    ("da", "da-DK"),
    ("de", "de-DE"),
    ("el", "el-GR"),
    ("en", "en-US"),
    ("es", "es-ES"),
    ("et", "et-EE"),
    ("fa", "fa-IR"),
    ("fi", "fi-FI"),
    ("fr", "fr-FR"),
    ("gl", "gl-ES"),
    ("he", "he-IL"),
    ("hi", "hi-IN"),
    ("hr", "hr-HR"),
    ("hu", "hu-HU"),
    ("hy", "hy-AM"),
    ("id", "id-ID"),
    ("is", "is-IS"),
    ("it", "it-IT"),
    ("ja", "ja-JP"),
    ("km", "km-KH"),
    ("ko", "ko-KR"),
    ("lt", "lt-LT"),
    ("lv", "lv-LV"),
    ("mn", "mn-MN"),
    ("ms", "ms-MY"),
    ("nb", "nb-NO"),
    ("nl", "nl-NL"),
    ("nn", "nn-NO"),
    ("no", "nb-NO"),
    ("pl", "pl-PL"),
    ("pt", "pt-PT"),
    ("ro", "ro-RO"),
    ("ru", "ru-RU"),
    ("sk", "sk-SK"),
    ("sl", "sl-SI"),
    ("sr", "sr-Cyrl-RS"),
    ("sv", "sv-SE"),
    ("th", "th-TH"),
    ("tr", "tr-TR"),
    ("uk", "uk-UA"),
    ("vi", "vi-VN"),
    ("zh", "zh-CN"),
];

fn language(lang: &str) -> &str {
    lang.split(['-', '_']).next().unwrap_or(lang)
}

impl Locale {
    /// The locale of a style in a language.
    pub fn new(style: &IndependentStyle, lang: &str) -> Self {
        let lang = if lang.is_empty() { "en-US" } else { lang };
        let base = language(lang);
        let primary = PRIMARY.iter().find(|(l, _)| l.eq_ignore_ascii_case(base)).map(|(_, p)| *p);
        let full = if lang.contains('-') { lang } else { primary.unwrap_or(lang) };
        let mut locale = Self {
            lang: full.to_owned(),
            quotes: QuoteStyle::default(),
            limit_day_ordinals: false,
            terms: HashMap::new(),
            ordinals: Vec::new(),
            dates: [None, None],
        };
        let chain = [Some("en-US"), primary.filter(|p| *p != "en-US"), Some(full).filter(|f| Some(*f) != primary)];
        for element in chain.into_iter().flatten().filter_map(archive::locale) {
            locale.forget_terms_of(&element);
            locale.overlay(&element);
        }
        // What the style says for the main dialect holds for the others too, as in citeproc-js.
        let mut own = vec![None, Some(base)];
        for code in [primary, Some(full)] {
            if !own.contains(&code) {
                own.push(code);
            }
        }
        for code in own {
            for element in &style.locale {
                if element.lang.as_ref().map(|l| l.0.to_lowercase()) == code.map(str::to_lowercase) {
                    locale.overlay(element);
                }
            }
        }
        let mark = |term, form| locale.term(Term::Other(term), form, Plural::One).unwrap_or_default().to_owned();
        locale.quotes = QuoteStyle {
            open: mark(OtherTerm::OpenQuote, TermForm::Long),
            close: mark(OtherTerm::CloseQuote, TermForm::Long),
            open_inner: mark(OtherTerm::OpenInnerQuote, TermForm::Long),
            close_inner: mark(OtherTerm::CloseInnerQuote, TermForm::Long),
            punctuation: locale.quotes.punctuation,
        };
        locale
    }

    /// Drops every form of the terms that a locale file defines: a long form of the language goes before a short one
    /// of American English.
    fn forget_terms_of(&mut self, file: &LocaleElement) {
        let Some(terms) = &file.terms else { return };
        let names: HashSet<Term> = terms.terms.iter().map(|t| canonical(t.name)).collect();
        self.terms.retain(|(name, _), _| !names.contains(name));
    }

    /// Terms and dates of `over` replace what is there.
    fn overlay(&mut self, over: &LocaleElement) {
        if let Some(options) = &over.style_options {
            if let Some(inside) = options.punctuation_in_quote {
                self.quotes.punctuation = if inside { PunctuationPlace::Inside } else { PunctuationPlace::Outside };
            }
            if let Some(limit) = options.limit_day_ordinals_to_day_1 {
                self.limit_day_ordinals = limit;
            }
        }
        for date in &over.date {
            if let Some(form) = date.form {
                self.dates[form as usize] = Some(date.clone());
            }
        }
        let Some(terms) = &over.terms else { return };
        // Ordinals are defined together: those of two languages never mix.
        if terms.terms.iter().any(|t| is_ordinal(t.name)) {
            self.ordinals.clear();
        }
        for term in &terms.terms {
            if is_ordinal(term.name) || matches!(term.name, Term::Other(OtherTerm::LongOrdinal(_))) {
                self.ordinals
                    .retain(|o| (o.name, o.gender_form, o.match_) != (term.name, term.gender_form, term.match_));
                self.ordinals.push(term.clone());
            }
            if term.gender_form.is_none() || !self.terms.contains_key(&(canonical(term.name), term.form)) {
                self.terms.insert((canonical(term.name), term.form), term.clone());
            }
        }
    }

    pub fn language(&self) -> Language {
        language_of(&self.lang)
    }

    /// The localized date format.
    pub fn date(&self, form: DateForm) -> Option<&Date> {
        self.dates[form as usize].as_ref()
    }

    /// A term; a form that is missing falls back to the next general one, a number that has no term of its own to
    /// what it counts.
    pub fn term(&self, term: Term, form: TermForm, plural: Plural) -> Option<&str> {
        self.own_term(term, form, plural).or_else(|| self.own_term(counted(term)?, form, plural))
    }

    /// A term in just this form.
    pub fn exact(&self, term: Term, form: TermForm) -> Option<&str> {
        self.terms.get(&(canonical(term), form))?.single()
    }

    fn own_term(&self, term: Term, form: TermForm, plural: Plural) -> Option<&str> {
        let term = canonical(term);
        let mut form = Some(form);
        while let Some(f) = form {
            if let Some(found) = self.terms.get(&(term, f)) {
                let text = match plural {
                    Plural::One => found.single(),
                    Plural::Many => found.multiple(),
                };
                return Some(text.unwrap_or_default());
            }
            form = f.fallback();
        }
        None
    }

    /// The gender of a noun, which its ordinals follow.
    pub fn gender(&self, term: Term) -> Option<GrammarGender> {
        self.terms.get(&(canonical(term), TermForm::Long))?.gender
    }

    /// The suffix that makes `n` an ordinal ("st" of "1st").
    pub fn ordinal(&self, n: i64, gender: Option<GrammarGender>) -> &str {
        let by_gender = |wanted: Option<GrammarGender>| {
            let matching = |term: &&LocalizedTerm| term.gender_form == wanted;
            let two_digits = n.rem_euclid(100);
            let one_digit = n.rem_euclid(10);
            let numbered = |number: i64, rule: OrdinalMatch| {
                self.ordinals.iter().filter(matching).find(|t| match t.name {
                    Term::Other(OtherTerm::OrdinalN(k)) => {
                        let default = if k < 10 { OrdinalMatch::LastDigit } else { OrdinalMatch::LastTwoDigits };
                        i64::from(k) == number && t.match_.unwrap_or(default) == rule
                    }
                    _ => false,
                })
            };
            numbered(n, OrdinalMatch::WholeNumber)
                .or_else(|| numbered(two_digits, OrdinalMatch::LastTwoDigits))
                .or_else(|| numbered(one_digit, OrdinalMatch::LastDigit))
                .or_else(|| self.ordinals.iter().filter(matching).find(|t| t.name == Term::Other(OtherTerm::Ordinal)))
        };
        let found = gender.and_then(|g| by_gender(Some(g))).or_else(|| by_gender(None));
        found.and_then(|t| t.single()).unwrap_or_default()
    }

    /// The word for an ordinal from 1 to 10 ("first").
    pub fn long_ordinal(&self, n: i64, gender: Option<GrammarGender>) -> Option<&str> {
        let n = u8::try_from(n).ok().filter(|n| (1..=10).contains(n))?;
        let find = |g: Option<GrammarGender>| {
            self.ordinals.iter().find(|t| t.name == Term::Other(OtherTerm::LongOrdinal(n)) && t.gender_form == g)
        };
        gender.and_then(|g| find(Some(g))).or_else(|| find(None)).and_then(|t| t.single())
    }
}

/// What a language tag means for upper and lower case.
pub(super) fn language_of(tag: &str) -> Language {
    match language(tag).to_ascii_lowercase().as_str() {
        "en" | "eng" | "english" => Language::English,
        "tr" | "az" => Language::Turkic,
        _ => Language::Other,
    }
}

fn is_ordinal(term: Term) -> bool {
    matches!(term, Term::Other(OtherTerm::Ordinal | OtherTerm::OrdinalN(_)))
}

/// What a number counts, as a term.
fn counted(term: Term) -> Option<Term> {
    let Term::NumberVariable(variable) = term else { return None };
    Some(Term::Locator(match variable {
        NumberVariable::SupplementNumber => Locator::Supplement,
        NumberVariable::ChapterNumber => Locator::Chapter,
        NumberVariable::PartNumber => Locator::Part,
        NumberVariable::PageFirst => Locator::Page,
        NumberVariable::NumberOfVolumes => Locator::Volume,
        _ => return None,
    }))
}

/// One value for every term name: some names stand for a locator, a number and a kind of work at once.
fn canonical(term: Term) -> Term {
    match term {
        Term::PageVariable => Term::Locator(Locator::Page),
        Term::NumberVariable(NumberVariable::Issue) => Term::Locator(Locator::Issue),
        Term::NumberVariable(NumberVariable::Section) => Term::Locator(Locator::Section),
        Term::NumberVariable(NumberVariable::Volume) => Term::Locator(Locator::Volume),
        Term::Kind(Kind::Book) => Term::Locator(Locator::Book),
        Term::Kind(Kind::Chapter) => Term::Locator(Locator::Chapter),
        Term::Kind(Kind::Figure) => Term::Locator(Locator::Figure),
        Term::Other(OtherTerm::Interview) => Term::Kind(Kind::Interview),
        Term::Other(OtherTerm::PersonalCommunication) => Term::Kind(Kind::PersonalCommunication),
        other => other,
    }
}
