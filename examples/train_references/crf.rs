//! Training of a linear-chain conditional random field by stochastic gradients (AdaGrad).

// Places and labels index several tables at once here, as in the formulas.
#![allow(clippy::needless_range_loop)]

use std::collections::HashMap;

use citetrail::reference::training::{Calibration, JUNCTIONS, LABELS, Label, Model};

use crate::corpus::{Example, index};
use crate::random::Random;

/// An example with its features as numbers of rows.
pub struct Indexed {
    rows: Vec<u32>,
    ends: Vec<u32>,
    junctions: Vec<u8>,
    labels: Vec<u8>,
}

/// Weights and the sums of their squared gradients, one row for each feature.
#[derive(Clone)]
struct Row {
    weights: [f32; LABELS],
    squares: [f32; LABELS],
}

const EMPTY: Row = Row { weights: [0.0; LABELS], squares: [0.0; LABELS] };

/// The field in training.
pub struct Crf {
    /// The feature of each row.
    features: Vec<u64>,
    rows: Vec<Row>,
    junctions: Vec<Row>,
    first: Row,
    rate: f32,
    decay: f32,
    /// Of 1000 features of an example, those that a step sees. What is learned must not hang on a few.
    seen: usize,
}

/// Numbers the features that occur at least `least` times.
pub fn number(examples: &[Example], least: u32) -> (Vec<u64>, HashMap<u64, u32>) {
    let mut counts: HashMap<u64, u32> = HashMap::new();
    for feature in examples.iter().flat_map(|e| &e.seen.features) {
        *counts.entry(*feature).or_default() += 1;
    }
    let mut features: Vec<u64> = counts.into_iter().filter(|(_, n)| *n >= least).map(|(f, _)| f).collect();
    features.sort_unstable();
    let rows = features.iter().zip(0u32..).map(|(f, row)| (*f, row)).collect();
    (features, rows)
}

/// Replaces features by rows; those without one are dropped.
pub fn indexed(example: &Example, rows: &HashMap<u64, u32>) -> Indexed {
    let mut out = Indexed {
        rows: Vec::new(),
        ends: Vec::new(),
        junctions: example.seen.junctions.clone(),
        labels: example.labels.iter().map(|l| *l as u8).collect(),
    };
    let mut from = 0;
    for &end in &example.seen.ends {
        out.rows.extend(example.seen.features[from..end].iter().filter_map(|f| rows.get(f)));
        out.ends.push(u32::try_from(out.rows.len()).expect("short references"));
        from = end;
    }
    out
}

impl Crf {
    pub fn new(features: Vec<u64>, rate: f32, decay: f32, seen: usize) -> Self {
        let rows = vec![EMPTY; features.len()];
        Self { features, rows, junctions: vec![EMPTY; JUNCTIONS * LABELS], first: EMPTY, rate, decay, seen }
    }

    /// One pass over all examples in random order. Gives the mean loss per token.
    pub fn epoch(&mut self, examples: &[Indexed], random: &mut Random) -> f64 {
        let mut order: Vec<usize> = (0..examples.len()).collect();
        random.shuffle(&mut order);
        let (mut loss, mut tokens) = (0.0, 0usize);
        for at in order {
            loss += self.step(&thinned(&examples[at], self.seen, random));
            tokens += examples[at].labels.len();
        }
        loss / tokens as f64
    }

    /// The weights for a whole example, where all features are seen.
    fn whole_scores(&self, example: &Indexed) -> Vec<[f32; LABELS]> {
        let share = self.seen as f32 / 1000.0;
        let mut scores = self.scores(example);
        scores.iter_mut().flatten().for_each(|s| *s *= share);
        scores
    }

    fn scores(&self, example: &Indexed) -> Vec<[f32; LABELS]> {
        let mut from = 0;
        let mut scores: Vec<[f32; LABELS]> = Vec::with_capacity(example.ends.len());
        for &end in &example.ends {
            let mut sum = [0.0f32; LABELS];
            for &row in &example.rows[from as usize..end as usize] {
                let weights = &self.rows[row as usize].weights;
                for label in 0..LABELS {
                    sum[label] += weights[label];
                }
            }
            scores.push(sum);
            from = end;
        }
        for (score, first) in scores[0].iter_mut().zip(&self.first.weights) {
            *score += first;
        }
        scores
    }

    /// Moves the weights along the gradient of one example. Gives minus the logarithm of its probability.
    fn step(&mut self, example: &Indexed) -> f64 {
        let count = example.ends.len();
        let scores = self.scores(example);
        let mut loss = 0.0f64;
        let gold = |at: usize| usize::from(example.labels[at]);
        let tops: Vec<f32> = scores.iter().map(|s| s.iter().copied().fold(f32::MIN, f32::max)).collect();
        let potentials: Vec<[f32; LABELS]> =
            scores.iter().zip(&tops).map(|(s, top)| s.map(|s| (s - top).exp())).collect();
        let table = |kind: u8| -> Vec<[f32; LABELS]> {
            let from = usize::from(kind) * LABELS;
            self.junctions[from..from + LABELS].iter().map(|r| r.weights.map(f32::exp)).collect()
        };
        let mut tables: Vec<Option<Vec<[f32; LABELS]>>> = vec![None; JUNCTIONS];
        for &kind in &example.junctions {
            tables[usize::from(kind)].get_or_insert_with(|| table(kind));
        }
        let at_junction = |at: usize| tables[usize::from(example.junctions[at])].as_ref().expect("made above");
        let mut forward: Vec<[f32; LABELS]> = Vec::with_capacity(count);
        for at in 0..count {
            let mut mass = potentials[at];
            if at > 0 {
                let table = at_junction(at);
                let mut sums = [0.0f32; LABELS];
                for (before, m) in forward[at - 1].iter().enumerate() {
                    for label in 0..LABELS {
                        sums[label] += m * table[before][label];
                    }
                }
                for label in 0..LABELS {
                    mass[label] *= sums[label];
                }
                loss -= f64::from(
                    self.junctions[usize::from(example.junctions[at]) * LABELS + gold(at - 1)].weights[gold(at)],
                );
            }
            let sum: f32 = mass.iter().sum::<f32>().max(1e-30);
            loss += f64::from(sum.ln() + tops[at] - scores[at][gold(at)]);
            forward.push(mass.map(|m| m / sum));
        }
        let (rate, decay) = (self.rate, self.decay);
        let mut backward = [1.0f32; LABELS];
        let mut updates: Vec<(usize, [f32; LABELS])> = Vec::new();
        let mut gradients = vec![[0.0f32; LABELS]; count];
        for at in (0..count).rev() {
            let mut both: [f32; LABELS] = std::array::from_fn(|l| forward[at][l] * backward[l]);
            let sum = both.iter().sum::<f32>().max(1e-30);
            both.iter_mut().for_each(|m| *m /= sum);
            both[gold(at)] -= 1.0;
            gradients[at] = both;
            if at > 0 {
                let table = at_junction(at);
                let ahead: [f32; LABELS] = std::array::from_fn(|l| potentials[at][l] * backward[l]);
                let mut pairs = [[0.0f32; LABELS]; LABELS];
                let mut total = 0.0f32;
                for before in 0..LABELS {
                    for label in 0..LABELS {
                        let mass = forward[at - 1][before] * table[before][label] * ahead[label];
                        pairs[before][label] = mass;
                        total += mass;
                    }
                }
                let total = total.max(1e-30);
                for (before, row) in pairs.iter_mut().enumerate() {
                    row.iter_mut().for_each(|m| *m /= total);
                    if before == gold(at - 1) {
                        row[gold(at)] -= 1.0;
                    }
                    updates.push((usize::from(example.junctions[at]) * LABELS + before, *row));
                }
                let mut next = [0.0f32; LABELS];
                for before in 0..LABELS {
                    next[before] = table[before].iter().zip(&ahead).map(|(w, m)| w * m).sum();
                }
                let sum = next.iter().sum::<f32>().max(1e-30);
                backward = next.map(|m| m / sum);
            }
        }
        let mut from = 0;
        for (gradient, &end) in gradients.iter().zip(&example.ends) {
            // Where the labels are certain already there is nothing to learn.
            if gradient.iter().any(|g| g.abs() > 1e-4) {
                for &row in &example.rows[from as usize..end as usize] {
                    update(&mut self.rows[row as usize], gradient, rate, decay);
                }
            }
            from = end;
        }
        update(&mut self.first, &gradients[0], rate, decay);
        for (row, gradient) in updates {
            update(&mut self.junctions[row], &gradient, rate, 0.0);
        }
        loss
    }

    /// Keeps the rows that weigh most, those that weigh more first. Gives the rows' new numbers.
    pub fn prune(&mut self, keep: usize) -> HashMap<u64, u32> {
        let weight = |row: &Row| row.weights.iter().copied().fold(0.0f32, |m, w| m.max(w.abs()));
        let mut order: Vec<usize> = (0..self.rows.len()).collect();
        order.sort_by(|a, b| weight(&self.rows[*b]).total_cmp(&weight(&self.rows[*a])));
        order.truncate(keep);
        self.features = order.iter().map(|&i| self.features[i]).collect();
        self.rows = order.iter().map(|&i| self.rows[i].clone()).collect();
        self.features.iter().zip(0u32..).map(|(f, row)| (*f, row)).collect()
    }

    /// The model as it is shipped.
    pub fn to_bytes(&self, calibration: &Calibration, slots: usize) -> Vec<u8> {
        let share = self.seen as f32 / 1000.0;
        let features: Vec<(u64, [f32; LABELS])> =
            self.features.iter().zip(&self.rows).map(|(f, row)| (*f, row.weights.map(|w| w * share))).collect();
        let junctions: Vec<f32> = self.junctions.iter().flat_map(|row| row.weights).collect();
        Model::to_bytes(&features, &junctions, &self.first.weights, calibration, slots)
    }

    /// The best labels of an example.
    fn best(&self, example: &Indexed) -> Vec<usize> {
        let scores = self.whole_scores(example);
        let mut best = scores[0];
        let mut back = Vec::new();
        for at in 1..scores.len() {
            let mut next = [f32::MIN; LABELS];
            let mut from = [0usize; LABELS];
            for before in 0..LABELS {
                let weights = &self.junctions[usize::from(example.junctions[at]) * LABELS + before].weights;
                for label in 0..LABELS {
                    if best[before] + weights[label] > next[label] {
                        next[label] = best[before] + weights[label];
                        from[label] = before;
                    }
                }
            }
            best = std::array::from_fn(|l| next[l] + scores[at][l]);
            back.push(from);
        }
        let mut label = (0..LABELS).max_by(|a, b| best[*a].total_cmp(&best[*b])).unwrap_or(0);
        let mut path = vec![label];
        for from in back.iter().rev() {
            label = from[label];
            path.push(label);
        }
        path.reverse();
        path
    }

    /// Shares of words with the right label and of references with all labels right.
    pub fn measure(&self, examples: &[Indexed]) -> (f64, f64) {
        let (mut right, mut all, mut whole) = (0usize, 0usize, 0usize);
        for example in examples {
            let path = self.best(example);
            let same = path.iter().zip(&example.labels).filter(|(a, b)| **a == usize::from(**b)).count();
            right += same;
            all += path.len();
            whole += usize::from(same == path.len());
        }
        (right as f64 / all.max(1) as f64, whole as f64 / examples.len().max(1) as f64)
    }
}

/// An example without some of its features, drawn anew each time.
fn thinned(example: &Indexed, seen: usize, random: &mut Random) -> Indexed {
    let mut out = Indexed {
        rows: Vec::with_capacity(example.rows.len()),
        ends: Vec::with_capacity(example.ends.len()),
        junctions: example.junctions.clone(),
        labels: example.labels.clone(),
    };
    let mut from = 0;
    for &end in &example.ends {
        out.rows.extend(example.rows[from as usize..end as usize].iter().filter(|_| random.chance(seen)));
        out.ends.push(u32::try_from(out.rows.len()).expect("short references"));
        from = end;
    }
    out
}

fn update(row: &mut Row, gradient: &[f32; LABELS], rate: f32, decay: f32) {
    for label in 0..LABELS {
        let g = gradient[label] + decay * row.weights[label];
        row.squares[label] += g * g;
        row.weights[label] -= rate * g / (row.squares[label] + 1e-6).sqrt();
    }
}

const _: () = assert!(LABELS == Label::ALL.len());
const _: fn(Label) -> usize = index;
