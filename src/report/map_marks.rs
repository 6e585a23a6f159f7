//! The cells of the map: a colour and a shape for each state, so that they can be told apart without colour.

use std::collections::BTreeSet;
use std::fmt::Write;

use crate::review::{PairState, Verdict};

/// Side of a cell's square, in units of the picture.
pub(super) const SIDE: usize = 12;

/// The name of the cell of a state, under which the picture refers to it.
pub(super) fn name(state: PairState) -> &'static str {
    match state {
        PairState::Open => "m-o",
        PairState::NoAccess | PairState::Checked(Verdict::NoAccess) => "m-a",
        PairState::Checked(Verdict::Supported) => "m-s",
        PairState::Checked(Verdict::Partly) => "m-p",
        PairState::Checked(Verdict::NotSupported) => "m-n",
        PairState::Checked(Verdict::Contradicts) => "m-c",
        PairState::Checked(Verdict::NotAddressed) => "m-d",
        PairState::Stale => "m-t",
        PairState::Conflict => "m-x",
    }
}

/// What is drawn on the square: the mark that the lists have for the state, as lines, for fonts differ.
fn lines(state: PairState) -> &'static str {
    match state {
        PairState::Open => "",
        PairState::NoAccess | PairState::Checked(Verdict::NoAccess) => "M6 2.6a3.4 3.4 0 1 0 .01 0M3.6 8.4l4.8-4.8",
        PairState::Checked(Verdict::Supported) => "M2.8 6.4l2.3 2.6 4.1-5.8",
        PairState::Checked(Verdict::Partly) => "M2.5 5q1.75-2 3.5 0t3.5 0M2.5 8.3q1.75-2 3.5 0t3.5 0",
        PairState::Checked(Verdict::NotSupported) => "M3.2 3.2l5.6 5.6M8.8 3.2l-5.6 5.6",
        PairState::Checked(Verdict::Contradicts) => "M6 2.6v6.6M2.8 9.2h6.4",
        PairState::Checked(Verdict::NotAddressed) => "M6 3.2a2.8 2.8 0 1 0 .01 0M2.8 9.2l6.4-6.4",
        PairState::Stale => "M8.9 7.2a3.1 3.1 0 1 1-.4-3M8.9 1.8v2.6h-2.6",
        PairState::Conflict => "M2.5 4.6h7M2.5 7.4h7M7.8 2.6l-3.6 6.8",
    }
}

/// What the marks mean, for the states that a map has, and the definitions of their cells.
pub(super) fn legend(states: impl Iterator<Item = PairState>) -> String {
    let states: BTreeSet<PairState> = states.collect();
    let mut out =
        String::from("<svg class=\"defined\" aria-hidden=\"true\" xmlns=\"http://www.w3.org/2000/svg\"><defs>");
    for &state in &states {
        // What is referred to takes its colours from the reference: rules of a style sheet do not reach into it.
        let shape = match state {
            PairState::Open => "<rect x=\".5\" y=\".5\" width=\"11\" height=\"11\"/>".to_owned(),
            _ => format!(
                "<rect stroke=\"none\" width=\"{SIDE}\" height=\"{SIDE}\"/><path fill=\"none\" stroke-width=\"1.6\" d=\"{}\"/>",
                lines(state)
            ),
        };
        let _ = write!(out, "<g id=\"{}\">{shape}</g>", name(state));
    }
    out.push_str("</defs></svg>");
    for state in states {
        let _ = write!(
            out,
            " <span class=\"meaning\"><svg class=\"map\" width=\"{SIDE}\" height=\"{SIDE}\" aria-hidden=\"true\" xmlns=\"http://www.w3.org/2000/svg\"><use href=\"#{}\"/></svg> {}</span>",
            name(state),
            state.words()
        );
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_state_has_a_shape_of_its_own() {
        let mut states = vec![PairState::Open, PairState::NoAccess, PairState::Stale, PairState::Conflict];
        states.extend(Verdict::ALL.into_iter().filter(|v| *v != Verdict::NoAccess).map(PairState::Checked));
        let names: BTreeSet<_> = states.iter().map(|s| name(*s)).collect();
        let shapes: BTreeSet<_> = states.iter().map(|s| lines(*s)).collect();
        assert_eq!((names.len(), shapes.len()), (states.len(), states.len()));
    }
}
