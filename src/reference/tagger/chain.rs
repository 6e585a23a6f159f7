//! The best labels of a chain of tokens, and how sure each is.

use super::Observed;
use super::label::{LABELS, Label};
use super::model::Model;

/// How many kinds of junctions between two tokens there are.
pub const JUNCTIONS: usize = 12;

/// The labels of the tokens of a reference.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Tagged {
    pub labels: Vec<Label>,
    /// The probability of each label under the model.
    pub sure: Vec<f32>,
}

/// Finds the labels that fit best together (Viterbi), and their probabilities (forward and backward sums).
pub(super) fn tag(model: &Model, seen: &Observed) -> Tagged {
    let count = seen.ends.len();
    if count == 0 {
        return Tagged { labels: Vec::new(), sure: Vec::new() };
    }
    let mut scores = Vec::with_capacity(count);
    let mut from = 0;
    for &end in &seen.ends {
        scores.push(model.score(&seen.features[from..end]));
        from = end;
    }
    for (score, first) in scores[0].iter_mut().zip(model.first()) {
        *score += first;
    }
    let best = viterbi(model, seen, &scores);
    let sure = marginals(model, seen, &scores, &best);
    Tagged { labels: best.into_iter().map(|l| Label::ALL[l]).collect(), sure }
}

fn viterbi(model: &Model, seen: &Observed, scores: &[[f32; LABELS]]) -> Vec<usize> {
    let mut best = scores[0];
    let mut back: Vec<[u8; LABELS]> = Vec::with_capacity(scores.len());
    for (score, &kind) in scores.iter().zip(&seen.junctions).skip(1) {
        let junction = model.junction(kind);
        // Whatever comes from a label so far behind the best one is beaten by what comes from the best.
        let least = best.iter().copied().fold(f32::NEG_INFINITY, f32::max) - junction.spread;
        let mut next = [f32::NEG_INFINITY; LABELS];
        let mut from = [0u8; LABELS];
        for (before, (reached, weights)) in (0u8..).zip(best.iter().zip(&junction.weights)) {
            if *reached < least {
                continue;
            }
            for label in 0..LABELS {
                let sum = reached + weights[label];
                let better = sum > next[label];
                next[label] = if better { sum } else { next[label] };
                from[label] = if better { before } else { from[label] };
            }
        }
        for (next, score) in next.iter_mut().zip(score) {
            *next += score;
        }
        best = next;
        back.push(from);
    }
    let mut label = (0..LABELS).max_by(|a, b| best[*a].total_cmp(&best[*b])).unwrap_or(0);
    let mut path = vec![label];
    for from in back.iter().rev() {
        label = usize::from(from[label]);
        path.push(label);
    }
    path.reverse();
    path
}

/// Labels less likely than this before a token tell nothing about it that anyone would see.
const LEAST_MASS: f32 = 1e-6;

/// The probability of each label of a path. Sums are kept as probabilities that add up to one at every token.
fn marginals(model: &Model, seen: &Observed, scores: &[[f32; LABELS]], path: &[usize]) -> Vec<f32> {
    let potentials: Vec<[f32; LABELS]> = scores
        .iter()
        .map(|score| {
            let top = score.iter().copied().fold(f32::NEG_INFINITY, f32::max);
            score.map(|s| if s < top - 20.0 { 0.0 } else { (s - top).exp() })
        })
        .collect();
    let mut forward = Vec::with_capacity(scores.len());
    forward.push(normalised(potentials[0]));
    for at in 1..scores.len() {
        let odds = &model.junction(seen.junctions[at]).odds;
        let mut sums = [0.0; LABELS];
        for (mass, odds) in forward[at - 1].iter().zip(odds).filter(|(mass, _)| **mass > LEAST_MASS) {
            for (sum, odds) in sums.iter_mut().zip(odds) {
                *sum += mass * odds;
            }
        }
        forward.push(normalised(std::array::from_fn(|l| sums[l] * potentials[at][l])));
    }
    let mut backward = [1.0f32; LABELS];
    let mut sure = vec![0.0; scores.len()];
    for at in (0..scores.len()).rev() {
        let both = normalised(std::array::from_fn(|l| forward[at][l] * backward[l]));
        sure[at] = both[path[at]];
        if at > 0 {
            let odds = &model.junction(seen.junctions[at]).odds_behind;
            let ahead = normalised(std::array::from_fn(|l| potentials[at][l] * backward[l]));
            let mut sums = [0.0; LABELS];
            for (mass, odds) in ahead.iter().zip(odds).filter(|(mass, _)| **mass > LEAST_MASS) {
                for (sum, odds) in sums.iter_mut().zip(odds) {
                    *sum += mass * odds;
                }
            }
            backward = normalised(sums);
        }
    }
    sure
}

fn normalised(mut masses: [f32; LABELS]) -> [f32; LABELS] {
    let sum: f32 = masses.iter().sum();
    if sum > 0.0 {
        masses.iter_mut().for_each(|m| *m /= sum);
    }
    masses
}
