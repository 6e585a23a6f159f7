//! Telling works apart whose cites look alike (CSL 1.0.2, "Disambiguation").
//!
//! Works are grouped by the text of their cite, by hash. Within a group one step after the other is tried: one more
//! name, initials, full given names; a step is kept when it splits the group. What is still alike then gets the
//! `disambiguate` condition, and at last a year suffix. Every step renders a group once, so the time grows with the
//! number of works and of names, never with its square.

use std::collections::HashMap;

use citationberg::{DisambiguationRule, InheritableNameOptions, LayoutRenderingElement as Element};

use super::eval::{Area, Block, Disambiguation, Engine, Facts, GivenLevel, name_parts};
use super::position::Position;
use super::punctuation::{self, Brackets};
use crate::work::{Name, Work};

/// Conditions beyond this many are not tried one by one.
const MAX_CONDITIONS: usize = 8;

/// What is known of one work while it is told apart.
struct Looks {
    text: String,
    blocks: Vec<Block>,
    /// How many `disambiguate` conditions were asked.
    conditions: usize,
}

struct Resolver<'e, 'a> {
    engine: &'e Engine<'a>,
    options: InheritableNameOptions,
    facts: Facts<'static>,
    apart: Vec<Disambiguation>,
}

/// Finds how every work is told apart. `order` lists the works as the reference list does: year suffixes follow it.
pub(super) fn resolve(engine: &Engine<'_>, order: &[usize]) -> Vec<Disambiguation> {
    let citation = &engine.style.citation;
    let condition = uses_condition(engine);
    let any = citation.disambiguate_add_names
        || citation.disambiguate_add_givenname
        || citation.disambiguate_add_year_suffix
        || condition;
    let works = engine.works.len();
    if !any {
        return vec![Disambiguation::default(); works];
    }
    let facts = Facts { position: Position::Subsequent, near_note: true, first_note: None, locator: None, number: 0 };
    let mut resolver = Resolver {
        engine,
        options: engine.name_options(Area::Citation),
        facts,
        apart: vec![Disambiguation::default(); works],
    };
    let mut looks: Vec<Looks> = (0..works).map(|work| resolver.looks(work, &resolver.apart[work])).collect();
    if citation.disambiguate_add_givenname && citation.givenname_disambiguation_rule != DisambiguationRule::ByCite {
        resolver.expand_ambiguous_names(&looks);
        for (work, look) in looks.iter_mut().enumerate().filter(|(work, _)| !resolver.apart[*work].given.is_empty()) {
            *look = resolver.looks(work, &resolver.apart[work]);
        }
    }
    let mut rank = vec![0; works];
    for (n, work) in order.iter().enumerate() {
        rank[*work] = n;
    }
    let mut groups: HashMap<&str, Vec<usize>> = HashMap::new();
    for (work, look) in looks.iter().enumerate() {
        groups.entry(look.text.as_str()).or_default().push(work);
    }
    let mut groups: Vec<Vec<usize>> = groups
        .into_iter()
        .filter(|(text, works)| works.len() > 1 && !text.is_empty())
        .map(|(_, works)| works)
        .collect();
    groups.sort_unstable();
    for group in groups {
        let alike = resolver.by_names(group, &looks);
        for class in alike {
            let class = if condition { resolver.by_condition(class) } else { vec![class] };
            for mut class in class {
                if citation.disambiguate_add_year_suffix {
                    class.sort_by_key(|work| rank[*work]);
                    for (n, work) in class.into_iter().enumerate() {
                        resolver.apart[work].year_suffix = Some(n);
                    }
                }
            }
        }
    }
    resolver.apart
}

impl Resolver<'_, '_> {
    fn looks(&self, work: usize, apart: &Disambiguation) -> Looks {
        let engine = self.engine;
        let mut cx = engine.context(work, Area::Citation, &self.facts, apart, &self.options);
        let built = engine.elements(&mut cx, &engine.style.citation.layout.elements);
        Looks {
            text: punctuation::settle(built.pieces, &engine.locale.quotes, Brackets::Kept).plain(),
            blocks: cx.blocks,
            conditions: cx.conditions,
        }
    }

    /// Splits works by the text their cites would have.
    fn split(&self, works: &[usize], apart: impl Fn(usize) -> Disambiguation) -> Vec<Vec<usize>> {
        let mut classes: Vec<Vec<usize>> = Vec::new();
        let mut by_text: HashMap<String, usize> = HashMap::new();
        for work in works {
            // Spaces between initials make no different name.
            let text = self.looks(*work, &apart(*work)).text.replace(". ", ".");
            let class = *by_text.entry(text).or_insert_with(|| {
                classes.push(Vec::new());
                classes.len() - 1
            });
            classes[class].push(*work);
        }
        classes
    }

    /// Adds names and given names where that splits the group; returns the classes that stay alike.
    fn by_names(&mut self, group: Vec<usize>, looks: &[Looks]) -> Vec<Vec<usize>> {
        let citation = &self.engine.style.citation;
        let (add_names, add_given) = (citation.disambiguate_add_names, citation.disambiguate_add_givenname);
        let rule = citation.givenname_disambiguation_rule;
        if !add_names && !add_given {
            return vec![group];
        }
        let blocks = looks[group[0]].blocks.len();
        let mut steps: Vec<Step> = Vec::new();
        for block in 0..blocks {
            let of = |work: &usize| looks[*work].blocks.get(block);
            // Names beyond those that each of the works has tell only those apart that have them.
            let total = group.iter().filter_map(of).map(|b| b.total).min().unwrap_or(0);
            let Some(first) = looks[group[0]].blocks.get(block) else { continue };
            for name in 0..total {
                let shown = name < first.shown;
                if !shown && !add_names {
                    break;
                }
                if !shown {
                    steps.push(Step { block, name, given: None });
                }
                let primary = !rule.allows_multiple_names();
                if add_given && !(primary && (name > 0 || block > 0)) {
                    if first.base < GivenLevel::Initials && first.has_initials {
                        steps.push(Step { block, name, given: Some(GivenLevel::Initials) });
                    }
                    if first.base < GivenLevel::Full && rule.allows_full_first_names() {
                        steps.push(Step { block, name, given: Some(GivenLevel::Full) });
                    }
                }
            }
        }
        let mut open = vec![(group, 0)];
        let mut alike = Vec::new();
        while let Some((works, from)) = open.pop() {
            let split = (from..steps.len()).find_map(|n| {
                let classes = self.split(&works, |work| steps[n].on(&self.apart[work]));
                (classes.len() > 1).then_some((n, classes))
            });
            let Some((n, classes)) = split else {
                alike.push(works);
                continue;
            };
            for work in &works {
                self.apart[*work] = steps[n].on(&self.apart[*work]);
            }
            for class in classes.into_iter().filter(|c| c.len() > 1) {
                open.push((class, n + 1));
            }
        }
        alike.sort_unstable();
        alike
    }

    /// Lets one `disambiguate` condition after the other hold; returns the classes that stay alike.
    fn by_condition(&mut self, works: Vec<usize>) -> Vec<Vec<usize>> {
        let mut open = vec![(works, 1)];
        let mut alike = Vec::new();
        while let Some((works, conditions)) = open.pop() {
            let asked = works.iter().map(|w| self.looks(*w, &self.apart[*w]).conditions).max().unwrap_or(0);
            if conditions > asked.min(MAX_CONDITIONS) {
                alike.push(works);
                continue;
            }
            let classes = self.split(&works, |work| Disambiguation { conditions, ..self.apart[work].clone() });
            for work in &works {
                self.apart[*work].conditions = conditions;
            }
            open.extend(classes.into_iter().filter(|c| c.len() > 1).map(|c| (c, conditions + 1)));
        }
        alike.sort_unstable();
        alike
    }

    /// Rules other than by-cite: names that are alike show their given names wherever they are printed.
    fn expand_ambiguous_names(&mut self, looks: &[Looks]) {
        let rule = self.engine.style.citation.givenname_disambiguation_rule;
        let hyphens = if self.engine.style.settings.initialize_with_hyphen {
            name_parts::Hyphens::Kept
        } else {
            name_parts::Hyphens::Dropped
        };
        // For each family name its initials, and for each of these the given names.
        let mut register: HashMap<String, HashMap<String, Vec<String>>> = HashMap::new();
        let keys = |name: &Name| match name {
            Name::Literal { .. } => None,
            Name::Person(person) => {
                let parts = name_parts::Parts::of(person);
                // Spaces between initials make no different name.
                let given = format!("{}{}", parts.given, parts.dropping).replace([' ', '.'], "");
                let initials = name_parts::initials(&parts.given, "", hyphens, name_parts::Initialize::All);
                Some((format!("{} {}", parts.non_dropping, parts.family), initials, given))
            }
        };
        for (work, look) in looks.iter().enumerate() {
            for ((_, n), name) in named(&self.engine.works[work], &look.blocks) {
                if n > 0 && !rule.allows_multiple_names() {
                    continue;
                }
                if let Some((family, initials, given)) = keys(name) {
                    let known = register.entry(family).or_default().entry(initials).or_default();
                    if !known.contains(&given) {
                        known.push(given);
                    }
                }
            }
        }
        for (work, look) in looks.iter().enumerate() {
            for ((block, n), name) in named(&self.engine.works[work], &look.blocks) {
                if !rule.allows_multiple_names() && n > 0 {
                    continue;
                }
                let Some((family, initials, _)) = keys(name) else { continue };
                let Some(by_initials) = register.get(&family) else { continue };
                let same_initials = by_initials.get(&initials).map_or(0, Vec::len);
                let level = match (by_initials.len() > 1, same_initials > 1) {
                    (_, true) if rule.allows_full_first_names() => GivenLevel::Full,
                    // Without `initialize-with` the whole given name is shown.
                    (true, _) => GivenLevel::Initials,
                    _ => continue,
                };
                raise(&mut self.apart[work], block, n, level);
            }
        }
    }
}

/// The names behind rendered blocks, with block and position.
fn named<'w>(work: &'w Work, blocks: &'w [Block]) -> impl Iterator<Item = ((usize, usize), &'w Name)> {
    blocks
        .iter()
        .enumerate()
        .flat_map(|(b, block)| work.names(block.role).iter().enumerate().map(move |(n, name)| ((b, n), name)))
}

/// One more thing to show.
struct Step {
    block: usize,
    name: usize,
    given: Option<GivenLevel>,
}

impl Step {
    fn on(&self, apart: &Disambiguation) -> Disambiguation {
        let mut apart = apart.clone();
        if apart.shown.len() <= self.block {
            apart.shown.resize(self.block + 1, 0);
        }
        apart.shown[self.block] = apart.shown[self.block].max(self.name + 1);
        if let Some(level) = self.given {
            raise(&mut apart, self.block, self.name, level);
        }
        apart
    }
}

fn raise(apart: &mut Disambiguation, block: usize, name: usize, level: GivenLevel) {
    if apart.given.len() <= block {
        apart.given.resize(block + 1, Vec::new());
    }
    let given = &mut apart.given[block];
    if given.len() <= name {
        given.resize(name + 1, GivenLevel::None);
    }
    given[name] = given[name].max(level);
}

/// Whether the style asks for the `disambiguate` condition anywhere.
fn uses_condition(engine: &Engine<'_>) -> bool {
    fn any(elements: &[Element]) -> bool {
        elements.iter().any(|element| match element {
            Element::Choose(c) => {
                c.branches().any(|b| b.disambiguate.is_some() || any(&b.children))
                    || c.otherwise.as_ref().is_some_and(|o| any(&o.children))
            }
            Element::Group(g) => any(&g.children),
            Element::Names(n) => n.substitute().is_some_and(|s| any(&s.children)),
            _ => false,
        })
    }
    engine.style.macros.iter().any(|m| any(&m.children)) || any(&engine.style.citation.layout.elements)
}
