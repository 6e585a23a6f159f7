//! The best labels of a chain of tokens, and how sure each is.

use super::Observed;
use super::label::{LABELS, Label};
use super::model::{LANES, Lanes, Model};

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

fn viterbi(model: &Model, seen: &Observed, scores: &[Lanes]) -> Vec<usize> {
    let mut best = scores[0];
    let mut back: Vec<[u8; LANES]> = Vec::with_capacity(scores.len());
    for (score, &kind) in scores.iter().zip(&seen.junctions).skip(1) {
        let junction = model.junction(kind);
        // Whatever comes from a label so far behind the best one is beaten by what comes from the best.
        let least = largest(&best) - junction.spread;
        let mut next = [f32::NEG_INFINITY; LANES];
        let mut from = [0u32; LANES];
        for (before, weights) in (0u32..).zip(&junction.weights) {
            let reached = best[before as usize];
            if reached < least {
                continue;
            }
            for lane in 0..LANES {
                let sum = reached + weights[lane];
                let better = sum > next[lane];
                next[lane] = if better { sum } else { next[lane] };
                from[lane] = if better { before } else { from[lane] };
            }
        }
        for lane in 0..LANES {
            next[lane] += score[lane];
        }
        best = next;
        let mut labels = [0; LANES];
        for lane in 0..LANES {
            #[expect(clippy::cast_possible_truncation, reason = "below the number of labels")]
            {
                labels[lane] = from[lane] as u8;
            }
        }
        back.push(labels);
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
fn marginals(model: &Model, seen: &Observed, scores: &[Lanes], path: &[usize]) -> Vec<f32> {
    let potentials: Vec<Lanes> = scores.iter().map(potential).collect();
    let mut forward = Vec::with_capacity(scores.len());
    forward.push(normalised(potentials[0]));
    for at in 1..scores.len() {
        let sums = passed_on(&forward[at - 1], &model.junction(seen.junctions[at]).odds);
        forward.push(normalised(product(&sums, &potentials[at])));
    }
    let mut backward = [1.0f32; LANES];
    let mut sure = vec![0.0; scores.len()];
    for at in (0..scores.len()).rev() {
        let both = product(&forward[at], &backward);
        let all = sum(&both);
        sure[at] = if all > 0.0 { both[path[at]] / all } else { both[path[at]] };
        if at > 0 {
            let ahead = normalised(product(&potentials[at], &backward));
            backward = normalised(passed_on(&ahead, &model.junction(seen.junctions[at]).odds_behind));
        }
    }
    sure
}

/// The odds of the labels of a token by what is seen at it, that of the likeliest being one.
fn potential(score: &Lanes) -> Lanes {
    let top = largest(score);
    let mut out = [0.0; LANES];
    for (out, &score) in out[..LABELS].iter_mut().zip(score) {
        if score >= top - 20.0 {
            *out = (score - top).exp();
        }
    }
    out
}

/// What the masses of labels give to the labels of the token beside them.
#[inline]
fn passed_on(masses: &Lanes, odds: &[Lanes; LABELS]) -> Lanes {
    let mut sums = [0.0; LANES];
    for (mass, odds) in masses.iter().zip(odds) {
        if *mass > LEAST_MASS {
            for lane in 0..LANES {
                sums[lane] += mass * odds[lane];
            }
        }
    }
    sums
}

#[inline]
fn product(a: &Lanes, b: &Lanes) -> Lanes {
    let mut out = *a;
    for lane in 0..LANES {
        out[lane] *= b[lane];
    }
    out
}

/// The sum of the masses of all labels.
fn sum(masses: &Lanes) -> f32 {
    masses[..LABELS].iter().sum()
}

/// The largest of all, found four at a time.
fn largest(all: &Lanes) -> f32 {
    let larger = |a: f32, b: f32| if a > b { a } else { b };
    let mut top = [all[0], all[1], all[2], all[3]];
    for four in all.as_chunks::<4>().0 {
        for lane in 0..4 {
            top[lane] = larger(top[lane], four[lane]);
        }
    }
    larger(larger(top[0], top[1]), larger(top[2], top[3]))
}

#[inline]
fn normalised(mut masses: Lanes) -> Lanes {
    let sum = sum(&masses);
    if sum > 0.0 {
        for mass in &mut masses {
            *mass /= sum;
        }
    }
    masses
}
