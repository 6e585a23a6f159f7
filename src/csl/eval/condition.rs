//! `choose`: which branch applies (CSL 1.0.2, "Choose").

use citationberg::taxonomy::Variable;
use citationberg::{Choose, ChooseBranch, ChooseMatch, LayoutRenderingElement as Element, LongShortForm, TestPosition};

use super::variable::Var;
use super::{Area, Cx, Engine};
use crate::csl::number::Value;
use crate::csl::position::Position;
use crate::work::{Date, DateEnd, Qualifier};

impl<'a> Engine<'a> {
    /// The elements of the first branch whose condition holds.
    pub(super) fn choose(&self, cx: &mut Cx<'a, '_>, choose: &'a Choose) -> Option<&'a [Element]> {
        choose
            .branches()
            .find(|branch| self.holds(cx, branch))
            .map(|branch| branch.children.as_slice())
            .or_else(|| choose.otherwise.as_ref().map(|o| o.children.as_slice()))
    }

    fn holds(&self, cx: &mut Cx<'a, '_>, branch: &ChooseBranch) -> bool {
        let mut tests = Tests { any: false, all: true };
        if let Some(wanted) = branch.disambiguate {
            cx.conditions += 1;
            tests.push((cx.apart.conditions >= cx.conditions) == wanted);
        }
        for variable in branch.is_numeric.iter().flatten() {
            tests.push(self.is_numeric(cx, *variable));
        }
        for date in branch.is_uncertain_date.iter().flatten() {
            tests.push(self.is_uncertain(cx, Variable::Date(*date)));
        }
        for locator in branch.locator.iter().flatten() {
            tests.push(cx.facts.locator.is_some_and(|(label, _)| label == *locator));
        }
        for position in branch.position.iter().flatten() {
            tests.push(is_at(cx, *position));
        }
        // A work is of one type, so a list of types is always a choice.
        if let Some(kinds) = &branch.type_ {
            tests.push(cx.kind.is_some_and(|kind| kinds.contains(&kind)));
        }
        for variable in branch.variable.iter().flatten() {
            tests.push(self.has(cx, *variable));
        }
        match branch.match_ {
            ChooseMatch::All => tests.all,
            ChooseMatch::Any => tests.any,
            ChooseMatch::None => !tests.any,
        }
    }

    fn is_numeric(&self, cx: &Cx<'a, '_>, variable: Variable) -> bool {
        self.value(cx, variable, LongShortForm::Long).is_some_and(|value| Value::parse(&value).is_numeric())
    }

    fn is_uncertain(&self, cx: &Cx<'a, '_>, variable: Variable) -> bool {
        let Var::Date(field) = self.var(variable) else { return false };
        let uncertain = |q: Qualifier| q != Qualifier::Certain;
        let end = |e: &DateEnd| matches!(e, DateEnd::Date(p) if uncertain(p.qualifier));
        match cx.work.dates.get(&field) {
            Some(Date::Point(p)) => uncertain(p.qualifier),
            Some(Date::Range { start, end: last }) => end(start) || end(last),
            Some(Date::Literal(_)) | None => false,
        }
    }
}

/// The outcome of the tests of a branch.
struct Tests {
    any: bool,
    all: bool,
}

impl Tests {
    fn push(&mut self, holds: bool) {
        self.any |= holds;
        self.all &= holds;
    }
}

/// The `position` test; there is none in the reference list.
fn is_at(cx: &Cx<'_, '_>, wanted: TestPosition) -> bool {
    if cx.area == Area::Bibliography {
        return false;
    }
    let position = cx.facts.position;
    match wanted {
        TestPosition::First => position == Position::First,
        TestPosition::Subsequent => position != Position::First,
        TestPosition::Ibid => matches!(position, Position::Ibid | Position::IbidWithLocator),
        TestPosition::IbidWithLocator => position == Position::IbidWithLocator,
        TestPosition::NearNote => cx.facts.near_note,
    }
}
