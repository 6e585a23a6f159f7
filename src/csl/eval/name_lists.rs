//! Which lists of names a `names` element prints.

use citationberg::taxonomy::{NameVariable, Term, Variable};
use citationberg::{Names, TermForm};

use super::{Cx, Engine, Var};
use crate::csl::locale::Plural;
use crate::work::{NameList, Role};

impl<'a> Engine<'a> {
    /// The lists to print: one a variable; editors who are the translators too are printed once.
    pub(super) fn lists(
        &self,
        cx: &Cx<'a, '_>,
        names: &Names,
        look: &Names,
    ) -> Vec<(Vec<NameVariable>, &'a NameList, NameVariable)> {
        let variables = if names.variable.is_empty() { &look.variable } else { &names.variable };
        let work = cx.work;
        let find = |v: NameVariable| {
            if cx.suppressed.contains(&Variable::Name(v)) {
                return None;
            }
            work.contributors.get(&self.role(v)).filter(|list| !list.names.is_empty())
        };
        let mut out: Vec<(Vec<NameVariable>, &'a NameList, NameVariable)> = Vec::new();
        let both = variables.contains(&NameVariable::Editor) && variables.contains(&NameVariable::Translator);
        let merged = both
            && find(NameVariable::Editor).is_some()
            && find(NameVariable::Editor).map(|l| &l.names) == find(NameVariable::Translator).map(|l| &l.names)
            && self.has_editor_translator(look);
        for v in variables {
            let Some(list) = find(*v) else { continue };
            if merged && matches!(v, NameVariable::Editor | NameVariable::Translator) {
                if !out.iter().any(|(_, _, label)| *label == NameVariable::EditorTranslator) {
                    let variables = vec![NameVariable::Editor, NameVariable::Translator];
                    out.push((variables, list, NameVariable::EditorTranslator));
                }
                continue;
            }
            out.push((vec![*v], list, *v));
        }
        out
    }

    /// The role a name variable stands for.
    pub(super) fn role(&self, variable: NameVariable) -> Role {
        match self.var(Variable::Name(variable)) {
            Var::Names(role) => role,
            _ => Role::Contributor,
        }
    }

    fn has_editor_translator(&self, look: &Names) -> bool {
        let form = look.label().map_or(TermForm::Long, |(label, _)| label.form);
        let term = Term::NameVariable(NameVariable::EditorTranslator);
        self.locale.term(term, form, Plural::One).is_some_and(|t| !t.is_empty())
    }
}
