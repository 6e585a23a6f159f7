//! `names`: lists of names with labels, et al. and substitutes (CSL 1.0.2, "Names").

use citationberg::taxonomy::{NameVariable, OtherTerm, Term, Variable};
use citationberg::{
    DelimiterBehavior, EtAl, Formatting, LayoutRenderingElement as Element, Name as NameElement, NameAnd,
    NameAsSortOrder, NameForm, NameOptions, Names, NamesChild, TermForm, TextTarget, ToFormatting,
};

use super::name_parts::{Hyphens, Initialize, Parts, initials};
use super::person::{Ordering, Person};
use super::{Area, Block, Built, Cx, Engine, GivenLevel, Purpose, term_piece};
use crate::csl::locale::Plural;
use crate::csl::markup;
use crate::csl::output::Source;
use crate::csl::position::Position;
use crate::csl::tree::{Group, GroupRole, Piece};
use crate::work::{Name, NameList, Role};

/// What the rendering of one list of names needs.
pub(super) struct Listing<'o> {
    pub options: NameOptions<'o>,
    pub element: &'o NameElement,
    et_al: Option<&'o EtAl>,
}

impl<'a> Engine<'a> {
    /// Without children of its own, a substitute looks as the element in whose place it stands.
    pub(super) fn names(&self, cx: &mut Cx<'a, '_>, names: &'a Names) -> Built {
        let parent = cx.substituting;
        let look = match parent {
            Some(parent) if names.children.is_empty() => parent,
            _ => names,
        };
        let lists = self.lists(cx, names, look);
        if lists.is_empty() {
            return match names.substitute() {
                Some(substitute) => self.substitute(cx, names, &substitute.children),
                None => Built::missing(),
            };
        }
        let own = look.options();
        let names_delimiter = names
            .options()
            .names_delimiter
            .or(own.names_delimiter.clone())
            .or_else(|| cx.options.names_delimiter.clone())
            .unwrap_or_default();
        let inherited = cx.options.apply(&own);
        let plain = NameElement::default();
        let element = look.name().unwrap_or(&plain);
        let mut options = element.options(&inherited);
        if let Some(sort) = cx.sort_names {
            options.et_al_min = sort.min.or(options.et_al_min);
            options.et_al_use_first = sort.use_first.or(options.et_al_use_first);
            options.et_al_use_last = sort.use_last.unwrap_or(options.et_al_use_last);
            options.et_al_subsequent_min = None;
            options.et_al_subsequent_use_first = None;
        }
        let listing = Listing { options, element, et_al: look.et_al() };
        let mut pieces = Vec::new();
        let mut count = 0;
        for (variable, list, label) in lists {
            for v in &variable {
                cx.printed.push(Variable::Name(*v));
                if cx.substituting.is_some() {
                    cx.suppressed.push(Variable::Name(*v));
                }
            }
            let (list_piece, shown) = self.list(cx, list, &listing, self.role(variable[0]));
            count += shown;
            if listing.options.form == NameForm::Count {
                continue;
            }
            let mut row = vec![list_piece];
            self.put_label(cx, look, label, list, &mut row);
            cx.started = true;
            pieces.push(Group { children: row, role: GroupRole::NameList, ..Group::default() }.into());
        }
        if listing.options.form == NameForm::Count && count > 0 {
            let text = match cx.purpose {
                Purpose::Sort => format!("{count:010}"),
                Purpose::Display => count.to_string(),
            };
            pieces.push(Piece::text(text, Source::Style));
        }
        let formatting =
            names.to_formatting().apply(if parent.is_some() { look.to_formatting() } else { Formatting::default() });
        let group = Group {
            children: pieces,
            delimiter: names_delimiter,
            prefix: names.prefix.clone().or_else(|| look.prefix.clone()).unwrap_or_default(),
            suffix: names.suffix.clone().or_else(|| look.suffix.clone()).unwrap_or_default(),
            formatting,
            display: names.display.or(look.display),
            role: GroupRole::Names,
            ..Group::default()
        };
        Built::variable(group.into())
    }

    fn put_label(&self, cx: &Cx<'a, '_>, look: &Names, role: NameVariable, list: &NameList, row: &mut Vec<Piece>) {
        if cx.purpose == Purpose::Sort {
            return;
        }
        let mut after_name = false;
        for child in &look.children {
            match child {
                NamesChild::Name(_) => after_name = true,
                NamesChild::Label(label) => {
                    let plural = match label.plural {
                        citationberg::LabelPluralize::Always => Plural::Many,
                        citationberg::LabelPluralize::Never => Plural::One,
                        citationberg::LabelPluralize::Contextual if list.names.len() > 1 => Plural::Many,
                        citationberg::LabelPluralize::Contextual => Plural::One,
                    };
                    let before = !after_name && look.name().is_some();
                    let Some(group) = self.role_label(label, Term::NameVariable(role), plural) else {
                        continue;
                    };
                    if before {
                        row.insert(0, group.into());
                    } else {
                        row.push(group.into());
                    }
                }
                NamesChild::EtAl(_) | NamesChild::Substitute(_) => {}
            }
        }
    }

    fn role_label(&self, label: &citationberg::VariablelessLabel, term: Term, plural: Plural) -> Option<Group> {
        let text = self.locale.term(term, label.form, plural).filter(|t| !t.is_empty())?;
        Some(self.label_around(label, text.to_owned()))
    }

    /// The first substitute that prints something; what it printed is not printed again.
    fn substitute(&self, cx: &mut Cx<'a, '_>, names: &'a Names, children: &'a [Element]) -> Built {
        self.first_substitute(cx, names, children).unwrap_or_else(Built::missing)
    }

    fn first_substitute(&self, cx: &mut Cx<'a, '_>, names: &'a Names, children: &'a [Element]) -> Option<Built> {
        for child in children {
            if let Element::Choose(choose) = child {
                // What a condition admits are alternatives as well.
                let admitted = self.choose(cx, choose).unwrap_or_default();
                match self.first_substitute(cx, names, admitted) {
                    Some(built) => return Some(built),
                    None => continue,
                }
            }
            let mark = cx.printed.len();
            let outer = cx.substituting.replace(names);
            let built = self.element(cx, child);
            cx.substituting = outer;
            // A term always stands in, even one that is empty.
            let term = matches!(child, Element::Text(t) if matches!(t.target, TextTarget::Term { .. }));
            if built.is_empty() && !term {
                continue;
            }
            cx.suppressed.extend(cx.printed[mark..].iter().copied().map(super::text::long_of));
            // What stands in for names is compared and collapsed as the names would be.
            let mut group = Group { children: built.pieces, role: GroupRole::Names, ..Group::default() };
            if let [Piece::Group(inner)] = group.children.as_slice()
                && inner.role == GroupRole::Names
            {
                group = (**inner).clone();
            }
            // A word of the style in the place of names is no variable: a group that asked only for these names goes.
            return Some(Built { pieces: vec![group.into()], called: true, filled: built.filled });
        }
        None
    }

    /// One list of names; how many of them are printed comes back with it.
    fn list(&self, cx: &mut Cx<'a, '_>, list: &'a NameList, listing: &Listing<'_>, role: Role) -> (Piece, usize) {
        let options = &listing.options;
        let total = list.names.len();
        let block = cx.blocks.len();
        let (shown, cut) = self.how_many(cx, options, total, block);
        let source = Source::Names(role);
        let base = base_level(options);
        cx.blocks.push(Block {
            role,
            total,
            shown: if cut { shown } else { total },
            base,
            has_initials: options.initialize_with.is_some() && options.initialize,
        });
        if options.form == NameForm::Count {
            return (Piece::text("", source), shown);
        }
        let last_too = cut && options.et_al_use_last && total >= shown + 2;
        let mut names: Vec<(Piece, Ordering)> = Vec::with_capacity(shown + 1);
        for (n, name) in list.names.iter().take(shown).enumerate() {
            names.push(self.name(cx, name, n, block, listing, source));
        }
        let mut pieces: Vec<Piece> = Vec::new();
        let count = names.len();
        let between = if cx.purpose == Purpose::Sort { " " } else { options.delimiter };
        let delimiter = |before: &[Piece]| {
            // "Doe J." and ". " share their full stop.
            let shared = between.starts_with('.') && before.last().is_some_and(|piece| ends_with(piece, '.'));
            Piece::text(if shared { &between[1..] } else { between }, Source::Style)
        };
        let and = match options.and {
            Some(NameAnd::Text) => Some(
                self.locale.term(Term::Other(OtherTerm::And), TermForm::Long, Plural::One).unwrap_or("and").to_owned(),
            ),
            Some(NameAnd::Symbol) => Some("&".to_owned()),
            None => None,
        };
        let inverted: Vec<bool> = names.iter().map(|(_, o)| *o == Ordering::Inverted).collect();
        let incomplete = list.incomplete && !last_too;
        let et_al = cut && !last_too || incomplete;
        for (n, (piece, _)) in names.into_iter().enumerate() {
            if n > 0 {
                let last = n + 1 == count && !cut && !list.incomplete;
                match &and {
                    Some(_) if last && cx.purpose == Purpose::Sort => pieces.push(delimiter(&pieces)),
                    Some(and) if last => {
                        let precedes = match options.delimiter_precedes_last {
                            DelimiterBehavior::Always => true,
                            DelimiterBehavior::Never => false,
                            DelimiterBehavior::AfterInvertedName => inverted[n - 1],
                            DelimiterBehavior::Contextual => count > 2,
                        };
                        // Scripts that set no spaces between words set none, and no comma, around "and"; a mark in its
                        // place ("; ") follows the name before it.
                        let spaced =
                            and.chars().next().is_none_or(|c| c == '&' || c.is_alphabetic() && is_spaced_term(c));
                        let after = if and.chars().next_back().is_none_or(is_spaced_term) { " " } else { "" };
                        if precedes && spaced {
                            pieces.push(delimiter(&pieces));
                            pieces.push(Piece::text(format!("{and}{after}"), Source::Term));
                        } else {
                            let before = if spaced { " " } else { "" };
                            pieces.push(Piece::text(format!("{before}{and}{after}"), Source::Term));
                        }
                    }
                    _ => pieces.push(delimiter(&pieces)),
                }
            }
            pieces.push(piece);
        }
        if last_too {
            if let Some(last) = list.names.last() {
                pieces.push(delimiter(&pieces));
                if cx.purpose == Purpose::Display {
                    pieces.push(Piece::text("… ", Source::Style));
                }
                pieces.push(self.name(cx, last, total - 1, block, listing, source).0);
            }
        } else if et_al && count > 0 && cx.purpose == Purpose::Display {
            self.put_et_al(options, listing.et_al, &inverted, &mut pieces);
        }
        let mut group = Group { children: pieces, formatting: listing.element.formatting, ..Group::default() };
        if et_al && !last_too && cx.purpose == Purpose::Display {
            // A list cut short is set off as one name is: "Doe, J., et al.," with the suffix ",".
            (group.prefix, group.suffix) = name_affixes(listing);
        }
        (group.into(), shown)
    }

    fn put_et_al(&self, options: &NameOptions<'_>, et_al: Option<&EtAl>, inverted: &[bool], pieces: &mut Vec<Piece>) {
        let term = Term::from(et_al.map(|e| e.term).unwrap_or_default());
        let text = self.locale.term(term, TermForm::Long, Plural::One).unwrap_or_default();
        if text.is_empty() {
            return;
        }
        let precedes = match options.delimiter_precedes_et_al {
            DelimiterBehavior::Always => true,
            DelimiterBehavior::Never => false,
            DelimiterBehavior::AfterInvertedName => inverted.last().copied().unwrap_or(false),
            DelimiterBehavior::Contextual => inverted.len() > 1,
        };
        let space = if text.starts_with(is_spaced_term) { " " } else { "" };
        pieces.push(Piece::text(if precedes { options.delimiter } else { space }, Source::Style));
        let formatting = et_al.map(|e| e.formatting).unwrap_or_default();
        pieces.push(Group { children: vec![term_piece(text)], formatting, ..Group::default() }.into());
    }

    /// How many names are shown, and whether that leaves some out.
    fn how_many(&self, cx: &Cx<'a, '_>, options: &NameOptions<'_>, total: usize, block: usize) -> (usize, bool) {
        let subsequent = cx.area == Area::Citation && cx.facts.position != Position::First;
        let (min, first) = if subsequent {
            (
                options.et_al_subsequent_min.or(options.et_al_min),
                options.et_al_subsequent_use_first.or(options.et_al_use_first),
            )
        } else {
            (options.et_al_min, options.et_al_use_first)
        };
        let (Some(min), Some(first)) = (min, first) else { return (total, false) };
        let (min, mut first) = (min as usize, first as usize);
        if total < min || first >= total {
            return (total, false);
        }
        // The reference list shows the names that tell citations apart where citations may show given names too.
        let raises = cx.area == Area::Citation || self.style.citation.disambiguate_add_givenname;
        if cx.purpose == Purpose::Display && raises {
            first = first.max(cx.apart.shown.get(block).copied().unwrap_or(0));
        }
        if options.et_al_use_last && cx.purpose == Purpose::Display {
            // "…" before the last name stands for two names at least, in the shortest list that is cut too.
            first = first.min(min.saturating_sub(2).max(1));
        }
        (first.min(total), first < total)
    }

    fn name(
        &self,
        cx: &Cx<'a, '_>,
        name: &'a Name,
        n: usize,
        block: usize,
        listing: &Listing<'_>,
        source: Source,
    ) -> (Piece, Ordering) {
        let (children, ordering) = match name {
            Name::Literal { literal } => (vec![self.literal(literal, listing, source)], Ordering::Natural),
            Name::Person(person) => {
                let options = &listing.options;
                // The reference list shows at least what tells the citations apart.
                let level = if cx.purpose == Purpose::Display {
                    cx.apart.given.get(block).and_then(|g| g.get(n)).copied().unwrap_or_default()
                } else {
                    GivenLevel::None
                };
                let inverted = match options.name_as_sort_order {
                    _ if cx.purpose == Purpose::Sort => true,
                    Some(NameAsSortOrder::All) => true,
                    Some(NameAsSortOrder::First) => n == 0,
                    None => false,
                };
                let mut parts = Parts::of(person);
                self.shorten_given(&mut parts, options, level);
                let long = options.form == NameForm::Long || level > GivenLevel::None;
                Person {
                    parts,
                    demote: self.style.settings.demote_non_dropping_particle,
                    separator: options.sort_separator,
                    element: listing.element,
                    source,
                    language: cx.language,
                    quotes: &self.locale.quotes,
                    purpose: cx.purpose,
                }
                .order(long, inverted)
            }
        };
        let mut group = Group { children, role: GroupRole::Name, ..Group::default() };
        // Affixes of `name` stand around each person; organizations have none.
        if matches!(name, Name::Person(_)) && cx.purpose == Purpose::Display {
            (group.prefix, group.suffix) = name_affixes(listing);
        }
        (group.into(), ordering)
    }

    /// A name that is not taken apart is set as a family name.
    fn literal(&self, literal: &str, listing: &Listing<'_>, source: Source) -> Piece {
        let pieces = markup::pieces(literal, source, &self.locale.quotes);
        super::person::part(listing.element.name_part_family(), pieces, crate::csl::case::Language::Other)
    }

    /// Rules that never show more than initials need no `initialize-with` to add them to family names.
    fn initials_anyway(&self, options: &NameOptions<'_>, level: GivenLevel) -> Option<&'static str> {
        let only_initials = !self.style.citation.givenname_disambiguation_rule.allows_full_first_names();
        (options.form == NameForm::Short && level == GivenLevel::Initials && only_initials).then_some("")
    }

    fn shorten_given(&self, parts: &mut Parts, options: &NameOptions<'_>, level: GivenLevel) {
        let Some(with) = options.initialize_with.or_else(|| self.initials_anyway(options, level)) else { return };
        let hyphens = if self.style.settings.initialize_with_hyphen { Hyphens::Kept } else { Hyphens::Dropped };
        // "Jr." is an abbreviation as an initial is.
        parts.suffix = initials(&parts.suffix, with, hyphens, Initialize::InitialsOnly);
        if level == GivenLevel::Full && options.initialize {
            return;
        }
        let which = if options.initialize { Initialize::All } else { Initialize::InitialsOnly };
        parts.given = initials(&parts.given, with, hyphens, which);
    }
}

/// Whether what a name prints ends with a mark.
fn ends_with(piece: &Piece, mark: char) -> bool {
    match piece {
        Piece::Text(t) => t.text.ends_with(mark),
        Piece::Group(g) if g.suffix.is_empty() => g.children.last().is_some_and(|c| ends_with(c, mark)),
        Piece::Group(g) => g.suffix.ends_with(mark),
    }
}

/// What stands before and after each person.
fn name_affixes(listing: &Listing<'_>) -> (String, String) {
    let affixes = &listing.element.affixes;
    (affixes.prefix.clone().unwrap_or_default(), affixes.suffix.clone().unwrap_or_default())
}

/// Whether a term in the script of this letter is set off by spaces.
fn is_spaced_term(c: char) -> bool {
    !c.is_whitespace()
        && !matches!(c, '\u{590}'..='\u{5ff}' | '\u{2e80}'..='\u{a4cf}' | '\u{ac00}'..='\u{d7af}' | '\u{f900}'..='\u{faff}')
}

/// How much of given names a list shows before disambiguation adds to it.
fn base_level(options: &NameOptions<'_>) -> GivenLevel {
    match options.form {
        NameForm::Short | NameForm::Count => GivenLevel::None,
        NameForm::Long if options.initialize_with.is_some() && options.initialize => GivenLevel::Initials,
        NameForm::Long => GivenLevel::Full,
    }
}
