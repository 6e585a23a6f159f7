//! `date`: own or localized formats, ranges, seasons, eras (CSL 1.0.2, "Date").

use citationberg::taxonomy::{OtherTerm, Term, Variable};
use citationberg::{
    Date as DateElement, DateDayForm, DateMonthForm, DatePart, DatePartName, DateParts, DateStrongAnyForm, Formatting,
    LongShortForm, TermForm, TextCase,
};

use super::{Around, Built, Cx, Engine, Purpose};
use crate::csl::locale::Plural;
use crate::csl::number;
use crate::csl::output::Source;
use crate::csl::tree::{Group, GroupRole, Piece, Quotes};
use crate::work::{Date, DateEnd, DateField, DatePoint, Month, Season};

/// A date part of the style with what the locale says of it.
struct Part<'a> {
    name: DatePartName,
    form: DateStrongAnyForm,
    formatting: Formatting,
    text_case: Option<TextCase>,
    strip_periods: bool,
    range_delimiter: &'a str,
    prefix: &'a str,
    suffix: &'a str,
}

impl<'a> Engine<'a> {
    pub(super) fn date(&self, cx: &mut Cx<'a, '_>, element: &'a DateElement) -> Built {
        let Some(variable) = element.variable else { return Built::default() };
        let variable = Variable::Date(variable);
        let super::Var::Date(field) = self.var(variable) else { return Built::missing() };
        let date = cx.work.dates.get(&field).filter(|_| !cx.suppressed.contains(&variable));
        let Some(date) = date else { return Built::missing() };
        cx.printed.push(variable);
        let source = Source::Date(field);
        if cx.purpose == Purpose::Sort {
            let months = !matches!(element.parts, Some(DateParts::Year)) || element.form.is_none();
            let parts = self.parts(element);
            let has = |name| parts.iter().any(|p| p.name == name);
            let text = sortable(date, months && has(DatePartName::Month), has(DatePartName::Day));
            return Built::variable(Piece::text(text, source));
        }
        let localized = element.form.and_then(|form| self.locale.date(form));
        let delimiter = element.delimiter.as_ref().or_else(|| localized.and_then(|l| l.delimiter.as_ref()));
        let delimiter = delimiter.cloned().unwrap_or_default();
        let mut children = match date {
            Date::Literal(words) => self.in_words(cx, words, &self.parts(element), source),
            Date::Point(point) => self.point(cx, field, point, &self.parts(element), Ends::Both),
            Date::Range { start, end } => self.range(cx, field, (start, end), &self.parts(element), &delimiter),
        };
        children.retain(|c| !c.is_empty());
        if children.is_empty() {
            return Built::missing();
        }
        let around = Around {
            formatting: element.formatting,
            prefix: element.affixes.prefix.as_deref(),
            suffix: element.affixes.suffix.as_deref(),
            quotes: Quotes::No,
            display: element.display,
            text_case: element.text_case,
            strip_periods: false,
        };
        let mut group = around.wrap(children, cx.language);
        group.delimiter = delimiter;
        group.role = GroupRole::Date;
        Built::variable(group.into())
    }

    /// The parts to print, in order.
    fn parts(&self, element: &'a DateElement) -> Vec<Part<'_>> {
        let Some(localized) = element.form.and_then(|form| self.locale.date(form)) else {
            return element.date_part.iter().map(|p| part(p, p.form(), p)).collect();
        };
        let wanted = element.parts.unwrap_or_default();
        localized
            .date_part
            .iter()
            .filter(|p| match p.name {
                DatePartName::Year => true,
                DatePartName::Month => wanted.has_month(),
                DatePartName::Day => wanted.has_day(),
            })
            .map(|p| match element.date_part.iter().find(|own| own.name == p.name) {
                Some(own) => part(p, if has_form(own) { own.form() } else { p.form() }, own),
                None => part(p, p.form(), p),
            })
            .collect()
    }

    fn point(
        &self,
        cx: &mut Cx<'a, '_>,
        field: DateField,
        p: &DatePoint,
        parts: &[Part<'_>],
        ends: Ends,
    ) -> Vec<Piece> {
        let mut out: Vec<Group> = Vec::new();
        for part in parts {
            if let Some(group) = self.part(cx, field, p, part) {
                out.push(group);
            }
        }
        if ends == Ends::NoSuffix
            && let Some(last) = out.last_mut()
        {
            last.suffix.clear();
        }
        if ends == Ends::NoPrefix
            && let Some(first) = out.first_mut()
        {
            first.prefix.clear();
        }
        out.into_iter().map(Piece::from).collect()
    }

    fn part(&self, cx: &mut Cx<'a, '_>, field: DateField, p: &DatePoint, part: &Part<'_>) -> Option<Group> {
        let source = Source::Date(field);
        let piece = match part.form {
            DateStrongAnyForm::Year(form) => self.year_group(cx, self.year(p.year, form), source),
            DateStrongAnyForm::Month(form) => match p.month? {
                Month::Calendar(m) => Piece::text(self.month(m, form), source),
                Month::Season(s) => {
                    let term = match s {
                        Season::Spring => OtherTerm::Season01,
                        Season::Summer => OtherTerm::Season02,
                        Season::Autumn => OtherTerm::Season03,
                        Season::Winter => OtherTerm::Season04,
                    };
                    Piece::text(self.locale.term(Term::Other(term), TermForm::Long, Plural::One)?, source)
                }
            },
            DateStrongAnyForm::Day(form) => {
                let Some(Month::Calendar(month)) = p.month else { return None };
                Piece::text(self.day(p.day?, month, form), source)
            }
        };
        let around = Around {
            formatting: part.formatting,
            prefix: Some(part.prefix),
            suffix: Some(part.suffix),
            quotes: Quotes::No,
            display: None,
            text_case: part.text_case,
            strip_periods: part.strip_periods,
        };
        Some(around.wrap(vec![piece], cx.language))
    }

    /// Words in the place of a date stand where the year would: an element without a year prints nothing.
    fn in_words(&self, cx: &mut Cx<'a, '_>, words: &str, parts: &[Part<'_>], source: Source) -> Vec<Piece> {
        let Some(year) = parts.iter().find(|p| p.name == DatePartName::Year) else { return Vec::new() };
        let group = Group {
            children: vec![self.year_group(cx, words.to_owned(), source)],
            prefix: year.prefix.to_owned(),
            suffix: year.suffix.to_owned(),
            formatting: year.formatting,
            ..Group::default()
        };
        vec![group.into()]
    }

    /// The year, with the year suffix of the work unless the style prints that elsewhere.
    fn year_group(&self, cx: &mut Cx<'a, '_>, year: String, source: Source) -> Piece {
        let mut children = vec![Piece::text(year, source)];
        if let Some(n) = cx.apart.year_suffix
            && !cx.year_suffix_done
            && !self.explicit_year_suffix
        {
            cx.year_suffix_done = true;
            children.push(Piece::text(number::letters(n), Source::YearSuffix));
        }
        Group { children, role: GroupRole::Year, ..Group::default() }.into()
    }

    fn year(&self, year: i32, form: LongShortForm) -> String {
        let era = |term| self.locale.term(Term::Other(term), TermForm::Long, Plural::One).unwrap_or_default();
        match year {
            y if y <= 0 => format!("{}{}", 1 - i64::from(y), era(OtherTerm::Bc)),
            y if form == LongShortForm::Short && y >= 1000 => format!("{:02}", y % 100),
            y if y < 500 => format!("{y}{}", era(OtherTerm::Ad)),
            y => y.to_string(),
        }
    }

    fn month(&self, month: u8, form: DateMonthForm) -> String {
        let term = OtherTerm::month(month.saturating_sub(1)).map(Term::Other);
        let named = |form| term.and_then(|t| self.locale.term(t, form, Plural::One)).unwrap_or_default().to_owned();
        match form {
            DateMonthForm::Long => named(TermForm::Long),
            DateMonthForm::Short => named(TermForm::Short),
            DateMonthForm::Numeric => month.to_string(),
            DateMonthForm::NumericLeadingZeros => format!("{month:02}"),
        }
    }

    fn day(&self, day: u8, month: u8, form: DateDayForm) -> String {
        match form {
            DateDayForm::NumericLeadingZeros => format!("{day:02}"),
            DateDayForm::Ordinal if !self.locale.limit_day_ordinals || day == 1 => {
                let gender = OtherTerm::month(month.saturating_sub(1)).and_then(|t| self.locale.gender(Term::Other(t)));
                format!("{day}{}", self.locale.ordinal(i64::from(day), gender))
            }
            DateDayForm::Numeric | DateDayForm::Ordinal => day.to_string(),
        }
    }

    /// A range prints once what both ends share (CSL 1.0.2, "Date Ranges").
    fn range(
        &self,
        cx: &mut Cx<'a, '_>,
        field: DateField,
        (start, end): (&DateEnd, &DateEnd),
        parts: &[Part<'_>],
        delimiter: &str,
    ) -> Vec<Piece> {
        let delimiter_of = |name: DatePartName| {
            let found = parts.iter().find(|p| p.name == name).map(|p| p.range_delimiter);
            Piece::text(found.unwrap_or(DatePart::DEFAULT_DELIMITER), Source::Style)
        };
        let row = |children: Vec<Piece>| -> Piece {
            Group { children, delimiter: delimiter.to_owned(), ..Group::default() }.into()
        };
        let (start, end) = match (start, end) {
            (DateEnd::Date(start), DateEnd::Date(end)) => (start, end),
            (DateEnd::Date(p), _) => {
                let date = row(self.point(cx, field, p, parts, Ends::NoSuffix));
                return vec![Piece::group(vec![date, delimiter_of(DatePartName::Year)])];
            }
            (_, DateEnd::Date(p)) => {
                let date = row(self.point(cx, field, p, parts, Ends::NoPrefix));
                return vec![Piece::group(vec![delimiter_of(DatePartName::Year), date])];
            }
            _ => return Vec::new(),
        };
        let has = |name| parts.iter().any(|p| p.name == name);
        let differs = if start.year != end.year && has(DatePartName::Year) {
            DatePartName::Year
        } else if start.month != end.month && has(DatePartName::Month) {
            DatePartName::Month
        } else if start.day != end.day && has(DatePartName::Day) {
            DatePartName::Day
        } else {
            return self.point(cx, field, start, parts, Ends::Both);
        };
        let twice = |p: &Part<'_>| size(p.name) <= size(differs);
        let first = parts.iter().position(twice).unwrap_or(0);
        let last = parts.iter().rposition(twice).map_or(parts.len(), |n| n + 1);
        let mut out = self.point(cx, field, start, &parts[..first], Ends::Both);
        let suffix_done = std::mem::replace(&mut cx.year_suffix_done, true);
        let before = self.point(cx, field, start, &parts[first..last], Ends::NoSuffix);
        cx.year_suffix_done = suffix_done;
        let after = self.point(cx, field, end, &parts[first..last], Ends::NoPrefix);
        out.push(Piece::group(vec![row(before), delimiter_of(differs), row(after)]));
        out.extend(self.point(cx, field, end, &parts[last..], Ends::Both));
        out
    }
}

/// Which outer affixes of a row of parts are printed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Ends {
    Both,
    NoPrefix,
    NoSuffix,
}

/// A part at its place in the format, with what the style's own part says instead.
fn part<'p>(place: &'p DatePart, form: DateStrongAnyForm, own: &'p DatePart) -> Part<'p> {
    Part {
        name: place.name,
        form,
        formatting: own.formatting.apply(place.formatting),
        text_case: own.text_case.or(place.text_case),
        strip_periods: own.strip_periods || place.strip_periods,
        range_delimiter: own
            .range_delimiter
            .as_deref()
            .or(place.range_delimiter.as_deref())
            .unwrap_or(DatePart::DEFAULT_DELIMITER),
        prefix: place.affixes.prefix.as_deref().unwrap_or_default(),
        suffix: place.affixes.suffix.as_deref().unwrap_or_default(),
    }
}

/// Whether a `date-part` says its form itself.
fn has_form(part: &DatePart) -> bool {
    serde_json::to_value(part).is_ok_and(|v| v.get("@form").is_some_and(|f| !f.is_null()))
}

fn size(name: DatePartName) -> u8 {
    match name {
        DatePartName::Day => 0,
        DatePartName::Month => 1,
        DatePartName::Year => 2,
    }
}

/// A date whose text order is the order of time; a date that only words tell sorts as its words.
pub(in crate::csl) fn sortable(date: &Date, months: bool, days: bool) -> String {
    let point = |p: &DatePoint| {
        let month = match p.month {
            Some(Month::Calendar(m)) => m,
            Some(Month::Season(s)) => 3 * (s as u8) + 3,
            None => 0,
        };
        let month = if months { month } else { 0 };
        let day = if days { p.day.unwrap_or(0) } else { 0 };
        format!("{:010}{month:02}{day:02}", i64::from(p.year) + 5_000_000_000)
    };
    match date {
        Date::Point(p) => point(p),
        Date::Range { start, end } => {
            let end_of = |e: &DateEnd| match e {
                DateEnd::Date(p) => point(p),
                DateEnd::Open | DateEnd::Unknown => String::new(),
            };
            format!("{}-{}", end_of(start), end_of(end))
        }
        // Words are no point in time: such a work stands with those that have no date.
        Date::Literal(_) => String::new(),
    }
}
