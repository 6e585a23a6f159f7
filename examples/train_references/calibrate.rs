//! How sure the tagger may be: probabilities of labels → probabilities of fields being right.

use citetrail::reference::training::{Calibration, LABELS, Label, Model, labels, log_odds};

use crate::corpus::Example;

/// A field that the tagger found: its least certain label, and whether all of it is right.
type Case = (f32, bool);

/// Fits slope and offset for each label, and for whole references, on references not trained on.
pub fn calibrate(model: &Model, held: &[Example]) -> Calibration {
    let mut cases: Vec<Vec<Case>> = vec![Vec::new(); LABELS];
    for example in held {
        let (found, sure) = labels(model, &example.seen);
        let right = found == example.labels;
        let least = sure.iter().zip(&found).filter(|(_, l)| **l != Label::Other).map(|(s, _)| *s).fold(1.0, f32::min);
        cases[0].push((least, right));
        let mut at = 0;
        while at < found.len() {
            let end = at + found[at..].iter().take_while(|l| **l == found[at]).count();
            if found[at] != Label::Other {
                let least = sure[at..end].iter().copied().fold(1.0, f32::min);
                let same = |i: usize| example.labels.get(i) == Some(&found[at]);
                let whole = (at..end).all(same) && !same(end) && (at == 0 || !same(at - 1));
                cases[found[at] as usize].push((least, whole));
            }
            at = end;
        }
    }
    let all: Vec<Case> = cases[1..].iter().flatten().copied().collect();
    let shared = fit(&all);
    let calibration = std::array::from_fn(|l| if cases[l].len() < 100 { shared } else { fit(&cases[l]) });
    for (label, [slope, offset]) in Label::ALL.iter().zip(calibration) {
        let cases = &cases[*label as usize];
        let right = cases.iter().filter(|c| c.1).count();
        eprintln!("{label:?}: {right} of {} right; log-odds × {slope:.2} + {offset:.2}", cases.len());
    }
    calibration
}

/// Logistic regression in one variable, by gradient steps.
fn fit(cases: &[Case]) -> [f32; 2] {
    let (mut slope, mut offset) = (1.0f32, 0.0f32);
    for _ in 0..3000 {
        let (mut of_slope, mut of_offset) = (0.0f32, 0.0f32);
        for &(sure, right) in cases {
            let x = log_odds(sure);
            let error = 1.0 / (1.0 + (-(slope * x + offset)).exp()) - f32::from(u8::from(right));
            of_slope += error * x;
            of_offset += error;
        }
        let count = cases.len().max(1) as f32;
        slope -= 0.05 * of_slope / count;
        offset -= 0.3 * of_offset / count;
    }
    [slope, offset]
}
